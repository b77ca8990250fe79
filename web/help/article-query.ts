import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Article, readArticle } from "./article.ts";
import { type ArticleSlug, articleSlugs } from "./help-pages.ts";

/** Each article of each language is a chunk of its own, fetched when it is read. */
const files = import.meta.glob<string>("./articles/*/*.md", { query: "?raw", import: "default" });

async function load(language: string, slug: ArticleSlug): Promise<Article> {
  const file = files[`./articles/${language}/${slug}.md`];
  if (file === undefined) throw new Error(`There is no article ${slug} in ${language}.`);
  return readArticle(slug, await file());
}

function articleQuery(language: string, slug: ArticleSlug) {
  return queryOptions({
    queryKey: ["help", "article", language, slug],
    queryFn: () => load(language, slug),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useArticle(slug: ArticleSlug) {
  const { i18n } = useTranslation();
  return useQuery(articleQuery(i18n.language, slug));
}

/** All articles of the language on screen: the help page lists and searches them. */
export function useArticles() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ["help", "articles", i18n.language],
    queryFn: () => Promise.all(articleSlugs.map((slug) => load(i18n.language, slug))),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
