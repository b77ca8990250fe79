import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/format.ts";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { ErrorState, LoadingRows } from "../ui/states.tsx";
import { ImportActions } from "./import-actions.tsx";
import { type ImportState, type ImportView, importQuery } from "./import-query.ts";
import { PlanForm } from "./plan-form.tsx";
import { RejectedRows } from "./rejected-rows.tsx";
import { Result } from "./result.tsx";
import { Review } from "./review.tsx";
import { StateBadge } from "./state-badge.tsx";
import { Working } from "./working.tsx";

/** One import from the mapping of its columns to its result; its stage is the server's, so a reload changes nothing. */
export function ImportPage() {
  const { t } = useTranslation("imports");
  const { importId } = useParams({ from: "/shell/imports/$importId" });
  const { data: view, error, refetch } = useQuery(importQuery(importId));
  useFreshNumbers(view?.state);
  return (
    <Page tinted>
      <PageHeader
        title={view?.fileName ?? t("title")}
        crumbs={[
          <Link key="contacts" to="/contacts">
            {t("contacts")}
          </Link>,
          <Link key="imports" to="/imports">
            {t("title")}
          </Link>,
        ]}
        badge={view && <StateBadge state={view.state} />}
        subtitle={view && <Origin view={view} />}
        actions={view && <ImportActions view={view} />}
      />
      {view && <Stage key={view.id} view={view} />}
      {view === undefined && (
        <PageBody>
          {error === null ? <LoadingRows /> : <ErrorState error={error} onRetry={() => void refetch()} />}
        </PageBody>
      )}
    </Page>
  );
}

function Origin({ view }: { readonly view: ImportView }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const name = view.actor.name ?? t(`actor.${view.actor.type}`);
  return <>{t("by", { name, at: format.dateTime(view.createdAt) })}</>;
}

/** When an import ends, usage, contacts and operations shown anywhere are no longer true. */
function useFreshNumbers(state: ImportState | undefined): void {
  const queries = useQueryClient();
  const before = useRef(state);
  useEffect(() => {
    const ended = before.current === "running" && state !== "running";
    before.current = state;
    if (ended) void queries.invalidateQueries();
  }, [queries, state]);
}

function Stage({ view }: { readonly view: ImportView }) {
  switch (view.state) {
    case "uploaded":
      return <PlanForm view={view} />;
    case "failed":
      return view.operationId === null ? <PlanForm view={view} /> : <Finished view={view} />;
    case "ready":
      return <Review view={view} />;
    case "done":
    case "cancelled":
      return <Finished view={view} />;
    default:
      return <Working view={view} />;
  }
}

function Finished({ view }: { readonly view: ImportView }) {
  return (
    <PageBody>
      <Result view={view} />
      {view.rejections.length > 0 && <RejectedRows view={view} />}
    </PageBody>
  );
}
