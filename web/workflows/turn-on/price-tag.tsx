import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { billingQuery } from "../../billing/billing-query.ts";
import { roomEnd } from "../../billing/room-end.ts";
import { linesOf, toGroups, toSegments } from "../../marketing-status/preview-groups.ts";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { BigNumber, Stat, StatRow } from "../../ui/numbers.tsx";
import { GroupList, SplitBar } from "../../ui/split-bar.tsx";
import type { Workflow, WorkflowPrice } from "../workflow-query.ts";
import classes from "../workflows.module.css";
import { isAbout, priceByDirection } from "./price-totals.ts";

interface PriceTagProps {
  readonly price: WorkflowPrice;
  readonly draft: Workflow["draft"];
}

/** What it would do if those who match now were enrolled: their groups, the date, and usage. */
export function PriceTag({ price, draft }: PriceTagProps) {
  const { t } = useTranslation("workflows");
  const prices = priceByDirection(price, draft);
  const isHeld = prices.some(({ groups }) => groups.some(({ outcome }) => outcome === "held"));
  return (
    <>
      {prices.map((one) => (
        <Direction key={one.to} price={one} titled={prices.length > 1} />
      ))}
      {prices.length === 0 && <p className={classes["dimmed"]}>{t("price.noStatus")}</p>}
      {isAbout(price) && <p className={classes["dimmed"]}>{t("price.about")}</p>}
      {price.spike && <Spike spike={price.spike} />}
      {isHeld && <Note>{t("marketing-status:growth.held")}</Note>}
      {prices.length > 0 && <Usage usage={price.usage} />}
      {takesTime(draft) && <p className={classes["dimmed"]}>{t("price.delays")}</p>}
    </>
  );
}

/** So many at once are held up until a person says that it is meant. */
function Spike({ spike: { contacts, threshold } }: { readonly spike: NonNullable<WorkflowPrice["spike"]> }) {
  const { t } = useTranslation("workflows");
  const format = useFormat();
  const numbers = { number: format.number(contacts), threshold: format.number(threshold) };
  return <Note kind="date">{t("price.spike", { count: contacts, ...numbers })}</Note>;
}

function takesTime({ steps, window }: Workflow["draft"]): boolean {
  return window !== null || steps.some(({ type }) => type === "delay");
}

interface DirectionProps {
  readonly price: ReturnType<typeof priceByDirection>[number];
  readonly titled: boolean;
}

function Direction({ price: { to, contacts, groups }, titled }: DirectionProps) {
  const { t } = useTranslation("workflows");
  const { t: statusText } = useTranslation("marketing-status");
  const format = useFormat();
  const lines = linesOf({ groups }, to);
  const total = t("price.reach", { count: contacts, number: format.number(contacts) });
  return (
    <div>
      {titled && <p className={classes["heading"]}>{t(`price.${to}`)}</p>}
      <SplitBar segments={toSegments(lines)} label={total} />
      <GroupList
        groups={toGroups(lines, { t: statusText, format })}
        total={{ label: t(`price.${to}`), value: format.number(contacts) }}
      />
    </div>
  );
}

/** Now, right after, and at the next update. */
function Usage({ usage }: { readonly usage: WorkflowPrice["usage"] }) {
  const { t } = useTranslation("workflows");
  const format = useFormat();
  const { data: billing } = useQuery(billingQuery);
  const { now, after, atUpdate, nextUpdate } = usage;
  const end = roomEnd(usage);
  return (
    <StatRow bordered>
      <Stat>
        <BigNumber size="dialog" label={t("price.now")} value={format.number(now)}>
          {end && t(end.isMaximum ? "price.maximum" : "price.limit", { number: format.number(end.at) })}
        </BigNumber>
      </Stat>
      <Stat>
        <BigNumber size="dialog" label={t("price.after")} value={format.number(after)}>
          {after === now ? t("price.same") : format.signed(after - now)}
        </BigNumber>
      </Stat>
      <Stat strong>
        <BigNumber
          size="dialog"
          label={t("price.on", { date: format.dayLong(nextUpdate, billing?.timeZone) })}
          value={format.number(atUpdate)}
        >
          {end &&
            (atUpdate > end.at
              ? t(end.isMaximum ? "price.overMaximum" : "price.over", {
                  number: format.number(atUpdate - end.at),
                })
              : t("price.left", { number: format.number(end.at - atUpdate) }))}
        </BigNumber>
      </Stat>
    </StatRow>
  );
}
