import { IconHistory, IconHome, IconList, IconRoute, IconSettings, IconUsers } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { icon } from "../ui/icons.ts";
import { Brand } from "./brand.tsx";
import { HeadroomMeter } from "./headroom-meter.tsx";
import classes from "./shell.module.css";

/** Only what exists is listed. */
export function Navigation() {
  const { t } = useTranslation("shell");
  const active = { activeProps: { "aria-current": "page" as const }, className: classes["entry"] };
  return (
    <nav className={classes["nav"]} aria-label={t("navigation")}>
      <Brand />
      <Link to="/" activeOptions={{ exact: true }} {...active}>
        <IconHome {...icon} />
        {t("home")}
      </Link>
      <p className={classes["group"]}>{t("crm")}</p>
      <Link to="/contacts" {...active}>
        <IconUsers {...icon} />
        {t("contacts")}
      </Link>
      <Link to="/lists" {...active}>
        <IconList {...icon} />
        {t("lists")}
      </Link>
      <p className={classes["group"]}>{t("automations")}</p>
      <Link to="/workflows" {...active}>
        <IconRoute {...icon} />
        {t("workflows")}
      </Link>
      <div className={classes["gap"]} />
      <Link to="/operations" {...active}>
        <IconHistory {...icon} />
        {t("operations")}
      </Link>
      <div className={classes["end"]}>
        <HeadroomMeter />
        <Link to="/settings" {...active}>
          <IconSettings {...icon} />
          {t("settings")}
        </Link>
      </div>
    </nav>
  );
}
