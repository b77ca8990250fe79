import { Button, Progress } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { useFormat } from "../ui/format.ts";
import { PageBody } from "../ui/page.tsx";
import { Section } from "../ui/section.tsx";
import { FormError } from "../ui/states.tsx";
import { type ImportView, importQuery } from "./import-query.ts";
import classes from "./imports.module.css";
import { ResultNumbers } from "./result.tsx";

/** While the file is read, or its rows are written: how far, and a way to stop. */
export function Working({ view }: { readonly view: ImportView }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const queries = useQueryClient();
  const running = view.state === "running";
  const cancel = useMutation({
    mutationFn: (operationId: string) => call("POST /api/operations/:operationId/cancel", { operationId }),
    onSuccess: () => queries.invalidateQueries({ queryKey: importQuery(view.id).queryKey }),
  });
  const title = t(running ? "working.running" : "working.reading");
  const { operationId } = view;
  return (
    <PageBody>
      <Section
        title={title}
        aside={
          running &&
          operationId !== null && (
            <Button
              size="sm"
              variant="default"
              loading={cancel.isPending}
              onClick={() => cancel.mutate(operationId)}
            >
              {t("working.cancel")}
            </Button>
          )
        }
      >
        <div className={classes["working"]} role="status">
          <Progress value={view.progress * 100} aria-label={title} />
          <span className={classes["dimmed"]}>
            {format.percent(view.progress)} · {t(running ? "working.runningHelp" : "working.readingHelp")}
          </span>
          <FormError error={cancel.error} />
        </div>
      </Section>
      {view.result && (
        <Section>
          <ResultNumbers tally={view.result} view={view} />
        </Section>
      )}
    </PageBody>
  );
}
