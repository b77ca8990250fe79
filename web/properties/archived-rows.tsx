import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { GuardedButton } from "../ui/guarded-button.tsx";
import classes from "../ui/rows.module.css";
import type { Property } from "./property-field.tsx";
import { Described } from "./property-rows.tsx";
import { usePropertyChange } from "./use-property-change.ts";

/** Properties out of use, each with the way back. */
export function ArchivedRows({ properties }: { readonly properties: readonly Property[] }) {
  return (
    <ul className={classes["rows"]}>
      {properties.map((property) => (
        <li key={property.name}>
          <Described property={property} />
          <Restore property={property} />
        </li>
      ))}
    </ul>
  );
}

function Restore({ property: { name, label } }: { readonly property: Property }) {
  const { t } = useTranslation("properties");
  const restore = usePropertyChange(() => call("POST /api/properties/:name/restore", { name }), {
    done: () => t("archived.restored", { name: label }),
    toastError: true,
  });
  return (
    <GuardedButton
      size="sm"
      variant="default"
      permission="properties.edit"
      loading={restore.isPending}
      onClick={() => restore.mutate(undefined)}
    >
      {t("archived.restore")}
    </GuardedButton>
  );
}
