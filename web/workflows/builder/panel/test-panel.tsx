import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call } from "../../../api.ts";
import { contactName } from "../../../contacts/record/contact-name.ts";
import { FindContact } from "../../../contacts/record/find-contact.tsx";
import { Note } from "../../../ui/note.tsx";
import { ErrorState, LoadingRows } from "../../../ui/states.tsx";
import { useTestText } from "../cards/test-mark.tsx";
import { findStep } from "../edits/definition.ts";
import { numbersOf } from "../edits/outline.ts";
import { type TestRun, useBuilder } from "../state/builder-context.ts";
import { useBuilderWords } from "../state/use-builder-words.ts";
import classes from "./panel.module.css";
import { PanelFrame } from "./panel-frame.tsx";

/** Which way one contact would take as it is now. Nothing is done. */
export function TestPanel() {
  const { t } = useTranslation("workflow-builder");
  const { workflow, definition, test, setTest } = useBuilder();
  const run = useMutation({
    mutationFn: async (contactId: string) => {
      const [reply, contact] = await Promise.all([
        call("POST /api/workflows/:workflowId/test", { workflowId: workflow.id, definition, contactId }),
        call("GET /api/contacts/:contactId", { contactId }),
      ]);
      return { contact: { id: contactId, name: contactName(contact.properties) || contactId }, reply };
    },
    onSuccess: setTest,
  });
  return (
    <PanelFrame
      above={t("test.above")}
      title={t("test.title")}
      footer={
        test && (
          <Button variant="default" onClick={() => setTest(null)}>
            {t("test.another")}
          </Button>
        )
      }
    >
      <p className={classes["hint"]}>{t("test.help")}</p>
      {run.isError && <ErrorState error={run.error} />}
      {run.isPending && <LoadingRows />}
      {test ? (
        <Result test={test} />
      ) : (
        !run.isPending && <FindContact label={t("test.find")} onPick={(contactId) => run.mutate(contactId)} />
      )}
    </PanelFrame>
  );
}

function Result({ test: { contact, reply } }: { readonly test: TestRun }) {
  const { t } = useTranslation("workflow-builder");
  const { definition, open } = useBuilder();
  const words = useBuilderWords();
  const text = useTestText();
  const numbers = numbersOf(definition);
  const trigger = reply.trigger === null ? undefined : definition.triggers[reply.trigger];
  return (
    <div role="status" className={classes["result"]}>
      <p>
        <Link to="/contacts/$contactId" params={{ contactId: contact.id }}>
          {contact.name}
        </Link>
      </p>
      <Note kind={trigger ? "good" : "info"}>
        {trigger ? t("test.meets", { trigger: words.happening(trigger) }) : t("test.meetsNone")}
      </Note>
      <ol className={classes["path"]}>
        {reply.path.map((passed, place) => {
          const step = findStep(definition, passed.step);
          return step ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a loop passes a step again
            <li key={place}>
              <button type="button" onClick={() => open({ kind: "step", id: step.id })}>
                {numbers.get(step.id)}. {words.heading(step)}
              </button>
              <small>{text(step, passed)}</small>
            </li>
          ) : null;
        })}
        <li>
          <span>{t("end")}</span>
        </li>
      </ol>
    </div>
  );
}
