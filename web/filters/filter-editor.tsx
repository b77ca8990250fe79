import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { icon } from "../ui/icons.ts";
import { ConditionEditor } from "./condition-editor.tsx";
import {
  type Condition,
  type Fields,
  type Filter,
  type FilterField,
  finished,
  offered,
} from "./filter-field.ts";
import classes from "./filters.module.css";
import { PropertyPicker } from "./property-picker.tsx";

const MOST_GROUPS = 5;
const MOST_CONDITIONS = 18;

interface FilterEditorProps {
  readonly fields: Fields;
  readonly filter: Filter;
  /** Called with every finished change, so that count and table follow while one writes. */
  readonly onChange: (filter: Filter) => void;
}

/** The filter as it is being written, unfinished conditions included. */
function useDraft({ fields, filter, onChange }: FilterEditorProps) {
  const [draft, setDraft] = useState<Condition[][]>(() => startOf(filter));
  const change = (groups: Condition[][]) => {
    setDraft(groups);
    onChange(finished(fields, { filterGroups: groups.map((filters) => ({ filters })) }));
  };
  return {
    draft,
    changeGroup: (place: number, filters: Condition[]) =>
      change(draft.map((group, index) => (index === place ? filters : group))),
    removeGroup: (place: number) => change(draft.filter((_, index) => index !== place)),
    addGroup: () => setDraft([...draft, []]),
  };
}

/** Writes a filter: groups joined by "or", the conditions in a group by "and". */
export function FilterEditor(editing: FilterEditorProps) {
  const { fields } = editing;
  const { t } = useTranslation("filters");
  const { draft, changeGroup, removeGroup, addGroup } = useDraft(editing);
  const [fresh, setFresh] = useState<string | null>(null);
  const [picking, setPicking] = useState<number | null>(
    draft.length === 1 && draft[0]?.length === 0 ? 0 : null,
  );
  const add = (place: number, field: FilterField) => {
    setPicking(null);
    setFresh(`${place} ${draft[place]?.length ?? 0}`);
    changeGroup(place, [...(draft[place] ?? []), startCondition(field)]);
  };
  return (
    <>
      {draft.map((conditions, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
        <div key={place} className={classes["groupFrame"]}>
          {place > 0 && <p className={classes["or"]}>{t("or")}</p>}
          <GroupCard
            fields={fields}
            conditions={conditions}
            isFresh={(condition) => fresh === `${place} ${condition}`}
            picking={picking === place}
            onPicking={(open) => setPicking(open ? place : null)}
            onAdd={(field) => add(place, field)}
            onChange={(filters) => changeGroup(place, filters)}
            onRemove={place > 0 ? () => removeGroup(place) : undefined}
          />
        </div>
      ))}
      {draft.length < MOST_GROUPS && (draft.at(-1)?.length ?? 0) > 0 && (
        <Button
          variant="subtle"
          leftSection={<IconPlus {...icon} />}
          onClick={() => {
            setPicking(draft.length);
            addGroup();
          }}
        >
          {t("addGroup")}
        </Button>
      )}
    </>
  );
}

interface GroupCardProps {
  readonly fields: Fields;
  readonly conditions: readonly Condition[];
  readonly isFresh: (condition: number) => boolean;
  readonly picking: boolean;
  readonly onPicking: (open: boolean) => void;
  readonly onAdd: (field: FilterField) => void;
  readonly onChange: (conditions: Condition[]) => void;
  readonly onRemove: (() => void) | undefined;
}

function GroupCard(props: GroupCardProps) {
  const { fields, conditions, isFresh, picking, onPicking, onAdd, onChange, onRemove } = props;
  const { t } = useTranslation("filters");
  return (
    <section className={classes["group"]}>
      {conditions.map((condition, place) => (
        <ConditionEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place
          key={`${place}-${condition.propertyName}`}
          field={fields.get(condition.propertyName)}
          fresh={isFresh(place)}
          condition={condition}
          onChange={(next) => onChange(conditions.map((each, index) => (index === place ? next : each)))}
          onRemove={() => onChange(conditions.filter((_, index) => index !== place))}
        />
      ))}
      {picking ? (
        <PropertyPicker
          fields={fields}
          label={t("findProperty")}
          onPick={onAdd}
          onCancel={() => onPicking(false)}
        />
      ) : (
        <div className={classes["groupActions"]}>
          {conditions.length < MOST_CONDITIONS && (
            <Button
              size="sm"
              variant="default"
              leftSection={<IconPlus {...icon} />}
              onClick={() => onPicking(true)}
            >
              {t("addCondition")}
            </Button>
          )}
          {onRemove && (
            <Button size="sm" variant="subtle" color="gray" onClick={onRemove}>
              {t("removeGroup")}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function startOf(filter: Filter): Condition[][] {
  const groups = filter.filterGroups.map(({ filters }) => [...filters]);
  return groups.length > 0 ? groups : [[]];
}

function startCondition({ name, type }: FilterField): Condition {
  const [operator = "HAS_PROPERTY"] = offered[type];
  return operator === "IN" || operator === "IN_LIST"
    ? { propertyName: name, operator, values: [] }
    : { propertyName: name, operator, value: "" };
}
