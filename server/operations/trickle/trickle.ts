export interface Trickle {
  readonly kind: string;
  /** What belongs together: of one workflow, a version and a day of the account. */
  readonly of: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly sourceType: string;
  readonly sourceId: string;
}
