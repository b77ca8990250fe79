/** The texts of this language that only some pages show, by file. */
export const texts = import.meta.glob<object>(
  "./pl/{accounts,calendar,cleanup,imports,operations,plans,usage,workflow*}.json",
  {
    eager: true,
    import: "default",
  },
);
