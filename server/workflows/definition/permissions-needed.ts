import type { Permission } from "#contract/permissions.ts";
import type { Step, WorkflowDefinition } from "#contract/workflow-definition.ts";

/** What one must be allowed to do by hand to have a workflow do it. */
export function permissionsNeeded({ steps }: WorkflowDefinition): Permission[] {
  return [...new Set(steps.flatMap((step) => permissionOf(step) ?? []))];
}

export function permissionOf(step: Step): Permission | null {
  switch (step.type) {
    case "set_status":
      return "marketing-contacts.edit";
    case "set_property":
    case "copy_property":
    case "clear_property":
      return "contacts.edit";
    case "add_to_list":
    case "remove_from_list":
      return "lists.edit";
    case "webhook":
      return "contacts.export";
    default:
      return null;
  }
}
