import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconChevronDown,
  IconCopy,
  IconDots,
  IconEdit,
  IconFolder,
  IconPlayerPlay,
  IconPlayerStop,
  IconTrash,
  IconUserShare,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../../session.ts";
import { MissingPermission } from "../../ui/guarded-button.tsx";
import { icon } from "../../ui/icons.ts";
import { useReturnFocus } from "../../ui/return-focus.ts";
import type { OpenDialog, WorkflowDialog } from "../turn-on/dialog-props.ts";
import { useLackingReason, type WorkflowRow } from "../workflow-query.ts";

const pictures: Record<WorkflowDialog, typeof IconEdit> = {
  turnOn: IconPlayerPlay,
  turnOff: IconPlayerStop,
  rename: IconFolder,
  clone: IconCopy,
  takeOver: IconUserShare,
  delete: IconTrash,
};

/** What can still be done where the plan has no workflows any more: to end what there is. */
const ending: readonly WorkflowDialog[] = ["turnOff", "delete"];

interface WorkflowMenuProps {
  readonly workflow: WorkflowRow;
  readonly open: OpenDialog;
  /** On the workflow's own page, where it is a button with a word. */
  readonly onPage?: boolean;
}

/** What can be done with a workflow as a whole. What one may not do stays in sight; the menu says once why. */
export function WorkflowMenu({ workflow, open, onPage = false }: WorkflowMenuProps) {
  const { t } = useTranslation("workflows");
  const { can } = useMe();
  const { button, giveBack } = useReturnFocus();
  const allowed = can("workflows.edit");
  const lacking = useLackingReason();
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        {onPage ? (
          <Button ref={button} variant="default" rightSection={<IconChevronDown {...icon} />}>
            {t("menu.button")}
          </Button>
        ) : (
          <ActionIcon ref={button} variant="subtle" aria-label={t("menu.label", { name: workflow.name })}>
            <IconDots {...icon} />
          </ActionIcon>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {!onPage && <EditItem workflowId={workflow.id} />}
        <Items
          may={(kind) => allowed && (lacking === undefined || ending.includes(kind))}
          workflow={workflow}
          onPage={onPage}
          onOpen={(kind) => open(kind, workflow, giveBack)}
        />
        {(!allowed || lacking) && (
          <Menu.Label>{allowed ? lacking : <MissingPermission permission="workflows.edit" />}</Menu.Label>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function EditItem({ workflowId }: { readonly workflowId: string }) {
  const { t } = useTranslation("workflows");
  return (
    <Menu.Item
      leftSection={<IconEdit {...icon} />}
      renderRoot={(props) => <Link to="/workflows/$workflowId" params={{ workflowId }} {...props} />}
    >
      {t("menu.edit")}
    </Menu.Item>
  );
}

interface ItemsProps {
  readonly may: (kind: WorkflowDialog) => boolean;
  readonly workflow: WorkflowRow;
  readonly onPage: boolean;
  readonly onOpen: (kind: WorkflowDialog) => void;
}

function Items({ may, workflow, onPage, onOpen }: ItemsProps) {
  const { t } = useTranslation("workflows");
  const { user } = useMe();
  const { state } = workflow;
  const item = (kind: WorkflowDialog) => {
    const Picture = pictures[kind];
    return (
      <Menu.Item disabled={!may(kind)} leftSection={<Picture {...icon} />} onClick={() => onOpen(kind)}>
        {t(`menu.${kind}`)}
      </Menu.Item>
    );
  };
  return (
    <>
      {!onPage && item(state === "on" || state === "paused" ? "turnOff" : "turnOn")}
      {onPage && state === "paused" && item("turnOff")}
      {item("rename")}
      {item("clone")}
      {workflow.owner.id !== user?.id && item("takeOver")}
      <Menu.Divider />
      {item("delete")}
    </>
  );
}
