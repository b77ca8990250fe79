import { queryOptions, type UseMutationResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, type Input, type Reply } from "../api.ts";
import { type ChangeOptions, useServerChange } from "../ui/use-server-change.ts";

export type Workflows = Reply<"GET /api/workflows">;
export type WorkflowRow = Workflows["workflows"][number];
/** One workflow with its draft and what must be mended. */
export type Workflow = Reply<"GET /api/workflows/:workflowId">;
export type WorkflowPrice = Reply<"POST /api/workflows/:workflowId/price">;
export type WorkflowNumbers = Reply<"GET /api/workflows/:workflowId/numbers">;

const CALM_MS = 5_000;

/** The account's workflows; their numbers follow what happens while somebody looks. */
export const workflowsQuery = (asked: Partial<Input<"GET /api/workflows">> = {}) =>
  queryOptions({
    queryKey: ["workflows", "rows", asked],
    queryFn: ({ signal }) => call("GET /api/workflows", asked, { signal }),
    refetchInterval: CALM_MS,
  });

/** The account's plan has no workflows any more: they are kept and shown, and cannot be changed. */
export function usePlanLacksWorkflows(): boolean {
  const { data } = useQuery({ ...workflowsQuery(), refetchInterval: false });
  return data?.included === false;
}

/** Why nothing about workflows may be changed but to end them, where the account's plan is the reason: a sentence. */
export function useLackingReason(): string | undefined {
  const { t } = useTranslation("workflows");
  return usePlanLacksWorkflows() ? t("lacking") : undefined;
}

/** One workflow. It is fetched again only when something is known to have changed, so that a draft is not lost. */
export const workflowQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ["workflows", "one", workflowId],
    queryFn: ({ signal }) => call("GET /api/workflows/:workflowId", { workflowId }, { signal }),
  });

/** How many went through each step, and stand where now. */
export const workflowNumbersQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ["workflows", "numbers", workflowId],
    queryFn: ({ signal }) => call("GET /api/workflows/:workflowId/numbers", { workflowId }, { signal }),
    refetchInterval: CALM_MS,
  });

/** What a draft would do now. Its revision names it: a saved draft does not change without a new one. */
export const workflowPriceQuery = ({ id, revision, draft }: Pick<Workflow, "id" | "revision" | "draft">) =>
  queryOptions({
    queryKey: ["workflows", "price", id, revision],
    queryFn: ({ signal }) =>
      call("POST /api/workflows/:workflowId/price", { workflowId: id, definition: draft }, { signal }),
  });

export const workflowVersionsQuery = (workflowId: string) =>
  queryOptions({
    queryKey: ["workflows", "versions", workflowId],
    queryFn: ({ signal }) => call("GET /api/workflows/:workflowId/versions", { workflowId }, { signal }),
  });

/**
 * A change of workflows: everything about them, and what contacts show of them, is fetched again. An answer that is a
 * workflow is shown at once.
 */
export function useWorkflowChange<Wanted, Answer>(
  change: (input: Wanted) => Promise<Answer>,
  options: ChangeOptions<Wanted, Answer> = {},
): UseMutationResult<Answer, Error, Wanted> {
  const queryClient = useQueryClient();
  const changeAndShow = async (input: Wanted) => {
    const answer = await change(input);
    if (isWorkflow(answer)) queryClient.setQueryData(workflowQuery(answer.id).queryKey, answer);
    return answer;
  };
  return useServerChange(changeAndShow, { ...options, refetch: ["workflows", "lists", "contact"] });
}

function isWorkflow(answer: unknown): answer is Workflow {
  return typeof answer === "object" && answer !== null && "draft" in answer && "revision" in answer;
}
