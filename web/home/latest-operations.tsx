import { IconArrowBackUp, IconDownload, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { isFinished, type Operation } from "../operations/operation-query.ts";
import { OperationState } from "../operations/operation-state.tsx";
import { useOperationText } from "../operations/use-operation-text.ts";
import { type Format, useFormat } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { Section } from "../ui/section.tsx";
import { ErrorState, LoadingRows } from "../ui/states.tsx";
import classes from "./home.module.css";
import { latestQuery } from "./home-queries.ts";

export function LatestOperations() {
  const { t } = useTranslation("home");
  const { data, error, refetch } = useQuery(latestQuery);
  const none = data?.operations.length === 0;
  return (
    <Section title={t("latest.title")} aside={!none && <Link to="/operations">{t("latest.all")}</Link>}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && !error && <LoadingRows rows={3} />}
      {none && <p className={classes["nothing"]}>{t("latest.nothing")}</p>}
      <ul className={classes["rows"]}>
        {data?.operations.map((operation) => (
          <Row key={operation.id} operation={operation} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ operation }: { readonly operation: Operation }) {
  const format = useFormat();
  const { title, outcome, actor } = useOperationText();
  const Icon =
    operation.undoOf !== null ? IconArrowBackUp : operation.kind === "import" ? IconDownload : IconUsers;
  const groups = operation.outcomes.map(
    (group) => `${outcome(group.outcome)} ${format.number(group.contacts)}`,
  );
  return (
    <li>
      <Icon {...icon} className={classes["icon"]} />
      <div className={classes["text"]}>
        <Link to="/operations/$operationId" params={{ operationId: operation.id }}>
          {title(operation)}
        </Link>
        <small>{groups.length > 0 ? groups.join(", ") : actor(operation)}</small>
      </div>
      {!isFinished(operation) && <OperationState {...operation} />}
      <time dateTime={operation.createdAt} className={classes["when"]}>
        {whenOf(operation.createdAt, format)}
      </time>
    </li>
  );
}

/** The time today, the day before. */
function whenOf(instant: string, format: Format): string {
  const isToday = format.date(instant) === format.date(new Date());
  return isToday ? format.time(instant) : format.day(instant);
}
