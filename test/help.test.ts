import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lexer, type Token, type Tokens } from "marked";
import { describe, expect, test } from "vitest";
import { languages } from "#contract/languages.ts";
import { type Article, headingOf, plainText, readArticle, searchArticles } from "#web/help/article.ts";
import { articleSlugs, helpFor, helpPages, placeOf } from "#web/help/help-pages.ts";

// The articles are written by hand in each language; what a machine can see of them is seen here.
const web = join(import.meta.dirname, "../web");
const folder = join(web, "help/articles");
const read = (language: string, slug: string): Article =>
  readArticle(slug, readFileSync(join(folder, language, `${slug}.md`), "utf8"));
const all = languages.flatMap((language) => articleSlugs.map((slug) => [language, slug] as const));
const translated = all.filter(([language]) => language !== "en");

function anchorsOf({ body }: Article): string[] {
  const headings = lexer(body).filter((token): token is Tokens.Heading => token.type === "heading");
  return headings.map(({ text }) => headingOf(text).anchor ?? `no anchor: ${text}`);
}

interface Nested {
  readonly tokens?: Token[];
  readonly items?: Token[];
  readonly header?: { tokens: Token[] }[];
  readonly rows?: { tokens: Token[] }[][];
}

/** Every token of a text, with those inside others. */
function flat(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => {
    const { tokens: inner = [], items = [], header = [], rows = [] } = token as Nested;
    const cells = [...header, ...rows.flat()].flatMap((cell) => cell.tokens);
    return [token, ...flat(inner), ...flat(items), ...flat(cells)];
  });
}

/** The addresses that the router knows, as patterns. */
const paths = [...readFileSync(join(web, "routes.tsx"), "utf8").matchAll(/path: "([^"]+)"/g)].map(
  ([, path = ""]) => path,
);
const routes = paths.map((path) => new RegExp(`^${path.replace(/\$\w+/g, "[^/]+")}$`));
const isRoute = (path: string) => routes.some((route) => route.test(path));

/** Whether an address is a page of ours, and one into the help a place that exists in this language. */
function leadsSomewhere(language: string, href: string): boolean {
  const { pathname } = new URL(href, "https://crm.test");
  if (!href.startsWith("/") || !isRoute(pathname)) return false;
  if (!pathname.startsWith("/help/")) return true;
  const place = placeOf(href);
  if (place === undefined) return false;
  return place.anchor === undefined || anchorsOf(read(language, place.slug)).includes(place.anchor);
}

test("every language has exactly the articles that are listed", () => {
  const listed = new Set(articleSlugs.map((slug) => `${slug}.md`));
  for (const language of languages) expect(new Set(readdirSync(join(folder, language)))).toEqual(listed);
});

test.for(all)("%s/%s says what it is and when it was updated", ([language, slug]) => {
  const { title, summary, updated, body } = read(language, slug);
  expect(title).not.toBe("");
  expect(summary).toMatch(/[.?]$/);
  expect(new Date(updated).toISOString().slice(0, 10)).toBe(updated);
  expect(body.length).toBeGreaterThan(500);
});

test.for(translated)("%s/%s has the places of the English article, each once", ([language, slug]) => {
  const article = read(language, slug);
  const anchors = anchorsOf(article);
  expect(anchors).toEqual(anchorsOf(read("en", slug)));
  expect(new Set(anchors).size).toBe(anchors.length);
  expect(article.body).not.toBe(read("en", slug).body);
});

test.for(all)("the links of %s/%s lead somewhere", ([language, slug]) => {
  const tokens = flat(lexer(read(language, slug).body));
  const links = tokens.filter((token): token is Tokens.Link => token.type === "link");
  expect(links.map(({ href }) => href).filter((href) => !leadsSomewhere(language, href))).toEqual([]);
});

test.for(all)("%s/%s uses only what can be shown", ([language, slug]) => {
  const shown = "heading paragraph text strong em codespan link list list_item table space".split(" ");
  const types = new Set(flat(lexer(read(language, slug).body)).map(({ type }) => type));
  expect([...types].filter((type) => !shown.includes(type))).toEqual([]);
});

describe("pages with a help button", () => {
  test.for(helpPages)("$path has its article in all languages", ({ path, slug, anchor }) => {
    expect(isRoute(path.replace(":id", "7"))).toBe(true);
    const address = `/help/${slug}${anchor === undefined ? "" : `#${anchor}`}`;
    expect(languages.filter((language) => !leadsSomewhere(language, address))).toEqual([]);
  });

  // Before there is an account nobody has a page; the help is its own.
  const without = /^\/(sign-in|setup|invitation|reset-password|settings|help|help\/7)$/;

  test("are all pages of an account", () => {
    const pages = paths.map((path) => path.replace(/\$\w+/g, "7")).filter((path) => !without.test(path));
    expect(pages.filter((path) => helpFor(path) === undefined)).toEqual([]);
  });

  test("are found by their address", () => {
    expect(helpFor("/contacts/17")).toMatchObject({ anchor: "why" });
    expect(helpFor("/contacts/deleted")?.slug).toBe("billing-and-next-update");
    expect(helpFor("/nowhere")).toBeUndefined();
    expect(helpFor("/help")).toBeUndefined();
  });
});

describe("search", () => {
  const polish = articleSlugs.map((slug) => read("pl", slug));
  const found = (query: string) => searchArticles(polish, query).map(({ slug }) => slug);

  test("finds every word, with or without accents, titles first", () => {
    expect(found("listy")[0]).toBe("lists");
    expect(found("LACZY kontakty")).toEqual(["lists"]);
    expect(found("odnowienia rocznej")).toEqual(["billing-and-next-update"]);
    expect(found("qwerty")).toEqual([]);
    expect(found("  ")).toHaveLength(articleSlugs.length);
  });

  test("reads words, not marks or addresses", () => {
    const text = plainText(read("en", "set-as-non-marketing"));
    expect(text).not.toMatch(/[{}*#]|\/help\//);
    expect(text).toContain("Manage marketing contacts");
  });
});
