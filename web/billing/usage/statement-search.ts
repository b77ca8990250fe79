/** Which period, by which property. */
export interface StatementSearch {
  readonly month?: string;
  readonly period?: string;
  readonly by?: string;
}

export function statementSearch(search: Record<string, unknown>): StatementSearch {
  const known = ["month", "period", "by"].flatMap((name) => {
    const value = search[name];
    return typeof value === "string" && value !== "" ? [[name, value]] : [];
  });
  return Object.fromEntries(known);
}
