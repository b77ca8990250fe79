import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type Reply } from "../../api.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { FormError } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast-store.ts";
import classes from "./review.module.css";
import { spikeSettingsQuery } from "./review-queries.ts";

type Settings = Reply<"GET /api/spike-guard">;

export function SpikeSettings() {
  const { data } = useQuery(spikeSettingsQuery);
  return data && <Fields key={`${data.percent}/${data.contacts}`} settings={data} />;
}

/** The larger of the two is what a source may do in an hour. */
function Fields({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation("review");
  const queries = useQueryClient();
  const [percent, setPercent] = useState<number | string>(settings.percent);
  const [contacts, setContacts] = useState<number | string>(settings.contacts);
  const save = useMutation({
    mutationFn: () =>
      call("PATCH /api/spike-guard", { percent: Number(percent), contacts: Number(contacts) }),
    onSuccess: async (saved) => {
      queries.setQueryData(spikeSettingsQuery.queryKey, saved);
      showToast({ title: t("spike.saved"), tone: "good" });
    },
  });
  const field = { min: 0, allowDecimal: false, allowNegative: false, hideControls: true } as const;
  const isComplete = percent !== "" && contacts !== "";
  return (
    <>
      <div className={classes["settings"]}>
        <NumberField {...field} max={100} label={t("spike.percent")} value={percent} onChange={setPercent} />
        <NumberField
          {...field}
          max={1_000_000_000}
          label={t("spike.contacts")}
          value={contacts}
          onChange={setContacts}
        />
        <GuardedButton
          permission="marketing-contacts.edit"
          variant="default"
          loading={save.isPending}
          reason={isComplete ? undefined : t("spike.incomplete")}
          onClick={() => save.mutate()}
        >
          {t("spike.save")}
        </GuardedButton>
      </div>
      <p className={classes["dimmed"]}>{t("spike.help")}</p>
      <FormError error={save.error} />
    </>
  );
}
