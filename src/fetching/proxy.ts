import type { LookupAddress } from "node:dns";
import { isIP } from "node:net";
import { bareHost, refused } from "./checked-url.ts";
import { publicAddresses } from "./dial.ts";
import type { Resolve } from "./dial.ts";

/** The operator's own way out of a network that has no other; it may stand in that network. */
export interface Proxy {
  /** http or https; may hold a name and password, so it is never shown. */
  readonly url: string;
  /** Hosts that are reached without it, each with what is below it; `*` for all. */
  readonly except: readonly string[];
}

/** Whether a host, as a URL has it, is asked through the proxy. A name stands for itself and all below it, as in curl. */
export function goesThrough({ except }: Pick<Proxy, "except">, host: string): boolean {
  return !except.some((entry) => {
    const [, written = "", port = "443"] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    const name = written.replace(/^\*?\./, "");
    return port === "443" && (name === "*" || host === name || host.endsWith(`.${name}`));
  });
}

/** Endings that no public name has: kept for private use, or never to be given out. */
const INNER =
  /(^|\.)(localhost|local|localdomain|internal|intranet|private|corp|home|lan|mail|home\.arpa|test|invalid|onion|alt)$/;

/**
 * Refuses what a proxy must not be sent to: it stands inside, and reaches what is meant for nobody outside. Every address of
 * a name has to be public. Where only the proxy knows public names, a name that cannot be looked up is left to it when
 * somebody chose it (the catalogue or the settings), never when an answer led us there. Throws a Fault (`not_allowed`).
 */
export async function refuseInside(
  url: URL,
  { resolve, isChosen }: { readonly resolve: Resolve; readonly isChosen: boolean },
): Promise<void> {
  const host = bareHost(url).replace(/\.$/, "");
  if (isIP(host) === 0 && (!host.includes(".") || INNER.test(host)))
    throw refused(url.host, "is a name of a private network");
  let addresses: readonly LookupAddress[] = [];
  let isKnown = true;
  if (isIP(host) === 0)
    try {
      addresses = await resolve(host);
    } catch {
      isKnown = false;
    }
  if (isKnown) await publicAddresses(url, async () => addresses);
  else if (!isChosen)
    throw refused(url.host, "is where an answer sends us, and its name cannot be looked up here");
}
