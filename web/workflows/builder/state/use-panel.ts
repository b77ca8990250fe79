import { useSearch } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useSearchChange } from "../../../ui/use-search-change.ts";
import type { Definition } from "../edits/definition.ts";
import type { Panel } from "./builder-context.ts";

/** Names of panels in the address; steps have no dash. */
const TRIGGER = "-trigger";
const SETTINGS = "-settings";

/** What the panel shows: settings stand in the address, so that a link leads to them; passing questions do not. */
export function usePanel(definition: Definition) {
  const search = useSearch({ from: "/shell/workflows/$workflowId" });
  const changeSearch = useSearchChange();
  const [passing, setPassing] = useState<Panel | null>(null);
  const open = useCallback(
    (panel: Panel | null) => {
      const name = panel === null ? undefined : nameOf(panel);
      setPassing(panel !== null && name === undefined ? panel : null);
      changeSearch((search) => {
        const { step: _, ...others } = search;
        return name === undefined ? others : { ...others, step: name };
      });
    },
    [changeSearch],
  );
  return { panel: passing ?? panelOf(search.step, definition), open };
}

function nameOf(panel: Panel): string | undefined {
  if (panel.kind === "step") return panel.id;
  if (panel.kind === "trigger") return TRIGGER;
  return panel.kind === "settings" ? SETTINGS : undefined;
}

function panelOf(name: string | undefined, { steps }: Definition): Panel | null {
  if (name === TRIGGER) return { kind: "trigger" };
  if (name === SETTINGS) return { kind: "settings" };
  return steps.some(({ id }) => id === name) && name !== undefined ? { kind: "step", id: name } : null;
}
