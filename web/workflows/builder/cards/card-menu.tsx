import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowsMove, IconCopy, IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { icon } from "../../../ui/icons.ts";
import { movePlaces, moveScopes } from "../edits/change-steps.ts";
import type { Step } from "../edits/definition.ts";
import { useBuilder } from "../state/builder-context.ts";

/** What can be done with a step as a whole. */
export function CardMenu({ step, name }: { readonly step: Step; readonly name: string }) {
  const { t } = useTranslation("workflow-builder");
  const { open, duplicate, remove } = useBuilder();
  const copied = step.type !== "go_to" && step.type !== "end";
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size={28} aria-label={t("card.menu", { step: name })} className="nodrag nopan">
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => open({ kind: "step", id: step.id })}>
          {t("card.edit")}
        </Menu.Item>
        {copied && (
          <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => duplicate(step.id)}>
            {t("card.duplicate")}
          </Menu.Item>
        )}
        <MoveItems step={step} />
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => remove(step.id)}>
          {t("card.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function MoveItems({ step }: { readonly step: Step }) {
  const { t } = useTranslation("workflow-builder");
  const { open, definition } = useBuilder();
  return moveScopes(step).map((scope) => (
    <Menu.Item
      key={scope}
      leftSection={<IconArrowsMove {...icon} />}
      disabled={movePlaces(definition, step.id, scope).length === 0}
      onClick={() => open({ kind: "move", id: step.id, scope })}
    >
      {t(`card.move.${scope}`)}
    </Menu.Item>
  ));
}
