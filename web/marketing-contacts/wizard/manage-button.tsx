import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { GuardedButton } from "../../ui/guarded-button.tsx";

/** The way into the wizard, for pages that show what could be cleaned; without the permission it says who grants it. */
export function ManageButton({ variant = "filled" }: { readonly variant?: "filled" | "default" }) {
  const { t } = useTranslation("cleanup");
  const navigate = useNavigate();
  return (
    <GuardedButton
      variant={variant}
      permission="marketing-contacts.edit"
      onClick={() => void navigate({ to: "/marketing-contacts/manage", search: {} })}
    >
      {t("manage")}
    </GuardedButton>
  );
}
