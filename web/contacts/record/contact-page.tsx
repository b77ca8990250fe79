import { Button } from "@mantine/core";
import { IconNote } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api.ts";
import { propertiesQuery } from "../../filters/use-filter-fields.ts";
import { withPageTexts } from "../../i18n.ts";
import { ListsCard } from "../../lists/members/lists-card.tsx";
import { StatusBadge } from "../../marketing-status/status-badge.tsx";
import { useMe } from "../../session.ts";
import { PageMissing } from "../../shell/page-failed.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { smallIcon } from "../../ui/icons.ts";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { Page, PageBody, PageHeader } from "../../ui/page.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { ActionsMenu } from "./actions-menu.tsx";
import { contactName } from "./contact-name.ts";
import { type Contact, contactQuery, type Status, statusQuery } from "./contact-queries.ts";
import { DeletedBanner, TakenBanner } from "./deleted-banner.tsx";
import { MailCard } from "./mail-card.tsx";
import { PinCard } from "./pin-card.tsx";
import { PropertiesColumn } from "./properties-column.tsx";
import classes from "./record.module.css";
import { StatusCard } from "./status-card.tsx";
import { TimelineColumn } from "./timeline-column.tsx";

/** Comes with its texts, which a record without workflows would load in vain at first. */
const WorkflowsCard = lazyPart(
  async () => (await withPageTexts(import("../../workflows/record/workflows-card.tsx"))).WorkflowsCard,
  <LoadingRows rows={2} />,
);

export function ContactPage() {
  const { t } = useTranslation("contact");
  const { contactId } = useParams({ from: "/shell/contacts/$contactId" });
  const contact = useQuery(contactQuery(contactId));
  if (contact.data && contact.data.id !== contactId) {
    return <Navigate to="/contacts/$contactId" params={{ contactId: contact.data.id }} replace />;
  }
  if (contact.error instanceof ApiError && contact.error.status === 404) return <PageMissing />;
  if (contact.data) return <Record key={contact.data.id} contact={contact.data} />;
  return (
    <Page>
      <PageHeader title={t("title")} />
      <PageBody width={600}>
        {contact.isError ? (
          <ErrorState error={contact.error} onRetry={() => void contact.refetch()} />
        ) : (
          <LoadingRows rows={8} />
        )}
      </PageBody>
    </Page>
  );
}

type Taken = Parameters<typeof TakenBanner>[0]["taken"];

function Record({ contact }: { readonly contact: Contact }) {
  const alive = contact.deletedAt === null;
  const status = useQuery({ ...statusQuery(contact.id), enabled: alive });
  const [writing, setWriting] = useState(false);
  const [taken, setTaken] = useState<Taken>([]);
  return (
    <Page>
      <Header contact={contact} status={alive ? status.data : undefined} onNote={() => setWriting(true)} />
      {contact.deletedAt !== null && (
        <DeletedBanner contact={contact} deletedAt={contact.deletedAt} onRestored={setTaken} />
      )}
      {alive && taken.length > 0 && <TakenBanner contact={contact} taken={taken} />}
      <div className={classes["columns"]}>
        <div className={classes["properties"]}>
          <PropertiesColumn contact={contact} />
        </div>
        <div className={classes["middle"]}>
          <TimelineColumn contact={contact} writing={writing} onWritten={() => setWriting(false)} />
        </div>
        <div className={classes["right"]}>
          {status.isError && <ErrorState error={status.error} onRetry={() => void status.refetch()} />}
          {alive && status.isPending && <LoadingRows />}
          {alive && status.data && (
            <>
              <StatusCard contactId={contact.id} status={status.data} />
              <PinCard contactId={contact.id} pin={status.data.pin} />
              <MailCard contact={contact} status={status.data} />
              <ListsCard contactId={contact.id} />
              <WorkflowsCard contactId={contact.id} />
            </>
          )}
        </div>
      </div>
    </Page>
  );
}

interface HeaderProps {
  readonly contact: Contact;
  readonly status: Status | undefined;
  readonly onNote: () => void;
}

function Header({ contact, status, onNote }: HeaderProps) {
  const { t } = useTranslation("contact");
  const { can } = useMe();
  const { properties } = contact;
  const name = contactName(properties) || t("nameless", { id: contact.id });
  const work = [properties["jobtitle"], properties["company"]].filter(Boolean).join(", ");
  const subtitle = [work, properties["email"] === name ? "" : properties["email"]]
    .filter(Boolean)
    .join(" · ");
  return (
    <PageHeader
      title={name}
      crumbs={[
        <Link key="contacts" to="/contacts">
          {t("contacts")}
        </Link>,
      ]}
      picture={<Avatar name={name} size={44} />}
      badge={
        <>
          {status && <StatusBadge status={status.status} until={status.until} />}
          <LifecycleBadge stage={properties["lifecyclestage"] ?? null} />
        </>
      }
      subtitle={subtitle === "" ? undefined : subtitle}
      actions={
        <>
          {contact.deletedAt === null && can("contacts.edit") && (
            <Button variant="default" leftSection={<IconNote {...smallIcon} />} onClick={onNote}>
              {t("note.title")}
            </Button>
          )}
          <ActionsMenu contact={contact} status={status} />
        </>
      }
    />
  );
}

function LifecycleBadge({ stage }: { readonly stage: string | null }) {
  const { data } = useQuery(propertiesQuery);
  if (stage === null) return null;
  const property = data?.properties.find(({ name }) => name === "lifecyclestage");
  return <Badge>{property?.options.find(({ value }) => value === stage)?.label ?? stage}</Badge>;
}
