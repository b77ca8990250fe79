import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Endpoint } from "#contract/endpoint.ts";
import type { Permission } from "#contract/permissions.ts";
import type { Act, Context } from "./context.ts";
import { AppError } from "./errors.ts";
import { parseAsked } from "./parse-input.ts";

/** Who may use a route: a permission in the account, anybody signed in, the installation's operator, or everybody. */
export type Access = Permission | "signed-in" | "operator" | "public";

export interface Route {
  readonly method: Endpoint["method"];
  readonly path: string;
  readonly access: Access;
  readonly answer: (context: Context, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
  /** What it promises, for the description of the API; without it the answer is described as a file. */
  readonly endpoint?: Endpoint;
  /** Largest body in bytes; without it the server's default. */
  readonly bodyLimit?: number;
  /** Takes a file: multipart (`request.file()`) or any other type, whose `request.body` is the stream itself. No time limit. */
  readonly upload?: boolean;
}

/** Ties an endpoint to the act that answers it; the types must agree. */
export function route<Input extends z.ZodType, Reply extends z.ZodType>(
  endpoint: Endpoint<Endpoint["method"], string, Input, Reply>,
  access: Access,
  act: Act<z.output<Input>, z.input<Reply>>,
): Route {
  return {
    method: endpoint.method,
    path: endpoint.path,
    access,
    endpoint,
    answer: async (context, request) =>
      (await act(context, parseAsked(endpoint.input, inputOf(request)))) ?? {},
  };
}

/** A route that reads or writes a stream, a file or a cookie itself. */
export function rawRoute(definition: Route): Route {
  return definition;
}

/**
 * Parameters, query and JSON body as one object; the address wins over the body. `account` in the address of a GET was
 * read before: it names the account that is asked about.
 */
export function inputOf({ method, query, body, params }: FastifyRequest): object {
  const { account, ...asked } = query as Record<string, unknown>;
  const named = method === "GET" || account === undefined ? asked : { ...asked, account };
  return { ...named, ...bodyOf(body), ...(params as object) };
}

function bodyOf(body: unknown): object {
  if (body === undefined || body === null) return {};
  if (typeof body !== "object" || Array.isArray(body))
    throw new AppError("invalid_input", "http:body_no_object");
  return body;
}
