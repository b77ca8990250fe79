import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { PagedList } from "../ui/paged-list.tsx";
import people from "../ui/people-list.module.css";
import { PersonName } from "../ui/person-name.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { useOperationText } from "./use-operation-text.ts";

interface GroupContactsProps {
  readonly operationId: string;
  readonly group: { readonly outcome: string; readonly reason: string } | null;
  readonly onClose: () => void;
}

/** The contacts behind a number. */
export function GroupContacts({ operationId, group, onClose }: GroupContactsProps) {
  const { outcome } = useOperationText();
  return (
    <SidePanel opened={group !== null} onClose={onClose} title={group ? outcome(group.outcome) : ""}>
      {group && <Contacts operationId={operationId} {...group} />}
    </SidePanel>
  );
}

function Contacts(group: {
  readonly operationId: string;
  readonly outcome: string;
  readonly reason: string;
}) {
  const { t } = useTranslation("operations");
  const query = useInfiniteQuery({
    queryKey: ["operations", group.operationId, "contacts", group.outcome, group.reason],
    queryFn: ({ pageParam, signal }) =>
      call(
        "GET /api/operations/:operationId/contacts",
        { ...group, limit: 100, ...(pageParam ? { after: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ after }) => after,
  });
  return (
    <PagedList query={query} more={t("more")} className={people["people"]}>
      {({ contacts }) =>
        contacts.map((person) => (
          <li key={person.id}>
            <PersonName
              person={person}
              gone={person.deleted ? t("deletedContact", { id: person.id }) : undefined}
            />
          </li>
        ))
      }
    </PagedList>
  );
}
