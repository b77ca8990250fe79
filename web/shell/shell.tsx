import { Drawer } from "@mantine/core";
import { Outlet, useLocation, useRouterState } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { HelpButton } from "../help/help-button.tsx";
import { useMe } from "../session.ts";
import { TimeZone } from "../ui/format.ts";
import { TitleAside } from "../ui/page.tsx";
import { SkipLink } from "../ui/skip-link.tsx";
import { Navigation } from "./navigation.tsx";
import classes from "./shell.module.css";
import { TopBar } from "./top-bar.tsx";

/** The frame around every page behind sign-in. */
export function Shell() {
  const { t } = useTranslation("shell");
  const { user } = useMe();
  const { pathname } = useLocation();
  const [menu, setMenu] = useState(false);
  const main = useRef<HTMLElement>(null);
  useFocusOnArrival(main);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(() => setMenu(false), [pathname]);
  return (
    <TimeZone value={user?.timeZone ?? "UTC"}>
      <div className={classes["app"]}>
        <SkipLink target="main">{t("skip")}</SkipLink>
        <div className={classes["side"]}>
          <Navigation />
        </div>
        <TopBar onMenu={() => setMenu(true)} />
        <main
          id="main"
          ref={main}
          tabIndex={-1}
          className={classes["main"]}
          data-scroll-restoration-id="main"
        >
          <TitleAside value={<HelpButton />}>
            <Outlet />
          </TitleAside>
          {/* Menus open here: they belong to the page, not beside its landmarks. */}
          <div id="menus" />
        </main>
      </div>
      <Drawer.Root opened={menu} onClose={() => setMenu(false)} size={264}>
        <Drawer.Overlay />
        <Drawer.Content aria-label={t("menu")}>
          <Navigation />
        </Drawer.Content>
      </Drawer.Root>
    </TimeZone>
  );
}

/** A new page takes the focus, so that the keyboard and screen readers start there; not where it has focused a field. */
function useFocusOnArrival(main: RefObject<HTMLElement | null>): void {
  // Not the address that is being gone to: until its page is drawn, the link that was followed still has the focus.
  const pathname = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const before = useRef(pathname);
  useEffect(() => {
    const arrived = before.current !== undefined && before.current !== pathname;
    before.current = pathname;
    if (arrived && !main.current?.contains(document.activeElement))
      main.current?.focus({ preventScroll: true });
  }, [main, pathname]);
}
