import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { setArchived } from "./queries.ts";
import { requireOwnProperty } from "./update-property.ts";

/** Takes a property out of use. Its values are kept and its name stays taken. */
export function archiveProperty(
  context: Context,
  { name }: { name: string },
): Promise<Record<string, never>> {
  return inTransaction(context, async (context) => {
    await requireOwnProperty(context, name);
    await setArchived(context, { name, archived: true });
    await recordEvent(context, { type: "property.archived", details: { name } });
    return {};
  });
}

/** Puts an archived property back in use. */
export function restoreProperty(
  context: Context,
  { name }: { name: string },
): Promise<Record<string, never>> {
  return inTransaction(context, async (context) => {
    if (!(await setArchived(context, { name, archived: false }))) {
      throw new AppError("not_found", "properties:not_found", { name });
    }
    await recordEvent(context, { type: "property.restored", details: { name } });
    return {};
  });
}
