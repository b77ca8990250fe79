import type { Api } from "../contract/api.ts";
import type { ErrorBody } from "../contract/errors.ts";

/** A refusal of the server. `message` is a sentence in the reader's language that can be shown as it is. */
export class ApiError extends Error {
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number;
  readonly code: ErrorBody["error"]["code"] | "offline";
  readonly reason: string;
  readonly details: Record<string, unknown>;

  constructor(status: number, error: Omit<ErrorBody["error"], "code"> & { code: ApiError["code"] }) {
    super(error.message);
    this.name = "ApiError";
    this.status = status;
    this.code = error.code;
    this.reason = error.reason;
    this.details = error.details;
  }
}

export type ApiName = keyof Api;
export type Input<Name extends ApiName> = Api[Name]["input"];
export type Reply<Name extends ApiName> = Api[Name]["reply"];

type Args<Name extends ApiName> =
  Partial<Input<Name>> extends Input<Name>
    ? [input?: Input<Name>, options?: CallOptions]
    : [input: Input<Name>, options?: CallOptions];

interface CallOptions {
  readonly signal?: AbortSignal;
}

const TAB_ACCOUNT = "headroom-account";

/** The account this tab works in. Other tabs may work in others. */
export function tabAccount(): string | null {
  return sessionStorage.getItem(TAB_ACCOUNT);
}

export function setTabAccount(accountId: string | null): void {
  if (accountId === null) sessionStorage.removeItem(TAB_ACCOUNT);
  else sessionStorage.setItem(TAB_ACCOUNT, accountId);
}

let signedOut: () => void = () => {};
let language: () => string = () => "en";

/** What happens when the server says that nobody is signed in, and in which language it should answer. */
export function configureApi(hooks: { onSignedOut: () => void; language: () => string }): void {
  signedOut = hooks.onSignedOut;
  language = hooks.language;
}

/**
 * Asks the server: `call("POST /api/contacts/search", {…})`. `:name` in the path is filled from the input;
 * the rest travels as query (GET, objects as JSON) or JSON body. Throws `ApiError`.
 */
export async function call<Name extends ApiName>(name: Name, ...args: Args<Name>): Promise<Reply<Name>> {
  const [input = {}, { signal } = {}] = args;
  const { url, method, body } = request(name, input);
  const response = await send(url, {
    method,
    headers: { ...headers(), ...(body === undefined ? {} : { "content-type": "application/json" }) },
    body: body ?? null,
    signal: signal ?? null,
  });
  return (await response.json()) as Reply<Name>;
}

/** The address of something to download, in this tab's account. */
export function downloadUrl(path: string, query: Record<string, string> = {}): string {
  const account = tabAccount();
  const parameters = new URLSearchParams({ ...query, ...(account ? { account } : {}) });
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}

function headers(): Record<string, string> {
  const account = tabAccount();
  return {
    accept: "application/json",
    "accept-language": language(),
    ...(account ? { "x-headroom-account": account } : {}),
  };
}

async function send(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, credentials: "same-origin" }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, { code: "offline", reason: "ui:offline", message: "", details: {} });
  });
  if (response.ok) return response;
  const error = await refusal(response);
  if (error.code === "signed_out") signedOut();
  throw error;
}

async function refusal(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as ErrorBody | null;
  const unknown = { code: "internal", reason: "ui:unknownError", message: "", details: {} } as const;
  return new ApiError(response.status, body?.error ?? unknown);
}

function request(name: string, input: object): { url: string; method: string; body?: string } {
  const [method = "GET", path = "/"] = name.split(" ");
  const rest = new Map<string, unknown>(Object.entries(input).filter(([, value]) => value !== undefined));
  const url = path.replace(/:(\w+)/g, (_, key: string) => {
    const value = rest.get(key);
    rest.delete(key);
    return encodeURIComponent(String(value));
  });
  if (method !== "GET") return { url, method, body: JSON.stringify(Object.fromEntries(rest)) };
  const query = new URLSearchParams([...rest].map(([key, value]) => [key, queryText(value)]));
  return { url: query.size === 0 ? url : `${url}?${query}`, method };
}

function queryText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
