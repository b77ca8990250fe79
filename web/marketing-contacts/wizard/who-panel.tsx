import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { contactName } from "../../contacts/record/contact-name.ts";
import { StatusBadge } from "../../marketing-status/status-badge.tsx";
import { useFormat } from "../../ui/format.ts";
import { PagedList } from "../../ui/paged-list.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import classes from "./wizard.module.css";
import { type Group, groupsQuery } from "./wizard-query.ts";

type Filter = NonNullable<Parameters<typeof call<"POST /api/contacts/search">>[1]>["filter"];
const PAGE = 25;

interface WhoPanelProps {
  readonly group: Group | null;
  readonly contacts: number | undefined;
  readonly onClose: () => void;
}

/** A look at who a proposal is about, without leaving the wizard. */
export function WhoPanel({ group, contacts, onClose }: WhoPanelProps) {
  const { t } = useTranslation("cleanup");
  const format = useFormat();
  const words = group?.startsWith("quiet_") ? "quiet" : group;
  const { data } = useQuery(groupsQuery(group === "duplicates" ? "all" : "quick"));
  const filter = data?.groups.find((each) => each.group === group)?.filter;
  const number = contacts === undefined ? "…" : format.number(contacts);
  return (
    <SidePanel
      opened={group !== null}
      onClose={onClose}
      width={520}
      title={words === null ? "" : t(`group.${words}.title`)}
      above={t("contacts", { count: contacts ?? 0, number })}
      footer={
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link {...props} to="/contacts" search={{ view: "all", ...(filter && { filter }) }} />
          )}
        >
          {t("openIndex")}
        </Button>
      }
    >
      {filter && <People filter={filter} />}
    </SidePanel>
  );
}

function People({ filter }: { readonly filter: Filter }) {
  const { t } = useTranslation("cleanup");
  const query = useInfiniteQuery({
    queryKey: ["cleanup", "who", filter],
    queryFn: ({ pageParam, signal }) =>
      call(
        "POST /api/contacts/search",
        {
          filter,
          properties: ["firstname", "lastname", "email", "company"],
          limit: PAGE,
          ...(pageParam !== null && { after: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ after }) => after,
  });
  return (
    <PagedList query={query} more={t("more")} className={classes["people"]}>
      {({ contacts }) =>
        contacts.map(({ id, properties, status, until }) => (
          <li key={id}>
            <div>
              <Link to="/contacts/$contactId" params={{ contactId: id }}>
                {contactName(properties) || t("unnamed")}
              </Link>
              <small>{[properties["email"], properties["company"]].filter(Boolean).join(" · ")}</small>
            </div>
            <StatusBadge status={status} until={until} />
          </li>
        ))
      }
    </PagedList>
  );
}
