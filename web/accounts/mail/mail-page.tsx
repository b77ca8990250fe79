import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useMe } from "../../session.ts";
import { useFormat } from "../../ui/format.ts";
import { Note } from "../../ui/note.tsx";
import { Facts, Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import { SettingsPage } from "../settings-page.tsx";
import { MailForm } from "./mail-form.tsx";
import { type MailSettings, mailKey } from "./mail-settings.ts";
import { TestMail } from "./test-mail.tsx";

/** How mail leaves the installation: for its operator. */
export function MailPage() {
  const { t } = useTranslation("mail");
  const { user } = useMe();
  return (
    <SettingsPage page="mail">
      {user?.operator === true ? <Mail /> : <Note>{t("operatorOnly")}</Note>}
    </SettingsPage>
  );
}

function Mail() {
  const { t } = useTranslation("mail");
  const { data, error, refetch } = useQuery({
    queryKey: mailKey,
    queryFn: ({ signal }) => call("GET /api/mail-settings", {}, { signal }),
  });
  if (error !== null && data === undefined)
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingRows />;
  return (
    <>
      {data.source === "none" && <Note title={t("none")}>{t("noneHelp")}</Note>}
      {data.source === "environment" ? <Fixed mail={data} /> : <MailForm key={data.source} mail={data} />}
      {data.source !== "none" && (
        <>
          <TestMail />
          <Sent notices={data.notices} />
        </>
      )}
    </>
  );
}

/** Set where the program is started; only shown. */
function Fixed({ mail }: { readonly mail: MailSettings }) {
  const { t } = useTranslation("mail");
  const { settings } = mail;
  if (settings === null) return null;
  const from =
    settings.fromName === "" ? settings.fromAddress : `${settings.fromName} <${settings.fromAddress}>`;
  return (
    <Section title={t("server")}>
      <Note>{t("environment")}</Note>
      <Facts
        facts={[
          { label: t("host"), value: `${settings.host}:${settings.port}` },
          { label: t("security"), value: t(`securityName.${settings.security}`) },
          { label: t("username"), value: settings.username || null },
          { label: t("from"), value: from },
          { label: t("baseUrl"), value: mail.defaultBaseUrl },
        ]}
      />
    </Section>
  );
}

function Sent({ notices }: { readonly notices: MailSettings["notices"] }) {
  const { t } = useTranslation("mail");
  const format = useFormat();
  return (
    <Section title={t("lately")}>
      <Facts
        facts={[
          { label: t("sent"), value: format.number(notices.sent) },
          { label: t("waiting"), value: format.number(notices.waiting) },
          { label: t("failed"), value: format.number(notices.failed) },
        ]}
      />
    </Section>
  );
}
