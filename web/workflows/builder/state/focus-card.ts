const CARD = "data-card";

/** Marks what arrow keys go between. */
export const card = (id: string): { [CARD]: string } => ({ [CARD]: id });

export function focusCard(id: string): boolean {
  const found = document.querySelector<HTMLElement>(`[${CARD}="${CSS.escape(id)}"]`);
  found?.focus({ preventScroll: true });
  return found !== null;
}

/** Puts the focus on a card, row or plus once it is drawn. */
export function focusSoon(id: string): void {
  requestAnimationFrame(() => requestAnimationFrame(() => focusCard(id)));
}

export function focusedCard(): string | undefined {
  return document.activeElement?.getAttribute(CARD) ?? undefined;
}
