import { Radio } from "@mantine/core";
import { IconForms, IconMailOff, IconMoonStars, IconPlus, IconUserCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Input } from "../../api.ts";
import classes from "../workflows.module.css";

export type TemplateName = NonNullable<Input<"POST /api/workflows">["template"]>;

const pictures: Record<TemplateName, typeof IconPlus> = {
  unsubscribed: IconMailOff,
  form: IconForms,
  gone_quiet: IconMoonStars,
  customer: IconUserCheck,
  blank: IconPlus,
};
/** From what most want to what needs most thought. */
const names = Object.keys(pictures) as TemplateName[];

/** Templates to begin with, each a button. */
export function TemplateButtons({ onPick }: { readonly onPick: (template: TemplateName) => void }) {
  return (
    <div className={classes["templates"]}>
      {names.map((name) => (
        <button key={name} type="button" className={classes["template"]} onClick={() => onPick(name)}>
          <Text name={name} />
        </button>
      ))}
    </div>
  );
}

/** The same as a picture of what would be possible. */
export function TemplateTexts() {
  return (
    <ul className={classes["templates"]}>
      {names
        .filter((name) => name !== "blank")
        .map((name) => (
          <li key={name} className={classes["template"]}>
            <Text name={name} />
          </li>
        ))}
    </ul>
  );
}

interface TemplateChoiceProps {
  readonly value: TemplateName;
  readonly onChange: (template: TemplateName) => void;
}

/** One of them, to begin a workflow with. */
export function TemplateChoice({ value, onChange }: TemplateChoiceProps) {
  const { t } = useTranslation("workflows");
  return (
    <Radio.Group
      label={t("template.label")}
      value={value}
      onChange={(next) => onChange(names.find((name) => name === next) ?? value)}
    >
      <div className={classes["templates"]} style={{ marginTop: 6 }}>
        {names.map((name) => (
          <Radio.Card key={name} value={name} className={classes["template"] ?? ""}>
            <Radio.Indicator />
            <Text name={name} bare />
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}

function Text({ name, bare = false }: { readonly name: TemplateName; readonly bare?: boolean }) {
  const { t } = useTranslation("workflows");
  const Picture = pictures[name];
  return (
    <>
      {!bare && <Picture size={20} stroke={1.5} aria-hidden />}
      <span>
        <strong>{t(`template.${name}.title`)}</strong>
        <small>{t(`template.${name}.text`)}</small>
      </span>
    </>
  );
}
