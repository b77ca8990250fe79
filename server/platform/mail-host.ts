import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { AppError } from "./errors.ts";

/**
 * The mail server is set by the installation's operator, who may well run a relay on this machine or in the same
 * network. What nobody runs a relay on is refused all the same: link-local addresses, where clouds keep their
 * machines' credentials, however the address is written.
 */
const refused = new BlockList();
refused.addSubnet("0.0.0.0", 8, "ipv4");
refused.addSubnet("169.254.0.0", 16, "ipv4");
refused.addAddress("100.100.100.200", "ipv4");
refused.addSubnet("224.0.0.0", 3, "ipv4");
refused.addAddress("::", "ipv6");
refused.addSubnet("fe80::", 10, "ipv6");
refused.addSubnet("ff00::", 8, "ipv6");
refused.addAddress("fd00:ec2::254", "ipv6");
// The same addresses translated: NAT64 and 6to4.
refused.addSubnet("64:ff9b::a9fe:0", 112, "ipv6");
refused.addSubnet("2002:a9fe::", 32, "ipv6");

export function isRefusedAddress(address: string): boolean {
  return refused.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/**
 * The addresses of a mail server, which are then connected to as they are: a name that is looked up twice may answer
 * twice. Refuses when any of them is one that no mail server has.
 */
export async function resolveMailHost(host: string): Promise<string[]> {
  const found = await lookup(host.replace(/^\[(.*)\]$/, "$1"), { all: true });
  const addresses = found.map(({ address }) => address);
  if (addresses.some(isRefusedAddress)) throw new AppError("invalid_input", "mail:host_refused", { host });
  return addresses;
}
