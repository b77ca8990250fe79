/** The texts of this language that any page may show, by file. */
export const texts = import.meta.glob<object>(
  [
    "./pl/*.json",
    "!./pl/accounts.json",
    "!./pl/calendar.json",
    "!./pl/cleanup.json",
    "!./pl/imports.json",
    "!./pl/usage.json",
    "!./pl/plans.json",
    "!./pl/operations.json",
    "!./pl/workflow*.json",
  ],
  { eager: true, import: "default" },
);
