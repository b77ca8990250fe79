import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { roomEnd } from "../billing/room-end.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useFormat } from "../ui/format.ts";
import { Note } from "../ui/note.tsx";
import { ActionBar, PageBody } from "../ui/page.tsx";
import { Section } from "../ui/section.tsx";
import { GroupList } from "../ui/split-bar.tsx";
import { FormError } from "../ui/states.tsx";
import { type ImportView, importQuery } from "./import-query.ts";
import classes from "./imports.module.css";
import { ImportList } from "./list-option.tsx";
import { PlanForm } from "./plan-form.tsx";
import { RejectedRows } from "./rejected-rows.tsx";
import { ResultNumbers, WithoutRoom } from "./result.tsx";

/** The dry run: what the import would do, before anything is written. */
export function Review({ view }: { readonly view: ImportView }) {
  const { t } = useTranslation("imports");
  const [changing, setChanging] = useState(false);
  if (view.forecast === null) return null;
  if (changing) return <PlanForm view={view} onCancel={() => setChanging(false)} />;
  return (
    <>
      <PageBody>
        <Note>{t("review.nothingYet")}</Note>
        <Section title={t("review.title")}>
          <ResultNumbers tally={view.forecast} view={view} />
        </Section>
        <Effect view={view} />
        {view.plan?.listId && <ImportList listId={view.plan.listId} />}
        {view.rejections.length > 0 && <RejectedRows view={view} readOnly />}
      </PageBody>
      <StartBar view={view} forecast={view.forecast} onChange={() => setChanging(true)} />
    </>
  );
}

interface StartBarProps {
  readonly view: ImportView;
  readonly forecast: NonNullable<ImportView["forecast"]>;
  readonly onChange: () => void;
}

function StartBar({ view, forecast, onChange }: StartBarProps) {
  const { t } = useTranslation("imports");
  const [asking, setAsking] = useState(false);
  const format = useFormat();
  const queries = useQueryClient();
  const { raised } = forecast;
  const start = useMutation({
    mutationFn: () =>
      call("POST /api/imports/:importId/start", {
        importId: view.id,
        ...(raised > 0 ? { expect: raised } : {}),
      }),
    onSuccess: (started) => {
      queries.setQueryData(importQuery(view.id).queryKey, started);
      setAsking(false);
    },
  });
  const accepted = forecast.rows - forecast.rejected;
  const begin = () => (raised > 0 ? setAsking(true) : start.mutate());
  const dialog = { onClose: () => setAsking(false), busy: start.isPending, error: start.error };
  return (
    <>
      <ActionBar start={!asking && <FormError error={start.error} />}>
        <Button size="lg" variant="default" onClick={onChange}>
          {t("review.change")}
        </Button>
        <Button size="lg" disabled={accepted === 0} loading={start.isPending} onClick={begin}>
          {t("review.start", { count: accepted, number: format.number(accepted) })}
        </Button>
      </ActionBar>
      <RaiseDialog view={view} opened={asking} {...dialog} onConfirm={() => start.mutate()} />
    </>
  );
}

/** From this many on a raise asks to type the number. */
const TYPED_RAISE = 25;

interface RaiseDialogProps {
  readonly view: ImportView;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  readonly busy: boolean;
  readonly error: unknown;
}

function RaiseDialog({ view, ...dialog }: RaiseDialogProps) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const raised = view.forecast?.raised ?? 0;
  const passes = view.usage?.contactLimit != null && view.usage.after > view.usage.contactLimit;
  return (
    <ConfirmDialog
      {...dialog}
      title={t("review.raise", { count: raised, number: format.number(raised) })}
      verb={t("review.verb")}
      typed={raised >= TYPED_RAISE || passes ? raised : undefined}
    >
      <UsageGroups view={view} />
    </ConfirmDialog>
  );
}

function Effect({ view }: { readonly view: ImportView }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const forecast = view.forecast;
  if (forecast === null) return null;
  return (
    <Section title={t("review.effect")}>
      <UsageGroups view={view} />
      {forecast.protected > 0 && (
        <p className={classes["dimmed"]}>
          {t("result.protected", { count: forecast.protected, number: format.number(forecast.protected) })}
        </p>
      )}
      {forecast.held + forecast.refused > 0 && (
        <p className={classes["dimmed"]}>
          <WithoutRoom tally={forecast} />
        </p>
      )}
      {forecast.createdWithoutAddress > 0 && (
        <p className={classes["dimmed"]}>
          {t("review.withoutAddress", {
            count: forecast.createdWithoutAddress,
            number: format.number(forecast.createdWithoutAddress),
          })}
        </p>
      )}
    </Section>
  );
}

/** Usage now, what the import adds, and usage then. */
function UsageGroups({ view }: { readonly view: ImportView }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  if (view.usage === null) return null;
  const { now, after } = view.usage;
  const end = roomEnd(view.usage);
  const detail =
    end && t(end.isMaximum ? "review.maximum" : "review.limit", { number: format.number(end.at) });
  return (
    <GroupList
      groups={[
        { role: "counts", label: t("review.usageNow"), value: format.number(now) },
        { label: t("review.usageAdded"), value: format.signed(after - now) },
      ]}
      total={{
        label: t("review.usageAfter"),
        value: format.number(after),
        ...(detail === null ? {} : { detail }),
      }}
    />
  );
}
