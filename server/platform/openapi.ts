import { z } from "zod";
import { type ErrorCode, errorStatus } from "#contract/errors.ts";
import { summaries } from "#contract/summaries.ts";
import type { Access, Route } from "./route.ts";
import { text } from "./texts.ts";

type Json = Record<string, unknown>;

/** An OpenAPI 3.1 document. */
export interface ApiDescription {
  readonly openapi: string;
  readonly info: Json;
  readonly servers: readonly Json[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Json;
}

interface Operation extends Json {
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
}

const INFO = `All that the screens and the command line do, over HTTP. Programs send an API token as \`Authorization: Bearer\`;
tokens are made in Settings > API tokens, work in one account and have the permissions they were given. What is asked is closed: a field that is not named here is refused, and the refusal says which was meant.
Answers that are not 2xx have one form: a code, the key of the reason, a sentence in the reader's language and details.`;

/** Describes the routes from their contracts: what is asked, what is answered, who may, and how it is refused. */
export function describeApi(routes: readonly Route[], version: string): ApiDescription {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  const names = [...new Set(routes.map(tagOf))].toSorted((a, b) => a.localeCompare(b, "en"));
  return {
    openapi: "3.1.0",
    info: {
      title: "Headroom",
      version,
      description: INFO.replaceAll("\n", " "),
      license: { name: "AGPL-3.0-only" },
    },
    servers: [{ url: "/" }],
    tags: names.map((name) => ({ name })),
    paths,
    components: { securitySchemes, schemas: { Error: errorSchema }, responses: refusals() },
  };
}

const securitySchemes = {
  token: { type: "http", scheme: "bearer", description: "An API token of one account." },
  session: { type: "apiKey", in: "cookie", name: "headroom", description: "A person who is signed in." },
};

const errorSchema = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "reason", "message", "details"],
      properties: {
        code: { type: "string", enum: [...Object.keys(errorStatus), "internal"] },
        reason: {
          type: "string",
          description: "Which refusal it is, stable for programs, such as `contacts:email_taken`.",
        },
        message: {
          type: "string",
          description: "A sentence in the reader's language: what is wrong, and what to do.",
        },
        details: {
          type: "object",
          description: "Values of the sentence: the limit, the field, `permission` where one is missing.",
        },
      },
    },
  },
};

const MEANINGS: Record<ErrorCode, string> = {
  invalid_input: "The input is wrong; `details.issues` names each field.",
  signed_out: "Nobody is signed in, or the token is wrong or revoked.",
  wrong_credentials: "The address or the password is not right.",
  not_allowed: "Not allowed; `details.permission` names the missing permission.",
  not_found: "There is no such thing in this account.",
  conflict: "It does not fit what is there now.",
  count_changed:
    "The number that was confirmed is not the number it would be now; `details.actual` has the true one.",
  too_large: "More than is taken here.",
  unsupported: "This type of content is not taken here.",
  plan_required: "The account's plan lacks this.",
  too_many_requests: "Too many requests; `Retry-After` says when to try again.",
  unavailable: "Not to be reached right now; try again.",
  storage_full: "The disk is full; reading still works.",
};

/** One for each status, as several codes share some. */
function refusals(): Json {
  const byStatus = new Map<number, string[]>();
  for (const [code, status] of Object.entries(errorStatus)) {
    const meaning = `\`${code}\`: ${MEANINGS[code as ErrorCode]}`;
    byStatus.set(status, [...(byStatus.get(status) ?? []), meaning]);
  }
  const responses = [...byStatus].map(([status, meanings]) => [
    `Refused${status}`,
    { description: meanings.join(" "), content: { "application/json": { schema: ref("schemas/Error") } } },
  ]);
  return Object.fromEntries(responses) as Json;
}

const ref = (name: string) => ({ $ref: `#/components/${name}` });

function operationOf(route: Route): Operation {
  const key = `${route.method} ${route.path}`;
  return {
    operationId: idOf(route),
    tags: [tagOf(route)],
    summary: summaries[key] ?? key,
    description: accessOf(route.access),
    "x-access": route.access,
    ...(route.access === "public" ? { security: [] } : { security: securityOf(route.access) }),
    ...inputOf(route),
    responses: { 200: replyOf(route), ...refusalsOf(route) },
  };
}

/** "/api/contacts/…" is about contacts. */
function tagOf({ path }: Route): string {
  return path.split("/").find((part) => part !== "" && part !== "api") ?? "api";
}

/** "getContactsByContactIdNotes". */
function idOf({ method, path }: Route): string {
  const words = path.split(/[/.-]/).filter((part) => part !== "" && part !== "api");
  const name = words.map((word) => (word.startsWith(":") ? `By${capital(word.slice(1))}` : capital(word)));
  return method.toLowerCase() + name.join("");
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function accessOf(access: Access): string {
  if (access === "public") return "For everybody, also signed out.";
  if (access === "signed-in") return "For everybody in the account.";
  if (access === "operator") return "For operators of the installation.";
  const name = text("en", `platform:permission.${access}`);
  return `Needs the permission ${name} (\`${access}\`).`;
}

/** Operators are people: a token never is one. */
function securityOf(access: Access): Json[] {
  return access === "operator" ? [{ session: [] }] : [{ token: [] }, { session: [] }];
}

interface ObjectSchema extends Json {
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): ObjectSchema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return (io === "input" ? closed(described) : described) as ObjectSchema;
}

/** Fields that are not named are refused, as `parseAsked` does. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.entries(schema).map(([key, value]) => {
    if (key === "properties") return [key, closedEach(value as Json)] as const;
    return [key, LITERAL.has(key) ? value : closed(value)] as const;
  });
  return { ...("properties" in schema ? { additionalProperties: false } : {}), ...Object.fromEntries(inner) };
}

function closedEach(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, closed(schema)]));
}

/** What stands below these is no schema. */
const LITERAL = new Set(["default", "enum", "const", "examples"]);

function inputOf(route: Route): Json {
  const named = [...route.path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const input = route.endpoint === undefined ? {} : schemaOf(route.endpoint.input, "input");
  const { properties = {}, required = [] } = input;
  const inPath = named.map((name) => parameter("path", name, { schema: properties[name], required: true }));
  const rest = Object.keys(properties).filter((name) => !named.includes(name));
  const inQuery = rest.map((name) =>
    parameter("query", name, { schema: properties[name], required: required.includes(name) }),
  );
  const asked = route.method === "GET" || route.upload === true;
  const parameters = [...inPath, ...(asked ? inQuery : [])];
  return {
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(asked ? fileOf(route) : bodyOf(input, named)),
  };
}

function parameter(
  place: string,
  name: string,
  { schema, required }: { schema: Json | undefined; required: boolean },
) {
  return { name, in: place, required, schema: schema ?? { type: "string" } };
}

function fileOf({ upload }: Route): Json {
  if (upload !== true) return {};
  const file = { schema: { type: "string", format: "binary" } };
  return { requestBody: { required: true, content: { "application/octet-stream": file } } };
}

/** The body is the input without what the path has. */
function bodyOf(input: ObjectSchema, named: readonly string[]): Json {
  const { properties, required = [], ...rest } = input;
  if (properties === undefined) return Object.keys(input).length === 0 ? {} : { requestBody: json(input) };
  const left = Object.entries(properties).filter(([name]) => !named.includes(name));
  if (left.length === 0) return {};
  const needed = required.filter((name) => !named.includes(name));
  const schema = {
    ...rest,
    properties: Object.fromEntries(left),
    ...(needed.length > 0 ? { required: needed } : {}),
  };
  return { requestBody: json(schema, needed.length > 0) };
}

function json(schema: Json, required = true): Json {
  return { required, content: { "application/json": { schema } } };
}

function replyOf(route: Route): Json {
  if (route.endpoint === undefined) return { description: "A file." };
  const schema = schemaOf(route.endpoint.reply, "output");
  return { description: "Done.", content: { "application/json": { schema } } };
}

const ANYWHERE = [400, 429, 503];

function refusalsOf({ access, method, path }: Route): Json {
  const statuses = [
    ...ANYWHERE,
    ...(access === "public" ? [] : [401, 403]),
    ...(path.includes(":") ? [404] : []),
    ...(method === "GET" ? [] : [409, 507]),
  ];
  const sorted = statuses.toSorted((a, b) => a - b);
  return Object.fromEntries(sorted.map((status) => [status, ref(`responses/Refused${status}`)]));
}
