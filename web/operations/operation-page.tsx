import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useFormat } from "../ui/format.ts";
import { Note } from "../ui/note.tsx";
import { BigNumber } from "../ui/numbers.tsx";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { Facts, Section } from "../ui/section.tsx";
import { Legend, type Segment, SplitBar } from "../ui/split-bar.tsx";
import { ErrorState, FormError, LoadingRows } from "../ui/states.tsx";
import { isFinished, type Operation, operationQuery, roleOf } from "./operation-query.ts";
import { OperationState } from "./operation-state.tsx";
import classes from "./operations.module.css";
import { OutcomeTable } from "./outcome-table.tsx";
import { UndoCard } from "./undo-card.tsx";
import { useOperationText } from "./use-operation-text.ts";

/** Once it has ended, what else is on screen counts as it left it, such as the meter of the frame. */
function useFreshNumbers(operation: Operation | undefined): void {
  const queries = useQueryClient();
  const endedId = operation !== undefined && isFinished(operation) ? operation.id : null;
  useEffect(() => {
    if (endedId === null) return;
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "operations" });
  }, [endedId, queries]);
}

/** One change to many contacts: its progress, what became of each contact, and the way back. */
export function OperationPage() {
  const { t } = useTranslation("operations");
  const { operationId } = useParams({ from: "/shell/operations/$operationId" });
  const { data: operation, error, refetch } = useQuery(operationQuery(operationId));
  const { title } = useOperationText();
  useFreshNumbers(operation);
  const crumbs = [
    <Link key="all" to="/operations">
      {t("title")}
    </Link>,
    operationId,
  ];
  if (operation === undefined) {
    return (
      <Page tinted>
        <PageHeader title={t("operation")} crumbs={crumbs} />
        <PageBody>
          {error === null ? <LoadingRows /> : <ErrorState error={error} onRetry={() => void refetch()} />}
        </PageBody>
      </Page>
    );
  }
  return (
    <Page tinted>
      <PageHeader
        title={title(operation)}
        crumbs={crumbs}
        badge={<OperationState state={operation.state} />}
        actions={<Actions operation={operation} />}
      />
      <PageBody
        aside={
          <>
            <Details operation={operation} />
            <UndoCard operation={operation} />
          </>
        }
      >
        <Progress operation={operation} />
        {operation.outcomes.length > 0 && <OutcomeTable operation={operation} />}
      </PageBody>
    </Page>
  );
}

function Actions({ operation }: { readonly operation: Operation }) {
  const { t } = useTranslation("operations");
  const { operationId } = useParams({ from: "/shell/operations/$operationId" });
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => call("POST /api/operations/:operationId/cancel", { operationId }),
    onSuccess: (shown) => queries.setQueryData(operationQuery(operationId).queryKey, shown),
  });
  if (isFinished(operation)) return null;
  return (
    <>
      <FormError error={cancel.error} />
      <Button
        variant="default"
        loading={cancel.isPending}
        disabled={operation.cancelRequested}
        onClick={() => cancel.mutate()}
      >
        {t(operation.cancelRequested ? "cancelling" : "cancel")}
      </Button>
    </>
  );
}

type NamedSegment = Segment & { readonly label: string };

function Progress({ operation }: { readonly operation: Operation }) {
  const { t } = useTranslation("operations");
  const { outcome } = useOperationText();
  const format = useFormat();
  const { done, total, outcomes } = operation;
  const segments: NamedSegment[] = outcomes.map((group) => ({
    role: roleOf(group.outcome),
    value: group.contacts,
    label: outcome(group.outcome),
  }));
  const left = total - done;
  const all: NamedSegment[] =
    left > 0 ? [...segments, { role: "room", value: left, label: t("notReached") }] : segments;
  return (
    <Section>
      <div className={classes["progress"]}>
        <BigNumber
          label={t(isFinished(operation) ? "done" : "doneSoFar")}
          value={format.number(done)}
          beside={t("ofContacts", { count: total, number: format.number(total) })}
        />
        <div aria-live="polite">
          <SplitBar
            segments={all}
            size="full"
            label={t("of", { done: format.number(done), total: format.number(total) })}
          />
        </div>
        <Legend segments={[...new Map(all.map(({ role, label }) => [label, { role, label }])).values()]} />
        {operation.state === "cancelled" && left > 0 && (
          <Note>{t("cancelledAfter", { count: left, number: format.number(left) })}</Note>
        )}
        {operation.state === "failed" && (
          <Note kind="error" title={t("failed")}>
            {t("failedText")}
          </Note>
        )}
      </div>
    </Section>
  );
}

function Details({ operation }: { readonly operation: Operation }) {
  const { t } = useTranslation("operations");
  const { actor } = useOperationText();
  const format = useFormat();
  const { params, startedAt, createdAt, undoOf, undoneBy, source } = operation;
  // An undo takes over the parameters of what it undoes, and acts at once.
  const at = undoOf === null ? params["effectiveAt"] : null;
  const effectiveAt = typeof at === "string" ? at : null;
  const link = (id: string) => (
    <Link to="/operations/$operationId" params={{ operationId: id }}>
      {t("operationNumber", { id })}
    </Link>
  );
  return (
    <Section title={t("details")}>
      <Facts
        facts={[
          { label: t("startedBy"), value: actor(operation) },
          { label: t("started"), value: format.dateTime(startedAt ?? createdAt) },
          ...(effectiveAt ? [{ label: t("takesEffect"), value: format.moment(effectiveAt) }] : []),
          ...(source.name ? [{ label: t("file"), value: source.name }] : []),
          {
            label: t("scope"),
            value: t("scopeText", { count: operation.total, number: format.number(operation.total) }),
          },
          ...(undoOf ? [{ label: t("undoOf"), value: link(undoOf) }] : []),
          ...(undoneBy ? [{ label: t("undoneBy"), value: link(undoneBy) }] : []),
        ]}
      />
    </Section>
  );
}
