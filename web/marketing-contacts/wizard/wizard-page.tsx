import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { billingQuery } from "../../billing/billing-query.ts";
import { WithoutMarketing } from "../../billing/without-marketing.tsx";
import { queryClient } from "../../query-client.ts";
import { useMe } from "../../session.ts";
import { MissingPermission } from "../../ui/guarded-button.tsx";
import { Note } from "../../ui/note.tsx";
import { Page, PageBody, PageHeader } from "../../ui/page.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { useOnward } from "../../ui/use-still-here.ts";
import { OthersStep } from "./others-step.tsx";
import { ReviewStep } from "./review-step.tsx";
import { StartStep } from "./start-step.tsx";
import { StepHeader } from "./step-header.tsx";
import { UnengagedStep } from "./unengaged-step.tsx";
import { type StepProps, useDraft } from "./use-draft.ts";
import { draftQuery } from "./wizard-query.ts";
import type { Step } from "./wizard-search.ts";

/** Manage marketing contacts: whom to let go, in four steps that can be left and taken up again. */
export function WizardPage() {
  const { can } = useMe();
  const { draft, step = "start" } = useSearch({ from: "/shell/marketing-contacts/manage" });
  const { data: billing } = useQuery(billingQuery);
  if (!can("marketing-contacts.edit"))
    return (
      <Frame>
        <Note>
          <MissingPermission permission="marketing-contacts.edit" />
        </Note>
      </Frame>
    );
  if (billing?.marketingEnabled === false)
    return (
      <Frame>
        <WithoutMarketing />
      </Frame>
    );
  return draft === undefined ? <Opening /> : <Wizard key={draft} draftId={draft} step={step} />;
}

function Frame({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation("cleanup");
  return (
    <Page tinted>
      <PageHeader title={t("title")} />
      <PageBody>{children}</PageBody>
    </Page>
  );
}

/** Finds the person's draft and puts its id into the address. */
function Opening() {
  const onward = useOnward();
  const { mutate, error } = useMutation({
    mutationFn: () => call("POST /api/cleanup/drafts", {}),
    onSuccess: (draft) => {
      queryClient.setQueryData(draftQuery(draft.id).queryKey, draft);
      void onward({ to: "/marketing-contacts/manage", search: { draft: draft.id }, replace: true });
    },
  });
  useEffect(() => mutate(), [mutate]);
  return (
    <Frame>{error === null ? <LoadingRows /> : <ErrorState error={error} onRetry={() => mutate()} />}</Frame>
  );
}

const parts: Record<Step, (props: StepProps) => ReactNode> = {
  start: StartStep,
  unengaged: UnengagedStep,
  others: OthersStep,
  review: ReviewStep,
};

function Wizard({ draftId, step }: { readonly draftId: string; readonly step: Step }) {
  const navigate = useNavigate();
  const { query, state } = useDraft(draftId);
  const go = (next: Step) =>
    void navigate({ to: "/marketing-contacts/manage", search: { draft: draftId, step: next } });
  if (state === undefined)
    return (
      <Frame>
        {query.error === null ? (
          <LoadingRows />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Frame>
    );
  if (state.draft.operationId !== null) return <CarriedOut operationId={state.draft.operationId} />;
  const Part = parts[step];
  return (
    <Page tinted>
      <StepHeader step={step} choice={state.choice} onStep={go} />
      <Part state={state} onStep={go} />
    </Page>
  );
}

function CarriedOut({ operationId }: { readonly operationId: string }) {
  const { t } = useTranslation("cleanup");
  return (
    <Frame>
      <Note
        kind="good"
        title={t("done.title")}
        actions={
          <>
            <Link to="/operations/$operationId" params={{ operationId }}>
              {t("done.show")}
            </Link>
            <Link to="/marketing-contacts/manage" search={{}}>
              {t("done.again")}
            </Link>
          </>
        }
      >
        {t("done.text")}
      </Note>
    </Frame>
  );
}
