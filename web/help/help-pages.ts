/** Every article, in the order of the help page. */
export const articleSlugs = [
  "using-marketing-contacts",
  "billing-and-next-update",
  "set-as-marketing",
  "set-as-non-marketing",
  "default-statuses",
  "lists",
  "imports",
  "workflows",
  "users-and-notices",
  "settings",
] as const;

export type ArticleSlug = (typeof articleSlugs)[number];

export interface HelpPlace {
  readonly slug: ArticleSlug;
  readonly anchor?: string;
}

/** Which article a page's help button opens: the first address that fits. `:id` is any one part. */
export const helpPages: readonly (HelpPlace & { readonly path: string })[] = [
  { path: "/", slug: "using-marketing-contacts" },
  { path: "/contacts", slug: "using-marketing-contacts" },
  { path: "/contacts/deleted", slug: "billing-and-next-update", anchor: "usage" },
  { path: "/contacts/:id", slug: "using-marketing-contacts", anchor: "why" },
  { path: "/lists", slug: "lists" },
  { path: "/lists/new", slug: "lists", anchor: "create" },
  { path: "/lists/:id", slug: "lists" },
  { path: "/lists/:id/edit", slug: "lists", anchor: "create" },
  { path: "/workflows", slug: "workflows" },
  { path: "/workflows/:id", slug: "workflows" },
  { path: "/imports", slug: "imports" },
  { path: "/imports/new", slug: "imports" },
  { path: "/imports/:id", slug: "imports", anchor: "check" },
  { path: "/operations", slug: "set-as-non-marketing", anchor: "undo" },
  { path: "/operations/:id", slug: "set-as-non-marketing", anchor: "undo" },
  { path: "/marketing-contacts/manage", slug: "set-as-non-marketing", anchor: "wizard" },
  { path: "/marketing-contacts/plans", slug: "set-as-non-marketing", anchor: "plans" },
  { path: "/billing", slug: "billing-and-next-update" },
  { path: "/billing/statement", slug: "billing-and-next-update", anchor: "usage" },
  { path: "/settings/account", slug: "billing-and-next-update", anchor: "calendar" },
  { path: "/settings/price-book", slug: "billing-and-next-update", anchor: "prices" },
  { path: "/settings/profile", slug: "users-and-notices", anchor: "profile" },
  { path: "/settings/users", slug: "users-and-notices" },
  { path: "/notices", slug: "users-and-notices", anchor: "notices" },
  { path: "/settings/mail", slug: "settings", anchor: "mail" },
  { path: "/settings/tokens", slug: "settings", anchor: "tokens" },
  { path: "/settings/properties", slug: "settings", anchor: "properties" },
  { path: "/settings/help", slug: "settings", anchor: "feedback" },
];

/** The article about the page at an address, or nothing. */
export function helpFor(pathname: string): HelpPlace | undefined {
  const parts = pathname.split("/");
  return helpPages.find(({ path }) => {
    const wanted = path.split("/");
    return wanted.length === parts.length && wanted.every((part, at) => part === ":id" || part === parts[at]);
  });
}

/** "/help/lists#create" as its place; nothing for any other address. */
export function placeOf(address: string): HelpPlace | undefined {
  const [, name, anchor] = /^\/help\/([a-z-]+)(?:#([a-z-]+))?$/.exec(address) ?? [];
  const slug = articleSlugs.find((known) => known === name);
  return slug && { slug, ...(anchor === undefined ? {} : { anchor }) };
}
