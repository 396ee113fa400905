import { isIP } from "node:net";
import { cite, Fault } from "../fault.ts";
import { isPublicAddress } from "./public-address.ts";

/**
 * An address that may be fetched as far as its text tells: https, the usual port, no name or password in it, and no address
 * of a private network. Throws a Fault (`not_allowed`).
 */
export function checkedUrl(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw refused(text, "is no address");
  const url = new URL(text, base);
  if (url.protocol !== "https:") throw refused(text, "is not https");
  if (url.port !== "") throw refused(text, "names a port of its own");
  if (url.username !== "" || url.password !== "") throw refused(text, "holds a name or password");
  const host = bareHost(url);
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refused(text, "is of a private network");
  return url;
}

/** The host without the brackets of an IPv6 address. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

export function refused(address: string, why: string): Fault {
  return new Fault(
    "not_allowed",
    `The address ${cite(address)} ${why}, so it is not fetched.`,
    "Sources are read over https from the public internet.",
  );
}
