import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "./confirm-dialog.tsx";

interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** As long as a name may be. */
const LONGEST = 100;

/** Asks for the name of something, first of all. */
export function NameField({ label, value, onChange }: NameFieldProps) {
  return (
    <TextInput
      label={label}
      data-autofocus
      required
      withAsterisk={false}
      maxLength={LONGEST}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface NameDialogProps {
  readonly title: string;
  readonly subtitle?: string;
  readonly verb: string;
  readonly label: string;
  /** The name to begin with. */
  readonly name: string;
  /** What carries it out, with the name without spaces around it. */
  readonly change: {
    readonly isPending: boolean;
    readonly error: unknown;
    readonly mutate: (name: string) => void;
  };
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** Renames something, or copies it under another name. */
export function NameDialog({
  title,
  subtitle,
  verb,
  label,
  name,
  change,
  onClose,
  children,
}: NameDialogProps) {
  const [typed, setTyped] = useState(name.slice(0, LONGEST));
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={title}
      {...(subtitle !== undefined && { subtitle })}
      verb={verb}
      busy={change.isPending}
      error={change.error}
      blocked={typed.trim() === ""}
      onConfirm={() => change.mutate(typed.trim())}
    >
      <NameField label={label} value={typed} onChange={setTyped} />
      {children}
    </ConfirmDialog>
  );
}
