import { ActionIcon } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { icon } from "../ui/icons.ts";
import { lazyPart } from "../ui/lazy-part.tsx";
import { helpFor } from "./help-pages.ts";

const HelpPanel = lazyPart(async () => (await import("./help-panel.tsx")).HelpPanel);

/** Beside a page's title: opens the article about that page, in a panel that leaves the page where it is. */
export function HelpButton() {
  const { t } = useTranslation("help");
  const { pathname } = useLocation();
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  const place = helpFor(pathname);
  if (place === undefined) return null;
  return (
    <>
      <ActionIcon
        size={28}
        aria-label={t("button")}
        aria-haspopup="dialog"
        onClick={() => {
          setWanted(true);
          setOpened(true);
        }}
      >
        <IconHelpCircle {...icon} size={18} />
      </ActionIcon>
      {wanted && (
        <HelpPanel
          key={`${place.slug}${place.anchor}`}
          opened={opened}
          start={place}
          onClose={() => setOpened(false)}
        />
      )}
    </>
  );
}
