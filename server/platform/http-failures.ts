import type { FastifyReply, FastifyRequest } from "fastify";
import { ZodError } from "zod";
import { type ErrorBody, type ErrorCode, errorStatus } from "#contract/errors.ts";
import { type Language, languages } from "#contract/languages.ts";
import { databaseRefusal } from "./database-refusal.ts";
import type { InputIssue } from "./describe-issue.ts";
import { AppError } from "./errors.ts";
import { invalidInput } from "./parse-input.ts";
import { text } from "./texts.ts";

const RETRY_SECONDS = 5;

/** Answers any error as JSON in the reader's language: an expected "no" as itself, anything else as 500 without a trace. */
export function answerFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error);
  if (refusal === undefined) {
    request.log.error({ err: error, route: request.routeOptions?.url }, "request failed");
    return reply.code(500).send(internalBody(request));
  }
  if (errorStatus[refusal.code] >= 500) {
    request.log.warn({ err: error, code: refusal.code }, "request not served");
  }
  return answerRefusal(refusal, request, reply);
}

/** Answers an expected "no". */
export function answerRefusal(refusal: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = errorStatus[refusal.code];
  const retryAfter = retryAfterOf(refusal);
  if (retryAfter !== undefined) reply.header("retry-after", retryAfter);
  return reply
    .code(status)
    .header("cache-control", "no-store")
    .send(bodyOf(refusal, languageOf(request)));
}

/** The wire form of a refusal, its sentences in the given language. */
function bodyOf({ code, reason, details }: AppError, language: Language): ErrorBody {
  const issues = details["issues"] as readonly InputIssue[] | undefined;
  const written = issues?.map(({ path, reason, values }) => ({
    path,
    message: text(language, reason, values),
  }));
  return {
    error: {
      code,
      reason,
      message: text(language, reason, details),
      details: written === undefined ? details : { ...details, issues: written },
    },
  };
}

function internalBody(request: FastifyRequest): ErrorBody {
  const details = { requestId: request.id };
  const message = text(languageOf(request), "http:internal", details);
  return { error: { code: "internal", reason: "http:internal", message, details } };
}

function refusalOf(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return invalidInput(error.issues);
  return databaseRefusal(error) ?? httpRefusal(error);
}

/** The framework's own refusals: bad JSON, too large, unknown type, malformed address. */
function httpRefusal(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || !("statusCode" in error)) return undefined;
  const status = Number(error.statusCode);
  if (!(status >= 400 && status < 500)) return undefined;
  const known = httpRefusals[status];
  if (known !== undefined) return new AppError(...known);
  if (isAboutAddress(error)) return new AppError("invalid_input", "http:bad_address");
  return new AppError("invalid_input", isAboutJson(error) ? "http:bad_json" : "http:bad_request");
}

const httpRefusals: Record<number, [ErrorCode, string]> = {
  403: ["not_found", "http:not_found"],
  404: ["not_found", "http:not_found"],
  413: ["too_large", "http:body_too_large"],
  415: ["unsupported", "http:body_type"],
};

function isAboutAddress(error: Error): boolean {
  return "code" in error && /^FST_ERR_(BAD_URL|MAX_PARAM_LENGTH)/.test(String(error.code));
}

function isAboutJson(error: Error): boolean {
  return error instanceof SyntaxError || ("code" in error && String(error.code).includes("JSON"));
}

function retryAfterOf({ code, details }: AppError): number | undefined {
  if (typeof details["seconds"] === "number" && code === "too_many_requests")
    return Math.ceil(details["seconds"]);
  return code === "unavailable" ? RETRY_SECONDS : undefined;
}

/** The reader's language: the actor's once known, before that what the browser asks for. */
export function languageOf(request: FastifyRequest): Language {
  return request.headroom?.actor.language ?? acceptedLanguage(request.headers["accept-language"]);
}

function acceptedLanguage(header = ""): Language {
  const wanted = header.split(",").map((part) => part.trim().slice(0, 2).toLowerCase());
  return languages.find((language) => language === wanted.find(isLanguage)) ?? "en";
}

function isLanguage(value: string): value is Language {
  return (languages as readonly string[]).includes(value);
}
