import { Link } from "@tanstack/react-router";
import classes from "./shell.module.css";

/** The mark and the name, as the way home. */
export function Brand() {
  return (
    <Link to="/" className={classes["brand"]}>
      <Mark />
      Headroom
    </Link>
  );
}

export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" aria-hidden="true">
      <rect width="22" height="22" rx="6" fill="var(--primary)" />
      <path d="M6 16V9.5M11 16V12M16 16V9.5" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M5.5 5.7h11" stroke="#fff" strokeWidth="1.8" strokeLinecap="round" opacity=".6" />
    </svg>
  );
}
