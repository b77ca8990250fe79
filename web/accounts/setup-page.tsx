import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { meQuery } from "../session.ts";
import { Note } from "../ui/note.tsx";
import { ErrorState, LoadingRows } from "../ui/states.tsx";
import { Gate } from "./gate.tsx";
import { SetupWizard } from "./setup-wizard.tsx";
import { useLinkSecret } from "./use-link-secret.ts";

/** The first set-up, opened by the one-time link that the first start printed. */
export function SetupPage() {
  const { t } = useTranslation("accounts");
  const token = useLinkSecret();
  const { data: me } = useQuery(meQuery);
  const link = useQuery({
    queryKey: ["setup-link", token],
    queryFn: () => call("POST /api/setup-link/check", { token }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (me?.setupNeeded === false) return <Navigate to="/" />;
  if (link.data?.valid) return <SetupWizard token={token} />;
  return (
    <Gate title={t("setup.title")}>
      {link.isPending && <LoadingRows rows={2} />}
      {link.isError && <ErrorState error={link.error} onRetry={() => void link.refetch()} />}
      {link.isSuccess && (
        <Note title={t("setup.linkNeeded")}>
          {t("setup.linkHelp")} <code>npx headroom setup-link</code>
        </Note>
      )}
    </Gate>
  );
}
