import { Button } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { languages } from "../../contract/languages.ts";
import { languageNames, setLanguage } from "../i18n.ts";
import { Mark } from "../shell/brand.tsx";
import classes from "./gate.module.css";

interface GateProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** For forms with two fields beside each other. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The frame of pages outside the account: one card, and the languages, since nobody has chosen theirs yet. */
export function Gate({ title, lead, wide = false, children }: GateProps) {
  const { i18n } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Headroom`;
  }, [title]);
  return (
    <div className={classes["gate"]}>
      <header className={classes["brand"]}>
        <Mark />
        Headroom
      </header>
      <main className={classes["card"]} data-wide={wide || undefined}>
        <h1>{title}</h1>
        <div className={classes["lead"]}>{lead}</div>
        {children}
      </main>
      <footer className={classes["languages"]}>
        {languages.map((language) => (
          <Button
            key={language}
            variant="subtle"
            size="sm"
            lang={language}
            aria-pressed={i18n.language === language}
            onClick={() => void setLanguage(language)}
          >
            {languageNames[language]}
          </Button>
        ))}
      </footer>
    </div>
  );
}
