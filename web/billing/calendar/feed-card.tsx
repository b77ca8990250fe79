import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { CopyField } from "../../ui/copy-field.tsx";
import { useFormat } from "../../ui/format.ts";
import { Section } from "../../ui/section.tsx";
import { FormError } from "../../ui/states.tsx";
import classes from "./calendar.module.css";
import { feedQuery } from "./calendar-queries.ts";

/** Update dates in the person's own calendar, by a secret address that can be taken back. */
export function FeedCard() {
  const { t } = useTranslation("calendar");
  const format = useFormat();
  const queries = useQueryClient();
  const { data: feed } = useQuery(feedQuery);
  const keep = ({ since }: { since: string | null }) => queries.setQueryData(feedQuery.queryKey, { since });
  const make = useMutation({ mutationFn: () => call("POST /api/calendar/feed", {}), onSuccess: keep });
  const revoke = useMutation({
    mutationFn: () => call("DELETE /api/calendar/feed", {}),
    onSuccess: (shown) => {
      make.reset();
      keep(shown);
    },
  });
  if (feed === undefined) return null;
  const { since } = feed;
  return (
    <Section title={t("feed.title")}>
      <div className={classes["feed"]}>
        <p>{t("feed.help")}</p>
        {make.data !== undefined && (
          <>
            <CopyField label={t("feed.address")} value={`${window.location.origin}${make.data.path}`} />
            <p className={classes["quiet"]} role="status">
              {t("feed.once")}
            </p>
          </>
        )}
        {since !== null && make.data === undefined && (
          <p className={classes["quiet"]}>{t("feed.since", { date: format.date(since) })}</p>
        )}
        <div className={classes["buttons"]}>
          <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
            {t(since === null ? "feed.make" : "feed.renew")}
          </Button>
          {since !== null && (
            <Button variant="subtle" loading={revoke.isPending} onClick={() => revoke.mutate()}>
              {t("feed.revoke")}
            </Button>
          )}
        </div>
        <FormError error={make.error ?? revoke.error} />
      </div>
    </Section>
  );
}
