import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { matchOf } from "./events.ts";
import type { EventMatch, WithEventRule } from "./events.ts";
import { learnedFacts } from "./learned-facts.ts";
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
  return learnedFacts(market, from, to, "then").flatMap((fact) =>
    fact.event === rule.event
      ? (matchOf({ rule }, fact, truth(fact.traits), fact.learnedOn) ?? [])
      : [],
  );
}
