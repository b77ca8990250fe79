import type { z } from "zod";
import type { showUsageChanges } from "#contract/usage.ts";
import { nameOperations } from "#server/operations/naming/name-operations.ts";
import type { Context } from "#server/platform/context.ts";
import { selectSourceNames } from "./queries.ts";
import type { Line } from "./usage-line.ts";

type Shown = z.input<typeof showUsageChanges.reply>["lines"][number];

/** Resolves what lines are about to the names they have now, for all at once. */
export async function nameLines(context: Context, lines: readonly Line[]): Promise<Shown[]> {
  const ids = lines.flatMap(({ operationId }) => operationId ?? []);
  const operations = new Map((await nameOperations(context, ids)).map((each) => [each.id, each]));
  const sources = lines.some(({ sourceId }) => sourceId !== null)
    ? await selectSourceNames(context)
    : new Map<string, string>();
  return lines.map((line) => {
    const operation = line.operationId === null ? undefined : operations.get(line.operationId);
    const name = operation?.name ?? sources.get(`${line.sourceType}:${line.sourceId}`) ?? null;
    const startedAt = operation?.at.toISOString() ?? null;
    return { ...line, kind: operation?.kind ?? null, startedAt, name };
  });
}
