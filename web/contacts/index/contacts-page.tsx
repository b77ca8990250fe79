import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../session.ts";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { icon } from "../../ui/icons.ts";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { Page, PageHeader } from "../../ui/page.tsx";
import { useOpener } from "../../ui/return-focus.ts";
import { ErrorState } from "../../ui/states.tsx";
import { IndexMenu } from "../record/index-menu.tsx";
import classes from "./contacts-index.module.css";
import { ContactsView } from "./contacts-view.tsx";
import { countQuery } from "./index-queries.ts";
import { useIndexState } from "./use-index-state.ts";
import { ViewTabs } from "./view-tabs.tsx";

const CreateContactPanel = lazyPart(
  async () => (await import("../record/create-contact-panel.tsx")).CreateContactPanel,
);

/** CRM > Contacts: views as tabs, filters as chips, the table, and what can be done with those who are ticked. */
export function ContactsPage() {
  const { t } = useTranslation("contacts-index");
  const format = useFormat();
  const state = useIndexState();
  // Another view starts afresh; not by the view itself, which arrives when somebody may already be at work.
  const { view: named } = useSearch({ from: "/shell/contacts" });
  const all = useQuery(countQuery(state.all));
  return (
    <Page fill>
      <PageHeader
        title={t("title")}
        count={all.data ? format.number(all.data.total) : "…"}
        actions={<Actions />}
      />
      <ViewTabs state={state}>
        {state.missing ? (
          <div className={classes["notice"]}>
            <ErrorState
              error={null}
              title={t("viewGone")}
              onRetry={() => state.open(state.views[0]?.key ?? "all")}
            />
          </div>
        ) : (
          <ContactsView key={named} state={state} />
        )}
      </ViewTabs>
    </Page>
  );
}

function Actions() {
  const { t } = useTranslation("contacts-index");
  const { can } = useMe();
  return (
    <>
      <IndexMenu />
      {can("contacts.import") ? (
        <Button
          variant="default"
          className={classes["wide"] ?? ""}
          renderRoot={(props) => <Link to="/imports/new" {...props} />}
        >
          {t("import")}
        </Button>
      ) : (
        <GuardedButton
          permission="contacts.import"
          variant="default"
          className={classes["wide"] ?? ""}
          onClick={() => {}}
        >
          {t("import")}
        </GuardedButton>
      )}
      <Create />
    </>
  );
}

function Create() {
  const { t } = useTranslation("contacts-index");
  const [creating, setCreating] = useState(false);
  const [wanted, setWanted] = useState(false);
  const { remember, giveBack } = useOpener();
  return (
    <>
      <GuardedButton
        permission="contacts.edit"
        leftSection={<IconPlus {...icon} />}
        onClick={() => {
          remember();
          setWanted(true);
          setCreating(true);
        }}
      >
        {t("create")}
      </GuardedButton>
      {wanted && (
        <CreateContactPanel
          opened={creating}
          onClose={() => {
            setCreating(false);
            giveBack();
          }}
        />
      )}
    </>
  );
}
