import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { Section } from "../ui/section.tsx";
import { EmptyState, ErrorState, LoadingRows } from "../ui/states.tsx";
import { type Article, searchArticles } from "./article.ts";
import { useArticles } from "./article-query.ts";
import { GetHelp } from "./get-help.tsx";
import classes from "./help.module.css";

/** All articles, and a search in their text. */
export function HelpPage() {
  const { t } = useTranslation("help");
  const { query = "" } = useSearch({ from: "/shell/help" });
  const navigate = useNavigate();
  const { data, error, refetch } = useArticles();
  return (
    <Page tinted>
      <PageHeader title={t("title")} subtitle={t("lead")} />
      <PageBody width={760}>
        <TextInput
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch {...icon} />}
          value={query}
          onChange={(event) => {
            const { value } = event.currentTarget;
            void navigate({ to: "/help", search: value === "" ? {} : { query: value }, replace: true });
          }}
        />
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <LoadingRows rows={6} />}
        {data !== undefined && <Found articles={searchArticles(data, query)} query={query} />}
        <GetHelp />
      </PageBody>
    </Page>
  );
}

function Found({ articles, query }: { readonly articles: readonly Article[]; readonly query: string }) {
  const { t } = useTranslation("help");
  const format = useFormat();
  return (
    <>
      <p role="status" className={classes["count"]}>
        {query !== "" && t("found", { count: articles.length, number: format.number(articles.length) })}
      </p>
      {articles.length === 0 ? (
        <EmptyState icon={IconSearch} title={t("nothing")}>
          {t("nothingHelp")}
        </EmptyState>
      ) : (
        <Section flush>
          <ul className={classes["list"]}>
            {articles.map(({ slug, title, summary, updated }) => (
              <li key={slug}>
                <Link to="/help/$slug" params={{ slug }}>
                  {title}
                </Link>
                <span>{summary}</span>
                <span className={classes["updated"]}>{t("updated", { date: format.dateLong(updated) })}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
