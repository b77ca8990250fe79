import { AppError } from "./errors.ts";
import { text } from "./texts.ts";

/** The database cannot be had, for a reason that the person who starts the program can do something about. */
export class DatabaseError extends AppError {
  /** `reason` is a key of server/locales/<language>/database.json. */
  constructor(reason: string, details: Record<string, unknown> = {}, options: ErrorOptions = {}) {
    super("unavailable", reason, details);
    this.name = "DatabaseError";
    this.message = text("en", reason, details);
    Object.assign(this, options);
  }
}

/** Another Headroom already serves this data folder; `details` hold its `pid` and, once it has one, its `address`. */
export class AlreadyRunningError extends DatabaseError {
  constructor(details: { readonly folder: string; readonly pid: number; readonly address: string | null }) {
    super(details.address === null ? "database:already_starting" : "database:already_running", details);
    this.name = "AlreadyRunningError";
  }
}
