import { Link, useLocation, useParams, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PageMissing } from "../shell/page-failed.tsx";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { Section } from "../ui/section.tsx";
import { useArticle } from "./article-query.ts";
import { ArticleView } from "./article-view.tsx";
import { type HelpPlace, placeOf } from "./help-pages.ts";

/** One article on a page of its own, with an address that can be passed on. */
export function ArticlePage() {
  const { slug } = useParams({ from: "/shell/help/$slug" });
  const { hash } = useLocation();
  const place = placeOf(`/help/${slug}${hash === "" ? "" : `#${hash}`}`) ?? placeOf(`/help/${slug}`);
  return place === undefined ? <PageMissing /> : <OneArticle key={place.slug} place={place} />;
}

function OneArticle({ place }: { readonly place: HelpPlace }) {
  const { t } = useTranslation("help");
  const { history } = useRouter();
  const { data } = useArticle(place.slug);
  return (
    <Page tinted>
      <PageHeader
        title={data?.title ?? ""}
        subtitle={data?.summary}
        crumbs={[
          <Link key="help" to="/help">
            {t("title")}
          </Link>,
        ]}
      />
      <PageBody width={760}>
        <Section>
          <ArticleView place={place} follow={(address) => history.push(address)} />
        </Section>
      </PageBody>
    </Page>
  );
}
