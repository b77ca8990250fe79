import { useTranslation } from "react-i18next";
import type { Operation } from "./operation-query.ts";

const fileName = ({ params }: Pick<Operation, "params">) =>
  typeof params["fileName"] === "string" ? params["fileName"] : null;

const workflow = ({ params }: Pick<Operation, "params">) =>
  typeof params["workflow"] === "string" ? params["workflow"] : null;

/** Names of operations and of the groups of their outcome, in the language on screen. */
export function useOperationText() {
  const { t, i18n } = useTranslation("operations");
  const known = (key: string, fallback: string) =>
    i18n.exists(key, { ns: "operations" }) ? t(key as never) : fallback;
  const kind = (operation: Pick<Operation, "kind">): string =>
    known(`kind.${operation.kind}`, operation.kind);
  const title = (operation: Pick<Operation, "kind" | "params">): string =>
    [[kind(operation), fileName(operation)].filter(Boolean).join(" "), workflow(operation)]
      .filter(Boolean)
      .join(": ");
  return {
    /** "Import fairs-2023.csv", "Set as non-marketing contacts: Gone quiet" */
    title,
    /** The same where only its name is known: a workflow's if it sets a status, else a file's. */
    named: (of: string | null, name: string | null): string =>
      title({ kind: of ?? "", params: of?.startsWith("set_") ? { workflow: name } : { fileName: name } }),
    outcome: (outcome: string): string => known(`outcome.${outcome}`, outcome),
    reason: (outcome: string, reason: string): string => known(`reason.${reason || outcome}`, ""),
    actor: ({ actor }: Pick<Operation, "actor">): string =>
      actor.name ?? known(`actor.${actor.type}`, actor.type),
  };
}
