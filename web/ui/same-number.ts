/** "1204", "1 204", "1,204", "1.204" and those with no-break or thin spaces all mean 1204. */
export function sameNumber(typed: string, expected: number): boolean {
  const groups = typed.trim().split(/[\s.,'’]/u);
  const grouped = groups.length === 1 || groups.slice(1).every((group) => /^\d{3}$/.test(group));
  const digits = groups.join("");
  return grouped && /^\d+$/.test(digits) && Number(digits) === expected;
}
