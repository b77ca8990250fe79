import type { z } from "zod";
import type * as contract from "#contract/lists.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { requireList } from "../definition/require-list.ts";
import { selectSizes } from "./queries.ts";

const MAX_DAYS = 3_660;

/** A list's size at the end of each day. */
export async function listSizes(
  context: Context,
  { listId, from, to }: z.output<typeof contract.listSizes.input>,
): Promise<z.input<typeof contract.listSizes.reply>> {
  await requireList(context, listId);
  const days = from && to ? (Date.parse(to) - Date.parse(from)) / 86_400_000 : 0;
  if (days < 0 || days > MAX_DAYS) throw new AppError("invalid_input", "lists:bad_span", { max: MAX_DAYS });
  return { days: await selectSizes(context, { listId, from, to }) };
}
