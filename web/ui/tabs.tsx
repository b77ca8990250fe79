import { Tabs as MantineTabs } from "@mantine/core";
import { Link, type LinkProps, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Sideways } from "./sideways.tsx";
import classes from "./tabs.module.css";

export interface Tab {
  readonly value: string;
  readonly label: ReactNode;
  /** Formatted, after the label. */
  readonly count?: ReactNode;
}

interface TabsProps {
  /** What the tabs choose between, for screen readers. */
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** Where no tab has it (they are still on their way, or it is gone) the content is shown all the same. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** After the last tab and always in reach, such as a button that adds a view. */
  readonly end?: ReactNode;
  /** What the chosen tab shows. */
  readonly children: ReactNode;
  /** Where the content fills the window (a table). */
  readonly fill?: boolean;
}

/**
 * Tabs over one piece of content; they scroll sideways where they do not fit. There is one panel for all of them: tabs
 * that arrive late do not build the content anew, with which an open panel or half a word would be lost.
 */
export function Tabs({ label, tabs, value, onChange, end, children, fill = false }: TabsProps) {
  const named = tabs.some((tab) => tab.value === value)
    ? {}
    : { "aria-labelledby": undefined, "aria-label": label };
  return (
    <MantineTabs
      value={value}
      onChange={(next) => next !== null && onChange(next)}
      keepMounted={false}
      className={fill ? (classes["fill"] ?? "") : ""}
      classNames={{ list: classes["list"] ?? "", tab: classes["tab"] ?? "" }}
    >
      <div className={classes["bar"]}>
        <Sideways chosen={value}>
          <MantineTabs.List aria-label={label}>
            {tabs.map((tab) => (
              <MantineTabs.Tab key={tab.value} value={tab.value}>
                {tab.label}
                {tab.count !== undefined && <span className={classes["count"]}>{tab.count}</span>}
              </MantineTabs.Tab>
            ))}
          </MantineTabs.List>
        </Sideways>
        {end !== undefined && <div className={classes["end"]}>{end}</div>}
      </div>
      <MantineTabs.Panel value={value} className={fill ? (classes["fill"] ?? "") : ""} {...named}>
        {children}
      </MantineTabs.Panel>
    </MantineTabs>
  );
}

interface TabLink {
  readonly to: NonNullable<LinkProps["to"]>;
  readonly label: ReactNode;
}

/** Tabs that are pages of their own, as in Settings. */
export function TabLinks({ label, links }: { readonly label: string; readonly links: readonly TabLink[] }) {
  const { pathname } = useLocation();
  return (
    <nav aria-label={label} className={classes["bar"]}>
      <Sideways chosen={pathname}>
        <ul className={classes["list"]}>
          {links.map(({ to, label: text }) => (
            <li key={to}>
              <Link to={to} className={classes["tab"]} activeProps={{ "aria-current": "page" }}>
                {text}
              </Link>
            </li>
          ))}
        </ul>
      </Sideways>
    </nav>
  );
}
