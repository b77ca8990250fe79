import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";

/** Addresses that no request of a user's may reach: this machine, its networks, and what translates to them. */
const inner4 = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  inner4.addSubnet(network, prefix, "ipv4");
}
/** A list of its own: IPv4 addresses would match what is written here about their IPv6 form. */
const inner6 = new BlockList();
for (const [network, prefix] of [
  ["::", 96],
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 9],
  ["ff00::", 8],
] as const) {
  inner6.addSubnet(network, prefix, "ipv6");
}

/** Ports that web servers listen on. */
const PORTS = new Set([80, 443, 8080, 8443]);

/** Receivers inside the operator's own network, by `host:port`, from HEADROOM_OUTBOUND_ALLOW. */
export type AllowedPlaces = ReadonlySet<string>;

/** Whether an address is one that users' requests may reach. */
export function isOutside(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const found = family === 6 ? inner6.check(address, "ipv6") : inner4.check(address, "ipv4");
  return !found && !ownAddresses().has(address);
}

function ownAddresses(): ReadonlySet<string> {
  return new Set(
    Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address)),
  );
}

export type UrlProblem = "not_a_url" | "scheme" | "user" | "port" | "inner";

/** What is wrong with an address a user gave, as far as it can be told before its name is looked up. */
export function urlProblem(text: string, allowed: AllowedPlaces): UrlProblem | null {
  if (!URL.canParse(text)) return "not_a_url";
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return "scheme";
  if (url.username !== "" || url.password !== "") return "user";
  return allowed.has(placeOf(url)) ? null : placeProblem(url);
}

function placeProblem(url: URL): UrlProblem | null {
  if (!PORTS.has(portOf(url))) return "port";
  const host = bare(url.hostname);
  if (/^localhost\.?$/i.test(host)) return "inner";
  return isIP(host) === 0 || isOutside(host) ? null : "inner";
}

export function placeOf(url: URL): string {
  return `${bare(url.hostname)}:${portOf(url)}`;
}

function portOf({ port, protocol }: URL): number {
  if (port !== "") return Number(port);
  return protocol === "https:" ? 443 : 80;
}

const bare = (hostname: string) => hostname.replace(/^\[(.*)\]$/, "$1");
