import type { FileProfile } from "./inspect-bytes.ts";
import { type OpenFile, openCsv } from "./open-csv.ts";
import { openXlsx } from "./open-xlsx.ts";

/** Opens a file for reading once, from its first byte. */
export function openFile(bytes: AsyncIterable<Uint8Array>, profile: FileProfile): Promise<OpenFile> {
  return profile.kind === "xlsx" ? openXlsx(bytes) : openCsv(bytes, profile);
}
