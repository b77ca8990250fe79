/** The texts of this language that any page may show, by file. */
export const texts = import.meta.glob<object>(
  [
    "./sv/*.json",
    "!./sv/accounts.json",
    "!./sv/calendar.json",
    "!./sv/cleanup.json",
    "!./sv/imports.json",
    "!./sv/usage.json",
    "!./sv/plans.json",
    "!./sv/operations.json",
    "!./sv/workflow*.json",
  ],
  { eager: true, import: "default" },
);
