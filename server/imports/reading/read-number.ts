/** Reads a number as people write it: `1 234,5`, `1.234,50`, `1,234.5`, `−5`, `12 %` is none. Undefined: no number. */
export function readNumber(raw: string, decimal: "," | "."): string | undefined {
  let text = raw.replace(/[\s\u00a0\u2007\u2009\u202f'’_]/g, "").replace(/^[−–]/, "-");
  text = text
    .replace(/^(-?)(?:kr|sek|pln|usd|eur|zł|€|\$|£)/i, "$1")
    .replace(/(?:kr\.?|sek|pln|usd|eur|zł|€|\$|£|:-)$/i, "");
  if (/^\(\d.*\)$/.test(text)) text = `-${text.slice(1, -1)}`;
  if (/^-?\d+$/.test(text)) return plain(text);
  if (/^-?\d+(\.\d+)?e[+-]?\d+$/i.test(text)) return finite(Number(text));
  const parts = /^(-?)([\d.,]*\d)$/.exec(text);
  if (!parts) return undefined;
  const [, sign, digits] = parts as unknown as [string, string, string];
  const point = decimalPoint(digits, decimal);
  const whole = point < 0 ? digits : digits.slice(0, point);
  if (!/^\d*$/.test(whole) && !/^\d{1,3}([.,])\d{3}(?:\1\d{3})*$/.test(whole)) return undefined;
  const fraction = point < 0 ? "" : `.${digits.slice(point + 1)}`;
  return plain(`${sign}${whole.replace(/[.,]/g, "") || "0"}${fraction}`);
}

/** Where the fraction begins, -1 without one. A lone mark before exactly three digits is what the file's locale says. */
function decimalPoint(digits: string, decimal: "," | "."): number {
  const comma = digits.lastIndexOf(",");
  const dot = digits.lastIndexOf(".");
  const at = Math.max(comma, dot);
  if (at < 0 || (comma >= 0 && dot >= 0)) return at;
  const mark = digits[at] as string;
  if (digits.indexOf(mark) !== at) return -1;
  const perhapsThousands = digits.length - at === 4 && at > 0 && at <= 3;
  return perhapsThousands && mark !== decimal ? -1 : at;
}

function plain(text: string): string | undefined {
  if (text.length > 40) return undefined;
  const negative = text.startsWith("-");
  const digits = (negative ? text.slice(1) : text).replace(/^0+(?=\d)/, "");
  const trimmed = digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
  return negative && trimmed !== "0" ? `-${trimmed}` : trimmed;
}

function finite(value: number): string | undefined {
  return Number.isFinite(value) && Math.abs(value) < 1e15 ? plain(value.toFixed(10)) : undefined;
}
