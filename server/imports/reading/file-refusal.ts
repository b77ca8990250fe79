import { AppError } from "#server/platform/errors.ts";

/** Why a whole file cannot be imported. The texts are `imports:file_<problem>`. */
export type FileProblem =
  | "empty"
  | "header_only"
  | "binary"
  | "nul"
  | "unclosed_quote"
  | "long_line"
  | "many_columns"
  | "duplicate_column"
  | "old_excel"
  | "archive"
  | "xlsx_damaged"
  | "xlsx_large"
  | "xlsx_rows";

/** Refuses the file as a whole, naming the line where there is one, before anything has been written. */
export function refuseFile(problem: FileProblem, details: Record<string, unknown> = {}): never {
  throw new AppError("unsupported", `imports:file_${problem}`, details);
}
