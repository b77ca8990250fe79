/** Pieces of a file around bytes that are no UTF-8. */
export interface LegacyStatistics {
  readonly pieces: Buffer[];
  size: number;
}

const candidates = ["windows-1252", "windows-1250", "iso-8859-2"] as const;

/** Letters one expects in names of each encoding's own region. */
const expected = {
  "windows-1252": "åäöÅÄÖéÉüÜøØæÆèàáíóúñçëïßêâô",
  "windows-1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻščžřýáíéěůŠČŽŘőűöüäÖÜÄ",
  "iso-8859-2": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻščžřýáíéěůŠČŽŘőűöüäÖÜÄ",
} as const;

/**
 * Windows-1252, Windows-1250 or ISO-8859-2, judged by what their bytes would spell: å is a letter here and ĺ there,
 * ł inside a word would be ³ elsewhere. Undefined when nothing decides.
 */
export function guessLegacyEncoding(sample: Buffer): (typeof candidates)[number] | undefined {
  const scores = candidates.map((encoding) => score(sample, encoding));
  const best = Math.max(...scores);
  const winners = candidates.filter((_, i) => scores[i] === best);
  return winners.length === 1 || best > 0 ? winners[0] : undefined;
}

function score(sample: Buffer, encoding: (typeof candidates)[number]): number {
  const text = new TextDecoder(encoding).decode(sample);
  const letters = expected[encoding];
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] as string;
    if (letter.charCodeAt(0) < 0x80 || !touchesLetter(text, i)) continue;
    sum += letters.includes(letter) ? 2 : /\p{L}/u.test(letter) ? -1 : -3;
  }
  return sum;
}

function touchesLetter(text: string, at: number): boolean {
  return /[A-Za-z\u00c0-\u024f]/.test(`${text[at - 1] ?? ""}${text[at + 1] ?? ""}`);
}
