import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { type BulkDialogProps, useBulkStart } from "../../contacts/index/bulk-dialog.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { LoadingRows } from "../../ui/states.tsx";
import { workflowsQuery } from "../workflow-query.ts";

interface EnrollDialogProps extends BulkDialogProps {
  /** One contact: workflows that it is in already are not offered. */
  readonly contactId?: string;
}

/** Enters those who are ticked into a workflow that is on. */
export function EnrollDialog(props: EnrollDialogProps) {
  const { onClose, about, everybody, count, selection, contactId } = props;
  const { t } = useTranslation("workflows");
  const format = useFormat();
  const [workflowId, setWorkflowId] = useState<string | null>(null);
  const { data, error } = useQuery(workflowsQuery());
  const already = useAlreadyIn(contactId);
  const start = useBulkStart(props, (workflowId: string) =>
    call("POST /api/workflows/:workflowId/enroll", { workflowId, selection }),
  );
  const offered = data?.workflows.filter(({ id, state }) => state === "on" && !already?.has(id));
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("enroll.title", { count, number: format.number(count) })}
      subtitle={about}
      verb={t("enroll.verb")}
      busy={start.isPending}
      error={start.error ?? error}
      blocked={workflowId === null}
      tick={everybody ? t("contacts-index:everybody") : undefined}
      onConfirm={() => workflowId !== null && start.mutate(workflowId)}
    >
      {(offered === undefined || already === undefined) && error === null && <LoadingRows rows={2} />}
      {offered && already && <Choice offered={offered} picked={workflowId} onPick={setWorkflowId} />}
    </ConfirmDialog>
  );
}

interface ChoiceProps {
  readonly offered: readonly { readonly id: string; readonly name: string }[];
  readonly picked: string | null;
  readonly onPick: (workflowId: string | null) => void;
}

function Choice({ offered, picked, onPick }: ChoiceProps) {
  const { t } = useTranslation("workflows");
  if (offered.length === 0)
    return (
      <Note>
        {t("enroll.none")} <Link to="/workflows">{t("enroll.open")}</Link>
      </Note>
    );
  return (
    <>
      <Select
        label={t("enroll.workflow")}
        placeholder={t("enroll.choose")}
        searchable
        data-autofocus
        data={offered.map(({ id, name }) => ({ value: id, label: name }))}
        value={picked}
        onChange={onPick}
      />
      <Note>{t("enroll.text")}</Note>
    </>
  );
}

/** The workflows that a contact is in now; nobody's where many are meant. */
function useAlreadyIn(contactId: string | undefined): ReadonlySet<string> | undefined {
  const { data } = useQuery({
    queryKey: ["contact", contactId, "workflows"],
    queryFn: ({ signal }) =>
      call("GET /api/contacts/:contactId/workflows", { contactId: contactId ?? "" }, { signal }),
    enabled: contactId !== undefined,
  });
  if (contactId === undefined) return new Set();
  return data && new Set(data.enrollments.flatMap((one) => (one.endedAt === null ? one.workflow.id : [])));
}
