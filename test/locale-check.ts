/** Texts by language, then namespace, then key with its plural suffix ("left_few"); nested keys are joined by dots. */
export type Texts = Record<string, Record<string, Record<string, string>>>;

export interface Source {
  readonly path: string;
  readonly text: string;
}

const forms: Record<string, readonly string[]> = {
  en: ["one", "other"],
  sv: ["one", "other"],
  pl: ["one", "few", "many", "other"],
};
const SUFFIX = /_(one|few|many|other)$/;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;
const LITERAL = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;

/** What is wrong with the texts, in sentences: a language without a key or a plural form, a key unused or unknown. */
export function localeProblems(texts: Texts, sources: readonly Source[]): string[] {
  const mentions = sources.flatMap((source) => mentionsOf(source, namespacesOf(texts)));
  return [...missing(texts), ...unused(texts, mentions), ...unknown(texts, mentions)];
}

/** Nested objects of one file as flat keys. */
export function flatten(content: object, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(content).flatMap(([key, value]: [string, unknown]) =>
      typeof value === "object" && value !== null
        ? Object.entries(flatten(value, `${prefix}${key}.`))
        : [[prefix + key, String(value)]],
    ),
  );
}

function namespacesOf(texts: Texts): string[] {
  return [...new Set(Object.values(texts).flatMap((spaces) => Object.keys(spaces)))];
}

/** Keys without plural suffixes, and whether they have any, over all languages. */
function baseKeys(texts: Texts, namespace: string): Map<string, boolean> {
  const all = new Set(Object.values(texts).flatMap((spaces) => Object.keys(spaces[namespace] ?? {})));
  return new Map([...all].map((key) => (isPlural(key, all) ? [baseOf(key), true] : [key, false])));
}

function baseOf(key: string): string {
  return key.replace(SUFFIX, "");
}

function isPlural(key: string, all: ReadonlySet<string>): boolean {
  return SUFFIX.test(key) && all.has(`${baseOf(key)}_other`) && !isLone(baseOf(key), all);
}

/** "kind_other" without any sibling is a key that happens to end so. */
function isLone(base: string, all: ReadonlySet<string>): boolean {
  return !["one", "few", "many"].some((form) => all.has(`${base}_${form}`));
}

function missing(texts: Texts): string[] {
  return namespacesOf(texts).flatMap((namespace) =>
    [...baseKeys(texts, namespace)].flatMap(([key, plural]) =>
      Object.entries(texts).flatMap(([language, spaces]) => {
        const wanted = plural ? (forms[language] ?? []).map((form) => `${key}_${form}`) : [key];
        return [
          ...wanted
            .filter((name) => spaces[namespace]?.[name] === undefined)
            .map((name) => `${language} lacks ${namespace}:${name}`),
          ...strangeValues(texts, { language, namespace, keys: wanted }),
        ];
      }),
    ),
  );
}

interface Place {
  readonly language: string;
  readonly namespace: string;
  readonly keys: readonly string[];
}

function valuesIn(text: string): string[] {
  return [...text.matchAll(/{{\s*(\w+)/g)].map(([, name = ""]) => name);
}

/** A `{{value}}` that no English text has is a typing error: nobody fills it. */
function strangeValues(texts: Texts, { language, namespace, keys }: Place): string[] {
  const english = texts["en"]?.[namespace] ?? {};
  return keys.flatMap((key) => {
    const stem = baseOf(key);
    const known = Object.entries(english).filter(([other]) => other === key || baseOf(other) === stem);
    const allowed = new Set(["count", ...known.flatMap(([, text]) => valuesIn(text))]);
    return valuesIn(texts[language]?.[namespace]?.[key] ?? "")
      .filter((value) => !allowed.has(value))
      .map((value) => `${language} fills ${namespace}:${key} with {{${value}}}, which English does not have`);
  });
}

/** A text in the code that may name a key: `pattern` matches the keys; `namespace` is null where the code does not say. */
interface Mention {
  readonly path: string;
  readonly written: string;
  readonly namespaces: readonly string[];
  readonly pattern: RegExp;
  /** It can be nothing but a key. */
  readonly certain: boolean;
}

function mentionsOf({ path, text: code }: Source, namespaces: readonly string[]): Mention[] {
  const text = code.replace(COMMENT, "");
  const named = [...text.matchAll(/(?:useTranslation\(|TFunction<)"([\w-]+)"/g)].map(([, name = ""]) => name);
  // A file that is handed its `t` does not say whose texts it reads.
  const own = named.length === 0 && /\bt\(/.test(text) ? namespaces : [...new Set(named)];
  return literalsIn(text).flatMap(({ written, before }): Mention[] => {
    const [, space = "", rest = ""] = /^([a-z-]+):([^\s/].*)$/s.exec(written) ?? [];
    if (namespaces.includes(space)) {
      return partsOf(rest).map((key) => {
        return { path, written, namespaces: [space], pattern: patternOf(key), certain: isKeyLike(key) };
      });
    }
    if (own.length === 0 || !isKeyLike(written)) return [];
    const called = /(?<![\w.])t\(\s*$/.test(before);
    return [
      { path, written, namespaces: own, pattern: patternOf(written), certain: called && named.length > 0 },
    ];
  });
}

/** A notice is named by the stem of its two texts. */
function partsOf(key: string): string[] {
  return /^notice_\w+$/.test(key) ? [`${key}_title`, `${key}_text`] : [key];
}

interface Literal {
  readonly written: string;
  /** The code in front of it. */
  readonly before: string;
}

/** Texts in quotes, also those inside a template's `${…}`. */
function literalsIn(text: string): Literal[] {
  return [...text.matchAll(LITERAL)].flatMap((match) => {
    const written = match[1] ?? match[2] ?? match[3] ?? "";
    const before = text.slice(Math.max(0, match.index - 20), match.index);
    const inner = [...(match[3] ?? "").matchAll(/\$\{([^}]*)\}/g)].flatMap(([, code = ""]) =>
      literalsIn(code),
    );
    return [{ written, before }, ...inner];
  });
}

/** A template's `${…}` stands for anything, and so does what is appended to "reason_". */
function patternOf(written: string): RegExp {
  const parts = written
    .replace(/(?<=[_.])$/, "${}")
    .split(/\$\{[^}]*\}*\}?/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`);
}

function isKeyLike(written: string): boolean {
  return /^[\w.${}()[\]"?:|& -]+$/.test(written) && !/^\$\{[^}]*\}$/.test(written);
}

function unused(texts: Texts, mentions: readonly Mention[]): string[] {
  return namespacesOf(texts).flatMap((namespace) => {
    const near = mentions.filter(({ namespaces }) => namespaces.includes(namespace));
    return [...baseKeys(texts, namespace).keys()]
      .filter((key) => !near.some(({ pattern }) => pattern.test(key)))
      .map((key) => `nothing uses ${namespace}:${key}`);
  });
}

function unknown(texts: Texts, mentions: readonly Mention[]): string[] {
  const keys = new Map(namespacesOf(texts).map((space) => [space, [...baseKeys(texts, space).keys()]]));
  return mentions
    .filter(({ certain }) => certain)
    .filter(
      ({ namespaces, pattern }) =>
        !namespaces.some((space) => (keys.get(space) ?? []).some((key) => pattern.test(key))),
    )
    .map(({ path, written, namespaces }) => `${path} asks for ${namespaces.join(" or ")}: ${written}`);
}
