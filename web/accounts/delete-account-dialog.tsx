import { TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useEnter } from "./use-enter.ts";

interface DeleteAccountDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly name: string;
}

/** Removes the account for good, once its name is typed. */
export function DeleteAccountDialog({ opened, onClose, name }: DeleteAccountDialogProps) {
  const { t } = useTranslation("accounts");
  const [typed, setTyped] = useState("");
  const enter = useEnter();
  const remove = useMutation({
    mutationFn: () => call("POST /api/account/delete", { name: typed }),
    onSuccess: () => enter("/settings/account"),
  });
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("account.deleteName", { name })}
      verb={t("account.deleteVerb")}
      destructive
      blocked={typed.trim() !== name}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
    >
      <p>{t("account.deleteWarning")}</p>
      <TextInput
        label={t("account.typeName", { name })}
        value={typed}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
