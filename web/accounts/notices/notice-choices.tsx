import { Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows, useErrorText } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast-store.ts";
import classes from "./notices.module.css";

const choicesKey = ["notice-choices"];

/** Which kinds of notices the person also gets by mail. All of them stay in the app. */
export function NoticeChoices() {
  const { t } = useTranslation("notices");
  const choices = useQuery({
    queryKey: choicesKey,
    queryFn: ({ signal }) => call("GET /api/notice-choices", {}, { signal }),
  });
  return (
    <Section title={t("byMail")}>
      {choices.isError && <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />}
      {choices.isPending && <LoadingRows rows={3} />}
      {choices.data?.mailSetUp === false && <Note>{t("noMail")}</Note>}
      <ul className={classes["choices"]}>
        {choices.data?.choices.map(({ kind, mail }) => (
          <li key={kind}>
            <Choice kind={kind} mail={mail} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Choice({ kind, mail }: { readonly kind: string; readonly mail: boolean }) {
  const { t } = useTranslation("notices");
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const choose = useMutation({
    mutationFn: (wanted: boolean) => call("PUT /api/notice-choices/:kind", { kind, mail: wanted }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: choicesKey }),
    onError: (error) => showToast({ title: errorText(error), tone: "bad" }),
  });
  return (
    <Switch
      label={t(`kind.${kind}`)}
      description={t(`kindHelp.${kind}`)}
      checked={choose.isPending ? choose.variables : mail}
      onChange={(event) => choose.mutate(event.currentTarget.checked)}
    />
  );
}
