import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call } from "../../../api.ts";
import { ListPicker, type PickedList } from "../../../lists/members/list-picker.tsx";
import { FormError } from "../../../ui/states.tsx";
import { useNames } from "../../words/use-names.ts";
import classes from "../panel/panel.module.css";
import type { StepFieldProps } from "./step-field-props.ts";

/** A static list, or a new one that is made on the spot. */
export function ListFields({
  step,
  change,
  problem,
}: StepFieldProps<"add_to_list"> | StepFieldProps<"remove_from_list">) {
  const { t } = useTranslation("workflow-builder");
  const queryClient = useQueryClient();
  const { list } = useNames();
  const choose = (listId: string) => change({ ...step, listId }, "listId");
  const make = useMutation({
    mutationFn: (name: string) => call("POST /api/lists", { name, type: "static" }),
    onSuccess: async (made) => {
      choose(made.list.id);
      await queryClient.invalidateQueries({ queryKey: ["lists"] });
    },
  });
  const pick = (picked: PickedList | null) => {
    if (picked === null) choose("");
    else if ("newName" in picked) make.mutate(picked.newName);
    else choose(picked.id);
  };
  const name = list(step.listId);
  return (
    <div>
      <ListPicker
        key={`${step.listId} ${name}`}
        label={t("field.staticList")}
        help={t("field.staticListHelp")}
        picked={step.listId === "" ? null : { id: step.listId, name }}
        onPick={pick}
      />
      <FormError error={make.error} />
      {problem("listId") !== undefined && <p className={classes["error"]}>{problem("listId")}</p>}
    </div>
  );
}
