import type { Context } from "#server/platform/context.ts";
import { insertDefaultViews, listStoredViews, type StoredView } from "./queries.ts";
import { canChange, type View } from "./view.ts";

/** The tabs of the index. An account without any view gets those it starts with. */
export async function listViews(context: Context): Promise<{ views: View[] }> {
  let stored = await listStoredViews(context);
  if (stored.length === 0) {
    await insertDefaultViews(context);
    stored = await listStoredViews(context);
  }
  return { views: stored.map((view) => presentView(context, view)) };
}

export function presentView({ actor }: Context, view: StoredView): View {
  return { ...view, editable: canChange(view, actor.permissions.has("contacts.edit")) };
}
