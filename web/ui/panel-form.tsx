import { Button } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./panel-form.module.css";
import { FormError } from "./states.tsx";

interface PanelFormProps {
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly onClose: () => void;
  /** What the button does: "Save", "Create token". */
  readonly verb: string;
  readonly busy: boolean;
  readonly disabled?: boolean;
  /** Why the last try was refused. */
  readonly error: unknown;
  /** Buttons of their own, after Cancel. */
  readonly more?: ReactNode;
  readonly children: ReactNode;
}

/** A form in a side panel: its fields, why it was refused, and the two buttons. */
export function PanelForm({
  onSubmit,
  onClose,
  verb,
  busy,
  disabled,
  error,
  more,
  children,
}: PanelFormProps) {
  const { t } = useTranslation("ui");
  return (
    <form className={classes["form"]} onSubmit={onSubmit}>
      {children}
      <FormError error={error} />
      <div className={classes["buttons"]}>
        <Button type="submit" loading={busy} disabled={disabled ?? false}>
          {verb}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        {more}
      </div>
    </form>
  );
}

interface FormPartProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** What belongs together in a long form, below a heading to find it by. */
export function FormPart({ title, children }: FormPartProps) {
  return (
    <div className={classes["part"]}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

interface PanelResultProps {
  readonly onClose: () => void;
  /** "Done". */
  readonly verb: string;
  readonly children: ReactNode;
}

/** What a form in a side panel has made, to be read or copied before it closes. */
export function PanelResult({ onClose, verb, children }: PanelResultProps) {
  return (
    <div className={classes["form"]}>
      {children}
      <div className={classes["buttons"]}>
        <Button onClick={onClose}>{verb}</Button>
      </div>
    </div>
  );
}
