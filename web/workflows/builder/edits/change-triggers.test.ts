import { describe, expect, it } from "vitest";
import { workflowDefinition } from "../../../../contract/workflow-definition.ts";
import { addTrigger, changeTrigger, removeTrigger } from "./change-triggers.ts";

const definition = workflowDefinition.parse({
  triggers: [{ type: "opted_out" }, { type: "bounced" }, { type: "complained" }],
  reenroll: { on: [0, 2] },
});

describe("triggers", () => {
  it("are added and changed", () => {
    const added = addTrigger(definition, { type: "contact_created" });
    expect(changeTrigger(added, 0, { type: "bounced" }).triggers.map(({ type }) => type)).toEqual([
      "bounced",
      "bounced",
      "complained",
      "contact_created",
    ]);
  });

  it("are taken away with their re-enrollment, and the others keep theirs", () => {
    expect(removeTrigger(definition, 0).reenroll.on).toEqual([1]);
    expect(removeTrigger(definition, 1).reenroll.on).toEqual([0, 1]);
  });
});
