import { useTranslation } from "react-i18next";
import type { View } from "./index-queries.ts";

/** What a view is called: its name, or for those that came with the account a text. */
export function useViewLabel(): (view: Pick<View, "key" | "name">) => string {
  const { t } = useTranslation("contacts-index");
  return ({ key, name }) => (name === "" && key ? t(`view.${key}`) : name);
}
