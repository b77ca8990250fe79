import type { ReactNode } from "react";
import classes from "./skip-link.module.css";

/** The first stop of the keyboard: past the navigation, to the content. */
export function SkipLink({ target, children }: { readonly target: string; readonly children: ReactNode }) {
  return (
    <a
      className={classes["skip"]}
      href={`#${target}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(target)?.focus();
      }}
    >
      {children}
    </a>
  );
}
