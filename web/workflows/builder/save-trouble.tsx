import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { useErrorText } from "../../ui/states.tsx";
import classes from "./builder.module.css";
import { useBuilder } from "./state/builder-context.ts";

/** What stands in the way of saving, and the ways on. */
export function SaveTrouble() {
  const { autosave } = useBuilder();
  if (autosave.state === "conflict") return <Conflict />;
  return autosave.state === "failed" ? <Failed /> : null;
}

/** Two have edited at once: nothing is overwritten until somebody chooses. */
function Conflict() {
  const { t } = useTranslation("workflow-builder");
  const format = useFormat();
  const { autosave } = useBuilder();
  const { theirs, keepMine, takeTheirs } = autosave;
  return (
    <div className={classes["trouble"]}>
      <Note
        kind="error"
        title={t("conflict.title")}
        actions={
          theirs && (
            <>
              <Button size="sm" variant="default" onClick={() => takeTheirs()}>
                {t("conflict.theirs")}
              </Button>
              <Button size="sm" variant="default" onClick={keepMine}>
                {t("conflict.mine")}
              </Button>
            </>
          )
        }
      >
        {theirs &&
          t(theirs.changedBy === null ? "conflict.text" : "conflict.textBy", {
            name: theirs.changedBy,
            when: format.relative(theirs.changedAt),
          })}
      </Note>
    </div>
  );
}

function Failed() {
  const { t } = useTranslation("workflow-builder");
  const message = useErrorText();
  const { autosave } = useBuilder();
  return (
    <div className={classes["trouble"]}>
      <Note
        kind="error"
        title={t("failed")}
        actions={
          <Button size="sm" variant="default" onClick={autosave.retry}>
            {t("ui:retry")}
          </Button>
        }
      >
        {message(autosave.error)}
      </Note>
    </div>
  );
}
