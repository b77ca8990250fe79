import { useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { icon } from "../ui/icons.ts";
import { KeyHint } from "../ui/key-hint.tsx";
import classes from "./shell.module.css";

/** Searches contacts from every page; "/" leads here, Escape away. */
export function SearchBox({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation("shell");
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  useHotkeys([["/", () => input.current?.focus()]]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const query = input.current?.value.trim() ?? "";
    input.current?.blur();
    void navigate({ to: "/contacts", search: query === "" ? {} : { query } });
  };
  return (
    <search className={classes["search"]}>
      <form onSubmit={submit}>
        <IconSearch {...icon} />
        <input
          id="search"
          ref={input}
          type="search"
          enterKeyHint="search"
          autoComplete="off"
          aria-label={t("searchContacts")}
          aria-keyshortcuts="/"
          placeholder={t("searchContacts")}
          onBlur={onLeave}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <KeyHint>/</KeyHint>
      </form>
    </search>
  );
}
