import { UnstyledButton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../../api.ts";
import { followOperation } from "../../operations/follow-operation.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { smallIcon } from "../../ui/icons.ts";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { listsOfContactQuery, useListChange } from "../list-queries.ts";
import classes from "../lists.module.css";
import { ListPicker, type PickedList } from "./list-picker.tsx";

type Membership = Reply<"GET /api/contacts/:contactId/lists">["lists"][number];

const SHOWN = 6;

/** The lists a contact is in, each with the reason; static ones are left and joined here. */
export function ListsCard({ contactId }: { readonly contactId: string }) {
  const { t } = useTranslation("lists");
  const { data, error, refetch } = useQuery(listsOfContactQuery(contactId));
  const [adding, setAdding] = useState(false);
  const lists = data?.lists ?? [];
  return (
    <Section title={t("card.title")}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows rows={2} />}
      {data && <Memberships contactId={contactId} lists={lists} />}
      <GuardedButton
        permission="lists.edit"
        size="sm"
        variant="default"
        mt="sm"
        leftSection={<IconPlus {...smallIcon} />}
        onClick={() => setAdding(true)}
      >
        {t("card.add")}
      </GuardedButton>
      {adding && (
        <AddDialog
          contactId={contactId}
          except={lists.map(({ id }) => id)}
          onClose={() => setAdding(false)}
        />
      )}
    </Section>
  );
}

interface MembershipsProps {
  readonly contactId: string;
  readonly lists: readonly Membership[];
}

function Memberships({ contactId, lists }: MembershipsProps) {
  const { t } = useTranslation("lists");
  const [all, setAll] = useState(false);
  const left = all ? 0 : lists.length - SHOWN;
  if (lists.length === 0) return <p className={classes["dimmed"]}>{t("card.none")}</p>;
  return (
    <>
      <ul className={classes["memberships"]}>
        {(all ? lists : lists.slice(0, SHOWN)).map((list) => (
          <MembershipRow key={list.id} contactId={contactId} list={list} />
        ))}
      </ul>
      {left > 0 && (
        <UnstyledButton className={classes["link"]} onClick={() => setAll(true)}>
          {t("card.more", { count: left })}
        </UnstyledButton>
      )}
    </>
  );
}

interface MembershipRowProps {
  readonly contactId: string;
  readonly list: Membership;
}

function MembershipRow({ contactId, list: { id, name, type, addedAt } }: MembershipRowProps) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const remove = useListChange(
    () => call("POST /api/lists/:listId/remove", { listId: id, selection: { ids: [contactId] } }),
    { onDone: ({ operationId }) => followOperation(operationId), toastError: true },
  );
  return (
    <li>
      <span>
        <Link to="/lists/$listId" params={{ listId: id }}>
          {name}
        </Link>
        <small>{`${t(`type.${type}`)}, ${t("why.since", { date: format.date(addedAt) })}`}</small>
      </span>
      <span className={classes["rowActs"]}>
        <Link
          to="/lists/$listId"
          params={{ listId: id }}
          search={{ tab: "why", contact: contactId }}
          className={classes["link"]}
          aria-label={t("card.whyName", { name })}
        >
          {t("card.why")}
        </Link>
        {type === "static" && (
          <GuardedButton
            permission="lists.edit"
            size="sm"
            variant="subtle"
            aria-label={t("card.removeName", { name })}
            loading={remove.isPending}
            onClick={() => remove.mutate(undefined)}
          >
            {t("card.remove")}
          </GuardedButton>
        )}
      </span>
    </li>
  );
}

interface AddDialogProps {
  readonly contactId: string;
  readonly except: readonly string[];
  readonly onClose: () => void;
}

function AddDialog({ contactId, except, onClose }: AddDialogProps) {
  const { t } = useTranslation("lists");
  const [picked, setPicked] = useState<PickedList | null>(null);
  const add = useListChange(
    async (target: PickedList) => {
      const selection = { ids: [contactId] };
      if ("newName" in target)
        return call("POST /api/lists", { name: target.newName, type: "static", selection });
      return call("POST /api/lists/:listId/add", { listId: target.id, selection });
    },
    {
      onDone: ({ operationId }) => {
        if (operationId !== null) followOperation(operationId);
        onClose();
      },
    },
  );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("add.menu")}
      verb={t("add.verb")}
      busy={add.isPending}
      error={add.error}
      blocked={picked === null}
      onConfirm={() => picked && add.mutate(picked)}
    >
      <ListPicker picked={picked} onPick={setPicked} except={except} autoFocus />
    </ConfirmDialog>
  );
}
