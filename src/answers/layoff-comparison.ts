import type { Day } from "../market/facts.ts";
import { totals } from "../market/layoffs.ts";
import type { LayoffFilter, Totals } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import type { Reply } from "../reply/reply.ts";
import { changePct, count, daySpan, plural, round, signedPercent } from "../reply/words.ts";
import type { Measure } from "./over-time.ts";

/** First and last day, both counted. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
}

/** One measure in two spans, and its change in percent; null where there is nothing before. */
export interface Comparison {
  readonly current: number;
  readonly previous: number;
  readonly change: number | null;
  readonly agedCurrent: number;
  readonly agedPrevious: number;
  readonly agedChange: number | null;
  /** Some source tells when it learned of events; otherwise nothing is known of what was known when. */
  readonly isAged: boolean;
  readonly figures: Readonly<Record<string, number | null>>;
}

/** Both spans as known today, and each as it was known on its own last day. */
export function comparison(
  market: Market,
  filter: LayoffFilter,
  current: Span,
  before: Span,
  measure: Measure,
): Comparison {
  const [now, then] = [
    totals(market, { ...filter, ...current }),
    totals(market, { ...filter, ...before }),
  ];
  const aged = (span: Span): Totals =>
    totals(market, {
      ...filter,
      ...span,
      asof: filter.asof !== undefined && filter.asof < span.to ? filter.asof : span.to,
    });
  const [agedNow, agedThen] = [aged(current), aged(before)];
  const change = changePct(now[measure], then[measure]);
  const isAged = market.learnedAssumed < market.layoffs().size;
  const agedChange = changePct(agedNow[measure], agedThen[measure]);
  return {
    current: now[measure],
    previous: then[measure],
    change,
    agedCurrent: agedNow[measure],
    agedPrevious: agedThen[measure],
    agedChange,
    isAged,
    figures: {
      current: now[measure],
      previous: then[measure],
      changePct: rounded(change),
      currentEvents: now.events,
      previousEvents: then.events,
      changePctEvents: rounded(changePct(now.events, then.events)),
      currentUnknownSize: now.unknownSize,
      previousUnknownSize: then.unknownSize,
      currentSameAge: isAged ? agedNow[measure] : null,
      previousSameAge: isAged ? agedThen[measure] : null,
      changePctSameAge: isAged ? rounded(agedChange) : null,
      currentEventsSameAge: isAged ? agedNow.events : null,
      previousEventsSameAge: isAged ? agedThen.events : null,
    },
  };
}

/** Both spans with what did not say its size, the change, and the same at the same age. */
export function numbers(
  current: Span,
  before: Span,
  compared: Comparison,
): Reply["blocks"][number] {
  const events = compared.figures;
  return {
    kind: "figures",
    items: [
      {
        label: daySpan(current.from, current.to),
        value: `${count(compared.current)} · ${plural(events["currentEvents"]!, "event")} (${count(events["currentUnknownSize"]!)} size not reported)`,
      },
      {
        label: daySpan(before.from, before.to),
        value: `${count(compared.previous)} · ${plural(events["previousEvents"]!, "event")} (${count(events["previousUnknownSize"]!)} size not reported)`,
      },
      {
        label: "Change",
        value:
          compared.change === null
            ? "nothing before to compare with"
            : signedPercent(compared.change),
      },
      {
        label: "At the same age",
        value: !compared.isAged
          ? "not known: no event says when it was added"
          : `${count(compared.agedCurrent)} vs ${count(compared.agedPrevious)}${compared.agedChange === null ? "" : ` (${signedPercent(compared.agedChange)})`}, each as known on its own last day`,
      },
    ],
  };
}

/** Which way it went, and whether it went so at the same age; without a comparison what a bar is. */
export function sentence(measure: Measure, compared: Comparison | undefined): string {
  const noun = { people: "known people", events: "events", companies: "companies" }[measure];
  if (compared === undefined)
    return `One bar is the ${noun} announced in that time; unknown sizes are not in it.`;
  if (compared.change === null) return `There are no ${noun} in the earlier span to compare with.`;
  const direction =
    Math.abs(compared.change) < 2 ? "about as many" : compared.change > 0 ? "more" : "fewer";
  const start = `There were ${direction} ${noun} than in the earlier span`;
  if (!compared.isAged) return `${start}.`;
  const agrees =
    compared.agedChange !== null &&
    Math.sign(Math.round(compared.agedChange)) === Math.sign(Math.round(compared.change));
  return `${start}; ${agrees ? "counted at the same age the direction is the same" : "counted at the same age the direction differs, so part of it is late reporting"}.`;
}

function rounded(value: number | null): number | null {
  return value === null ? null : round(value, 1);
}
