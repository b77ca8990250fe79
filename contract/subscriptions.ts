/** Why marketing mail must not, or cannot, reach a person. */
export const factKinds = ["opt_out", "bounce", "complaint"] as const;
export type FactKind = (typeof factKinds)[number];

/** Why an address bounced hard. Integrations write these in capitals. */
export const bounceReasons = [
  "unknown_user",
  "mailbox_full",
  "mailbox_misconfiguration",
  "content",
  "spam",
  "policy",
  "dns_failure",
  "timeout",
  "other",
] as const;
export type BounceReason = (typeof bounceReasons)[number];
