import type { Context } from "#server/platform/context.ts";
import { loadImport } from "./load-import.ts";
import { readImport } from "./staging/read-import.ts";
import { beginImport } from "./start-import.ts";

interface Input {
  readonly importId: string;
  /** A retry has been agreed to already: it goes on by itself, unless it would raise more than was agreed. */
  readonly start: boolean;
}

/** Pass 1 as a job; a retry is started right after. The act is put down to whoever began the import. */
export async function readAndStart(context: Context, { importId, start }: Input): Promise<void> {
  await readImport(context, { importId });
  const row = await loadImport(context, importId);
  if (!start || row.state !== "ready") return;
  const actor = { ...context.actor, type: row.actorType as Context["actor"]["type"], id: row.actorId };
  await beginImport({ ...context, actor }, { importId, expect: row.forecast?.raised });
}
