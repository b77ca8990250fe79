import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { type IndexState, viewName } from "./use-index-state.ts";
import { useViewChange } from "./use-view-change.ts";
import { useViewLabel } from "./use-view-label.ts";
import { ViewDialog } from "./view-dialog.tsx";

/** Keeps what differs from the view: in the view, or as a new one. Nothing to see while nothing differs. */
export function SaveView({ state }: { readonly state: IndexState }) {
  const { t } = useTranslation("contacts-index");
  const label = useViewLabel();
  const [naming, setNaming] = useState(false);
  const save = useViewChange(
    (viewId: string) => {
      const { filter, columns, sort } = state;
      return call("PATCH /api/views/:viewId", { viewId, filter, sort, columns: [...columns] });
    },
    (saved) => state.open(viewName(saved)),
  );
  const { view, changed } = state;
  if (!changed || !view) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="transparent" loading={save.isPending}>
            {t("saveView")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!view.editable} onClick={() => save.mutate(view.id)}>
            {t("saveIn", { name: label(view) })}
          </Menu.Item>
          <Menu.Item onClick={() => setNaming(true)}>{t("saveAsNew")}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => state.open(viewName(view))}>{t("resetView")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ViewDialog
        opened={naming}
        onClose={() => setNaming(false)}
        state={state}
        title={t("saveAsNew")}
        name=""
      />
    </>
  );
}
