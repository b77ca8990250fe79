import type { TFunction } from "i18next";
import type { Reply } from "../api.ts";
import type { Format } from "../ui/format.ts";
import type { Group, Role, Segment } from "../ui/split-bar.tsx";

export type Preview = Reply<"POST /api/marketing-status/preview">;
export type Target = "marketing" | "non_marketing";

/** The order in which groups stand, and what each means in the bar. */
const roles: Record<Target, Record<string, Role>> = {
  non_marketing: {
    scheduled: "counts",
    unheld: "beyond",
    already_waiting: "waiting",
    already_non_marketing: "plain",
    skipped: "held",
  },
  marketing: {
    set_marketing: "counts",
    unscheduled: "waiting",
    held: "beyond",
    already_held: "beyond",
    refused: "beyond",
    already_marketing: "plain",
    skipped: "held",
  },
};

interface Line {
  readonly key: string;
  readonly role: Role;
  readonly contacts: number;
}

/** What would become of the selection, group by group; the first line is there even when it is nobody. */
export function linesOf({ groups }: Pick<Preview, "groups">, to: Target): Line[] {
  return Object.entries(roles[to]).flatMap(([outcome, role], place) => {
    const mine = groups.filter((group) => group.outcome === outcome);
    if (mine.length === 0) return place === 0 ? [{ key: outcome, role, contacts: 0 }] : [];
    return mine.map(({ reason, contacts }) => ({
      key: keyOf(outcome, reason, to),
      role,
      contacts,
    }));
  });
}

/** A pin means the opposite in each direction. */
function keyOf(outcome: string, reason: string, to: Target): string {
  if (reason === "") return outcome;
  return `${outcome}_${reason}${reason === "pinned" && to === "marketing" ? "_never" : ""}`;
}

interface Words {
  readonly t: TFunction<"marketing-status">;
  readonly format: Format;
}

export function toGroups(lines: readonly Line[], { t, format }: Words): Group[] {
  return lines.map(({ key, role, contacts }, place) => ({
    role,
    label: t([`group.${key}`, "group.other"]),
    value: format.number(contacts),
    strong: place === 0,
  }));
}

export function toSegments(lines: readonly Line[]): Segment[] {
  return lines.map(({ role, contacts, key }) => ({ role, value: contacts, label: key }));
}
