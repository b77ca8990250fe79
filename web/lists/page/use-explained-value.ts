import { useTranslation } from "react-i18next";
import type { Reply } from "../../api.ts";
import { useOwnValue } from "../../filters/use-own-value.ts";

type Explained = Reply<"GET /api/lists/:listId/contacts/:contactId">["groups"][number]["conditions"][number];

/** The contact's own value of a condition, as people read it. */
export function useExplainedValue(): (condition: Explained) => string {
  const { t } = useTranslation("lists");
  const ownValue = useOwnValue();
  return ({ propertyName, value, lists }) =>
    lists.length > 0
      ? lists.map(({ name, member }) => t(member ? "why.inList" : "why.notInList", { name })).join(", ")
      : ownValue(propertyName, value);
}
