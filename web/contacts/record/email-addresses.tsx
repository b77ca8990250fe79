import { ActionIcon, Button, Menu, TextInput, UnstyledButton } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useMe } from "../../session.ts";
import { icon } from "../../ui/icons.ts";
import { useErrorText } from "../../ui/states.tsx";
import { type Contact, useContactChange } from "./contact-queries.ts";
import classes from "./record.module.css";

interface EmailAddressesProps {
  readonly contact: Contact;
  readonly label: string;
}

/** All addresses of a contact; each can be removed or made the primary one. */
export function EmailAddresses({ contact, label }: EmailAddressesProps) {
  const { t } = useTranslation("contact");
  const { can } = useMe();
  const [adding, setAdding] = useState(false);
  const fixed = contact.deletedAt !== null || !can("contacts.edit");
  return (
    <div className={classes["row"]}>
      <dt>{label}</dt>
      <dd>
        <ul className={classes["emails"]}>
          {contact.emails.map(({ email, primary }) => (
            <li key={email}>
              <span>
                <Address email={email} />{" "}
                {primary && contact.emails.length > 1 && <small>{t("emails.primary")}</small>}
              </span>
              {!fixed && <EmailMenu contact={contact} email={email} primary={primary} />}
            </li>
          ))}
        </ul>
        {contact.emails.length === 0 && fixed && <span className={classes["empty"]}>–</span>}
        {!fixed && !adding && (
          <UnstyledButton className={classes["link"]} onClick={() => setAdding(true)}>
            {t(contact.emails.length === 0 ? "emails.addFirst" : "emails.add")}
          </UnstyledButton>
        )}
        {!fixed && adding && <AddEmail contact={contact} onClose={() => setAdding(false)} />}
      </dd>
    </div>
  );
}

/** Breaks before its "@" where it does not fit in one line. */
function Address({ email }: { readonly email: string }) {
  const at = Math.max(email.lastIndexOf("@"), 0);
  return (
    <>
      {email.slice(0, at)}
      <wbr />
      {email.slice(at)}
    </>
  );
}

interface EmailMenuProps {
  readonly contact: Contact;
  readonly email: string;
  readonly primary: boolean;
}

function EmailMenu({ contact, email, primary }: EmailMenuProps) {
  const { t } = useTranslation("contact");
  const address = { contactId: contact.id, email };
  const promote = useContactChange(
    () => call("POST /api/contacts/:contactId/emails/:email/promote", address),
    {
      done: () => t("emails.promoted", { email }),
      toastError: true,
    },
  );
  const remove = useContactChange(() => call("DELETE /api/contacts/:contactId/emails/:email", address), {
    done: () => t("emails.removed", { email }),
    toastError: true,
  });
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={28} aria-label={t("emails.menu", { email })}>
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!primary && <Menu.Item onClick={() => promote.mutate(undefined)}>{t("emails.promote")}</Menu.Item>}
        <Menu.Item onClick={() => remove.mutate(undefined)}>{t("emails.remove")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface AddEmailProps {
  readonly contact: Contact;
  readonly onClose: () => void;
}

function AddEmail({ contact, onClose }: AddEmailProps) {
  const { t } = useTranslation("contact");
  const errorText = useErrorText();
  const [email, setEmail] = useState("");
  const add = useContactChange(
    () => call("POST /api/contacts/:contactId/emails", { contactId: contact.id, email }),
    { onDone: onClose },
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(undefined);
  };
  return (
    <form
      className={classes["edit"]}
      noValidate
      onSubmit={onSubmit}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <TextInput
        aria-label={t("emails.address")}
        inputMode="email"
        autoComplete="off"
        autoFocus
        maxLength={300}
        value={email}
        error={add.error ? errorText(add.error) : undefined}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <div className={classes["buttons"]}>
        <Button size="sm" type="submit" loading={add.isPending}>
          {t("emails.verb")}
        </Button>
        <Button size="sm" variant="subtle" onClick={onClose}>
          {t("ui:cancel")}
        </Button>
      </div>
    </form>
  );
}
