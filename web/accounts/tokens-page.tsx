import { Button } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../api.ts";
import { useMe } from "../session.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useFormat } from "../ui/format.ts";
import { GuardedButton, MissingPermission } from "../ui/guarded-button.tsx";
import { icon } from "../ui/icons.ts";
import { Note } from "../ui/note.tsx";
import classes from "../ui/rows.module.css";
import { Section } from "../ui/section.tsx";
import { EmptyState, ErrorState, LoadingRows } from "../ui/states.tsx";
import { useRoleNames } from "./role-name.ts";
import { SettingsPage } from "./settings-page.tsx";
import { TokenPanel } from "./token-panel.tsx";
import { useChange } from "./use-change.ts";

type Token = Reply<"GET /api/tokens">["tokens"][number];

export function TokensPage() {
  const { t } = useTranslation("accounts");
  const { can } = useMe();
  const [creating, setCreating] = useState(false);
  const create = (
    <GuardedButton
      permission="settings.edit"
      leftSection={<IconPlus {...icon} />}
      onClick={() => setCreating(true)}
    >
      {t("tokens.new")}
    </GuardedButton>
  );
  return (
    <SettingsPage page="tokens" actions={create}>
      {can("settings.edit") ? (
        <Tokens />
      ) : (
        <Note>
          <MissingPermission permission="settings.edit" />
        </Note>
      )}
      <TokenPanel opened={creating} onClose={() => setCreating(false)} />
    </SettingsPage>
  );
}

function Tokens() {
  const { t } = useTranslation("accounts");
  const list = useQuery({
    queryKey: ["users", "tokens"],
    queryFn: ({ signal }) => call("GET /api/tokens", {}, { signal }),
  });
  if (list.isError && list.data === undefined)
    return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <LoadingRows />;
  const { tokens } = list.data;
  return (
    <Section title={t("tokens.title")} aside={tokens.length || undefined}>
      {tokens.length === 0 ? (
        <EmptyState icon={IconKey} title={t("tokens.none")}>
          {t("tokens.noneHelp")}
        </EmptyState>
      ) : (
        <TokenRows tokens={tokens} />
      )}
    </Section>
  );
}

function TokenRows({ tokens }: { readonly tokens: readonly Token[] }) {
  const { t } = useTranslation("accounts");
  const [revoking, setRevoking] = useState<Token | null>(null);
  const revoke = useChange((id: string) => call("DELETE /api/tokens/:id", { id }), {
    done: () => t("tokens.revoked"),
    onDone: () => setRevoking(null),
  });
  return (
    <>
      <ul className={classes["rows"]}>
        {tokens.map((token) => (
          <li key={token.id}>
            <TokenRow token={token} />
            <Button
              variant="default"
              aria-label={t("tokens.revokeName", { name: token.name })}
              onClick={() => setRevoking(token)}
            >
              {t("tokens.revoke")}
            </Button>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title={t("tokens.revokeName", { name: revoking?.name ?? "" })}
        verb={t("tokens.revoke")}
        destructive
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoking !== null && revoke.mutate(revoking.id)}
      >
        {t("tokens.revokeHelp")}
      </ConfirmDialog>
    </>
  );
}

function TokenRow({ token }: { readonly token: Token }) {
  const { t } = useTranslation("accounts");
  const format = useFormat();
  const names = useRoleNames();
  const { name, prefix, permissions, createdBy, createdAt, lastUsedAt } = token;
  const made = createdBy ?? t("tokens.commandLine");
  return (
    <div className={classes["main"]}>
      <span className={classes["name"]}>
        {name} <code>{prefix}…</code>
      </span>
      <span className={classes["detail"]}>{format.list(permissions.map(names.permission))}</span>
      <span className={classes["detail"]}>
        {t("tokens.madeBy", { name: made, date: format.date(createdAt) })} ·{" "}
        {lastUsedAt === null
          ? t("tokens.neverUsed")
          : t("tokens.lastUsed", { when: format.relative(lastUsedAt) })}
      </span>
    </div>
  );
}
