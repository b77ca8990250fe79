import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import type { Workflow } from "../workflow-query.ts";
import classes from "../workflows.module.css";

interface ProblemsProps {
  readonly workflow: Workflow;
  readonly onGo: () => void;
}

/** What must be mended, each with the way to its step. */
export function Problems({ workflow: { id, problems, draft }, onGo }: ProblemsProps) {
  const { t } = useTranslation("workflows");
  const format = useFormat();
  const nameOf = (step: string) => draft.steps.find((one) => one.id === step)?.name;
  return (
    <>
      <Note kind="error">
        {t("turnOn.problems", { count: problems.length, number: format.number(problems.length) })}
      </Note>
      <ul className={classes["problems"]}>
        {problems.map(({ step, field, message }) => (
          <li key={`${step} ${field} ${message}`}>
            <span>
              {step !== null && nameOf(step) && <b>{nameOf(step)}: </b>}
              {message}
            </span>
            <Link
              to="/workflows/$workflowId"
              params={{ workflowId: id }}
              search={step === null ? {} : { step }}
              onClick={onGo}
            >
              {t(step === null ? "turnOn.open" : "turnOn.openStep")}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
