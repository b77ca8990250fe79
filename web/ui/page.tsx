import { createContext, type ReactNode, useContext, useEffect } from "react";
import classes from "./page.module.css";

interface PageProps {
  /** Gray ground under cards; without it white, for tables that reach the edges. */
  readonly tinted?: boolean;
  /** Fills the window and scrolls inside itself (a table); without it the page scrolls. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** The frame of every page: PageHeader, then PageBody, Tabs or a table. */
export function Page({ tinted = false, fill = false, children }: PageProps) {
  return (
    <div className={classes["page"]} data-tinted={tinted || undefined} data-fill={fill || undefined}>
      {children}
    </div>
  );
}

/** What stands beside every page's title: the frame puts it there once for all pages. */
export const TitleAside = createContext<ReactNode>(null);

interface PageHeaderProps {
  readonly title: string;
  /** In the browser's tab, where it differs from the title. */
  readonly documentTitle?: string;
  /** The way back: `<Link>`s, separated by slashes here. */
  readonly crumbs?: readonly ReactNode[];
  /** A formatted number beside the title. */
  readonly count?: ReactNode;
  readonly badge?: ReactNode;
  readonly subtitle?: ReactNode;
  /** A size larger, where the title is the outcome (wizards). */
  readonly prominent?: boolean;
  /** Before the title, such as a large avatar. */
  readonly picture?: ReactNode;
  /** Buttons at the right; one of them `filled`. */
  readonly actions?: ReactNode;
}

export function PageHeader(props: PageHeaderProps) {
  const {
    title,
    documentTitle = title,
    crumbs = [],
    count,
    badge,
    subtitle,
    prominent,
    picture,
    actions,
  } = props;
  const aside = useContext(TitleAside);
  useEffect(() => {
    document.title = `${documentTitle} · Headroom`;
  }, [documentTitle]);
  return (
    <header className={classes["header"]} data-prominent={prominent}>
      {picture}
      <div className={classes["titles"]}>
        {crumbs.length > 0 && <Crumbs crumbs={crumbs} />}
        <div className={classes["title"]}>
          <h1>{title}</h1>
          {count !== undefined && <span className={classes["count"]}>{count}</span>}
          {badge}
          {aside}
        </div>
        {subtitle !== undefined && <p className={classes["subtitle"]}>{subtitle}</p>}
      </div>
      {actions !== undefined && <div className={classes["actions"]}>{actions}</div>}
    </header>
  );
}

function Crumbs({ crumbs }: { readonly crumbs: readonly ReactNode[] }) {
  return (
    <ol className={classes["crumbs"]}>
      {crumbs.map((crumb, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a crumb is its place
        <li key={place}>{crumb}</li>
      ))}
    </ol>
  );
}

interface PageBodyProps {
  /** A second, narrow column at the right (under the first at 390 px). */
  readonly aside?: ReactNode;
  /** Widest the content gets, in pixels; without it the whole width. */
  readonly width?: number;
  readonly children: ReactNode;
}

/** The page's margins, with 16 between its cards. */
export function PageBody({ aside, width, children }: PageBodyProps) {
  return (
    <div
      className={classes["body"]}
      data-aside={aside !== undefined || undefined}
      style={{ maxWidth: width }}
    >
      {aside === undefined ? children : <div className={classes["column"]}>{children}</div>}
      {aside !== undefined && <div className={classes["column"]}>{aside}</div>}
    </div>
  );
}

/** Stays at the bottom of a page: Cancel, Back, the one verb. At 390 px it is at the thumb. */
export function ActionBar({ start, children }: { readonly start?: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={classes["actionBar"]}>
      {start !== undefined && <div className={classes["actionStart"]}>{start}</div>}
      <div className={classes["actionEnd"]}>{children}</div>
    </div>
  );
}
