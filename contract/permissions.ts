/** Everything a role can allow, by name. `marketing-contacts.edit` is what screens call "Marketing contacts access". */
export const permissions = [
  "contacts.view",
  "contacts.edit",
  "contacts.delete",
  "contacts.import",
  "contacts.export",
  "marketing-contacts.edit",
  "properties.edit",
  "lists.edit",
  "workflows.edit",
  "billing.view",
  "billing.edit",
  "users.edit",
  "settings.edit",
] as const;

export type Permission = (typeof permissions)[number];

/** The roles every account has from the start. Their keys are stored; their labels are texts. */
export const builtInRoles = {
  "super-admin": permissions,
  marketing: [
    "contacts.view",
    "contacts.edit",
    "contacts.delete",
    "contacts.import",
    "contacts.export",
    "marketing-contacts.edit",
    "lists.edit",
    "workflows.edit",
    "billing.view",
  ],
  sales: ["contacts.view", "contacts.edit", "contacts.import", "contacts.export", "lists.edit"],
  billing: ["contacts.view", "billing.view", "billing.edit"],
  viewer: ["contacts.view"],
} as const satisfies Record<string, readonly Permission[]>;

export type BuiltInRole = keyof typeof builtInRoles;
