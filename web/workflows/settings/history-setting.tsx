import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { NumberField } from "../../ui/number-field.tsx";
import { Section } from "../../ui/section.tsx";
import { ErrorState, FormError, LoadingRows } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast-store.ts";
import classes from "./history-setting.module.css";

const key = ["workflow-settings"];
const [LEAST_DAYS, MOST_DAYS] = [7, 3_650];

/** How long the history of workflows is kept. */
export function HistorySetting() {
  const { t } = useTranslation("workflow-history");
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call("GET /api/workflow-settings", {}, { signal }),
  });
  return (
    <Section title={t("keep.title")}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows rows={2} />}
      {data && <Form key={data.historyDays} historyDays={data.historyDays} />}
    </Section>
  );
}

function Form({ historyDays }: { readonly historyDays: number }) {
  const { t } = useTranslation("workflow-history");
  const queryClient = useQueryClient();
  const [days, setDays] = useState<number | string>(historyDays);
  const save = useMutation({
    mutationFn: () => call("PATCH /api/workflow-settings", { historyDays: Number(days) }),
    onSuccess: (saved) => {
      queryClient.setQueryData(key, saved);
      showToast({ title: t("keep.saved") });
    },
  });
  const fits = typeof days === "number" && days >= LEAST_DAYS && days <= MOST_DAYS;
  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) save.mutate();
      }}
    >
      <NumberField
        label={t("keep.days")}
        description={t("keep.help")}
        value={days}
        onChange={setDays}
        min={LEAST_DAYS}
        max={MOST_DAYS}
        allowDecimal={false}
        allowNegative={false}
      />
      <FormError error={save.error} />
      <div>
        <Button type="submit" loading={save.isPending} disabled={!fits}>
          {t("keep.save")}
        </Button>
      </div>
    </form>
  );
}
