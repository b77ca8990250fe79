/** A help article as its file says it. */
export interface Article {
  readonly slug: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** The day this language's text was last worked on: 2026-11-22. */
  readonly updated: string;
  /** Markdown. Headings may end in {#anchor}, the same in every language. */
  readonly body: string;
}

/** Reads a file: three lines of facts between dashes, then Markdown. */
export function readArticle(slug: string, file: string): Article {
  const [, head = "", body = ""] = /^---\n(.*?)\n---\n(.*)$/s.exec(file.replaceAll("\r\n", "\n")) ?? [];
  const facts = new Map(
    head.split("\n").map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
  const fact = (name: string) => facts.get(name) ?? "";
  return { slug, title: fact("title"), summary: fact("summary"), updated: fact("updated"), body };
}

export interface Heading {
  readonly text: string;
  readonly anchor: string | undefined;
}

/** "Undo {#undo}" as its words and its anchor. */
export function headingOf(written: string): Heading {
  const [, text = written, anchor] = /^(.*?)\s*\{#([a-z][a-z-]*)\}$/.exec(written) ?? [];
  return { text, anchor };
}

/** The article's words without marks, for searching. */
export function plainText({ title, summary, body }: Article): string {
  const words = body
    .replace(/\{#[a-z-]+\}/g, "")
    .replace(/\]\([^)]*\)/g, "]")
    .replace(/[*`#[\]|>]|^-+|---/gm, " ");
  return `${title} ${summary} ${words}`.replace(/\s+/g, " ");
}

/** Folds case and accents, also those Unicode sees as letters of their own. */
function fold(text: string): string {
  return text.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
}

/** The articles in which every word is found, those with all of them in the title first. */
export function searchArticles(articles: readonly Article[], query: string): Article[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const hasAll = (text: string) => words.every((word) => fold(text).includes(word));
  const found = articles.filter((article) => hasAll(plainText(article)));
  return found.toSorted((a, b) => Number(hasAll(b.title)) - Number(hasAll(a.title)));
}
