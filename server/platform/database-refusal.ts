import { AppError } from "./errors.ts";

const UNREACHABLE =
  /^(08...|57P0[123]|57014|53300|53400|55P03|25006|25P03|40001|40P01|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
const FULL = /^(53100|ENOSPC|EDQUOT)$/;
const NOT_STORABLE = /^(22021|22P05|22P02|22003|22008|22007|22025|54000)$/;
const BROKEN_CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;

/** What a database error means to the person who waits: try again, make room, or another value. Else undefined. */
export function databaseRefusal(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error ? String(error.code) : "";
  if (UNREACHABLE.test(code) || BROKEN_CONNECTION.test(error.message)) {
    return new AppError("unavailable", "http:unavailable");
  }
  if (FULL.test(code)) return new AppError("storage_full", "http:storage_full");
  if (NOT_STORABLE.test(code)) return new AppError("invalid_input", "http:value_out_of_range");
  return undefined;
}
