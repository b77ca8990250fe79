import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call } from "../../../api.ts";
import { useErrorText } from "../../../ui/states.tsx";
import { showToast } from "../../../ui/toast-store.ts";
import { markUnsaved } from "../../unsaved-drafts.ts";
import { type Workflow, workflowQuery } from "../../workflow-query.ts";
import type { Definition } from "../edits/definition.ts";

/** Where the draft on screen stands. `conflict`: somebody else has saved meanwhile; nothing is overwritten. */
type SaveState = "saved" | "saving" | "waiting" | "failed" | "conflict";

export interface Autosave {
  readonly state: SaveState;
  /** Why it could not be saved. */
  readonly error: unknown;
  /** What somebody else has saved, while `conflict`. */
  readonly theirs: Workflow | null;
  readonly retry: () => void;
  /** Saves over what somebody else has saved. */
  readonly keepMine: () => void;
  /** Goes on with what somebody else has saved, and answers it. */
  readonly takeTheirs: () => Definition | null;
}

const TYPING_MS = 700;

/** What is known to be on the server; kept outside of what is drawn. */
interface Kept {
  definition: Definition;
  revision: number;
  busy: boolean;
  stopped: boolean;
  /** Nobody sees any more what is said here. */
  left: boolean;
}

function begun({ draft, revision }: Workflow): Kept {
  return { definition: draft, revision, busy: false, stopped: false, left: false };
}

/**
 * Saves the draft soon after each edit, one at a time, and when the page is left. `onNews`: it was saved elsewhere while
 * nothing was edited here, such as an old version that somebody brought back.
 */
export function useAutosave(
  workflow: Workflow,
  definition: Definition,
  { enabled, onNews }: { readonly enabled: boolean; readonly onNews: (definition: Definition) => void },
): Autosave {
  const [state, setState] = useState<SaveState>("saved");
  const [error, setError] = useState<unknown>(null);
  const [theirs, setTheirs] = useState<Workflow | null>(null);
  const kept = useRef<Kept>(begun(workflow));
  const wanted = useRef(definition);
  wanted.current = definition;
  const save = useSave({ id: workflow.id, kept, wanted, setState, setError, setTheirs });
  useEffect(() => {
    if (!enabled || kept.current.stopped) return undefined;
    if (definition === kept.current.definition) {
      // Taken back before it was saved.
      if (!kept.current.busy) markUnsaved(workflow.id, null);
      setState((now) => (now === "waiting" ? "saved" : now));
      return undefined;
    }
    setState((now) => (now === "saving" ? now : "waiting"));
    if (!kept.current.busy) markUnsaved(workflow.id, "waiting");
    const timer = setTimeout(() => void save(), TYPING_MS);
    return () => clearTimeout(timer);
  }, [definition, enabled, save, workflow.id]);
  useLeaving(kept, wanted, save);
  useNews({ workflow, kept, wanted, onNews });
  const resume = ({ revision, draft }: Workflow) => {
    Object.assign(kept.current, { revision, definition: draft, stopped: false });
    setTheirs(null);
  };
  return {
    state,
    error,
    theirs,
    retry: () => void save(),
    keepMine: () => {
      if (theirs) resume(theirs);
      void save();
    },
    takeTheirs: () => {
      if (!theirs) return null;
      resume(theirs);
      wanted.current = theirs.draft;
      markUnsaved(workflow.id, null);
      setState("saved");
      return theirs.draft;
    },
  };
}

interface News {
  readonly workflow: Workflow;
  readonly kept: { readonly current: Kept };
  readonly wanted: { readonly current: Definition };
  readonly onNews: (definition: Definition) => void;
}

function useNews({ workflow, kept, wanted, onNews }: News): void {
  const tell = useRef(onNews);
  tell.current = onNews;
  useEffect(() => {
    const known = kept.current;
    const untouched = !known.busy && !known.stopped && wanted.current === known.definition;
    // An answer to what was asked before the last save may come after it: that is no news.
    if (workflow.revision <= known.revision || !untouched) return;
    Object.assign(known, { revision: workflow.revision, definition: workflow.draft });
    tell.current(workflow.draft);
  }, [workflow, kept, wanted]);
}

interface Saving {
  readonly id: string;
  readonly kept: { readonly current: Kept };
  readonly wanted: { readonly current: Definition };
  readonly setState: (state: SaveState) => void;
  readonly setError: (error: unknown) => void;
  readonly setTheirs: (theirs: Workflow) => void;
}

function useSave({ id, kept, wanted, setState, setError, setTheirs }: Saving): () => Promise<void> {
  const queryClient = useQueryClient();
  const tellLost = useTellLost();
  return useCallback(async () => {
    const known = kept.current;
    while (!known.busy && !known.stopped && wanted.current !== known.definition) {
      const definition = wanted.current;
      Object.assign(known, { busy: true });
      setState("saving");
      markUnsaved(id, "saving");
      try {
        const input = { workflowId: id, revision: known.revision, definition };
        const saved = await call("PUT /api/workflows/:workflowId/draft", input);
        // What is still on its way was asked before.
        await queryClient.cancelQueries({ queryKey: workflowQuery(id).queryKey });
        Object.assign(known, { definition, revision: saved.revision, busy: false });
        queryClient.setQueryData(workflowQuery(id).queryKey, saved);
        setError(null);
        setState(wanted.current === definition ? "saved" : "waiting");
        if (wanted.current === definition) markUnsaved(id, null);
      } catch (refused) {
        Object.assign(known, { busy: false });
        markUnsaved(id, "failed");
        setError(refused);
        if (known.left) tellLost(refused);
        if (!(refused instanceof ApiError && refused.code === "conflict")) return setState("failed");
        Object.assign(known, { stopped: true });
        setState("conflict");
        setTheirs(await queryClient.fetchQuery({ ...workflowQuery(id), staleTime: 0 }));
      }
    }
  }, [id, kept, wanted, setState, setError, setTheirs, tellLost, queryClient]);
}

/** The builder was left, and what was edited last could not be saved. */
function useTellLost(): (refused: unknown) => void {
  const { t } = useTranslation("workflow-builder");
  const message = useErrorText();
  const tell = useRef<(refused: unknown) => void>(() => {});
  tell.current = (refused) => showToast({ title: t("failed"), detail: message(refused), tone: "bad" });
  return useCallback((refused) => tell.current(refused), []);
}

/** Nothing is lost when the page or the tab is left before the last edit was saved. */
function useLeaving(
  kept: { readonly current: Kept },
  wanted: { readonly current: Definition },
  save: () => Promise<void>,
): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (wanted.current !== kept.current.definition) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    const known = kept.current;
    known.left = false;
    return () => {
      known.left = true;
      window.removeEventListener("beforeunload", ask);
      void save();
    };
  }, [kept, wanted, save]);
}
