import { Button, CopyButton, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./copy-field.module.css";
import { smallIcon } from "./icons.ts";

/** Something to take along, such as a link or a token, with a button that copies it. */
export function CopyField({ label, value }: { readonly label: string; readonly value: string }) {
  const { t } = useTranslation("ui");
  return (
    <div className={classes["field"]}>
      <TextInput
        label={label}
        value={value}
        readOnly
        className={classes["value"] ?? ""}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="lg"
            onClick={copy}
            leftSection={copied ? <IconCheck {...smallIcon} /> : <IconCopy {...smallIcon} />}
          >
            <span aria-live="polite">{copied ? t("copied") : t("copy")}</span>
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
