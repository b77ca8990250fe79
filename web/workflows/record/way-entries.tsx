import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { EntryBody, EntryDetail } from "../history/entry-text.tsx";
import type { Entry } from "../history/history-queries.ts";
import type { StepLookup } from "../history/use-step-lookup.ts";
import classes from "./workflows-card.module.css";

interface WayEntriesProps {
  readonly entries: readonly Entry[];
  readonly lookup: StepLookup;
}

/** What happened on one way through a workflow, newest first. */
export function WayEntries({ entries, lookup }: WayEntriesProps) {
  const { t } = useTranslation("workflow-history");
  const format = useFormat();
  if (entries.length === 0) return <p className={classes["quiet"]}>{t("card.forgotten")}</p>;
  return (
    <ol className={classes["entries"]}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <strong>
            {entry.kind === "enrolled" ? t("kind.enrolled") : lookup.title(entry.step, entry.version)}
          </strong>
          <span>
            <EntryDetail entry={entry} lookup={lookup} />
          </span>
          {entry.message !== null && (
            <span>
              <EntryBody entry={entry} />
            </span>
          )}
          <time dateTime={entry.at}>{format.dateTime(entry.at)}</time>
        </li>
      ))}
    </ol>
  );
}
