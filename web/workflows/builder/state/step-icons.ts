import {
  IconArrowBackUp,
  IconArrowsSplit2,
  IconBell,
  IconClock,
  IconCopy,
  IconEraser,
  IconFlag,
  IconGitFork,
  IconListCheck,
  IconListDetails,
  IconPencil,
  IconSitemap,
  IconSpeakerphone,
  IconWebhook,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { icon } from "../../../ui/icons.ts";
import type { StepType } from "../edits/definition.ts";

/** A picture for each kind of action. */
export const stepIcons: Record<StepType, ComponentType<typeof icon>> = {
  set_status: IconSpeakerphone,
  set_property: IconPencil,
  copy_property: IconCopy,
  clear_property: IconEraser,
  add_to_list: IconListCheck,
  remove_from_list: IconListDetails,
  branch: IconGitFork,
  split: IconArrowsSplit2,
  delay: IconClock,
  notify: IconBell,
  webhook: IconWebhook,
  enroll: IconSitemap,
  go_to: IconArrowBackUp,
  end: IconFlag,
};
