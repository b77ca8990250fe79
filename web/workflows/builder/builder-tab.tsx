import type { Workflow } from "../workflow-query.ts";

/** Where a workflow is built: what brings contacts in, and what happens to them. */
export function BuilderTab({ workflow }: { readonly workflow: Workflow }) {
  return <p>{workflow.name}</p>;
}
