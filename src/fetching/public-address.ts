import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Of IPv4, everything IANA keeps for other uses than the public internet. */
const KEPT_V4 = blockList("ipv4", [
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
]);
/** Of IPv6 only this is public; loopback, mapped, NAT64, local and multicast addresses lie outside of it. */
const GLOBAL_V6 = blockList("ipv6", [["2000::", 3]]);
/** And of that not: protocol assignments (Teredo), examples, 6to4, which reaches any IPv4 address. */
const KEPT_V6 = blockList("ipv6", [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
]);

function blockList(
  family: "ipv4" | "ipv6",
  nets: readonly (readonly [net: string, prefix: number])[],
): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of nets) list.addSubnet(net, prefix, family);
  return list;
}

/** Whether an IP address, as text, is one of the public internet: not of a host, a network or a cloud's own. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !KEPT_V4.check(address, "ipv4");
  if (!isIPv6(address) || address.includes("%")) return false;
  return GLOBAL_V6.check(address, "ipv6") && !KEPT_V6.check(address, "ipv6");
}
