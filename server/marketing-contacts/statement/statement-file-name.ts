import type { Statement } from "./show-statement.ts";

/** Such as `statement-2026-11` or `statement-2026-11-15`, without an ending. */
export function statementFileName({ isMonth, firstDay }: Pick<Statement, "isMonth" | "firstDay">): string {
  return `statement-${isMonth ? firstDay.slice(0, 7) : firstDay}`;
}
