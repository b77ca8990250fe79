import type { WorkflowDefinition } from "#contract/workflow-definition.ts";

export type WorkflowState = "draft" | "on" | "off" | "paused";

/** A workflow as it runs: one version of it, and in whose name it acts. */
export interface RunningWorkflow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly ownerId: string;
  readonly definition: WorkflowDefinition;
}
