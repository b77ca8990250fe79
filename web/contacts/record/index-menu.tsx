import { ActionIcon, Menu } from "@mantine/core";
import { IconChecklist, IconDots, IconTrash } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { GuardedItem } from "../../ui/guarded-item.tsx";
import { icon } from "../../ui/icons.ts";

/** What the contacts index leads to besides its table. */
export function IndexMenu() {
  const { t } = useTranslation("contact");
  const navigate = useNavigate();
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={t("bin.menu")}>
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <GuardedItem
          permission="marketing-contacts.edit"
          picture={IconChecklist}
          onClick={() => void navigate({ to: "/marketing-contacts/manage", search: {} })}
        >
          {t("manage")}
        </GuardedItem>
        <Menu.Item component={Link} to="/contacts/deleted" leftSection={<IconTrash {...icon} />}>
          {t("bin.title")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
