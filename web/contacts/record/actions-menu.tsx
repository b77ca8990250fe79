import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Permission } from "../../../contract/permissions.ts";
import { useMe } from "../../session.ts";
import { MissingPermission } from "../../ui/guarded-button.tsx";
import { smallIcon } from "../../ui/icons.ts";
import { useReturnFocus } from "../../ui/return-focus.ts";
import { LazyEnrollDialog } from "../../workflows/enroll/lazy-enroll-dialog.tsx";
import { contactName } from "./contact-name.ts";
import type { Contact, Status } from "./contact-queries.ts";
import { DeleteDialog, EraseDialog } from "./delete-dialogs.tsx";
import { FactDialog, type FactKind } from "./fact-dialog.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { StatusDialog } from "./status-dialog.tsx";

const dialogs = [
  "marketing",
  "nonMarketing",
  "enroll",
  "optOut",
  "bounce",
  "complaint",
  "merge",
  "delete",
  "erase",
] as const;
type Dialog = (typeof dialogs)[number];

const permissions: Record<Dialog, Permission> = {
  marketing: "marketing-contacts.edit",
  nonMarketing: "marketing-contacts.edit",
  enroll: "workflows.edit",
  optOut: "contacts.edit",
  bounce: "contacts.edit",
  complaint: "contacts.edit",
  merge: "contacts.delete",
  delete: "contacts.delete",
  erase: "contacts.delete",
};
const facts: Partial<Record<Dialog, FactKind>> = {
  optOut: "opt_out",
  bounce: "bounce",
  complaint: "complaint",
};

interface ActionsMenuProps {
  readonly contact: Contact;
  readonly status: Status | undefined;
}

/** What can be done with one contact. What one may not do stays in sight and says who can grant it. */
export function ActionsMenu({ contact, status }: ActionsMenuProps) {
  const { t } = useTranslation("contact");
  const [open, setOpen] = useState<Dialog | null>(null);
  const { button, giveBack } = useReturnFocus();
  const close = () => {
    setOpen(null);
    giveBack();
  };
  const known = new Set(status?.facts.map(({ kind }) => kind));
  const offered = dialogs.filter((dialog) => isOffered(dialog, { status, known }));
  return (
    <>
      <Menu width={260}>
        <Menu.Target>
          <Button ref={button} variant="default" rightSection={<IconChevronDown {...smallIcon} />}>
            {t("actions.title")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {offered.map((dialog) => (
            <ActionItem key={dialog} dialog={dialog} onClick={() => setOpen(dialog)} />
          ))}
        </Menu.Dropdown>
      </Menu>
      {open !== null && <OpenDialog open={open} contact={contact} status={status} onClose={close} />}
    </>
  );
}

interface OpenDialogProps extends ActionsMenuProps {
  readonly open: Dialog;
  readonly onClose: () => void;
}

function OpenDialog({ open, contact, status, onClose }: OpenDialogProps) {
  const fact = facts[open];
  return (
    <>
      {status && (open === "marketing" || open === "nonMarketing") && (
        <StatusDialog contact={contact} status={status} to={open} onClose={onClose} />
      )}
      {open === "enroll" && <EnrollOne contact={contact} onClose={onClose} />}
      {fact && <FactDialog contactId={contact.id} kind={fact} onClose={onClose} />}
      {open === "merge" && <MergeDialog contact={contact} onClose={onClose} />}
      {open === "delete" && <DeleteDialog contact={contact} onClose={onClose} />}
      {open === "erase" && <EraseDialog contact={contact} onClose={onClose} />}
    </>
  );
}

interface EnrollOneProps {
  readonly contact: Contact;
  readonly onClose: () => void;
}

function EnrollOne({ contact: { id, properties }, onClose }: EnrollOneProps) {
  const queryClient = useQueryClient();
  return (
    <LazyEnrollDialog
      opened
      onClose={onClose}
      contactId={id}
      selection={{ ids: [id] }}
      about={contactName(properties)}
      everybody={false}
      count={1}
      onStarted={() => void queryClient.invalidateQueries({ queryKey: ["contact", id] })}
    />
  );
}

interface Offer {
  readonly status: Status | undefined;
  readonly known: ReadonlySet<string>;
}

/** Only what would change something; a deleted contact can only be erased. */
function isOffered(dialog: Dialog, { status, known }: Offer): boolean {
  if (!status) return dialog === "erase";
  if (dialog === "marketing") return status.status !== "marketing";
  if (dialog === "nonMarketing") return status.status === "marketing" || status.held !== null;
  const fact = facts[dialog];
  return fact === undefined || fact === "bounce" || !known.has(fact);
}

interface ActionItemProps {
  readonly dialog: Dialog;
  readonly onClick: () => void;
}

function ActionItem({ dialog, onClick }: ActionItemProps) {
  const { t } = useTranslation("contact");
  const { can } = useMe();
  const permission = permissions[dialog];
  const irrevocable = dialog === "erase";
  return (
    <>
      {(dialog === "merge" || irrevocable) && <Menu.Divider />}
      <Menu.Item disabled={!can(permission)} onClick={onClick} {...(irrevocable && { c: "var(--bad-text)" })}>
        {t(`actions.${dialog}`)}
      </Menu.Item>
      {!can(permission) && (dialog === "marketing" || dialog === "nonMarketing" || dialog === "delete") && (
        <Menu.Label>
          <MissingPermission permission={permission} />
        </Menu.Label>
      )}
    </>
  );
}
