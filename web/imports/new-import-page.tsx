import { Button, Progress } from "@mantine/core";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { queryClient } from "../query-client.ts";
import { useFormat } from "../ui/format.ts";
import { GuardedButton } from "../ui/guarded-button.tsx";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { Section } from "../ui/section.tsx";
import { ErrorState } from "../ui/states.tsx";
import { importQuery } from "./import-query.ts";
import classes from "./imports.module.css";
import { uploadFile } from "./upload-file.ts";

/** Where a file is handed over; what it holds is decided on the page of the import. */
export function NewImportPage() {
  const { t } = useTranslation("imports");
  return (
    <Page tinted>
      <PageHeader
        title={t("new.title")}
        crumbs={[
          <Link key="contacts" to="/contacts">
            {t("contacts")}
          </Link>,
          <Link key="imports" to="/imports">
            {t("title")}
          </Link>,
        ]}
      />
      <PageBody width={760}>
        <Upload />
        <Section title={t("new.goodToKnow")}>
          <ul className={classes["tips"]}>
            {(["header", "nothing", "xlsx", "undo"] as const).map((tip) => (
              <li key={tip}>{t(`new.tip.${tip}`)}</li>
            ))}
          </ul>
        </Section>
      </PageBody>
    </Page>
  );
}

function Upload() {
  const { t } = useTranslation("imports");
  const navigate = useNavigate();
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState(0);
  const [over, setOver] = useState(false);
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile(file, setShare),
    onSuccess: async (view) => {
      queryClient.setQueryData(importQuery(view.id).queryKey, view);
      await queryClient.invalidateQueries({ queryKey: ["imports", "list"] });
      await navigate({ to: "/imports/$importId", params: { importId: view.id } });
    },
  });
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) upload.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const file = upload.variables;
  return (
    <Section>
      {upload.isError && <ErrorState title={t("new.refused", { file: file?.name })} error={upload.error} />}
      <div
        className={classes["drop"]}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconFileSpreadsheet size={28} stroke={1.5} aria-hidden />
        {upload.isPending && file ? (
          <div className={classes["uploading"]} role="status">
            <span>{t("new.uploading", { file: file.name, size: format.bytes(file.size) })}</span>
            <Progress
              value={share * 100}
              aria-label={t("new.uploading", { file: file.name, size: format.bytes(file.size) })}
            />
          </div>
        ) : (
          <>
            <p>{t("new.drop")}</p>
            <GuardedButton permission="contacts.import" onClick={() => input.current?.click()}>
              {t("new.choose")}
            </GuardedButton>
            <p className={classes["dimmed"]}>{t("new.kinds")}</p>
          </>
        )}
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx"
          className={classes["file"]}
          aria-label={t("new.choose")}
          tabIndex={-1}
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = "";
          }}
        />
      </div>
      {upload.isError && (
        <Button variant="default" onClick={() => upload.reset()} className={classes["again"] ?? ""}>
          {t("new.another")}
        </Button>
      )}
    </Section>
  );
}
