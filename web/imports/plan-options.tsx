import { Checkbox, Radio, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PickedList } from "../lists/members/list-picker.tsx";
import { useMe } from "../session.ts";
import { MissingPermission } from "../ui/guarded-button.tsx";
import { Note } from "../ui/note.tsx";
import { Section } from "../ui/section.tsx";
import type { Property } from "./column-rows.tsx";
import type { ImportView, Plan } from "./import-query.ts";
import classes from "./imports.module.css";
import { ListOption } from "./list-option.tsx";

interface PlanOptionsProps {
  readonly plan: Plan;
  readonly shape: NonNullable<ImportView["shape"]>;
  readonly properties: readonly Property[];
  readonly onChange: (changes: Partial<Plan>) => void;
  /** The static list that the contacts are added to. */
  readonly list: PickedList | null;
  readonly onList: (list: PickedList | null) => void;
}

export function PlanOptions(props: PlanOptionsProps) {
  return (
    <div className={classes["options"]}>
      <Matching {...props} />
      <div className={classes["optionColumn"]}>
        <Status {...props} />
        <ListOption picked={props.list} onPick={props.onList} />
      </div>
    </div>
  );
}

function Matching(props: PlanOptionsProps) {
  const { plan, shape, onChange } = props;
  const { t } = useTranslation("imports");
  return (
    <Section title={t("plan.matching")}>
      <div className={classes["fields"]}>
        <MatchFields {...props} />
        {plan.mode !== "update" && <Note>{t("plan.twice")}</Note>}
        <Checkbox
          label={t("plan.withoutAddress")}
          checked={plan.withoutAddress}
          onChange={(event) => onChange({ withoutAddress: event.currentTarget.checked })}
        />
        <Checkbox
          label={t("plan.lastWins")}
          checked={plan.lastWins}
          onChange={(event) => onChange({ lastWins: event.currentTarget.checked })}
        />
        <LocaleFields {...props} />
        <p className={classes["dimmed"]}>
          {t("plan.file", { encoding: shape.encoding, delimiter: delimiterName(shape.delimiter, t) })}
        </p>
      </div>
    </Section>
  );
}

function MatchFields({ plan, properties, onChange }: PlanOptionsProps) {
  const { t } = useTranslation("imports");
  const unique = properties.filter((property) => property.hasUniqueValue && !property.builtIn);
  const choices = [
    { value: "email", label: t("match.email") },
    { value: "id", label: t("match.id") },
    ...unique.map(({ name, label }) => ({ value: name, label })),
  ];
  return (
    <>
      <Select
        label={t("plan.match")}
        data={choices}
        value={plan.match}
        allowDeselect={false}
        onChange={(match) => match !== null && onChange({ match })}
      />
      <Select
        label={t("plan.mode")}
        data={(["both", "create", "update"] as const).map((value) => ({ value, label: t(`mode.${value}`) }))}
        value={plan.mode}
        allowDeselect={false}
        onChange={(mode) => mode !== null && onChange({ mode })}
      />
    </>
  );
}

function LocaleFields({ plan, onChange }: PlanOptionsProps) {
  const { t } = useTranslation("imports");
  return (
    <div className={classes["pair"]}>
      <Select
        label={t("plan.dates")}
        data={(["dmy", "mdy"] as const).map((value) => ({ value, label: t(`dates.${value}`) }))}
        value={plan.dateOrder}
        allowDeselect={false}
        onChange={(order) => order !== null && onChange({ dateOrder: order })}
      />
      <Select
        label={t("plan.decimal")}
        data={decimals.map(([value, name]) => ({ value, label: t(`decimal.${name}`) }))}
        value={plan.decimal}
        allowDeselect={false}
        onChange={(decimal) => decimal !== null && onChange({ decimal })}
      />
    </div>
  );
}

const decimals = [
  [",", "comma"],
  [".", "dot"],
] as const;

function delimiterName(
  delimiter: string | null,
  t: ReturnType<typeof useTranslation<"imports">>["t"],
): string {
  const names = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" } as const;
  const name = names[delimiter as keyof typeof names];
  return name === undefined ? t("delimiter.sheet") : t(`delimiter.${name}`);
}

function Status({ plan, onChange }: PlanOptionsProps) {
  const { t } = useTranslation("imports");
  const { can } = useMe();
  const allowed = can("marketing-contacts.edit");
  const hasColumn = plan.columns.some(({ to }) => to === "status" || to === "until");
  return (
    <Section title={t("plan.status")}>
      <div className={classes["fields"]}>
        <Radio.Group
          aria-label={t("plan.status")}
          value={plan.status}
          onChange={(status) => onChange({ status })}
        >
          <div className={classes["radios"]}>
            {(["nobody", "new", "all", "column"] as const).map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`status.${value}`)}
                description={t(`statusHelp.${value}`)}
                disabled={(value !== "nobody" && !allowed) || (value === "column" && !hasColumn)}
              />
            ))}
          </div>
        </Radio.Group>
        {!allowed && (
          <Note>
            <MissingPermission permission="marketing-contacts.edit" />
          </Note>
        )}
        {plan.status !== "nobody" && (
          <Checkbox
            label={t("plan.includeProtected")}
            description={t("plan.includeProtectedHelp")}
            checked={plan.includeProtected}
            onChange={(event) => onChange({ includeProtected: event.currentTarget.checked })}
          />
        )}
      </div>
    </Section>
  );
}
