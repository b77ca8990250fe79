import type { MailServer } from "#server/platform/mail.ts";

const PORTS = { tls: 465, starttls: 587, none: 25 } as const;

/**
 * The mail server of `smtp://user:password@host:port` (STARTTLS) or `smtps://…` (TLS at once). `?security=none`
 * is for a relay on the same machine. `from` is `name@example.org` or `Name <name@example.org>`.
 */
export function serverOfUrl(url: string, from: string): MailServer {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const security = securityOf(protocol, searchParams.get("security"));
  const [, fromName = "", fromAddress = from] = /^(.*?)\s*<([^<>]+)>$/.exec(from) ?? [];
  return {
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? PORTS[security] : Number(port),
    security,
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    fromAddress,
    fromName,
  };
}

function securityOf(protocol: string, wish: string | null): MailServer["security"] {
  if (wish === "none" || wish === "tls" || wish === "starttls") return wish;
  return protocol === "smtps:" ? "tls" : "starttls";
}
