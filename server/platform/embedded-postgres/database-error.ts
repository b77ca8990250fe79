/** The database cannot be had; the message is a sentence for the person who starts the program. */
export class DatabaseError extends Error {
  override readonly name: string = "DatabaseError";
}

/** Another Headroom already serves this data folder. */
export class AlreadyRunningError extends DatabaseError {
  override readonly name = "AlreadyRunningError";
  readonly pid: number;
  readonly address: string | null;

  constructor(folder: string, pid: number, address: string | null) {
    const where = address === null ? "" : ` at ${address}`;
    super(
      `Headroom already runs on ${folder}${where} (process ${pid}). Stop it first, or set HEADROOM_DATA to another folder.`,
    );
    this.pid = pid;
    this.address = address;
  }
}
