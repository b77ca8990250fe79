/** The languages everything a person reads exists in. */
export const languages = ["en", "sv", "pl"] as const;

export type Language = (typeof languages)[number];
