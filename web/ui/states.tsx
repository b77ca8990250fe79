import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api.ts";
import { Note } from "./note.tsx";
import classes from "./states.module.css";

interface EmptyStateProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly title: string;
  /** One sentence that teaches. */
  readonly children: ReactNode;
  /** One button. */
  readonly action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes["empty"]}>
      <span className={classes["emptyIcon"]} aria-hidden>
        <Icon size={20} stroke={1.5} />
      </span>
      <strong>{title}</strong>
      <p>{children}</p>
      {action}
    </div>
  );
}

const widths = [
  [26, 46, 16],
  [34, 38, 20],
  [22, 50, 14],
  [30, 40, 18],
];

/** The shape of what is coming, shown after 200 ms so that fast answers do not flicker. */
export function LoadingRows({ rows = 4 }: { readonly rows?: number }) {
  const { t } = useTranslation("ui");
  const shown = useLater(200);
  return (
    <div
      className={classes["loading"]}
      role="status"
      aria-label={t("loading")}
      data-shown={shown || undefined}
    >
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical rows
        <div key={row} className={classes["loadingRow"]}>
          {widths[row % widths.length]?.map((width) => (
            <i key={width} style={{ width: `${width}%` }} />
          ))}
        </div>
      ))}
    </div>
  );
}

interface ErrorStateProps {
  readonly error: unknown;
  /** What could not be done, such as "These numbers could not be loaded." */
  readonly title?: string;
  readonly onRetry?: () => void;
}

/** What failed, why, and the way on. */
export function ErrorState({ error, title, onRetry }: ErrorStateProps) {
  const { t } = useTranslation("ui");
  const message = useErrorText();
  return (
    <Note
      kind="error"
      title={title ?? t("notLoaded")}
      actions={
        onRetry && (
          <Button size="sm" variant="default" onClick={onRetry}>
            {t("retry")}
          </Button>
        )
      }
    >
      <span className={classes["reason"]}>{message(error)}</span>
    </Note>
  );
}

/** A part of a page could not be fetched: the server does not answer, or has another version than the page. */
export class PartFailed extends Error {}

/** A sentence for anything thrown by `call`. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation("ui");
  return (error) => {
    if (error instanceof PartFailed) return t("partFailed");
    if (!(error instanceof ApiError)) return t("unknownError");
    if (error.code === "offline") return t("offline");
    return error.message === "" ? t("unknownError") : error.message;
  };
}

/** A field-sized refusal below a form's button. */
export function FormError({ error }: { readonly error: unknown }) {
  const message = useErrorText();
  if (error === null || error === undefined) return null;
  return (
    <p role="alert" className={classes["formError"]}>
      <IconAlertTriangle size={16} stroke={1.5} aria-hidden />
      {message(error)}
    </p>
  );
}

function useLater(milliseconds: number): boolean {
  const [past, setPast] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPast(true), milliseconds);
    return () => clearTimeout(timer);
  }, [milliseconds]);
  return past;
}
