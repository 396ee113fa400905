import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { learnedLayoffs } from "./learned-layoffs.ts";
import { learnedNotices } from "./learned-notices.ts";
import { learnedPostings } from "./learned-postings.ts";
import type { NewFact } from "./new-fact.ts";
import { EVENTS } from "./rule.ts";
import type { EventName } from "./rule.ts";

/**
 * What was learned from one day to another, both included, in the order it was: layoffs, notices and postings on the day they
 * were learned, revisions on the day of the change. `now` shows them as they stand today, taken back ones too; `then` as they
 * were first read, for replays without a look ahead. Ids stay the same when facts are added. How sources fare is not learned
 * from facts and not among them.
 *
 * @param events the kinds that are wanted; all of them when left out
 */
export function learnedFacts(
  market: Market,
  from: Day,
  to: Day,
  as: "now" | "then" = "now",
  events: readonly EventName[] = EVENTS,
): readonly NewFact[] {
  const wants = (event: EventName) => events.includes(event);
  const found: NewFact[] = [
    ...(wants("layoff") || wants("revision")
      ? learnedLayoffs(market, from, to, as).filter(({ event }) => wants(event))
      : []),
    ...(wants("warn_notice") ? learnedNotices(market, from, to, as) : []),
    ...(wants("posting") ? learnedPostings(market, from, to, as) : []),
  ];
  return found.sort((a, b) => (a.learnedOn < b.learnedOn ? -1 : a.learnedOn > b.learnedOn ? 1 : 0));
}
