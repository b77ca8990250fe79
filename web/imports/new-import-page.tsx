import { Progress } from "@mantine/core";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { queryClient } from "../query-client.ts";
import { useFormat } from "../ui/format.ts";
import { GuardedButton } from "../ui/guarded-button.tsx";
import { Page, PageBody, PageHeader } from "../ui/page.tsx";
import { Section } from "../ui/section.tsx";
import { ErrorState } from "../ui/states.tsx";
import { useOnward } from "../ui/use-still-here.ts";
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
  const onward = useOnward();
  const [share, setShare] = useState(0);
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile(file, setShare),
    onSuccess: async (view) => {
      queryClient.setQueryData(importQuery(view.id).queryKey, view);
      await queryClient.invalidateQueries({ queryKey: ["imports", "list"] });
      await onward({ to: "/imports/$importId", params: { importId: view.id } });
    },
  });
  const file = upload.variables;
  return (
    <Section>
      {upload.isError && <ErrorState title={t("new.refused", { file: file?.name })} error={upload.error} />}
      <DropZone onFile={(chosen) => upload.isPending || upload.mutate(chosen)}>
        {upload.isPending && file && <Uploading file={file} share={share} />}
      </DropZone>
    </Section>
  );
}

function Uploading({ file, share }: { readonly file: File; readonly share: number }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const label = t("new.uploading", { file: file.name, size: format.bytes(file.size) });
  return (
    <div className={classes["uploading"]} role="status">
      <span>{label}</span>
      <Progress value={share * 100} aria-label={label} />
    </div>
  );
}

interface DropZoneProps {
  readonly onFile: (file: File) => void;
  /** What is under way, instead of the invitation. */
  readonly children: ReactNode;
}

function DropZone({ onFile, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  return (
    <div
      className={classes["drop"]}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <IconFileSpreadsheet size={28} stroke={1.5} aria-hidden />
      {children || <Invitation onFiles={take} />}
    </div>
  );
}

function Invitation({ onFiles }: { readonly onFiles: (files: FileList | null) => void }) {
  const { t } = useTranslation("imports");
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <p>{t("new.drop")}</p>
      <GuardedButton permission="contacts.import" onClick={() => input.current?.click()}>
        {t("new.choose")}
      </GuardedButton>
      <p className={classes["dimmed"]}>{t("new.kinds")}</p>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.xlsx"
        className={classes["file"]}
        aria-label={t("new.choose")}
        tabIndex={-1}
        onChange={(event) => {
          onFiles(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
