import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import type { KeyboardEvent } from "react";
import classes from "./theme.module.css";

/*
 * The look of everything, once. Colours are used through the roles of roles.css (`var(--dimmed)`, `var(--link)`…);
 * Mantine's own variables point at them, so both colour schemes follow.
 *
 * Buttons: `filled` (one a view), `default`, `subtle` (quiet), `transparent` (looks like a link); sizes sm 28, md 32
 * (as drawn, without a size), lg 36. `color="red"` only for what cannot be undone. Fields are 36 high.
 */

const palette = (shades: string): MantineColorsTuple => shades.split(" ") as unknown as MantineColorsTuple;

const colors = {
  petrol: palette("#ecf6f7 #d3eaed #a6d5da #73bcc4 #3f9fa9 #17808b #0b6b76 #095862 #08474f #06363d"),
  gray: palette("#f8f9fa #f2f4f6 #e7eaee #d8dde3 #bcc3cd #8b94a3 #616b7a #475061 #303845 #171c24"),
  dark: palette("#e6e9ee #c3c9d3 #98a1b0 #6b7484 #38414e #2a313c #222833 #191e26 #14181f #0f1217"),
  amber: palette("#fff6e3 #fdebc4 #f9d68c #f2bd52 #e3a32a #c4860f #a06906 #835404 #674203 #4d3102"),
  red: palette("#fdefee #fadbd8 #f5beba #f0a09a #ef8078 #cf4740 #c22f2a #a32521 #831e1b #631715"),
  green: palette("#eaf6ef #d2ecdd #a9d9bd #7fc79d #55b37d #2f9660 #1b7a48 #146239 #0f4d2d #0a3820"),
};

/** Enter in an open list chooses from it; it must not send the form that the field stands in. */
function keepEnter(event: KeyboardEvent<HTMLInputElement>): void {
  const open = event.currentTarget.getAttribute("aria-expanded") === "true";
  if (event.key === "Enter" && open) event.preventDefault();
}

/** What is typed marks the first match, so that Enter takes it. */
const searching = { selectFirstOptionOnChange: true, onKeyDown: keepEnter };

const fade = { transition: "fade" as const, duration: 120 };
const controls = { size: "sm" };

interface ButtonLook {
  readonly size?: string;
  readonly variant?: string;
  readonly color?: string;
}

const buttonSize = (height: number, padding: number, fontSize: number): Record<string, string> => ({
  "--button-height": `${height / 16}rem`,
  "--button-padding-x": `${padding}px`,
  "--button-fz": `${fontSize / 16}rem`,
});

const buttonSizes: Record<string, Record<string, string>> = {
  sm: buttonSize(28, 10, 13),
  md: buttonSize(32, 12, 13),
  lg: buttonSize(36, 16, 14),
};

const buttonInks: Record<string, Record<string, string>> = {
  subtle: { "--button-color": "var(--text-2)", "--button-hover": "var(--hover)" },
  transparent: { "--button-color": "var(--link)", "--button-padding-x": "8px" },
};

export const theme = createTheme({
  colors,
  primaryColor: "petrol",
  primaryShade: { light: 6, dark: 5 },
  black: "#171c24",
  fontFamily: '"Inter Variable", -apple-system, "Segoe UI", Roboto, Arial, sans-serif',
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.35", sm: "1.45", md: "1.45", lg: "1.5", xl: "1.4" },
  spacing: { xs: "0.25rem", sm: "0.5rem", md: "0.75rem", lg: "1rem", xl: "1.5rem" },
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "32px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.75rem" },
      h2: { fontSize: "0.875rem", lineHeight: "1.25rem" },
      h3: { fontSize: "0.8125rem", lineHeight: "1.125rem" },
    },
  },
  components: {
    Button: {
      defaultProps: { size: "md" },
      classNames: { root: classes["button"], section: classes["icon"] },
      vars: (_theme: unknown, { size, variant, color }: ButtonLook) => ({
        root: { ...buttonSizes[size ?? "md"], ...(color === undefined ? buttonInks[variant ?? ""] : {}) },
      }),
    },
    ActionIcon: {
      defaultProps: { variant: "subtle", color: "gray", size: 32 },
      classNames: { root: classes["action"] },
    },
    CloseButton: { classNames: { root: classes["close"] } },
    Anchor: { classNames: { root: classes["anchor"] } },
    Badge: { defaultProps: { variant: "light" } },
    Card: { classNames: { root: classes["card"] } },
    Input: { defaultProps: controls, classNames: { input: classes["input"] } },
    InputWrapper: {
      defaultProps: { ...controls, inputWrapperOrder: ["label", "input", "description", "error"] },
      classNames: { label: classes["label"], description: classes["help"], error: classes["error"] },
    },
    Checkbox: {
      defaultProps: { size: "xs", radius: "xs" },
      classNames: { input: classes["check"], label: classes["choice"], body: classes["choiceBody"] },
    },
    Radio: {
      defaultProps: { size: "xs" },
      classNames: { radio: classes["check"], label: classes["choice"], body: classes["choiceBody"] },
    },
    Select: { defaultProps: searching },
    MultiSelect: { defaultProps: searching, classNames: { inputField: classes["pillField"] } },
    TagsInput: { classNames: { inputField: classes["pillField"] } },
    Pill: { classNames: { root: classes["pill"] } },
    Switch: {
      defaultProps: { size: "sm", withThumbIndicator: false },
      classNames: { label: classes["choice"] },
    },
    SegmentedControl: {
      defaultProps: { size: "xs" },
      classNames: {
        root: classes["segments"],
        indicator: classes["segment"],
        label: classes["segmentLabel"],
      },
    },
    Menu: {
      defaultProps: {
        transitionProps: fade,
        radius: "md",
        offset: 4,
        position: "bottom-end",
        withInitialFocusPlaceholder: false,
        portalProps: { target: "#menus" },
      },
      classNames: {
        dropdown: classes["floating"],
        item: classes["option"],
        itemSection: classes["optionSection"],
        label: classes["optionLabel"],
        divider: classes["divider"],
      },
    },
    Combobox: {
      defaultProps: { transitionProps: fade, radius: "md", offset: 4 },
      classNames: { dropdown: classes["floating"], option: classes["option"] },
    },
    Popover: {
      defaultProps: { transitionProps: fade, radius: "md", offset: 6 },
      classNames: { dropdown: classes["floating"] },
    },
    Tooltip: {
      defaultProps: { transitionProps: fade, openDelay: 300 },
      classNames: { tooltip: classes["tooltip"] },
    },
    Modal: {
      defaultProps: { size: 600, radius: "lg", padding: 0, transitionProps: fade, centered: true },
      classNames: {
        content: classes["dialog"],
        header: classes["dialogHeader"],
        title: classes["dialogTitle"],
        overlay: classes["overlay"],
      },
    },
    Drawer: {
      defaultProps: { padding: 0, transitionProps: { duration: 120 } },
      classNames: { content: classes["drawer"], overlay: classes["overlay"] },
    },
    Table: {
      defaultProps: { fz: "sm", verticalSpacing: 0, horizontalSpacing: "sm" },
      classNames: { table: classes["table"], th: classes["th"], td: classes["td"] },
    },
    Progress: { defaultProps: { size: 6, radius: 3 }, classNames: { root: classes["track"] } },
    Skeleton: { classNames: { root: classes["skeleton"] } },
  },
});

const roles = {
  "--mantine-color-body": "var(--body)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-bright": "var(--text)",
  "--mantine-color-dimmed": "var(--dimmed)",
  "--mantine-color-placeholder": "var(--dimmed)",
  "--mantine-color-anchor": "var(--link)",
  "--mantine-color-error": "var(--bad-text)",
  "--mantine-color-success": "var(--good-text)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-disabled": "var(--sunken)",
  "--mantine-color-disabled-color": "var(--disabled)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-color-petrol-light": "var(--primary-soft)",
  "--mantine-color-petrol-light-hover": "var(--primary-soft)",
  "--mantine-color-petrol-light-color": "var(--primary-soft-text)",
  "--mantine-color-amber-light": "var(--wait-soft)",
  "--mantine-color-amber-light-color": "var(--wait-text)",
  "--mantine-color-red-light": "var(--bad-soft)",
  "--mantine-color-red-light-color": "var(--bad-text)",
  "--mantine-color-green-light": "var(--good-soft)",
  "--mantine-color-green-light-color": "var(--good-text)",
  "--mantine-color-gray-light": "var(--none-soft)",
  "--mantine-color-gray-light-color": "var(--none-text)",
};

/** Points Mantine's own colours at the roles, in both schemes. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: roles,
  dark: roles,
});
