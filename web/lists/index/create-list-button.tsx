import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../../session.ts";
import { GuardedButton } from "../../ui/guarded-button.tsx";
import { icon } from "../../ui/icons.ts";

/** Leads to a new list, in the folder that is open. */
export function CreateListButton({ folder }: { readonly folder: string | undefined }) {
  const { t } = useTranslation("lists");
  const { can } = useMe();
  const search = folder === undefined || folder === "top" ? {} : { folder };
  if (!can("lists.edit"))
    return (
      <GuardedButton permission="lists.edit" onClick={() => {}}>
        {t("create")}
      </GuardedButton>
    );
  return (
    <Button
      leftSection={<IconPlus {...icon} />}
      renderRoot={(props) => <Link to="/lists/new" search={search} {...props} />}
    >
      {t("create")}
    </Button>
  );
}
