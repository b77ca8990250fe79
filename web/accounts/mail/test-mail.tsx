import { Button } from "@mantine/core";
import { useIsMutating, useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useMe } from "../../session.ts";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/section.tsx";
import { FormError } from "../../ui/states.tsx";
import classes from "../gate.module.css";
import { mailKey } from "./mail-settings.ts";

/** Sends a mail to the person's own address and shows what the server said. */
export function TestMail() {
  const { t } = useTranslation("mail");
  const { user } = useMe();
  // What is being saved is what is to be tried.
  const saving = useIsMutating({ mutationKey: mailKey }) > 0;
  const test = useMutation({ mutationFn: () => call("POST /api/mail-settings/test", {}) });
  return (
    <Section title={t("test")}>
      <div className={classes["form"]}>
        <p>{t("testHelp", { email: user?.email ?? "" })}</p>
        <div className={classes["buttons"]}>
          <Button variant="default" disabled={saving} loading={test.isPending} onClick={() => test.mutate()}>
            {t("testVerb")}
          </Button>
        </div>
        <FormError error={test.error} />
        <div role="status">
          {test.data && (
            <Note kind={test.data.outcome === "sent" ? "good" : "error"} title={test.data.message}>
              {test.data.answer !== "" && t("answer", { answer: test.data.answer })}
            </Note>
          )}
        </div>
      </div>
    </Section>
  );
}
