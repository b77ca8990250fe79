/** How every icon is drawn: `<IconHome {...icon} />`. */
export const icon = { size: 16, stroke: 1.5, "aria-hidden": true } as const;

/** Beside text of 12 and in small buttons. */
export const smallIcon = { size: 14, stroke: 1.5, "aria-hidden": true } as const;
