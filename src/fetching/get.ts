import type { LookupAddress } from "node:dns";
import type { Clock } from "../clock.ts";
import { cite, Fault } from "../fault.ts";
import type { Get, GetOptions, SourceDef } from "../sources/source.ts";
import { bodyText, IdleError, mediaType } from "./body.ts";
import { bareHost, checkedUrl } from "./checked-url.ts";
import { publicAddresses } from "./dial.ts";
import type { Dial, Resolve, Response } from "./dial.ts";
import { openNames, PROXY } from "./names.ts";
import { refuseInside } from "./proxy.ts";
import { retryAfterMs } from "./retry-after.ts";
import { robotsAllow } from "./robots.ts";
import { ProxyNameError } from "./tunnel.ts";

/** What a server said of an answer's version, so that it need not send it again. */
export interface Validator {
  readonly etag: string | null;
  readonly modified: string | null;
}

export interface GettingParts {
  readonly clock: Clock;
  /** Rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly resolve: Resolve;
  readonly dial: Dial;
  /** Asks the hosts it is for instead of `dial`. */
  readonly proxy?: { readonly goesThrough: (host: string) => boolean; readonly dial: Dial };
  readonly userAgent: string;
  /** Ends every request under way. */
  readonly signal: AbortSignal;
  readonly limits?: Partial<Limits>;
}

export interface Limits {
  /** From connecting to the last byte. */
  readonly totalMs: number;
  /** Without a byte, or without an answer of the name servers. */
  readonly idleMs: number;
}
const LIMITS: Limits = { totalMs: 60_000, idleMs: 10_000 };
const BYTES_MAX = 20 << 20;
const REDIRECTS_MAX = 3;
const TRIES_MAX = 3;
/** Waited before another try where the server names no time. */
const RETRY_MS = 30_000;
/** Waited before a name is looked up once more. */
const LOOKUP_AGAIN_MS = 5_000;
/** A server that wants to be left alone for longer is asked again in the next turn, not in this one. */
const PATIENCE_MS = 3_600_000;
const PACE_MS = 1_000;
const SILENCES_MAX = 3;
const ROBOTS_BYTES_MAX = 512 << 10;
const ROBOTS_AGENT = "market-pulse";

/** The server asked to be left alone until then (milliseconds since 1970 UTC). */
export class ComeBackFault extends Fault {
  readonly at: number;
  constructor(host: string, at: number, now: number) {
    super(
      "busy",
      `${host} asks to come back in ${Math.ceil((at - now) / 60_000)} minutes.`,
      "It is left alone until then.",
    );
    this.at = at;
  }
}

/** The requests of one source in one turn. */
export interface Session {
  readonly get: Get;
  /** What the servers said of what they sent in this session, by address. */
  readonly met: ReadonlyMap<string, Validator>;
}

export interface Getting {
  /** `known` gives what was said of an address when its answer was last taken. */
  session(
    source: Pick<SourceDef, "paceMs" | "robots">,
    known: (url: string) => Validator | undefined,
  ): Session;
}

/** How one host is reached. */
interface Way {
  readonly dial: Dial;
  /** The name that is looked up for it. */
  readonly name: string;
  readonly addresses: readonly LookupAddress[];
}

/** A failure that another try may not meet. */
class Passing extends Error {
  readonly fault: Fault;
  readonly afterMs: number | null;
  constructor(fault: Fault, afterMs: number | null) {
    super(fault.message);
    this.fault = fault;
    this.afterMs = afterMs;
  }
}

/**
 * GETs that are polite (one at a time a host and not too soon, asking only for what changed, waiting as told, saying who we
 * are) and safe (https to public addresses only, bounded in time and size, no cookies, a type of content that was asked for).
 */
export function openGetting(parts: GettingParts): Getting {
  const { clock, wait, signal, dial, proxy, resolve, userAgent } = parts;
  const limits = { ...LIMITS, ...parts.limits };
  const freeAt = new Map<string, number>();
  const robots = new Map<string, Promise<string>>();
  const nameless = new Set<string>();
  const names = openNames();
  /** Hosts that asked to be left alone, until when; and how often in a row one gave no answer, all tries counted as one. */
  const awayUntil = new Map<string, number>();
  const silences = new Map<string, number>();

  async function paced(host: string, paceMs: number): Promise<void> {
    const at = Math.max(clock(), freeAt.get(host) ?? 0);
    freeAt.set(host, at + paceMs);
    if (at > clock()) await wait(at - clock(), signal);
  }

  /** How a host may be reached; `isChosen` when it is the host somebody asked for, and no answer led there. */
  async function wayTo(url: URL, isChosen: boolean): Promise<Way> {
    const name = bareHost(url);
    const isThrough = proxy?.goesThrough(name) === true;
    names.refuseGivenUp(isThrough ? PROXY : name);
    if (!isThrough) return { dial, name, addresses: await publicAddresses(url, lookedUp) };
    const ends = AbortSignal.any([signal, AbortSignal.timeout(limits.totalMs)]);
    try {
      await beforeEnd(refuseInside(url, { resolve: namesHere, isChosen }), ends);
      return { dial: proxy.dial, name: PROXY, addresses: [] };
    } catch (error) {
      throw connectionFault(error, url, signal, ends, limits);
    }
  }

  /** The addresses of a name. Throws `Passing` where it deserves another lookup, else a Fault. */
  async function lookedUp(host: string): Promise<readonly LookupAddress[]> {
    const ends = AbortSignal.any([signal, AbortSignal.timeout(limits.idleMs)]);
    try {
      const addresses = await beforeEnd(resolve(host), ends);
      names.found(host);
      return addresses;
    } catch (error) {
      if (signal.aborted) throw stoppingFault();
      throw missed(host, ends.aborted ? `no answer in ${limits.idleMs / 1_000} s` : codeOf(error));
    }
  }

  function missed(name: string, why: string): Fault | Passing {
    const { fault, again } = names.missed(name, why);
    return again ? new Passing(fault, LOOKUP_AGAIN_MS) : fault;
  }

  /** A network whose names only the proxy knows may take its time to say so, and is asked once. */
  async function namesHere(host: string): Promise<readonly LookupAddress[]> {
    if (nameless.has(host)) throw new Error("looked up before");
    try {
      return await beforeEnd(resolve(host), AbortSignal.timeout(limits.idleMs));
    } catch (error) {
      nameless.add(host);
      throw error;
    }
  }

  async function send(
    way: Way,
    url: URL,
    { accept, body }: GetOptions,
    known: Validator | undefined,
    ends: AbortSignal,
  ): Promise<Response> {
    return way.dial({
      url,
      addresses: way.addresses,
      method: body === undefined ? "GET" : "POST",
      headers: {
        "user-agent": userAgent,
        accept: accept.join(", "),
        "accept-encoding": "gzip",
        ...(body !== undefined && {
          "content-type": "application/json",
          "content-length": String(Buffer.byteLength(body)),
        }),
        ...(known?.etag && { "if-none-match": known.etag }),
        ...(known?.modified && { "if-modified-since": known.modified }),
      },
      body,
      signal: ends,
    });
  }

  /** One try with its redirects. Throws `Passing` or a Fault. */
  async function once(
    address: string,
    options: GetOptions,
    { paceMs = PACE_MS, robots: obeys }: Pick<SourceDef, "paceMs" | "robots">,
    known: Validator | undefined,
    chosen: string,
  ): Promise<{ readonly text: string; readonly validator: Validator } | null> {
    let url = checkedUrl(address);
    for (let redirects = 0; ; redirects += 1) {
      const way = await wayTo(url, url.host === chosen);
      if (obeys === true) await refuseByRobots(url, chosen);
      await paced(url.host, paceMs);
      const ends = AbortSignal.any([signal, AbortSignal.timeout(limits.totalMs)]);
      let response: Response | undefined;
      try {
        response = await send(way, url, options, known, ends);
        names.found(way.name);
        const { status, headers } = response;
        if (status === 304 && known !== undefined) return null;
        if (status === 200) {
          refuseType(mediaType(headers), options.accept);
          return {
            text: await bodyText(response, {
              most: options.most ?? BYTES_MAX,
              idleMs: limits.idleMs,
            }),
            validator: {
              etag: headers.etag ?? null,
              modified: headers["last-modified"] ?? null,
            },
          };
        }
        if (!isRedirect(status)) throw statusFault(url, response, clock());
        if (redirects === REDIRECTS_MAX || options.body !== undefined)
          throw new Fault(
            "not_allowed",
            `${url.host} sends us on and on (${redirects + 1} redirects).`,
            "Its address has changed; look at it in a browser.",
          );
        url = checkedUrl(headers.location ?? "", url);
      } catch (error) {
        if (error instanceof ProxyNameError) throw missed(way.name, error.why);
        throw connectionFault(error, url, signal, ends, limits);
      } finally {
        response?.body.destroy();
      }
    }
  }

  async function tried(
    address: string,
    options: GetOptions,
    source: Pick<SourceDef, "paceMs" | "robots">,
    known: Validator | undefined,
    chosen = checkedUrl(address).host,
  ): Promise<{ readonly text: string; readonly validator: Validator } | null> {
    const { host } = checkedUrl(address);
    refuseAway(host);
    for (let tries = 1; ; tries += 1) {
      try {
        const got = await once(address, options, source, known, chosen);
        silences.delete(host);
        return got;
      } catch (error) {
        if (!(error instanceof Passing)) throw error;
        const least = error.afterMs ?? RETRY_MS;
        if (least > PATIENCE_MS) {
          awayUntil.set(host, clock() + least);
          throw new ComeBackFault(host, clock() + least, clock());
        }
        if (tries === TRIES_MAX) {
          silences.set(host, (silences.get(host) ?? 0) + 1);
          throw error.fault;
        }
        await wait(least * (1 + parts.random() / 4), signal);
      }
    }
  }

  /** Hundreds of questions to a host that is down, each tried thrice, would take a day and help nobody. */
  function refuseAway(host: string): void {
    const until = awayUntil.get(host) ?? 0;
    if (clock() < until) throw new ComeBackFault(host, until, clock());
    if ((silences.get(host) ?? 0) >= SILENCES_MAX)
      throw new Fault(
        "busy",
        `${host} did not answer ${SILENCES_MAX} questions in a row, so it was asked no more.`,
        "It is asked again in its next turn.",
      );
  }

  async function refuseByRobots(url: URL, chosen: string): Promise<void> {
    const kept = robots.get(url.origin) ?? robotsOf(url, chosen);
    robots.set(url.origin, kept);
    if (!robotsAllow(await kept, ROBOTS_AGENT, `${url.pathname}${url.search}`))
      throw new Fault(
        "not_allowed",
        `The robots.txt of ${url.host} asks not to fetch this.`,
        "Leave this address out of the settings.",
      );
  }

  /** A site without one forbids nothing; a site that cannot say is left alone. */
  async function robotsOf({ origin }: URL, chosen: string): Promise<string> {
    const options = { accept: ["text/plain"], most: ROBOTS_BYTES_MAX };
    try {
      return (await tried(`${origin}/robots.txt`, options, {}, undefined, chosen))?.text ?? "";
    } catch (error) {
      if (error instanceof Fault && ["not_found", "bad_file"].includes(error.reason)) return "";
      throw error;
    }
  }

  return {
    session(source, known) {
      const met = new Map<string, Validator>();
      return {
        met,
        async get(url, options) {
          const before = options.body === undefined ? known(url) : undefined;
          const got = await tried(url, options, source, before);
          if (got === null) return null;
          if (options.body === undefined) met.set(url, got.validator);
          return got.text;
        },
      };
    },
  };
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function refuseType(type: string, accept: readonly string[]): void {
  if (accept.includes(type)) return;
  throw new Fault(
    "bad_file",
    `It answered with ${type === "" ? "no type of content" : cite(type)} where ${accept.join(" or ")} was asked for.`,
    type === "text/html"
      ? "Perhaps a page to sign in or to consent; look at the address in a browser."
      : "Look at the address in a browser.",
  );
}

function statusFault({ host }: URL, { status, headers }: Response, now: number): Fault | Passing {
  if ([408, 425, 429, 500, 502, 503, 504].includes(status))
    return new Passing(
      new Fault("busy", `${host} cannot answer now (${status}).`, "It is asked again later."),
      retryAfterMs(headers["retry-after"], now),
    );
  if (status === 404 || status === 410)
    return new Fault("not_found", `${host} has nothing there (${status}).`, "Has it moved?");
  if (status === 401 || status === 403)
    return new Fault(
      "not_allowed",
      `${host} refuses us (${status}).`,
      "Look at the address in a browser; SOURCES_CONTACT may be missing or blocked.",
    );
  return new Fault("bad_file", `${host} answered with status ${status}.`, "Has it moved?");
}

function connectionFault(
  error: unknown,
  { host }: URL,
  stopping: AbortSignal,
  ends: AbortSignal,
  { totalMs }: Limits,
): Fault | Passing {
  if (error instanceof Fault || error instanceof Passing) return error;
  if (stopping.aborted) return stoppingFault();
  const late = ends.aborted || error instanceof IdleError;
  const why = late
    ? `${host} was too slow (${error instanceof IdleError ? error.message : `more than ${totalMs / 1_000} s`}).`
    : `${host} cannot be read (${codeOf(error)}).`;
  return new Passing(new Fault("busy", why, "It is asked again later."), null);
}

function stoppingFault(): Fault {
  return new Fault("busy", "The process is stopping.", "It is asked again after the start.");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "connection broke";
}

/** A promise that cannot be stopped, given up when the signal aborts. */
function beforeEnd<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error("stopped"));
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
