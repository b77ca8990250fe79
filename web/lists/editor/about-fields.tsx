import { Radio, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Section } from "../../ui/section.tsx";
import { FolderSelect } from "../folders/folder-select.tsx";
import classes from "../lists.module.css";

type ListType = "static" | "active";
const types = ["active", "static"] as const;

interface AboutFieldsProps {
  readonly type: ListType;
  /** Without it the kind is settled. */
  readonly onType?: (type: ListType) => void;
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly folder: string;
  readonly onFolder: (folder: string) => void;
}

/** What a list is called, where it is kept, and which kind it is. */
export function AboutFields({ type, onType, name, onName, folder, onFolder }: AboutFieldsProps) {
  const { t } = useTranslation("lists");
  return (
    <div className={classes["fields"]}>
      {onType && (
        <Radio.Group
          label={t("form.typeLabel")}
          value={type}
          onChange={(value) => onType(value === "static" ? "static" : "active")}
        >
          <div className={classes["cards"]}>
            {types.map((each) => (
              <Radio.Card key={each} value={each} className={classes["card"] ?? ""}>
                <Radio.Indicator />
                <span>
                  <strong>{t(`type.${each}`)}</strong>
                  <small>{t(each === "active" ? "form.activeHelp" : "form.staticHelp")}</small>
                </span>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
      )}
      <div className={classes["pair"]}>
        <TextInput
          label={t("name")}
          maxLength={100}
          required
          autoFocus={onType !== undefined}
          value={name}
          onChange={(event) => onName(event.currentTarget.value)}
        />
        <FolderSelect label={t("folder")} value={folder} onChange={onFolder} />
      </div>
    </div>
  );
}

export type ListStart = "empty" | "filter";

interface StartFieldProps {
  readonly start: ListStart;
  readonly onStart: (start: ListStart) => void;
}

/** Who is in a static list from the start. */
export function StartField({ start, onStart }: StartFieldProps) {
  const { t } = useTranslation("lists");
  return (
    <Section title={t("form.start")}>
      <div className={classes["fields"]}>
        <Radio.Group
          aria-label={t("form.start")}
          value={start}
          onChange={(value) => onStart(value === "filter" ? "filter" : "empty")}
        >
          <div className={classes["radios"]}>
            <Radio value="empty" label={t("form.empty")} />
            <Radio value="filter" label={t("form.fromFilter")} />
          </div>
        </Radio.Group>
        <p className={classes["dimmed"]}>{t("form.staticNote")}</p>
      </div>
    </Section>
  );
}
