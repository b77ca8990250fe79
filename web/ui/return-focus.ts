import { type RefObject, useRef } from "react";

interface ReturnFocus {
  /** For the button that opens the menu. */
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly giveBack: () => void;
}

interface Opener {
  readonly remember: () => void;
  readonly giveBack: () => void;
}

/** Gives the focus back after a panel that is loaded when it is opened: once it is there, it cannot know what had it. */
export function useOpener(): Opener {
  const opener = useRef<Element>(null);
  return {
    remember: () => {
      opener.current = document.activeElement;
    },
    giveBack: () => void setTimeout(() => (opener.current as HTMLElement | null)?.focus()),
  };
}

/** Gives the focus back after a dialog that was opened from a menu, whose items are gone by then. */
export function useReturnFocus(): ReturnFocus {
  const button = useRef<HTMLButtonElement>(null);
  return { button, giveBack: () => void setTimeout(() => button.current?.focus()) };
}
