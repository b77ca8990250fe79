import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "../ui/badge.tsx";
import { useFormat } from "../ui/format.ts";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import { type Role, SegmentKey, SplitBar } from "../ui/split-bar.tsx";
import type { ImportView } from "./import-query.ts";
import classes from "./imports.module.css";
import { ImportList } from "./list-option.tsx";

type Tally = NonNullable<ImportView["result"]>;

const parts = [
  ["created", "good"],
  ["updated", "goodSoft"],
  ["unchanged", "plain"],
  ["rejected", "bad"],
] as const satisfies readonly (readonly [keyof Tally, Role])[];

/** What became of the rows: four numbers and their sum. */
export function Result({ view }: { readonly view: ImportView }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const tally = view.result;
  return (
    <>
      {view.failure !== null && (
        <Note kind="error" title={t("result.failed")}>
          {view.failure}
        </Note>
      )}
      {view.notReached > 0 && (
        <Note kind="info">
          {t("result.notReached", { count: view.notReached, number: format.number(view.notReached) })}
        </Note>
      )}
      {view.undoneBy !== null && (
        <Note kind="info">
          {t("result.undone")}{" "}
          <Link to="/operations/$operationId" params={{ operationId: view.undoneBy }}>
            {t("result.showUndo")}
          </Link>
        </Note>
      )}
      {tally && (
        <Section>
          <ResultNumbers tally={tally} view={view} />
          <Usage view={view} tally={tally} />
          {view.plan?.listId && <ImportList listId={view.plan.listId} />}
        </Section>
      )}
    </>
  );
}

interface NumbersProps {
  readonly tally: Tally;
  readonly view: ImportView;
}

/** created + updated + unchanged + rejected = rows, with plus signs, and as a bar. */
export function ResultNumbers({ tally, view }: NumbersProps) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const rest = tally.rows - tally.created - tally.updated - tally.unchanged - tally.rejected;
  const label = parts.map(([key]) => `${t(`result.${key}`)} ${format.number(tally[key])}`).join(", ");
  return (
    <>
      <dl className={classes["sum"]}>
        {parts.map(([key, role], place) => (
          <Fragment key={key}>
            {place > 0 && <i aria-hidden>+</i>}
            <div>
              <dt>
                <SegmentKey role={role} />
                {t(`result.${key}`)}
              </dt>
              <dd>{format.number(tally[key])}</dd>
              <dd className={classes["small"]}>
                {key === "updated"
                  ? t("result.updatedHelp", { property: t(`match.${matchName(view)}`) })
                  : t(`result.${key}Help`)}
              </dd>
            </div>
          </Fragment>
        ))}
        <i aria-hidden>=</i>
        <div>
          <dt>{t("result.rows")}</dt>
          <dd>{format.number(tally.rows)}</dd>
          <dd className={classes["small"]}>
            {rest === 0
              ? t("result.rowsHelp")
              : t("result.rest", { count: rest, number: format.number(rest) })}
          </dd>
        </div>
      </dl>
      <SplitBar
        label={label}
        segments={[
          ...parts.map(([key, role]) => ({ role, value: tally[key], label: t(`result.${key}`) })),
          { role: "room", value: rest, label: t("result.rows") },
        ]}
      />
    </>
  );
}

function matchName({ plan }: ImportView): "email" | "id" | "property" {
  return plan?.match === "email" || plan?.match === "id" ? plan.match : "property";
}

function Usage({ view, tally }: NumbersProps) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const status = view.plan?.status ?? "nobody";
  return (
    <div className={classes["usage"]}>
      <Badge tone="counts">
        {tally.raised === 0
          ? t("result.usageUnchanged")
          : t("result.usageRaised", { count: tally.raised, number: format.number(tally.raised) })}
      </Badge>
      <span>
        {t(`result.status.${status}`)}{" "}
        {tally.protected > 0 &&
          t("result.protected", { count: tally.protected, number: format.number(tally.protected) })}{" "}
        <WithoutRoom tally={tally} />{" "}
        {tally.held > 0 && (
          <Link to="/billing" search={{ tab: "review" }}>
            {t("result.review")}
          </Link>
        )}
      </span>
    </div>
  );
}

/** Raises beyond the limit or maximum: they wait, or were not made. */
export function WithoutRoom({ tally }: { readonly tally: Pick<Tally, "held" | "refused"> }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const { held, refused } = tally;
  return (
    <>
      {held > 0 && t("result.held", { count: held, number: format.number(held) })}
      {refused > 0 && t("result.refused", { count: refused, number: format.number(refused) })}
    </>
  );
}
