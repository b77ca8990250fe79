import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../session.ts";
import { closeToast, showToast } from "../../../ui/toast-store.ts";
import { useWorkflowWords } from "../../words/use-workflow-words.ts";
import { usePlanLacksWorkflows, type Workflow } from "../../workflow-query.ts";
import { stepNode, wayNode } from "../edits/canvas-graph.ts";
import { duplicateStep, followedWays, insertStep, moveStep, removeStep } from "../edits/change-steps.ts";
import { type Definition, findStep, type Place, placesOf, type Step, targetOf } from "../edits/definition.ts";
import { edited, redone, startHistory, undone } from "../edits/edit-history.ts";
import { freshId, newStep } from "../edits/new-step.ts";
import type { Builder, TestRun } from "./builder-context.ts";
import { focusSoon } from "./focus-card.ts";
import { useAutosave } from "./use-autosave.ts";
import { usePanel } from "./use-panel.ts";
import { useStepCounts } from "./use-step-counts.ts";

const REMOVED = "workflow-step-removed";

/** The state of the builder: edits with undo, saved by themselves, and what the panel shows. */
export function useBuilderState(workflow: Workflow): Builder {
  const { can } = useMe();
  const lacking = usePlanLacksWorkflows();
  const readOnly = lacking || !can("workflows.edit");
  const { round, definition, ...edits } = useEdits(workflow, readOnly);
  const autosave = useAutosave(workflow, definition, { enabled: !readOnly, onNews: edits.reset });
  const { panel, open } = usePanel(definition);
  const [test, setTest] = useState<TestRun | null>(null);
  const steps = useStepActs({ definition, open, ...edits });
  const { reset, edit, undo, redo } = edits;
  const takeTheirs = () => {
    const theirs = autosave.takeTheirs();
    if (theirs) reset(theirs);
    return theirs;
  };
  const editing = (next: Definition, about?: string) => {
    setTest(null);
    edit(next, about);
  };
  return {
    workflow,
    definition,
    round,
    readOnly,
    autosave: { ...autosave, takeTheirs },
    edit: editing,
    undo,
    redo,
    panel,
    open,
    ...steps,
    test,
    setTest,
    counts: useStepCounts(workflow, definition, autosave),
  };
}

interface Edits {
  readonly edit: (definition: Definition, about?: string) => void;
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  /** Something else than an edit of the person changed it; it can be undone all the same. */
  readonly reset: (definition: Definition) => void;
}

function useEdits(workflow: Workflow, readOnly: boolean): Edits & { definition: Definition; round: number } {
  const [history, setHistory] = useState(() => startHistory(workflow.draft));
  const [round, setRound] = useState(0);
  // Its Undo is of no use once the builder is left.
  useEffect(() => () => closeToast(REMOVED), []);
  const again = () => setRound((before) => before + 1);
  const go = (to: typeof undone) => () => {
    setHistory(to);
    again();
    closeToast(REMOVED);
  };
  return {
    definition: readOnly ? workflow.draft : history.now,
    round,
    edit: (definition, about) => {
      if (readOnly) return;
      closeToast(REMOVED);
      setHistory((before) => edited(before, definition, about ?? null));
    },
    undo: history.past.length > 0 && !readOnly ? go(undone) : null,
    redo: history.future.length > 0 && !readOnly ? go(redone) : null,
    reset: (definition) => {
      setHistory((before) => edited(before, definition, null));
      again();
    },
  };
}

interface Acting extends Edits {
  readonly definition: Definition;
  readonly open: Builder["open"];
}

type StepActs = Pick<Builder, "insert" | "remove" | "removeKeeping" | "duplicate" | "move">;

/** What is done with whole steps. */
function useStepActs({ definition, open, edit, reset }: Acting): StepActs {
  const { t } = useTranslation("workflow-builder");
  const { title } = useWorkflowWords();
  const removeKeeping = (id: string, keep: string | null) => {
    const step = findStep(definition, id);
    if (!step) return;
    const stood = placesOf(definition).find((place) => targetOf(definition, place) === id);
    edit(removeStep(definition, id, keep));
    open(null);
    if (stood) focusSoon(wayNode(stood));
    showToast({
      id: REMOVED,
      title: t("removed", { step: title(definition, step) }),
      action: { label: t("undo"), onClick: () => reset(definition) },
    });
  };
  const show = (id: string) => {
    open({ kind: "step", id });
    focusSoon(stepNode(id));
  };
  return {
    insert: (place, type) => {
      const step = prepared(newStep(type, freshId(definition)), definition);
      edit(insertStep(definition, place, step));
      open({ kind: "step", id: step.id });
    },
    removeKeeping,
    remove: (id) => {
      const step = findStep(definition, id);
      if (!step) return;
      const [first = null, ...others] = followedWays(step);
      if (others.length > 0 || isBranching(step, first)) open({ kind: "remove", id });
      else removeKeeping(id, first);
    },
    duplicate: (id) => {
      const copyId = freshId(definition);
      edit(duplicateStep(definition, id, copyId));
      show(copyId);
    },
    move: (id, to: Place, scope) => {
      edit(moveStep(definition, { id, to, scope }));
      show(id);
    },
  };
}

/** What follows only on a way of its own would come to stand where everybody passes: that is asked first. */
function isBranching(step: Step, followed: string | null): boolean {
  if (followed === null) return false;
  return step.type === "branch" || step.type === "split" || followed !== "next";
}

/** A jump leads to the beginning until somebody says where. */
function prepared(step: Step, { start }: Definition): Step {
  return step.type === "go_to" && start !== null ? { ...step, step: start } : step;
}
