import type { z } from "zod";
import type * as contract from "#contract/contacts-index.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { selectContacts } from "#server/filters/select-contacts.ts";
import { type Context, inTransaction, requirePermission } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { listViews, presentView } from "./list-views.ts";
import { findView, insertView, removeView, type StoredView, storeOrder, storeView } from "./queries.ts";
import type { View, ViewContent } from "./view.ts";

type Nothing = Record<string, never>;

/** Keeps filter, columns and sort under a name, after the views to start with. Refuses a filter that cannot be read. */
export function createView(context: Context, input: ViewContent): Promise<View> {
  return inTransaction(context, async (context) => {
    await selectContacts(context, { filter: input.filter, query: "" });
    // A program may make the first view before anybody has opened the index.
    await listViews(context);
    const viewId = await insertView(context, input);
    await recordEvent(context, { type: "view.created", details: { viewId } });
    return presentView(context, await requireView(context, viewId));
  });
}

/** Changes what is named and leaves the rest. */
export function updateView(
  context: Context,
  { viewId, ...changes }: z.output<typeof contract.updateView.input>,
): Promise<View> {
  return inTransaction(context, async (context) => {
    const view = await requireChangeable(context, viewId);
    if (changes.shared === false && !view.mine)
      throw new AppError("not_allowed", "contacts-index:view_shared");
    if (changes.filter) await selectContacts(context, { filter: changes.filter, query: "" });
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    await storeView(context, viewId, { ...view, ...given });
    await recordEvent(context, { type: "view.updated", details: { viewId } });
    return presentView(context, await requireView(context, viewId));
  });
}

export function deleteView(context: Context, { viewId }: { readonly viewId: string }): Promise<Nothing> {
  return inTransaction(context, async (context) => {
    await requireChangeable(context, viewId);
    await removeView(context, viewId);
    await recordEvent(context, { type: "view.deleted", details: { viewId } });
    return {};
  });
}

export async function orderViews(
  context: Context,
  { viewIds }: { readonly viewIds: string[] },
): Promise<Nothing> {
  requirePermission(context, "contacts.edit");
  await storeOrder(context, viewIds);
  return {};
}

async function requireChangeable(context: Context, viewId: string): Promise<StoredView> {
  const view = await requireView(context, viewId);
  if (!presentView(context, view).editable) requirePermission(context, "contacts.edit");
  return view;
}

async function requireView(context: Context, viewId: string): Promise<StoredView> {
  const view = await findView(context, viewId);
  if (!view) throw new AppError("not_found", "contacts-index:view_not_found");
  return view;
}
