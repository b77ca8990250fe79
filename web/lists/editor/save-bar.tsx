import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { everybody, type Filter, isEmpty } from "../../filters/filter-field.ts";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { ActionBar } from "../../ui/page.tsx";
import { FormError } from "../../ui/states.tsx";
import classes from "../lists.module.css";
import { previewQuery } from "./preview-query.ts";

/** What is still missing, as the key of a sentence. */
export function missing(name: string, unfiltered: boolean): "nameless" | "everybody" | undefined {
  if (unfiltered) return "everybody";
  return name.trim() === "" ? "nameless" : undefined;
}

interface SaveBarProps {
  readonly verb: string;
  readonly back: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly filter: Filter | undefined;
  /** What is still missing. */
  readonly missing: ReturnType<typeof missing>;
  readonly onSave: () => void;
}

/** How many match, and the two ways out. */
export function SaveBar({ verb, back, busy, error, filter, missing, onSave }: SaveBarProps) {
  const { t } = useTranslation("lists");
  return (
    <ActionBar start={error === null ? <Matching filter={filter} /> : <FormError error={error} />}>
      <Button size="lg" variant="default" renderRoot={(props) => <Link to={back} {...props} />}>
        {t("form.cancel")}
      </Button>
      <GuardedButton
        size="lg"
        permission="lists.edit"
        reason={missing && t(`form.${missing}`)}
        loading={busy}
        onClick={onSave}
      >
        {verb}
      </GuardedButton>
    </ActionBar>
  );
}

function Matching({ filter }: { readonly filter: Filter | undefined }) {
  const { t } = useTranslation("lists");
  const format = useFormat();
  const asked = filter !== undefined && !isEmpty(filter);
  const { data } = useQuery({ ...previewQuery(filter ?? everybody), enabled: asked });
  if (!asked) return null;
  const count = data?.total ?? 0;
  return (
    <span className={classes["dimmed"]}>
      {data === undefined ? "…" : t("form.match", { count, number: format.number(count) })}
    </span>
  );
}
