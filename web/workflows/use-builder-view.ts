import { useMediaQuery } from "@mantine/hooks";
import { useSearch } from "@tanstack/react-router";
import type { BuilderView } from "./workflow-search.ts";

/** How the builder is shown. On a phone it is a list that scrolls with its page: a frame would leave it no room. */
export function useBuilderView(): { readonly shown: BuilderView; readonly flows: boolean } {
  const { view } = useSearch({ from: "/shell/workflows/$workflowId" });
  const narrow = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false }) ?? false;
  const shown = view ?? (narrow ? "list" : "canvas");
  return { shown, flows: narrow && shown === "list" };
}
