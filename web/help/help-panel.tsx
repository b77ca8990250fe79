import { Link, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SidePanel } from "../ui/side-panel.tsx";
import { useArticle } from "./article-query.ts";
import { ArticleView } from "./article-view.tsx";
import { type HelpPlace, placeOf } from "./help-pages.ts";

interface HelpPanelProps {
  readonly opened: boolean;
  readonly start: HelpPlace;
  readonly onClose: () => void;
}

/** An article beside the page. Links to other articles stay in the panel; links to screens close it. */
export function HelpPanel({ opened, start, onClose }: HelpPanelProps) {
  const { t } = useTranslation("help");
  const { history } = useRouter();
  const [place, setPlace] = useState(start);
  const { data } = useArticle(place.slug);
  const follow = (address: string) => {
    const next = placeOf(address);
    if (next !== undefined) return setPlace(next);
    onClose();
    history.push(address);
  };
  return (
    <SidePanel
      opened={opened}
      onClose={onClose}
      width={480}
      title={data?.title ?? t("title")}
      above={
        <Link to="/help" onClick={onClose}>
          {t("all")}
        </Link>
      }
    >
      {opened && <ArticleView place={place} prefix="panel-" follow={follow} />}
    </SidePanel>
  );
}
