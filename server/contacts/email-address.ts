/** Why a text is not an e-mail address; each has a sentence in `contacts:email_problem`. */
export type EmailProblem =
  | "empty"
  | "too_long"
  | "url"
  | "spaces"
  | "missing_at"
  | "two_ats"
  | "nothing_before_at"
  | "nothing_after_at"
  | "bad_name"
  | "bad_domain";

export type NormalisedEmail = { readonly email: string } | { readonly problem: EmailProblem };

const MAX_LENGTH = 254;
const MAX_NAME = 64;
// Blanks of every kind, and marks that are invisible where they stand: a byte order mark, joiners, directions.
const OUTER_BLANKS = /^[\s\u200B-\u200F\u2060\uFEFF]+|[\s\u200B-\u200F\u2060\uFEFF]+$/gu;
const BLANK_OR_CONTROL = /[\s\p{Cc}\p{Cf}\p{Surrogate}]/u;
const URL_START = /^(?:[a-z][a-z\d+.-]*:\/\/|\/\/)|^(?:https?:|www\.)[^@]*$|^[^@\s]+\/[^@\s]*$/u;
const NAME = /^(?!\.)(?!.*\.\.)[^()<>[\]:;,\\"]+(?<!\.)$/u;
const LABEL = /^(?!-)[\p{L}\p{N}\p{M}-]{1,63}(?<!-)$/u;

/**
 * The one place that decides what an address is and when two are the same: outer blanks and a trailing dot are
 * dropped, case is folded. Domains in any script are fine; a domain needs a dot, so `user@localhost` is none.
 */
export function normaliseEmail(raw: string): NormalisedEmail {
  const email = raw.replace(OUTER_BLANKS, "").replace(/\.$/u, "").normalize("NFC").toLowerCase();
  const problem = problemOf(email);
  return problem ? { problem } : { email };
}

function problemOf(email: string): EmailProblem | undefined {
  if (email === "") return "empty";
  if (URL_START.test(email)) return "url";
  if (BLANK_OR_CONTROL.test(email)) return "spaces";
  if (email.length > MAX_LENGTH) return "too_long";
  const [name, domain, ...more] = email.split("@");
  if (domain === undefined) return "missing_at";
  if (more.length > 0) return "two_ats";
  return problemOfName(name ?? "") ?? problemOfDomain(domain);
}

function problemOfName(name: string): EmailProblem | undefined {
  if (name === "") return "nothing_before_at";
  return name.length <= MAX_NAME && NAME.test(name) ? undefined : "bad_name";
}

function problemOfDomain(domain: string): EmailProblem | undefined {
  if (domain === "") return "nothing_after_at";
  const labels = domain.split(".");
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) ? undefined : "bad_domain";
}
