/** What a language puts between thousands and before decimals; Polish and Swedish thousands have a no-break space. */
export function separatorsOf(language: string): { readonly group: string; readonly decimal: string } {
  const parts = new Intl.NumberFormat(language).formatToParts(1_234_567.8);
  const of = (type: string, otherwise: string) =>
    parts.find((part) => part.type === type)?.value ?? otherwise;
  return { group: of("group", " "), decimal: of("decimal", ".") };
}
