import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NumberField } from "../../ui/number-field.tsx";
import classes from "./price-book.module.css";
import { decimals, nextBlock, type PriceForm } from "./price-form.ts";

/** Runs of tiers, each with its step and the price of a step. The last may be without end. */
export function PriceBlocks({ form }: { readonly form: PriceForm }) {
  const { t } = useTranslation("prices");
  return (
    <div className={classes["blocks"]}>
      {form.values.blocks.map(({ key }, index) => (
        <Block key={key} form={form} index={index} />
      ))}
      <div>
        <Button
          variant="default"
          onClick={() => form.insertListItem("blocks", nextBlock(form.values))}
          disabled={form.values.blocks.length >= 100}
        >
          {t("addBlock")}
        </Button>
      </div>
    </div>
  );
}

function Block({ form, index }: { readonly form: PriceForm; readonly index: number }) {
  const { t } = useTranslation("prices");
  const { currency } = form.values;
  const common = { hideControls: true } as const;
  const field = (name: string) => form.getInputProps(`blocks.${index}.${name}`);
  return (
    <fieldset className={classes["block"]}>
      <legend>{t("block", { number: index + 1 })}</legend>
      <NumberField label={t("from")} {...common} {...field("from")} />
      <NumberField label={t("to")} placeholder={t("endless")} {...common} {...field("to")} />
      <NumberField label={t("step")} {...common} {...field("step")} />
      <NumberField
        label={t("stepPrice", { currency: currency || "…" })}
        decimalScale={decimals(currency)}
        {...common}
        {...field("price")}
      />
      <Button
        className={classes["remove"] ?? ""}
        variant="subtle"
        aria-label={t("removeBlock", { number: index + 1 })}
        onClick={() => form.removeListItem("blocks", index)}
      >
        {t("removeShort")}
      </Button>
    </fieldset>
  );
}
