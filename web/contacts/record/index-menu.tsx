import { ActionIcon, Menu } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconChecklist, IconDots, IconTrash, IconUpload } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { GuardedItem } from "../../ui/guarded-item.tsx";
import { icon } from "../../ui/icons.ts";

/** What the contacts index leads to besides its table. */
export function IndexMenu() {
  const { t } = useTranslation("contact");
  const navigate = useNavigate();
  const narrow = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false });
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={t("bin.menu")}>
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {narrow && (
          // Beside the menu there is no room for its button.
          <GuardedItem
            permission="contacts.import"
            picture={IconUpload}
            onClick={() => void navigate({ to: "/imports/new" })}
          >
            {t("contacts-index:import")}
          </GuardedItem>
        )}
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
