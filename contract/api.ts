import type { z } from "zod";
import type * as accounts from "./accounts.ts";
import type * as billing from "./billing.ts";
import type * as billingContacts from "./billing-contacts.ts";
import type * as calendar from "./calendar.ts";
import type * as cleanupPlans from "./cleanup-plans.ts";
import type * as contacts from "./contacts.ts";
import type * as contactsIndex from "./contacts-index.ts";
import type { Endpoint } from "./endpoint.ts";
import type * as help from "./help.ts";
import type * as imports from "./imports.ts";
import type * as listFolders from "./list-folders.ts";
import type * as lists from "./lists.ts";
import type * as mail from "./mail.ts";
import type * as marketingContacts from "./marketing-contacts.ts";
import type * as marketingStatus from "./marketing-status.ts";
import type * as notices from "./notices.ts";
import type * as operations from "./operations.ts";
import type * as plans from "./plans.ts";
import type * as priceBook from "./price-book.ts";
import type * as properties from "./properties.ts";
import type * as review from "./review.ts";
import type * as usage from "./usage.ts";
import type * as users from "./users.ts";
import type * as wizard from "./wizard.ts";
import type * as workflowCare from "./workflow-care.ts";
import type * as workflowHistory from "./workflow-history.ts";
import type * as workflows from "./workflows.ts";

/** One line per contract module; the types below follow. */
type Modules =
  | typeof accounts
  | typeof billing
  | typeof billingContacts
  | typeof calendar
  | typeof cleanupPlans
  | typeof contacts
  | typeof contactsIndex
  | typeof help
  | typeof imports
  | typeof listFolders
  | typeof lists
  | typeof mail
  | typeof marketingContacts
  | typeof marketingStatus
  | typeof notices
  | typeof operations
  | typeof plans
  | typeof priceBook
  | typeof properties
  | typeof review
  | typeof usage
  | typeof users
  | typeof wizard
  | typeof workflowCare
  | typeof workflowHistory
  | typeof workflows;

type ValueOf<M> = M extends unknown ? M[keyof M] : never;
type AnyEndpoint = Extract<ValueOf<Modules>, Endpoint>;

/**
 * Every endpoint by "METHOD /path", as types only: the web calls by these names and zod stays out of its bundle.
 * `input` is what a caller may write, `reply` what arrives.
 */
export type Api = {
  [E in AnyEndpoint as `${E["method"]} ${E["path"]}`]: {
    input: z.input<E["input"]>;
    reply: z.output<E["reply"]>;
  };
};
