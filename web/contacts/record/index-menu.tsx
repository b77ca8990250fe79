import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { icon } from "../../ui/icons.ts";

/** What the contacts index leads to besides its table. */
export function IndexMenu() {
  const { t } = useTranslation("contact");
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={t("bin.menu")}>
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/contacts/deleted" leftSection={<IconTrash {...icon} />}>
          {t("bin.title")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
