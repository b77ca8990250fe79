import { IconMessageQuestion } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { SettingsPage } from "../accounts/settings-page.tsx";
import { call, type Reply } from "../api.ts";
import { languageNames } from "../i18n.ts";
import { useMe } from "../session.ts";
import { Badge } from "../ui/badge.tsx";
import { useFormat } from "../ui/format.ts";
import { MissingPermission } from "../ui/guarded-button.tsx";
import { Note } from "../ui/note.tsx";
import classes from "../ui/rows.module.css";
import { Section } from "../ui/section.tsx";
import { EmptyState, ErrorState, LoadingRows } from "../ui/states.tsx";
import { useArticles } from "./article-query.ts";

type Answer = Reply<"GET /api/help/answers">["answers"][number];

/** What the people of the account said about the help: for its admins. */
export function AnswersPage() {
  const { can } = useMe();
  return (
    <SettingsPage page="help">
      {can("users.edit") ? (
        <Answers />
      ) : (
        <Note>
          <MissingPermission permission="users.edit" />
        </Note>
      )}
    </SettingsPage>
  );
}

function Answers() {
  const { t } = useTranslation("help");
  const { data, error, refetch } = useQuery({
    queryKey: ["help", "answers"],
    queryFn: ({ signal }) => call("GET /api/help/answers", {}, { signal }),
  });
  if (error !== null && data === undefined)
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingRows />;
  if (data.answers.length === 0) {
    return (
      <EmptyState icon={IconMessageQuestion} title={t("noAnswers")}>
        {t("noAnswersHelp")}
      </EmptyState>
    );
  }
  return (
    <Section title={t("answers")} aside={data.answers.length}>
      <ul className={classes["rows"]}>
        {data.answers.map((answer) => (
          <li key={`${answer.article}${answer.userName}${answer.at}`}>
            <AnswerRow answer={answer} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function AnswerRow({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation("help");
  const format = useFormat();
  const { article: slug, helpful, comment, userName, language, at } = answer;
  const title = useArticles().data?.find((article) => article.slug === slug)?.title ?? slug;
  return (
    <div className={classes["main"]}>
      <span className={classes["name"]}>
        <Link to="/help/$slug" params={{ slug }}>
          {title}
        </Link>
        <Badge tone={helpful ? "good" : "bad"}>{t(helpful ? "wasHelpful" : "wasNotHelpful")}</Badge>
      </span>
      {comment !== "" && <p>{comment}</p>}
      <span className={classes["detail"]}>
        {userName} · {languageNames[language]} · {format.date(at)}
      </span>
    </div>
  );
}
