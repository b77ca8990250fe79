import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ActionBar } from "../../ui/page.tsx";

interface StepBarProps {
  readonly onBack?: () => void;
  readonly onSkip?: () => void;
  /** Beside Cancel. */
  readonly more?: ReactNode;
  /** The one filled button. */
  readonly children: ReactNode;
}

/** Cancel and what is beside it on the left; Back, Skip and the way on at the right. Leaving keeps the draft. */
export function StepBar({ onBack, onSkip, more, children }: StepBarProps) {
  const { t } = useTranslation("cleanup");
  return (
    <ActionBar
      start={
        <>
          <Button
            size="lg"
            variant="subtle"
            color="gray"
            renderRoot={(props) => <Link {...props} to="/billing" search={{ tab: "usage" }} />}
          >
            {t("cancel")}
          </Button>
          {more}
        </>
      }
    >
      {onBack && (
        <Button size="lg" variant="default" onClick={onBack}>
          {t("back")}
        </Button>
      )}
      {onSkip && (
        <Button size="lg" variant="default" onClick={onSkip}>
          {t("skip")}
        </Button>
      )}
      {children}
    </ActionBar>
  );
}
