import { scopeOf } from "../command/scope.ts";
import type { Day } from "../market/facts.ts";
import type { LayoffFilter } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import type { Reply } from "../reply/reply.ts";
import type { Digest, DigestTold } from "../stores/records.ts";
import { countsOf } from "./counts.ts";
import { digestMessages, digestReply } from "./digest.ts";
import type { DigestMessages, DigestRequest } from "./digest.ts";

/** A digest as it was set up, the days it is to speak of, and the day it is written. */
export interface DigestOrder extends Pick<DigestRequest, "id" | "lateBy" | "missed" | "fired"> {
  readonly digest: Pick<Digest, "density" | "sections" | "filter">;
  readonly window: DigestRequest["window"];
  readonly market: Market;
  readonly today: Day;
}

/** What a digest says of some days, in one answer: its stored filter is read anew, so that it means what the facts mean now. */
export function digestWords(order: DigestOrder): Reply {
  return digestReply(requestOf(order));
}

/** What is sent for a digest, and what it counted, so that it can be corrected. */
export interface DigestSent extends DigestMessages {
  readonly told: DigestTold;
}

/** What a digest says of some days, as the messages to send. */
export function digestSent(order: DigestOrder): DigestSent {
  return { ...digestMessages(requestOf(order)), told: digestTold(order) };
}

function requestOf({ digest, window, market, today, ...more }: DigestOrder): DigestRequest {
  const { filter, about } = digestScope(digest.filter, market, today);
  return {
    market,
    window,
    asof: window.to,
    density: digest.density,
    sections: digest.sections,
    filter,
    filterText: digest.filter,
    about,
    ...more,
  };
}

/** As its words say it, and as known on the day they are written. */
function digestTold({ digest, window, market, today }: DigestOrder): DigestTold {
  const { filter } = digestScope(digest.filter, market, today);
  const seen = countsOf(market, filter, window, today);
  return {
    ...window,
    filter: digest.filter,
    said: countsOf(market, filter, window, window.to),
    seen: { people: seen?.people ?? 0, events: seen?.events ?? 0 },
  };
}

/** A digest's stored filter as the market reads it, and in words ("" for the whole market). Throws a Fault for a name nobody uses any more. */
export function digestScope(
  text: string,
  market: Market,
  today: Day,
): { readonly filter: LayoffFilter; readonly about: string } {
  const asked = { command: "digest", words: {} };
  const { filter, which } = scopeOf(filterArgs(text), { market, today, asked, commands: [] });
  const { to: _days, ...narrowed } = filter;
  return { filter: narrowed, about: which };
}

/** `sector:finance country:"United States"` as arguments. */
function filterArgs(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/(sector|country|stage):(?:"([^"]*)"|(\S+))/g)].map(
      ([, key = "", quoted, bare = ""]) => [key, quoted ?? bare],
    ),
  );
}
