import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { currentLanguage } from "../i18n.ts";
import { FormError } from "../ui/states.tsx";
import classes from "./help.module.css";

/** "Was this helpful?" The answer is kept at once; a comment may follow. */
export function Helpful({ slug }: { readonly slug: string }) {
  const { t } = useTranslation("help");
  const [helpful, setHelpful] = useState<boolean | null>(null);
  const answer = useMutation({
    mutationFn: (said: { helpful: boolean; comment: string }) =>
      call("POST /api/help/answers", { article: slug, language: currentLanguage(), ...said }),
  });
  const say = (yes: boolean) => {
    setHelpful(yes);
    answer.mutate({ helpful: yes, comment: "" });
  };
  const commented = answer.isSuccess && answer.variables.comment !== "";
  return (
    <section className={classes["helpful"]} aria-label={t("helpful")}>
      <div className={classes["question"]}>
        <strong>{t("helpful")}</strong>
        <Button size="sm" variant="default" aria-pressed={helpful === true} onClick={() => say(true)}>
          {t("yes")}
        </Button>
        <Button size="sm" variant="default" aria-pressed={helpful === false} onClick={() => say(false)}>
          {t("no")}
        </Button>
      </div>
      <FormError error={answer.error} />
      <div role="status">{answer.isSuccess && t(commented ? "thanksComment" : "thanks")}</div>
      {helpful !== null && !commented && (
        <Comment
          helpful={helpful}
          busy={answer.isPending}
          onSend={(comment) => answer.mutate({ helpful, comment })}
        />
      )}
    </section>
  );
}

interface CommentProps {
  readonly helpful: boolean;
  readonly busy: boolean;
  readonly onSend: (comment: string) => void;
}

function Comment({ helpful, busy, onSend }: CommentProps) {
  const { t } = useTranslation("help");
  const [comment, setComment] = useState("");
  return (
    <form
      className={classes["comment"]}
      onSubmit={(event) => {
        event.preventDefault();
        onSend(comment.trim());
      }}
    >
      <Textarea
        label={t(helpful ? "commentGood" : "commentBad")}
        description={t("commentHelp")}
        maxLength={2000}
        autosize
        minRows={2}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={busy} disabled={comment.trim() === ""}>
        {t("send")}
      </Button>
    </form>
  );
}
