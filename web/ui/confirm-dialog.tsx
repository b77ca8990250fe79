import { Button, Checkbox, CloseButton, Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./confirm-dialog.module.css";
import { FormError } from "./states.tsx";
import { TypedNumber } from "./typed-number.tsx";

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** One dimmed line below the title: what it is about. */
  readonly subtitle?: ReactNode;
  /** The verb of the button. */
  readonly verb: string;
  readonly onConfirm: () => void;
  readonly busy?: boolean;
  readonly error?: unknown;
  /** Red, only for what cannot be undone. */
  readonly destructive?: boolean;
  /** A number that must be typed first. */
  readonly typed?: number | undefined;
  /** A sentence that must be ticked first. */
  readonly tick?: string | undefined;
  /** Whom it is about, where that changes while it is open: the sentence is ticked for each anew. */
  readonly subject?: string;
  /** Why it cannot be confirmed, such as nothing to change: the verb is disabled. */
  readonly blocked?: boolean;
  /** At the left of the buttons. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** Tells the truth before a change: 600 wide, Cancel and a verb; fills the screen at 390 px. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, onClose, title, subtitle } = props;
  const { t } = useTranslation("ui");
  const narrow = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false });
  return (
    <Modal.Root opened={opened} onClose={onClose} fullScreen={narrow} size={600} centered>
      <Modal.Overlay />
      <Modal.Content className={classes["content"] ?? ""} radius={narrow ? 0 : "lg"}>
        <div className={classes["header"]}>
          <div className={classes["titles"]}>
            <Modal.Title>{title}</Modal.Title>
            {subtitle !== undefined && <p>{subtitle}</p>}
          </div>
          <CloseButton aria-label={t("close")} onClick={onClose} />
        </div>
        {opened && <Inside {...props} />}
      </Modal.Content>
    </Modal.Root>
  );
}

function Inside(props: ConfirmDialogProps) {
  const { onConfirm, busy = false, error, typed, tick, blocked = false, children } = props;
  const { answered, ticked, onTick, onTyped } = useAnswers(props);
  const ready = !blocked && answered;
  const { body, button } = useFocusWhenReady(ready && !busy, typed !== undefined);
  useFocusAfterwards();
  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) onConfirm();
      }}
    >
      <div ref={body} className={classes["body"]} tabIndex={-1} data-autofocus={waits(props) || undefined}>
        {children}
        {tick !== undefined && (
          <Checkbox label={tick} checked={ticked} onChange={(event) => onTick(event.currentTarget.checked)} />
        )}
        {typed !== undefined && <TypedNumber expected={typed} onChange={onTyped} />}
        <FormError error={error} />
      </div>
      <Footer {...props} ready={ready} button={button} />
    </form>
  );
}

/** What is asked may come, or become another number, while the dialog is open: it is asked all the same. */
function useAnswers({ typed, tick, subject = "" }: ConfirmDialogProps) {
  const [right, setRight] = useState<number | null>(null);
  const [tickedFor, setTickedFor] = useState<string | null>(null);
  const ticked = tickedFor === subject;
  return {
    answered: (typed === undefined || right === typed) && (tick === undefined || ticked),
    ticked,
    onTick: (isTicked: boolean) => setTickedFor(isTicked ? subject : null),
    onTyped: (isRight: boolean) => setRight(isRight && typed !== undefined ? typed : null),
  };
}

/** Its verb cannot take the focus yet, for instance while it counts, and there is nothing to type or tick. */
function waits({ blocked = false, typed, tick }: ConfirmDialogProps): boolean {
  return blocked && typed === undefined && tick === undefined;
}

/**
 * A disabled button takes no focus, so the dialog's body holds it until the verb can be used, or a number is asked for;
 * never the page behind.
 */
function useFocusWhenReady(ready: boolean, asks: boolean) {
  const body = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.activeElement !== body.current) return;
    const field = asks ? body.current?.querySelector<HTMLElement>("input[data-autofocus]") : null;
    (ready ? button.current : field)?.focus();
  }, [ready, asks]);
  return { body, button };
}

const RETURNED_MS = 200;

/** What opened it may have gone with what it did: then the page takes the focus, so that the keyboard stays in it. */
function useFocusAfterwards(): void {
  useEffect(
    () => () => {
      setTimeout(() => {
        if (document.activeElement === document.body)
          document.getElementById("main")?.focus({ preventScroll: true });
      }, RETURNED_MS);
    },
    [],
  );
}

interface FooterProps extends ConfirmDialogProps {
  readonly ready: boolean;
  readonly button: RefObject<HTMLButtonElement | null>;
}

function Footer(props: FooterProps) {
  const { onClose, verb, busy = false, destructive = false, typed, tick, footer, ready, button } = props;
  const { t } = useTranslation("ui");
  const plain = typed === undefined && tick === undefined;
  return (
    <div className={classes["footer"]}>
      {footer !== undefined && <div className={classes["footerStart"]}>{footer}</div>}
      <Button size="lg" variant="default" onClick={onClose}>
        {t("cancel")}
      </Button>
      <Button
        ref={button}
        size="lg"
        type="submit"
        color={destructive ? "red" : "petrol"}
        disabled={!ready}
        loading={busy}
        data-autofocus={(plain && ready) || undefined}
      >
        {verb}
      </Button>
    </div>
  );
}
