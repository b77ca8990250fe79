import { parse } from "csv-parse/sync";
import { CSV_OPTIONS } from "./csv-parser.ts";
import { refuseFile } from "./file-refusal.ts";
import { MAX_COLUMNS } from "./limits.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;

type Delimiter = (typeof DELIMITERS)[number];

export interface Layout {
  readonly delimiter: Delimiter;
  /** Characters of the first line when it is Excel's `sep=;` and no record, else 0. */
  readonly hint: number;
}

/** The delimiter that cuts the first records into the same number of fields, the most of them. */
export function detectLayout(sample: string): Layout {
  const hint = /^sep=([,;|\t])\r?\n?/i.exec(sample);
  if (hint) return { delimiter: hint[1] as Delimiter, hint: hint[0].length };
  let best: Layout["delimiter"] = ",";
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const score = consistency(sample, delimiter);
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return { delimiter: best, hint: 0 };
}

function consistency(sample: string, delimiter: Delimiter): number {
  const counts = firstWidths(sample, delimiter);
  const width = counts[0] ?? 1;
  if (width < 2) return 0;
  return (
    (counts.filter((count) => count === width).length / counts.length) * 1000 + Math.min(width, 999) / 1000
  );
}

/** How many fields the first records have, blank ones left out. */
function firstWidths(sample: string, delimiter: Delimiter): number[] {
  const widths: number[] = [];
  try {
    parse(sample, {
      ...CSV_OPTIONS,
      delimiter,
      to: 50,
      skip_records_with_empty_values: true,
      on_record: (fields) => {
        widths.push(fields.length);
        return null;
      },
    });
  } catch {
    // The sample ends within quotes: the records before tell enough.
  }
  return widths;
}

/** Whether the first record names the columns: it does unless it already holds an address or a number. */
export function isHeader(fields: readonly string[]): boolean {
  return !fields.some(
    (field) => /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(field.trim()) || /^[+\d][\d\s.,:/-]*$/.test(field.trim()),
  );
}

/** The columns' names: trimmed, numbered where empty. Refuses too many, and names that occur twice. */
export function columnNames(header: readonly string[], line: number): string[] {
  if (header.length > MAX_COLUMNS)
    refuseFile("many_columns", { line, columns: header.length, limit: MAX_COLUMNS });
  const seen = new Map<string, number>();
  return header.map((raw, i) => {
    const name = raw.trim().replace(/\s+/g, " ").slice(0, 200);
    if (name === "") return `#${i + 1}`;
    const key = name.toLowerCase();
    const first = seen.get(key);
    if (first !== undefined) refuseFile("duplicate_column", { line, name, first, second: i + 1 });
    seen.set(key, i + 1);
    return name;
  });
}
