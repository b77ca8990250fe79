import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../api.ts";
import { currentLanguage } from "../i18n.ts";
import { FormError } from "../ui/states.tsx";
import classes from "./gate.module.css";
import { Gate } from "./gate.tsx";
import { AccountStep, CountStep, YouStep } from "./setup-steps.tsx";
import { emptySetup, proposedBy, type SetupForm, setupInput } from "./setup-values.ts";
import { useEnter } from "./use-enter.ts";

const steps = ["you", "account", "count"] as const;

/** Three short steps: who you are, the account, what its count is for. */
export function SetupWizard({ token }: { readonly token: string }) {
  const { t } = useTranslation("accounts");
  const [place, setPlace] = useState(0);
  const form: SetupForm = useForm({ initialValues: emptySetup() });
  const language = currentLanguage();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where the language is switched, not with each value
  useEffect(() => form.setValues(proposedBy(language)), [language]);
  const enter = useEnter();
  const setUp = useMutation({
    mutationFn: async () => {
      await call("POST /api/setup", setupInput(token, form.values));
      await call("POST /api/sign-in", { email: form.values.email, password: form.values.password });
    },
    onSuccess: () => enter(),
  });
  const step = steps[place] ?? "you";
  const last = place === steps.length - 1;
  const forward = (): void => (last ? setUp.mutate() : setPlace(place + 1));
  return (
    <Gate
      wide
      title={t(`setup.${step}.title`)}
      lead={
        <>
          {t("setup.step", { step: place + 1, steps: steps.length })} · {t(`setup.${step}.lead`)}
        </>
      }
    >
      <form key={step} className={classes["form"]} onSubmit={form.onSubmit(forward)}>
        {step === "you" && <YouStep form={form} />}
        {step === "account" && <AccountStep form={form} />}
        {step === "count" && <CountStep form={form} />}
        <FormError error={setUp.error} />
        <div className={classes["buttons"]} data-spread>
          <Button
            variant="default"
            size="lg"
            disabled={place === 0 || setUp.isPending}
            onClick={() => setPlace(place - 1)}
          >
            {t("setup.back")}
          </Button>
          <Button type="submit" size="lg" loading={setUp.isPending}>
            {last ? t("setup.finish") : t("setup.next")}
          </Button>
        </div>
      </form>
    </Gate>
  );
}
