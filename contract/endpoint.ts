import type { z } from "zod";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One thing a client may ask: said once here, answered by the server, called by the web and the command line. */
export interface Endpoint<
  M extends Method = Method,
  P extends string = string,
  Input extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  readonly method: M;
  /** Parameters are written `:name`; they, the query and the JSON body arrive as one input object. */
  readonly path: P;
  readonly input: Input;
  readonly reply: Reply;
}

export function endpoint<
  const M extends Method,
  const P extends string,
  Input extends z.ZodType,
  Reply extends z.ZodType,
>(definition: Endpoint<M, P, Input, Reply>): Endpoint<M, P, Input, Reply> {
  return definition;
}
