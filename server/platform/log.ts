import { destination, type Logger, pino } from "pino";

export type Log = Logger;

const EMAIL = /[^\s"'()<>=,;]+@[^\s"'()<>,;]+/g;
const QUOTED_VALUE = /: ".*"/gs;

/**
 * Structured logs on standard error, so that standard output stays a command's answer.
 * They hold no personal data: no bodies, no query strings, no addresses; errors lose the values they quote.
 */
export const log: Log = pino(
  {
    level: process.env["HEADROOM_LOG_LEVEL"] ?? (process.stderr.isTTY ? "warn" : "info"),
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ["req", "res", "body", "*.body", "email", "*.email", "*.password"], remove: true },
    serializers: { err: describeError },
  },
  survivingDestination(),
);

/** What a log may say about an error: where it happened and its code, without the values of people. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, table, constraint } = error as Error & {
    code?: unknown;
    table?: string;
    constraint?: string;
  };
  return {
    type: error.name,
    message: clean(error.message),
    code,
    table,
    constraint,
    stack: cleanStack(error),
  };
}

function clean(message: string): string {
  return message.replace(EMAIL, "[e-mail]").replace(QUOTED_VALUE, ': "[value]"');
}

/** Frames only: the head of a stack repeats the message. */
function cleanStack({ stack }: Error): string | undefined {
  return stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}

/** A full disk or a closed pipe must not end the program. */
function survivingDestination() {
  const stream = destination({ fd: 2, sync: true });
  stream.on("error", () => {});
  return stream;
}
