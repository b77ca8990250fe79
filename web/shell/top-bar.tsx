import { ActionIcon } from "@mantine/core";
import { IconMenu2, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Bell } from "../accounts/notices/bell.tsx";
import { icon } from "../ui/icons.ts";
import { AccountMenu } from "./account-menu.tsx";
import { Brand } from "./brand.tsx";
import { SearchBox } from "./search-box.tsx";
import classes from "./shell.module.css";

export function TopBar({ onMenu }: { readonly onMenu: () => void }) {
  const { t } = useTranslation("shell");
  const [searching, setSearching] = useState(false);
  return (
    <header className={classes["top"]} data-searching={searching || undefined}>
      <ActionIcon
        className={classes["narrow"]}
        size={40}
        onClick={onMenu}
        aria-label={t("menu")}
        aria-haspopup="dialog"
      >
        <IconMenu2 {...icon} />
      </ActionIcon>
      <div className={classes["narrowBrand"]}>
        <Brand />
      </div>
      <SearchBox onLeave={() => setSearching(false)} />
      <div className={classes["topEnd"]}>
        <ActionIcon
          className={classes["narrow"]}
          size={40}
          aria-label={t("search")}
          onClick={() => {
            setSearching(true);
            requestAnimationFrame(() => document.getElementById("search")?.focus());
          }}
        >
          <IconSearch {...icon} />
        </ActionIcon>
        <Bell />
        <AccountMenu />
      </div>
    </header>
  );
}
