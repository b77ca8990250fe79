/** The texts of this language that any page may show, by file. */
export const texts = import.meta.glob<object>(
  [
    "./en/*.json",
    "!./en/accounts.json",
    "!./en/calendar.json",
    "!./en/cleanup.json",
    "!./en/imports.json",
    "!./en/usage.json",
    "!./en/plans.json",
    "!./en/operations.json",
    "!./en/workflow*.json",
  ],
  { eager: true, import: "default" },
);
