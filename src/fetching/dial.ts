import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import type { ClientRequest, IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { bareHost, refused } from "./checked-url.ts";
import { isPublicAddress } from "./public-address.ts";

export interface Request {
  readonly url: URL;
  /** Where to connect; checked. Empty where a proxy connects. */
  readonly addresses: readonly LookupAddress[];
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
}

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As sent, not yet unzipped. */
  readonly body: Readable;
}

/** One request over one connection of its own, to one of the checked addresses; follows nothing, keeps nothing. */
export type Dial = (request: Request) => Promise<Response>;
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

export const systemResolve: Resolve = (host) => lookup(host, { all: true });

/**
 * The addresses of a host when every one of them is public. Connecting to these, and not to the name again, leaves no moment
 * in which the name could come to mean another machine. Throws a Fault (`not_allowed`).
 */
export async function publicAddresses(
  url: URL,
  resolve: Resolve,
): Promise<readonly LookupAddress[]> {
  const host = bareHost(url);
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
  if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address)))
    throw refused(url.host, "leads into a private network");
  return addresses;
}

export const httpsDial: Dial = ({ url, addresses, method, headers, body, signal }) =>
  answered(
    httpsRequest(url, { method, headers, signal, agent: false, lookup: only(addresses) }),
    body,
  );

/** Sends a request and gives the beginning of its answer. */
export function answered(request: ClientRequest, body: string | undefined): Promise<Response> {
  return new Promise((resolve, reject) => {
    request.once("response", (response) =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: response }),
    );
    request.on("error", reject);
    request.end(body);
  });
}

/** A lookup that knows these addresses and no others. */
function only(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses;
    if (all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family);
  };
}
