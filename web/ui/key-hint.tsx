import classes from "./key-hint.module.css";

/** The key that does the same, such as "/". */
export function KeyHint({ children }: { readonly children: string }) {
  return (
    <kbd className={classes["key"]} aria-hidden>
      {children}
    </kbd>
  );
}
