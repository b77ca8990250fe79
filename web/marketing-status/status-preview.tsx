import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { majorUnits } from "../billing/billing-query.ts";
import { roomEnd } from "../billing/room-end.ts";
import { useFormat } from "../ui/format.ts";
import { Note } from "../ui/note.tsx";
import { BigNumber, Stat, StatRow } from "../ui/numbers.tsx";
import { GroupList, SplitBar } from "../ui/split-bar.tsx";
import { linesOf, type Preview, type Target, toGroups, toSegments } from "./preview-groups.ts";

interface StatusPreviewProps {
  readonly preview: Preview;
  readonly to: Target;
  readonly includeProtected: boolean;
  readonly onIncludeProtected: (include: boolean) => void;
}

/** Groups that add up, then the date, then usage. */
export function StatusPreview(props: StatusPreviewProps) {
  const { preview, to } = props;
  const { t } = useTranslation("marketing-status");
  const format = useFormat();
  const lines = linesOf(preview, to);
  const label = t("contacts", { count: preview.total, number: format.number(preview.total) });
  return (
    <>
      <div>
        <SplitBar segments={toSegments(lines)} label={label} />
        <GroupList
          groups={toGroups(lines, { t, format })}
          total={{ label: t("group.total"), value: format.number(preview.total) }}
        />
      </div>
      <ProtectedTick {...props} />
      {preview.willChange > 0 && <When preview={preview} to={to} />}
      <Growth preview={preview} />
      <Usage preview={preview} to={to} />
    </>
  );
}

/** People can be raised although they opted out or bounced, but only knowingly. */
function ProtectedTick({ preview, to, includeProtected, onIncludeProtected }: StatusPreviewProps) {
  const { t } = useTranslation("marketing-status");
  const format = useFormat();
  const held = preview.groups.find(({ outcome, reason }) => outcome === "skipped" && reason === "protected");
  if (to !== "marketing" || (!held && !includeProtected)) return null;
  const count = held?.contacts ?? 0;
  return (
    <Checkbox
      label={
        includeProtected
          ? t("protectedIncluded")
          : t("includeProtected", { count, number: format.number(count) })
      }
      description={t("protectedHelp")}
      checked={includeProtected}
      onChange={(event) => onIncludeProtected(event.currentTarget.checked)}
    />
  );
}

function When({ preview, to }: Pick<StatusPreviewProps, "preview" | "to">) {
  const { t } = useTranslation("marketing-status");
  const format = useFormat();
  if (to === "marketing") return <Note title={t("now.title")}>{t("now.text")}</Note>;
  const zone = preview.timeZone;
  return (
    <Note kind="date" title={t("later.title", { date: format.moment(preview.effectiveAt, zone) })}>
      {t("later.text", { zone: zone.replaceAll("_", " ") })}
    </Note>
  );
}

/** A tier that the raise moves up to with its price, or who decides about those without room. */
function Growth({ preview }: Pick<StatusPreviewProps, "preview">) {
  const { t } = useTranslation("marketing-status");
  const format = useFormat();
  const { tier, price } = preview.growth;
  if (tier !== null) {
    const money = (amount: number, currency: string) => format.money(majorUnits(amount, currency), currency);
    const prices = price && {
      before: money(price.before, price.currency),
      after: money(price.after, price.currency),
    };
    return (
      <Note kind="date" title={t("growth.tier", { tier: format.number(tier) })}>
        {price && prices && t(price.example ? "growth.priceExample" : "growth.price", prices)}
      </Note>
    );
  }
  const isHeld = preview.groups.some(({ outcome }) => outcome === "held");
  return isHeld && <Note>{t("growth.held")}</Note>;
}

function Usage({ preview, to }: Pick<StatusPreviewProps, "preview" | "to">) {
  const { t } = useTranslation("marketing-status");
  const format = useFormat();
  const { usage, effectiveAt, timeZone } = preview;
  const lowering = to === "non_marketing";
  const then = lowering ? usage.atNextUpdate : usage.after;
  return (
    <StatRow bordered>
      <Stat>
        <BigNumber size="dialog" label={t("usage.now")} value={format.number(usage.now)}>
          {lowering && t("usage.sameToday")}
        </BigNumber>
      </Stat>
      <Stat strong>
        <BigNumber
          size="dialog"
          label={lowering ? t("usage.on", { date: format.dayLong(effectiveAt, timeZone) }) : t("usage.after")}
          value={format.number(then)}
        >
          {lowering
            ? t("usage.without", { number: format.number(usage.atNextUpdateWithout) })
            : t("usage.more", { number: format.signed(usage.after - usage.now) })}
        </BigNumber>
      </Stat>
      {preview.fall === null ? <Ceiling preview={preview} then={then} /> : <TierFall fall={preview.fall} />}
    </StatRow>
  );
}

/** What is left until the contact limit, or until a maximum below it. */
function Ceiling({ preview, then }: Pick<StatusPreviewProps, "preview"> & { readonly then: number }) {
  const { t } = useTranslation("marketing-status");
  const format = useFormat();
  const end = roomEnd({ contactLimit: preview.contactLimit, maximum: preview.growth.maximum });
  if (end === null) return null;
  return (
    <Stat>
      <BigNumber
        size="dialog"
        label={t(end.isMaximum ? "usage.maximum" : "usage.limit")}
        value={format.number(end.at)}
      >
        {then > end.at
          ? t(end.isMaximum ? "usage.overMaximum" : "usage.over", { number: format.number(then - end.at) })
          : t("usage.left", { number: format.number(end.at - then) })}
      </BigNumber>
    </Stat>
  );
}

/** The price falls on a date of its own. */
function TierFall({ fall }: { readonly fall: NonNullable<Preview["fall"]> }) {
  const { t } = useTranslation("marketing-status");
  const format = useFormat();
  const { tier, day, saving, currency, example } = fall;
  const money = saving === null ? "" : format.money(majorUnits(saving, currency), currency);
  return (
    <Stat>
      <BigNumber size="dialog" label={t("fall.tier", { date: format.date(day) })} value={format.number(tier)}>
        {saving !== null && t(example ? "fall.savesExample" : "fall.saves", { money })}
      </BigNumber>
    </Stat>
  );
}
