import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Reply } from "../api.ts";
import { useMe } from "../session.ts";
import stacked from "../ui/stacked.module.css";
import type { ImportView, Plan, Target } from "./import-query.ts";
import classes from "./imports.module.css";

export type Property = Reply<"GET /api/properties">["properties"][number];
type Shape = NonNullable<ImportView["shape"]>;

interface ColumnRowsProps {
  readonly shape: Shape;
  readonly plan: Plan;
  readonly properties: readonly Property[];
  readonly onTarget: (column: number, target: Target) => void;
}

/** One row for each column of the file: its name, its first values, what it becomes. */
export function ColumnRows({ shape, plan, properties, onTarget }: ColumnRowsProps) {
  const { t } = useTranslation("imports");
  return (
    <div className={classes["scroll"]}>
      <table className={`${classes["mapping"]} ${stacked["stacked"]}`}>
        <thead>
          <tr>
            <th scope="col">{t("plan.column")}</th>
            <th scope="col">{t("plan.firstValues")}</th>
            <th scope="col">{t("plan.becomes")}</th>
          </tr>
        </thead>
        <tbody>
          {shape.columns.map((column, place) => (
            <tr key={column}>
              <th scope="row">{columnName(column, t)}</th>
              <td>
                <Values shape={shape} column={place} />
              </td>
              <td>
                <TargetField
                  column={columnName(column, t)}
                  guess={shape.guesses[place] ?? "string"}
                  target={plan.columns[place] ?? { to: "skip" }}
                  plan={plan}
                  properties={properties}
                  onTarget={(target) => onTarget(place, target)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Translate = ReturnType<typeof useTranslation<"imports">>["t"];

/** A column without a name in the file is called by its place. */
function columnName(column: string, t: Translate): string {
  return /^#\d+$/.test(column) ? t("plan.unnamed", { number: column.slice(1) }) : column;
}

function Values({ shape, column }: { readonly shape: Shape; readonly column: number }) {
  const values = shape.preview.map((row) => row.values[column]?.trim() ?? "").filter((value) => value !== "");
  return <span className={classes["values"]}>{[...new Set(values)].slice(0, 4).join(" · ") || "–"}</span>;
}

interface TargetFieldProps {
  readonly column: string;
  /** The type of its first values. */
  readonly guess: Shape["guesses"][number];
  readonly target: Target;
  readonly plan: Plan;
  readonly properties: readonly Property[];
  readonly onTarget: (target: Target) => void;
}

const special = ["id", "status", "until", "opt_out", "bounce"] as const;
const types = ["string", "number", "date", "datetime", "bool"] as const;

function TargetField(props: TargetFieldProps) {
  const { column, guess, target, onTarget } = props;
  const { t } = useTranslation("imports");
  const groups = useChoices(props);
  return (
    <div className={classes["target"]}>
      <Select
        aria-label={t("plan.becomesOf", { column })}
        data={groups}
        value={keyOf(target)}
        searchable
        allowDeselect={false}
        maxDropdownHeight={320}
        nothingFoundMessage={t("plan.nothingFound")}
        onChange={(key) => key !== null && onTarget(targetOf(key, { label: column, type: guess }))}
      />
      {target.to === "new" && (
        <>
          <TextInput
            aria-label={t("plan.newLabel")}
            value={target.label}
            maxLength={100}
            onChange={(event) => onTarget({ ...target, label: event.currentTarget.value })}
          />
          <Select
            aria-label={t("plan.newType")}
            data={types.map((value) => ({ value, label: t(`plan.type.${value}`) }))}
            value={target.type}
            allowDeselect={false}
            onChange={(type) =>
              type !== null && onTarget({ ...target, type: type as (typeof types)[number] })
            }
          />
        </>
      )}
    </div>
  );
}

/** What the column may become; what another column has already is shown, but cannot be chosen again. */
function useChoices({ target, plan, properties }: TargetFieldProps) {
  const { t } = useTranslation("imports");
  const { can } = useMe();
  const own = keyOf(target);
  const used = new Set(plan.columns.map(keyOf));
  const option = (value: string, label: string) => ({
    value,
    label,
    disabled: used.has(value) && value !== own && value.includes(":"),
  });
  const importable = properties.filter((property) => !property.readOnly);
  return [
    {
      group: t("plan.group.file"),
      items: [
        { value: "skip", label: t("plan.skip") },
        { value: "new", label: t("plan.new"), disabled: !can("properties.edit") },
      ],
    },
    {
      group: t("plan.group.properties"),
      items: importable.map(({ name, label }) => option(`property:${name}`, label)),
    },
    { group: t("plan.group.special"), items: special.map((to) => option(`:${to}`, t(`plan.special.${to}`))) },
  ];
}

function keyOf(target: Target): string {
  if (target.to === "property") return `property:${target.name}`;
  return target.to === "skip" || target.to === "new" ? target.to : `:${target.to}`;
}

function targetOf(
  key: string,
  { label, type }: Pick<Extract<Target, { to: "new" }>, "label" | "type">,
): Target {
  if (key === "new") return { to: "new", label: label.slice(0, 100), type };
  if (key.startsWith("property:")) return { to: "property", name: key.slice("property:".length) };
  const to = special.find((name) => key === `:${name}`);
  return to === undefined ? { to: "skip" } : { to };
}
