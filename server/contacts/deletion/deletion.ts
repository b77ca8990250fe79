/** How long a deleted contact can be restored. */
export const RESTORE_DAYS = 90;

/** The moment a deleted contact is gone for good. */
export function purgedAt(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + RESTORE_DAYS * 86_400_000);
}
