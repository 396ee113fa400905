import { addDays } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { matchEvents, matchOf } from "./events.ts";
import type { EventMatch, WithEventRule } from "./events.ts";
import { learnedFacts } from "./learned-facts.ts";
import type { NewFact, OutageFact } from "./new-fact.ts";
import type { EventRule } from "./rule.ts";
import { truthOf } from "./truth.ts";

/**
 * What a rule would have made of the facts learned from one day to another, both included, in the order they were learned:
 * each as it was first read, looked at on the day it was learned. Watch sets must have been put in before.
 */
export function pastEvents(
  rule: EventRule,
  market: Market,
  from: Day,
  to: Day,
): readonly EventMatch<WithEventRule>[] {
  const truth = truthOf(rule.filter, market.companies);
  return learnedFacts(market, from, to, "then", [rule.event]).flatMap(
    (fact) => matchOf({ rule }, fact, truth(fact.traits), fact.learnedOn) ?? [],
  );
}

/** So many days a preview looks back, and so many the newest event is sought in. */
export const PREVIEW_DAYS = 30;
export const SOUGHT_DAYS = 365;

export interface EventPreview {
  readonly from: Day;
  readonly to: Day;
  /** What it would have told of in these days. */
  readonly told: readonly NewFact[];
  /** How many of unknown size it would have kept in mind. */
  readonly keptInMind: number;
  /** The newest it would have told of, in these days or up to a year before their end; null for none. */
  readonly newest: NewFact | null;
}

/**
 * What a rule would have told of in the 30 days that end on a day. Watch sets must have been put in before.
 *
 * @param outages the sources in trouble now: earlier troubles are not kept
 */
export function eventPreview(
  rule: EventRule,
  market: Market,
  to: Day,
  outages: readonly OutageFact[] = [],
): EventPreview {
  const from = addDays(to, 1 - PREVIEW_DAYS);
  const year =
    rule.event === "source_down"
      ? matchEvents([{ rule }], outages, market.companies, to)
      : pastEvents(rule, market, addDays(to, 1 - SOUGHT_DAYS), to);
  const lately = year.filter(({ fact }) => fact.learnedOn >= from);
  return {
    from,
    to,
    told: lately.flatMap(({ fact, quiet }) => (quiet ? [] : [fact])),
    keptInMind: lately.filter(({ quiet }) => quiet).length,
    newest: year.findLast(({ quiet }) => !quiet)?.fact ?? null,
  };
}
