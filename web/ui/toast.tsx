import { Progress, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconX } from "@tabler/icons-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "./format.ts";
import { icon, smallIcon } from "./icons.ts";
import classes from "./toast.module.css";
import { closeToast, type Toast, toasts } from "./toast-store.ts";

const LASTS_MS = 8_000;

/** Where toasts appear: bottom right, read out politely. Rendered once, in main.tsx. */
export function Toasts() {
  const list = useSyncExternalStore(toasts.subscribe, toasts.read);
  return (
    <div className={classes["region"]} role="status" aria-live="polite">
      {list.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { t } = useTranslation("ui");
  const [held, setHeld] = useState(false);
  const { id, title, detail, progress, tone = "good", action } = toast;
  const running = progress !== undefined;
  useEffect(() => {
    if (running || held || tone === "bad") return undefined;
    const timer = setTimeout(() => closeToast(id), LASTS_MS);
    return () => clearTimeout(timer);
  }, [id, running, held, tone]);
  return (
    <div
      className={classes["toast"]}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {!running && (tone === "good" ? <IconCheck {...icon} /> : <IconAlertTriangle {...icon} />)}
      <div className={classes["text"]}>
        <strong>{title}</strong>
        {progress && <ToastProgress progress={progress} label={title} />}
        {detail && <p>{detail}</p>}
      </div>
      {action && (
        <UnstyledButton
          className={classes["action"]}
          onClick={() => {
            action.onClick();
            if (!running) closeToast(id);
          }}
        >
          {action.label}
        </UnstyledButton>
      )}
      <UnstyledButton className={classes["close"]} aria-label={t("close")} onClick={() => closeToast(id)}>
        <IconX {...smallIcon} />
      </UnstyledButton>
    </div>
  );
}

function ToastProgress({
  progress,
  label,
}: {
  readonly progress: Toast["progress"] & object;
  readonly label: string;
}) {
  const { t } = useTranslation("ui");
  const format = useFormat();
  const { done, total } = progress;
  return (
    <>
      <Progress.Root className={classes["progress"] ?? ""} size={6}>
        <Progress.Section
          value={total === 0 ? 0 : (100 * done) / total}
          aria-label={label}
          className={classes["bar"] ?? ""}
        />
      </Progress.Root>
      <p>{t("progress", { done: format.number(done), total: format.number(total) })}</p>
    </>
  );
}
