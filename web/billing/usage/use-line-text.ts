import { useTranslation } from "react-i18next";
import { useOperationText } from "../../operations/use-operation-text.ts";
import { useFormat } from "../../ui/format.ts";
import type { Line } from "./usage-queries.ts";

const sources: Record<string, string> = {
  CONTACT_IMPORT: "import",
  FORM_SUBMISSION: "form",
  CONVERSATION: "chat",
  INTEGRATOR_SET: "app",
  WORKFLOW: "workflow",
};

type Named = Pick<Line, "type" | "at" | "kind" | "name" | "sourceType">;

/** What a line is about: "Update of 1 November", "Import partners.csv", "By hand and deleted". */
export function useLineText(timeZone: string): (line: Named) => string {
  const { t } = useTranslation("usage");
  const format = useFormat();
  const { named } = useOperationText();
  return ({ type, at, kind, name, sourceType }) => {
    if (type === "update") return t("line.update", { day: format.dayLong(at ?? "", timeZone) });
    if (type === "operation") return named(kind, name);
    if (type !== "source") return t(`line.${type}`);
    const source = sources[sourceType ?? ""];
    if (source === undefined) return t("line.other");
    return name === null ? t(`line.${source}` as never) : t(`line.${source}Named` as never, { name });
  };
}
