import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { SettingsPage } from "../../accounts/settings-page.tsx";
import { call } from "../../api.ts";
import { useMe } from "../../session.ts";
import { smallIcon } from "../../ui/icons.ts";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/section.tsx";
import { ErrorState, LoadingRows } from "../../ui/states.tsx";
import classes from "./price-book.module.css";
import type { PricePage } from "./price-form.ts";
import { PricePanel } from "./price-panel.tsx";
import { PriceTable } from "./price-table.tsx";

/** The installation's prices by plan and currency: for its operator. */
export function PriceBookPage() {
  const { t } = useTranslation("prices");
  const { user } = useMe();
  return (
    <SettingsPage page="price-book">
      {user?.operator === true ? <Book /> : <Note>{t("operatorOnly")}</Note>}
    </SettingsPage>
  );
}

function Book() {
  const { t } = useTranslation("prices");
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ["price-book"],
    queryFn: ({ signal }) => call("GET /api/price-book", {}, { signal }),
  });
  if (error !== null && data === undefined)
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingRows />;
  const { pages } = data;
  const names = [...new Set(pages.map(({ plan }) => plan))];
  return (
    <>
      {pages.some(({ example }) => example) && <Note title={t("examples")}>{t("examplesHelp")}</Note>}
      {adding ? (
        <Section title={t("add")}>
          <PricePanel page={null} onClose={() => setAdding(false)} />
        </Section>
      ) : (
        <div>
          <Button onClick={() => setAdding(true)}>{t("add")}</Button>
        </div>
      )}
      {names.map((plan) => (
        <Plan key={plan} plan={plan} pages={pages.filter((page) => page.plan === plan)} />
      ))}
    </>
  );
}

interface PlanProps {
  readonly plan: PricePage["plan"];
  readonly pages: readonly PricePage[];
}

/** One plan's prices; those that nobody uses are closed at first, on a phone all, so that the plans are seen together. */
function Plan({ plan, pages }: PlanProps) {
  const { t: billing } = useTranslation("billing");
  const narrow = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false });
  const [opened, setOpened] = useState(!narrow && pages.some(({ accounts }) => accounts > 0));
  const [edited, setEdited] = useState<string | null>(null);
  const id = useId();
  return (
    <section className={classes["plan"]} aria-labelledby={id}>
      <h2 id={id}>
        <button type="button" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          <IconChevronDown {...smallIcon} />
          <span>{billing(`planName.${plan}`)}</span>
          <small>{pages.map(({ currency }) => currency).join(", ")}</small>
        </button>
      </h2>
      {opened && <PriceTable pages={pages} edited={edited} onEdit={setEdited} />}
    </section>
  );
}
