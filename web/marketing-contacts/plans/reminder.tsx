import { Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { Section } from "../../ui/section.tsx";
import { ErrorState, FormError, LoadingRows } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast-store.ts";
import classes from "./plans.module.css";
import { reminderQuery } from "./plans-query.ts";

const offered = [1, 2, 3, 5, 7, 10, 14];

/** Some days before each update: how many could still go. */
export function Reminder() {
  const { t } = useTranslation("cleanup");
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(reminderQuery);
  const save = useMutation({
    mutationFn: (reminderDays: number | null) => call("PUT /api/cleanup/reminder", { reminderDays }),
    onSuccess: (saved) => {
      queryClient.setQueryData(reminderQuery.queryKey, saved);
      showToast({ title: t("reminder.saved") });
    },
  });
  if (error !== null && data === undefined)
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingRows rows={2} />;
  const days = data.reminderDays;
  const all =
    days === null || offered.includes(days) ? offered : [...offered, days].toSorted((a, b) => a - b);
  return (
    <Section title={t("reminder.title")}>
      <Select
        label={t("reminder.label")}
        allowDeselect={false}
        data={[
          { value: "off", label: t("reminder.off") },
          ...all.map((count) => ({ value: String(count), label: t("reminder.on", { count }) })),
        ]}
        value={days === null ? "off" : String(days)}
        onChange={(value) => save.mutate(value === "off" || value === null ? null : Number(value))}
      />
      <p className={classes["about"]}>{t("reminder.text")}</p>
      <FormError error={save.error} />
    </Section>
  );
}
