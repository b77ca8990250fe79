import type { Step } from "#contract/workflow-definition.ts";
import { callWebhook } from "./acts/call-webhook.ts";
import { addToList, removeFromList } from "./acts/change-list.ts";
import { clearProperty, copyProperty, setProperty } from "./acts/change-property.ts";
import { enroll } from "./acts/enroll.ts";
import { notifyPeople } from "./acts/notify-people.ts";
import { setStatus } from "./acts/set-status.ts";
import type { StepAct } from "./step-act.ts";

/** What each type of action does. Branches, splits, jumps and delays are no acts: contacts walk through them. */
const acts: { readonly [Type in Step["type"]]?: StepAct<Type> } = {
  set_status: setStatus,
  set_property: setProperty,
  copy_property: copyProperty,
  clear_property: clearProperty,
  add_to_list: addToList,
  remove_from_list: removeFromList,
  notify: notifyPeople,
  webhook: callWebhook,
  enroll,
};

export function actOf(step: Step): StepAct<never> | undefined {
  return acts[step.type] as StepAct<never> | undefined;
}
