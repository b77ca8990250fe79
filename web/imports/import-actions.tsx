import { Button } from "@mantine/core";
import { IconArrowBackUp, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useFormat } from "../ui/format.ts";
import { GuardedButton } from "../ui/guarded-button.tsx";
import { smallIcon } from "../ui/icons.ts";
import { useErrorText } from "../ui/states.tsx";
import { showToast } from "../ui/toast-store.ts";
import { useOnward } from "../ui/use-still-here.ts";
import { type ImportView, isBusy } from "./import-query.ts";

/** What can be done with the import as a whole: throw the file away, or take the import back. */
export function ImportActions({ view }: { readonly view: ImportView }) {
  if (isBusy(view.state)) return null;
  if (view.operationId === null) return <Discard view={view} />;
  return (
    <>
      <Undo view={view} />
      <ViewContacts listId={view.plan?.listId} />
    </>
  );
}

/** Those of the file, where it filled a list; all contacts otherwise. */
function ViewContacts({ listId }: { readonly listId: string | null | undefined }) {
  const { t } = useTranslation("imports");
  if (!listId)
    return (
      <Button variant="default" component={Link} to="/contacts">
        {t("viewContacts")}
      </Button>
    );
  return (
    <Button
      variant="default"
      renderRoot={(props) => <Link {...props} to="/lists/$listId" params={{ listId }} />}
    >
      {t("viewContacts")}
    </Button>
  );
}

function Discard({ view }: { readonly view: ImportView }) {
  const { t } = useTranslation("imports");
  const onward = useOnward();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const discard = useMutation({
    mutationFn: () => call("DELETE /api/imports/:importId", { importId: view.id }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["imports", "list"] });
      await onward({ to: "/imports" });
    },
    onError: (error) => showToast({ title: errorText(error), tone: "bad" }),
  });
  return (
    <Button
      variant="default"
      leftSection={<IconTrash {...smallIcon} />}
      loading={discard.isPending}
      onClick={() => discard.mutate()}
    >
      {t("discard")}
    </Button>
  );
}

function Undo({ view }: { readonly view: ImportView }) {
  const { t } = useTranslation("imports");
  const [asking, setAsking] = useState(false);
  const format = useFormat();
  const queries = useQueryClient();
  const onward = useOnward();
  const operationId = view.operationId ?? "";
  const undo = useMutation({
    mutationFn: () => call("POST /api/operations/:operationId/undo", { operationId }),
    onSuccess: async ({ operationId }) => {
      setAsking(false);
      await queries.invalidateQueries();
      await onward({ to: "/operations/$operationId", params: { operationId } });
    },
  });
  if (view.undo === null || view.undoneBy !== null) return null;
  const count = view.undo.contacts;
  return (
    <>
      <GuardedButton
        variant="default"
        permission="contacts.import"
        reason={view.undo.possible ? undefined : t("undo.impossible")}
        leftSection={<IconArrowBackUp {...smallIcon} />}
        onClick={() => setAsking(true)}
      >
        {t("undo.button")}
      </GuardedButton>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("undo.title", { file: view.fileName })}
        verb={t("undo.button")}
        onConfirm={() => undo.mutate()}
        busy={undo.isPending}
        error={undo.error}
      >
        <p>{t("undo.text", { count, number: format.number(count) })}</p>
      </ConfirmDialog>
    </>
  );
}
