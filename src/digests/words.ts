import { scopeOf } from "../command/scope.ts";
import { digestReply } from "./digest.ts";
import type { DigestRequest } from "./digest.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import type { Reply } from "../reply/reply.ts";
import type { Digest } from "../stores/records.ts";

/** What a digest says of some days: its stored filter is read anew, so that it means what the facts mean now. */
export function digestWords({
  digest,
  window,
  market,
  today,
  ...more
}: {
  readonly digest: Pick<Digest, "density" | "sections" | "filter">;
  readonly window: DigestRequest["window"];
  readonly market: Market;
  readonly today: Day;
} & Pick<DigestRequest, "id" | "lateBy" | "missed">): Reply {
  const asked = { command: "digest", words: {} };
  const scope = scopeOf(filterArgs(digest.filter), { market, today, asked, commands: [] });
  return digestReply({
    market,
    window,
    asof: window.to,
    density: digest.density,
    sections: digest.sections,
    filter: scope.filter,
    filterText: digest.filter,
    about: scope.which,
    ...more,
  });
}

/** `sector:finance country:"United States"` as arguments. */
function filterArgs(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/(sector|country|stage):(?:"([^"]*)"|(\S+))/g)].map(
      ([, key = "", quoted, bare = ""]) => [key, quoted ?? bare],
    ),
  );
}
