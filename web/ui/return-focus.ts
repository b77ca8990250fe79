import { type RefObject, useRef } from "react";

interface ReturnFocus {
  /** For the button that opens the menu. */
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly giveBack: () => void;
}

/** Gives the focus back after a dialog that was opened from a menu, whose items are gone by then. */
export function useReturnFocus(): ReturnFocus {
  const button = useRef<HTMLButtonElement>(null);
  return { button, giveBack: () => void setTimeout(() => button.current?.focus()) };
}
