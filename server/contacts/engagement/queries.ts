import { type RawBuilder, sql } from "kysely";
import type { Context } from "#server/platform/context.ts";

/** What is known anew about a contact; each contact once. */
export interface Engagement {
  readonly contactId: string;
  readonly sentAt?: Date | undefined;
  readonly openedAt?: Date | undefined;
  readonly clickedAt?: Date | undefined;
  readonly convertedAt?: Date | undefined;
}

const moments: Readonly<Record<string, string>> = {
  sentAt: "hs_email_last_send_date",
  openedAt: "hs_email_last_open_date",
  clickedAt: "hs_email_last_click_date",
  convertedAt: "recent_conversion_date",
};

function later([name, column]: [string, string]): RawBuilder<unknown> {
  return sql`${sql.id(column)} = greatest(${sql.ref(`c.${column}`)}, ${sql.ref(`e.${name}`)})`;
}

export async function raiseMoments(
  { db, accountId }: Context,
  engagements: readonly Engagement[],
): Promise<void> {
  const columns = Object.keys(moments).map((name) => sql`${sql.id(name)} timestamptz`);
  await sql`
    update contact c set ${sql.join(Object.entries(moments).map(later))}
    from jsonb_to_recordset(${JSON.stringify(engagements)}::jsonb) as e("contactId" bigint, ${sql.join(columns)})
    where c.account_id = ${accountId} and c.id = e."contactId" and c.deleted_at is null`.execute(db);
}
