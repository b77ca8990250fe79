import { readFileSync } from "node:fs";
import { AppError } from "#server/platform/errors.ts";

/** The file's first line, as editors and `echo` write it. */
export function readPasswordFile(file: string): string {
  try {
    const [line = ""] = readFileSync(file, "utf8")
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/);
    return line;
  } catch {
    throw new AppError("invalid_input", "accounts:password_file_unreadable", { file });
  }
}
