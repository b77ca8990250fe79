import { Button, Menu, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconChevronDown, IconListDetails, IconPencil } from "@tabler/icons-react";
import { type ComponentType, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDescribeFilter } from "../../filters/use-describe-condition.ts";
import { useFilterFields } from "../../filters/use-filter-fields.ts";
import { useFormat } from "../../ui/format.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { icon } from "../../ui/icons.ts";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { useReturnFocus } from "../../ui/return-focus.ts";
import { LazyEnrollDialog } from "../../workflows/enroll/lazy-enroll-dialog.tsx";
import type { BulkDialogProps } from "./bulk-dialog.ts";
import { type BulkAct, BulkMenu } from "./bulk-menu.tsx";
import classes from "./contacts-index.module.css";
import type { IndexState } from "./use-index-state.ts";
import type { Chosen } from "./use-selection.ts";

interface BulkBarProps {
  readonly state: IndexState;
  readonly chosen: Chosen;
  /** How many match. */
  readonly total: number | undefined;
}

/** What can be done with those who are ticked: above the table, at 390 px at the thumb. */
export function BulkBar({ state, chosen, total }: BulkBarProps) {
  const { t } = useTranslation("contacts-index");
  const format = useFormat();
  const narrow = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false });
  const { act, setAct, button, close } = useAct();
  const count = chosen.count ?? 0;
  return (
    <div className={classes["bulkBar"]} role="region" aria-label={t("selection")}>
      <span className={classes["bulkText"]}>
        <strong>
          {chosen.count === undefined ? "…" : t("selected", { count, number: format.number(count) })}
        </strong>
        <UnstyledButton className={classes["link"]} onClick={chosen.clear}>
          {t("clear")}
        </UnstyledButton>
        {narrow && <SelectEverything chosen={chosen} total={total} />}
      </span>
      <span className={classes["bulkActs"]}>
        {!narrow && <QuickActs onAct={setAct} />}
        <Menu position="bottom-end" width={294} withinPortal>
          <Menu.Target>
            <Button ref={button} variant="default" rightSection={<IconChevronDown {...icon} />}>
              {t("more")}
            </Button>
          </Menu.Target>
          <BulkMenu
            onAct={setAct}
            narrow={narrow ?? false}
            chosen={chosen}
            columns={state.columns}
            list={state.list}
          />
        </Menu>
        {narrow && (
          <GuardedButton permission="marketing-contacts.edit" onClick={() => setAct("non_marketing")}>
            {t("setNonMarketing")}
          </GuardedButton>
        )}
      </span>
      <Dialogs act={act} onClose={close} state={state} chosen={chosen} />
    </div>
  );
}

/** The list at 390 px has no head to tick. */
function SelectEverything({
  chosen,
  total = 0,
}: Pick<BulkBarProps, "chosen"> & { total?: number | undefined }) {
  const { t } = useTranslation("contacts-index");
  const format = useFormat();
  if (chosen.everything || total <= chosen.ids.size) return null;
  return (
    <UnstyledButton className={classes["link"]} onClick={chosen.selectEverything}>
      {t("selectAllMatching", { number: format.number(total) })}
    </UnstyledButton>
  );
}

/** What is done most often, where there is room beside the menu. */
function QuickActs({ onAct }: { readonly onAct: (act: BulkAct) => void }) {
  const { t } = useTranslation("contacts-index");
  const quiet = { variant: "subtle", color: "gray" } as const;
  return (
    <>
      <GuardedButton
        {...quiet}
        permission="contacts.edit"
        leftSection={<IconPencil {...icon} />}
        onClick={() => onAct("edit")}
      >
        {t("editProperty")}
      </GuardedButton>
      <GuardedButton
        {...quiet}
        permission="lists.edit"
        leftSection={<IconListDetails {...icon} />}
        onClick={() => onAct("add_to_list")}
      >
        {t("lists:add.button")}
      </GuardedButton>
    </>
  );
}

function useAct() {
  const [act, setAct] = useState<BulkAct | null>(null);
  const { button, giveBack } = useReturnFocus();
  const close = () => {
    setAct(null);
    giveBack();
  };
  return { act, setAct, button, close };
}

/*
 * Dialogs come when they are opened: whoever looks at contacts waits for none of them.
 */
const SetStatusDialog = lazyPart(
  async () => (await import("../../marketing-status/set-status-dialog.tsx")).SetStatusDialog,
);
const RemoveFromListDialog = lazyPart(
  async () => (await import("../../lists/members/remove-from-list-dialog.tsx")).RemoveFromListDialog,
);

/** Dialogs that need to know who is ticked, and nothing else. */
const dialogs: Partial<Record<BulkAct, ComponentType<BulkDialogProps>>> = {
  edit: lazyPart(async () => (await import("./edit-property-dialog.tsx")).EditPropertyDialog),
  add_to_list: lazyPart(
    async () => (await import("../../lists/members/add-to-list-dialog.tsx")).AddToListDialog,
  ),
  enroll: LazyEnrollDialog,
  opt_out: lazyPart(async () => (await import("./opt-out-dialog.tsx")).OptOutDialog),
  delete: lazyPart(async () => (await import("./delete-dialog.tsx")).DeleteDialog),
};

interface DialogsProps extends Omit<BulkBarProps, "total"> {
  readonly act: BulkAct | null;
  readonly onClose: () => void;
}

function Dialogs({ act, onClose, state, chosen }: DialogsProps) {
  const about = useAbout(state, chosen);
  const { selection, everybody, count = 0, clear } = chosen;
  const common = { opened: true, onClose, selection, about, everybody, count, onStarted: clear };
  if (act === "marketing" || act === "non_marketing") return <SetStatusDialog {...common} to={act} />;
  if (act === "remove_from_list")
    return state.list ? <RemoveFromListDialog {...common} list={state.list} /> : null;
  const Dialog = act === null ? undefined : dialogs[act];
  return Dialog ? <Dialog {...common} /> : null;
}

/** Who is selected, in words: the filter and the search, where all that match are meant. */
function useAbout(state: IndexState, { everything }: Chosen): string | undefined {
  const { t } = useTranslation("contacts-index");
  const describe = useDescribeFilter(useFilterFields());
  if (!everything) return undefined;
  const searched = state.query === "" ? "" : t("searched", { query: state.query });
  return [describe(state.asked.filter), searched].filter(Boolean).join(", ") || undefined;
}
