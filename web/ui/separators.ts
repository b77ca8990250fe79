/** What a language puts between thousands and before decimals; Polish and Swedish thousands have a no-break space. */
export function separatorsOf(language: string): { readonly group: string; readonly decimal: string } {
  const parts = new Intl.NumberFormat(language).formatToParts(1_234_567.8);
  const of = (type: string, otherwise: string) =>
    parts.find((part) => part.type === type)?.value ?? otherwise;
  return { group: of("group", " "), decimal: of("decimal", ".") };
}

/** Whether a language parts the thousands of this number: Polish writes 1500, and 15 000. */
export function isGrouped(language: string, value: number): boolean {
  return new Intl.NumberFormat(language).formatToParts(value).some(({ type }) => type === "group");
}
