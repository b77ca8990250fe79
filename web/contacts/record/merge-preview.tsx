import { Button } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Reply } from "../../api.ts";
import { propertiesQuery } from "../../filters/use-filter-fields.ts";
import { StatusBadge } from "../../marketing-status/status-badge.tsx";
import { useValueText } from "../../properties/use-value-text.ts";
import { useFormat } from "../../ui/format.ts";
import { smallIcon } from "../../ui/icons.ts";
import { Note } from "../../ui/note.tsx";
import classes from "./record.module.css";

type Preview = Reply<"POST /api/contacts/merge/preview">;

interface MergePreviewProps {
  readonly preview: Preview;
  readonly onSwap: () => void;
}

/** Both sides, and what differs between them with what will be kept. */
export function MergePreview({ preview, onSwap }: MergePreviewProps) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const { winner, loser, emails, notes, status } = preview;
  return (
    <>
      <div className={classes["sides"]}>
        <Side side={winner} winner />
        <Side side={loser} />
      </div>
      <div>
        <Button variant="default" leftSection={<IconArrowsExchange {...smallIcon} />} onClick={onSwap}>
          {t("merge.swap")}
        </Button>
      </div>
      {preview.differences.length > 0 && <Differences preview={preview} />}
      <p>
        {emails.length > 0 &&
          `${t("merge.emails", { emails: format.list(emails.map(({ email }) => email)) })} `}
        {notes > 0 && t("merge.notes", { count: notes })}
      </p>
      <p>
        {t("merge.status")} <StatusBadge status={status} />
      </p>
      {preview.protected && <Note>{t("merge.protected")}</Note>}
    </>
  );
}

function Side({ side, winner = false }: { readonly side: Preview["winner"]; readonly winner?: boolean }) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  return (
    <div className={classes["side"]} data-winner={winner || undefined}>
      <small>{t(winner ? "merge.winner" : "merge.loser")}</small>
      <strong>{side.name || side.email || side.id}</strong>
      {side.name !== "" && side.email}
      <small>{t("merge.created", { date: format.date(side.createdAt) })}</small>
      <span>
        <StatusBadge status={side.status} />
      </span>
    </div>
  );
}

function Differences({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation("contact");
  const write = useValueText();
  const { data } = useQuery(propertiesQuery);
  return (
    <table className={classes["compare"]}>
      <thead>
        <tr>
          <th scope="col">{t("merge.property")}</th>
          <th scope="col">{t("merge.winner")}</th>
          <th scope="col">{t("merge.loser")}</th>
        </tr>
      </thead>
      <tbody>
        {preview.differences.map(({ property: name, winner, loser, result }) => {
          const property = data?.properties.find((known) => known.name === name);
          const text = (value: string | null) =>
            value === null ? "–" : property ? write(property, value) : value;
          return (
            <tr key={name}>
              <th scope="row">{property?.label ?? name}</th>
              <td data-kept={(winner !== null && winner === result) || undefined}>{text(winner)}</td>
              <td
                data-kept={loser === result || undefined}
                data-lost={(loser !== null && loser !== result) || undefined}
              >
                {text(loser)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
