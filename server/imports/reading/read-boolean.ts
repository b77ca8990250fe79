const YES = "true yes y 1 t on x ja j sant sann tak prawda";
const NO = "false no n 0 f off nej falskt falsk nie fałsz";
const words = new Map([
  ...YES.split(" ").map((word) => [word, "true"] as const),
  ...NO.split(" ").map((word) => [word, "false"] as const),
]);

/** Reads yes and no in the three languages and as spreadsheets write them. Undefined: neither. */
export function readBoolean(raw: string): "true" | "false" | undefined {
  return words.get(raw.trim().toLowerCase());
}
