import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "../../api.ts";
import { type Choice, type Draft, draftQuery } from "./wizard-query.ts";
import type { Step } from "./wizard-search.ts";

interface DraftState {
  readonly draft: Draft;
  readonly choice: Choice;
  /** Kept at once on screen and soon on the server, in the order of the changes. */
  readonly change: (part: Partial<Choice>) => void;
  /** The same, and waits until it is kept. */
  readonly keep: (part: Partial<Choice>) => Promise<unknown>;
  readonly error: Error | null;
  readonly busy: boolean;
}

/** What every step is given. */
export interface StepProps {
  readonly state: DraftState;
  readonly onStep: (step: Step) => void;
}

export function useDraft(draftId: string) {
  const queryClient = useQueryClient();
  const query = useQuery(draftQuery(draftId));
  const save = useMutation({
    scope: { id: `cleanup-draft-${draftId}` },
    mutationFn: (choice: Choice) => call("PUT /api/cleanup/drafts/:draftId", { draftId, choice }),
  });
  const keep = (part: Partial<Choice>) => {
    const { queryKey } = draftQuery(draftId);
    const draft = queryClient.getQueryData(queryKey);
    if (draft === undefined) return Promise.resolve();
    const choice = { ...draft.choice, ...part };
    queryClient.setQueryData(queryKey, { ...draft, choice });
    return save.mutateAsync(choice);
  };
  const state: DraftState | undefined = query.data && {
    draft: query.data,
    choice: query.data.choice,
    keep,
    change: (part) => void keep(part).catch(() => {}),
    error: save.error,
    busy: save.isPending,
  };
  return { query, state };
}
