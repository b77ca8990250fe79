/** Something that happened, as the audit trail and the outbox keep it. */
export interface Happening {
  /** `noun.verb`, such as `contact.deleted`. Bulk work records one event per chunk, never one per contact. */
  readonly type: string;
  /** Ids and codes; no personal data. */
  readonly details?: Record<string, unknown>;
  readonly operationId?: string | null;
  /** Defaults to the context's account; set-up acts name the one they have just made. */
  readonly accountId?: string;
}
