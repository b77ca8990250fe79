import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../api.ts";
import { useReturnFocus } from "../../ui/return-focus.ts";
import { showToast } from "../../ui/toast-store.ts";
import { type IndexState, shown, viewName } from "./use-index-state.ts";
import { useViewChange } from "./use-view-change.ts";
import { useViewLabel } from "./use-view-label.ts";
import { ViewDialog } from "./view-dialog.tsx";

interface Content extends Pick<ReturnType<typeof shown>, "filter" | "sort" | "columns"> {
  readonly viewId: string;
}

const keep = ({ columns, ...content }: Content) =>
  call("PATCH /api/views/:viewId", { ...content, columns: [...columns] });

function contentOf(viewId: string, { filter, sort, columns }: ReturnType<typeof shown>): Content {
  return { viewId, filter, sort, columns };
}

/**
 * Keeps what differs from the view: as a new one, or in the view, where everybody who sees it gets it, so that comes
 * second and can be taken back. Nothing to see while nothing differs.
 */
export function SaveView({ state }: { readonly state: IndexState }) {
  const { t } = useTranslation("contacts-index");
  const label = useViewLabel();
  const [naming, setNaming] = useState(false);
  const { button, giveBack } = useReturnFocus();
  const { view, changed } = state;
  const save = useViewChange(keep, (_, kept) => state.settle(kept));
  if (!changed || !view) return null;
  const name = label(view);
  const undo = { label: t("undoSave"), onClick: () => save.mutate(contentOf(view.id, shown({}, view))) };
  const saveIn = (): void =>
    save.mutate(contentOf(view.id, state), {
      onSuccess: () => showToast({ title: t("savedIn", { name }), action: undo }),
    });
  const close = () => {
    setNaming(false);
    giveBack();
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button ref={button} variant="transparent" loading={save.isPending}>
            {t("saveView")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setNaming(true)}>{t("saveAsNew")}</Menu.Item>
          <Menu.Item disabled={!view.editable} onClick={saveIn}>
            {t("saveIn", { name })}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => state.open(viewName(view))}>{t("resetView")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {naming && <ViewDialog opened onClose={close} state={state} title={t("saveAsNew")} name="" />}
    </>
  );
}
