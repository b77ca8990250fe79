import type { z } from "zod";
import type { previewMerge as endpoint } from "#contract/contacts.ts";
import { statusAt } from "#server/marketing-status/marketing-status.ts";
import type { Context } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { loadCatalogue } from "#server/properties/load-catalogue.ts";
import { selectEmails } from "../emails/queries.ts";
import { selectValues } from "../record/queries.ts";
import { requireTwo } from "./merge-contacts.ts";
import { differences } from "./merged-values.ts";
import { type SideRow, selectSides } from "./queries.ts";

type Reply = z.input<typeof endpoint.reply>;

interface Sides {
  readonly winnerId: string;
  readonly loserId: string;
}

/** What a merge would make of two contacts. */
export async function previewMerge(context: Context, sides: Sides): Promise<Reply> {
  requireTwo(sides);
  const rows = await selectSides(context, sides);
  const winner = requireSide(rows, sides.winnerId);
  const loser = requireSide(rows, sides.loserId);
  const now = await context.clock.now(context.db);
  const isProtected = winner.protected || loser.protected;
  const emails = [...(await selectEmails(context, winner.id)), ...(await selectEmails(context, loser.id))];
  return {
    winner: describe(winner, now),
    loser: describe(loser, now),
    differences: await compare(context, sides),
    emails: emails.map(({ email }, index) => ({ email, primary: index === 0 })),
    status: mergedStatus([describe(winner, now).status, describe(loser, now).status], isProtected),
    protected: isProtected,
    notes: winner.notes + loser.notes,
  };
}

async function compare(context: Context, { winnerId, loserId }: Sides): Promise<Reply["differences"]> {
  // Addresses are not won or lost: all of them come together.
  const properties = [...(await loadCatalogue(context)).values()].filter(({ name }) => name !== "email");
  const [own, other] = [
    await selectValues(context, winnerId, properties),
    await selectValues(context, loserId, properties),
  ];
  return differences(properties, own, other).map(({ property, ...values }) => ({
    property: property.name,
    ...values,
  }));
}

/** The later `until` wins; a protected result is set as non-marketing and waits. */
function mergedStatus(sides: readonly Reply["status"][], isProtected: boolean): Reply["status"] {
  if (sides.includes("marketing")) return isProtected ? "waiting" : "marketing";
  return sides.includes("waiting") ? "waiting" : "non_marketing";
}

function describe(side: SideRow, now: Date): Reply["winner"] {
  const { id, name, email, until, infinite } = side;
  return {
    id,
    name,
    email,
    protected: side.protected,
    createdAt: side.createdAt.toISOString(),
    status: statusAt(infinite ? "infinity" : until, now),
  };
}

function requireSide(rows: readonly SideRow[], contactId: string): SideRow {
  const row = rows.find(({ id }) => id === contactId);
  if (!row) throw new AppError("not_found", "contacts:not_found", { contactId });
  return row;
}
