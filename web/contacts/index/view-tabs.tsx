import { ActionIcon } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { icon } from "../../ui/icons.ts";
import { useReturnFocus } from "../../ui/return-focus.ts";
import { type Tab, Tabs } from "../../ui/tabs.tsx";
import { countQuery, type View } from "./index-queries.ts";
import { type IndexState, viewName } from "./use-index-state.ts";
import { useViewLabel } from "./use-view-label.ts";
import { ViewDialog } from "./view-dialog.tsx";
import { ViewMenu } from "./view-menu.tsx";

/** While the views are on their way, or where the one that is named is gone. */
const NO_VIEW = "none";

interface ViewTabsProps {
  readonly state: IndexState;
  readonly children: ReactNode;
}

/** The saved views as tabs, "+" for another, and a menu for the open one. */
export function ViewTabs({ state, children }: ViewTabsProps) {
  const { t } = useTranslation("contacts-index");
  const [adding, setAdding] = useState(false);
  const { button, giveBack } = useReturnFocus();
  const tabs = useTabs(state);
  return (
    <>
      <Tabs
        fill
        label={t("views")}
        tabs={tabs}
        value={state.view ? viewName(state.view) : NO_VIEW}
        onChange={state.open}
        end={
          <>
            <ActionIcon
              ref={button}
              variant="subtle"
              aria-label={t("newView")}
              onClick={() => setAdding(true)}
            >
              <IconPlus {...icon} />
            </ActionIcon>
            {state.view && <ViewMenu state={state} view={state.view} />}
          </>
        }
      >
        {children}
      </Tabs>
      {adding && (
        <ViewDialog
          opened
          onClose={() => {
            setAdding(false);
            giveBack();
          }}
          state={state}
          title={t("newView")}
          name=""
        />
      )}
    </>
  );
}

/** Only views whose number is news are counted unasked: the open one and those who wait. */
function useTabs({ views, view }: IndexState): Tab[] {
  const format = useFormat();
  const label = useViewLabel();
  const counted = (each: View) => each.key === "waiting" || (each.id === view?.id && each.key !== "all");
  const counts = useQueries({
    queries: views.map((each) => ({
      ...countQuery({ filter: each.filter, query: "" }),
      enabled: counted(each),
    })),
  });
  return views.map((each, place) => {
    const total = counts[place]?.data?.total;
    return {
      value: viewName(each),
      label: label(each),
      ...(counted(each) && total !== undefined && { count: format.number(total) }),
    };
  });
}
