import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/format.ts";
import { ErrorState, LoadingRows } from "../ui/states.tsx";
import { useArticle } from "./article-query.ts";
import { GetHelp } from "./get-help.tsx";
import classes from "./help.module.css";
import type { HelpPlace } from "./help-pages.ts";
import { Helpful } from "./helpful.tsx";
import { Markdown } from "./markdown.tsx";

interface ArticleViewProps {
  readonly place: HelpPlace;
  /** Before its anchors: in a panel the page below has ids of its own. */
  readonly prefix?: string;
  readonly follow: (address: string) => void;
}

/** One article, when it was updated, whether it helped, and whom to ask. */
export function ArticleView({ place, prefix = "", follow }: ArticleViewProps) {
  const { t } = useTranslation("help");
  const format = useFormat();
  const { slug, anchor } = place;
  const { data, error, refetch } = useArticle(slug);
  useAnchor(data === undefined || anchor === undefined ? undefined : `${prefix}${anchor}`);
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingRows rows={5} />;
  return (
    <>
      <Markdown text={data.body} prefix={prefix} follow={follow} />
      <p className={classes["updated"]}>{t("updated", { date: format.dateLong(data.updated) })}</p>
      <Helpful key={slug} slug={slug} />
      <GetHelp />
    </>
  );
}

/** Goes to the place in the article once it is there. */
function useAnchor(id: string | undefined): void {
  useEffect(() => {
    if (id === undefined) return;
    const heading = document.getElementById(id);
    heading?.scrollIntoView({ block: "start" });
    heading?.focus({ preventScroll: true });
  }, [id]);
}
