import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ListUse } from "../list-queries.ts";
import classes from "../lists.module.css";

/** What uses a list, each with the way there. */
export function UseRows({ uses }: { readonly uses: readonly ListUse[] }) {
  const { t } = useTranslation("lists");
  const known = ["view", "list", "workflow", "plan"] as const;
  const kindText = (kind: string) => t(`usedByKind.${known.find((each) => each === kind) ?? "other"}`);
  return (
    <ul className={classes["uses"]}>
      {uses.map((use) => (
        <li key={`${use.kind} ${use.id}`}>
          <UseName use={use} />
          <span>{kindText(use.kind)}</span>
        </li>
      ))}
    </ul>
  );
}

function UseName({ use: { kind, id, name, key } }: { readonly use: ListUse }) {
  const { t } = useTranslation("lists");
  if (kind === "view") {
    if (name === null && key === null) return <>{t("privateView")}</>;
    return (
      <Link to="/contacts" search={{ view: key ?? id }}>
        {name || t(`contacts-index:view.${key}` as never)}
      </Link>
    );
  }
  if (kind === "list")
    return (
      <Link to="/lists/$listId" params={{ listId: id }}>
        {name}
      </Link>
    );
  if (kind === "workflow")
    return (
      <Link to="/workflows/$workflowId" params={{ workflowId: id }}>
        {name}
      </Link>
    );
  if (kind === "plan") return <Link to="/marketing-contacts/plans">{name}</Link>;
  return <>{name ?? id}</>;
}
