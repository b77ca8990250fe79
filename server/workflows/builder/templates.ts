import { type WorkflowDefinition, workflowDefinition } from "#contract/workflow-definition.ts";
import type { WorkflowTemplate } from "#contract/workflows.ts";

const lower = (id: string) => ({ id, type: "set_status", value: "non_marketing" });
const raise = (id: string) => ({ id, type: "set_status", value: "marketing" });
const isMarketing = { propertyName: "hs_marketable_status", operator: "EQ", value: "true" };

/** What people most often want, to begin with and to change. */
const templates: Record<WorkflowTemplate, object> = {
  blank: {},
  unsubscribed: {
    triggers: [{ type: "opted_out" }, { type: "bounced" }],
    reenroll: { manual: true, on: [0, 1] },
    start: "status",
    steps: [lower("status")],
  },
  /** There are no forms of our own yet: people choose the property that their form tool fills in. */
  form: {
    triggers: [{ type: "property_changed", propertyName: "" }],
    start: "status",
    steps: [raise("status")],
  },
  gone_quiet: {
    triggers: [
      {
        type: "filter_met",
        filter: {
          filterGroups: [
            {
              filters: [
                isMarketing,
                { propertyName: "hs_email_last_open_date", operator: "NOT_IN_LAST_DAYS", value: "180" },
                { propertyName: "hs_email_last_click_date", operator: "NOT_IN_LAST_DAYS", value: "180" },
                { propertyName: "createdate", operator: "NOT_IN_LAST_DAYS", value: "180" },
              ],
            },
          ],
        },
      },
    ],
    start: "chance",
    steps: [
      {
        id: "chance",
        type: "notify",
        to: { owner: true },
        title: "{firstname} {lastname}",
        text: "{email}",
        next: "wait",
      },
      { id: "wait", type: "delay", until: { kind: "passed", amount: 14, unit: "days" }, next: "still" },
      {
        id: "still",
        type: "branch",
        branches: [
          {
            name: "1",
            filter: {
              filterGroups: [
                {
                  filters: [
                    { propertyName: "hs_email_last_click_date", operator: "IN_LAST_DAYS", value: "14" },
                  ],
                },
                {
                  filters: [
                    { propertyName: "hs_email_last_open_date", operator: "IN_LAST_DAYS", value: "14" },
                  ],
                },
              ],
            },
            next: null,
          },
        ],
        next: "status",
      },
      lower("status"),
    ],
  },
  customer: {
    triggers: [
      {
        type: "filter_met",
        filter: {
          filterGroups: [
            { filters: [{ propertyName: "lifecyclestage", operator: "EQ", value: "customer" }] },
          ],
        },
      },
    ],
    start: "status",
    steps: [lower("status")],
  },
};

export function templateOf(template: WorkflowTemplate): WorkflowDefinition {
  return workflowDefinition.parse(templates[template]);
}
