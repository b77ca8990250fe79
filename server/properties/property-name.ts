const NAME = /^[a-z][a-z0-9_]*$/;
const MAX_LENGTH = 80;

/** A name made from a label: "Föredragen butik" becomes `foredragen_butik`. */
export function nameFromLabel(label: string): string {
  const letters = label
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[łøđßæœ]/gu, (letter) => spelledOut[letter] ?? "");
  const name = letters.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  const started = NAME.test(name) ? name : `property_${name}`.replace(/_+$/, "");
  return started.slice(0, MAX_LENGTH);
}

const spelledOut: Record<string, string> = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe" };

/** The name itself, or with the first number that makes it free. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) {
    const numbered = `${name}_${number}`;
    if (!taken.has(numbered)) return numbered;
  }
}
