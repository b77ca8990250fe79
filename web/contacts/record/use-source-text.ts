import { useTranslation } from "react-i18next";
import type { Entry } from "./contact-queries.ts";

type Origin = Pick<Entry, "source" | "actor">;

const named: Record<string, string> = {
  IMPORT: "import",
  CONTACT_IMPORT: "import",
  FORM: "form",
  FORM_SUBMISSION: "form",
  CONVERSATIONS: "chat",
  CONVERSATION: "chat",
  INTEGRATION: "app",
  INTEGRATOR_SET: "app",
  WORKFLOW: "workflow",
};
const plain: Record<string, string> = {
  COMMAND_LINE: "commandLine",
  INITIAL_STATE: "initialState",
  SUPPRESSION: "suppression",
  SYSTEM: "system",
  EMAIL: "email",
  SAMPLE_CONTACT: "sample",
};

/** What or who did something: "Import officials.csv", "Jonas Ek", "Command line". */
export function useSourceText(): (origin: Origin) => string {
  const { t } = useTranslation("contact");
  return ({ source, actor }) => {
    const kind = named[source.type];
    if (kind) return source.name ? t(`source.${kind}Named`, { name: source.name }) : t(`source.${kind}`);
    const fixed = plain[source.type];
    if (fixed) return t(`source.${fixed}`);
    if (actor.name) return actor.name;
    return t(actor.type === "command" ? "source.commandLine" : "source.system");
  };
}
