/** An address as it is stored and compared: one place, so that "Ada@X.test " signs in as "ada@x.test". */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}
