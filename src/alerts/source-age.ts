import { daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { statesRead } from "../market/notices.ts";
import { dayName } from "../market/period-index.ts";
import { textAt } from "../market/texts.ts";
import { stateCode } from "../market/us-states.ts";
import { dayNumber } from "../market/calendar.ts";
import type { LevelRule } from "./rule.ts";

/** The ids a `no data` rule watches: the named source, the WARN notices of a state (`warn:CA`), or those of the layoff figures. */
export function watchedSources({ test }: LevelRule, market: Market): readonly string[] {
  if (test.kind !== "no-data") return [];
  const wanted = test.source.toLowerCase();
  const ids = wanted === "" ? market.layoffSources : market.sources;
  const named = ids.filter(({ id }) => wanted === "" || id.toLowerCase() === wanted);
  if (named.length > 0) return named.map(({ id }) => id);
  const state = noticeState(test.source);
  return state !== undefined && noticeDays(market, state).length > 0 ? [`warn:${state}`] : [];
}

/** What `no data(…)` may name: the sources, and each state whose notices are read. */
export function knownSources(market: Market): readonly string[] {
  return [
    ...market.sources.map(({ id }) => id),
    ...statesRead(market).map((state) => `warn:${state}`),
  ];
}

/** How many days ago the newest word of the watched sources came, and the day of it; null for sources we do not have. */
export function sourceAge(
  rule: LevelRule,
  market: Market,
  onDay: Day,
): { readonly age: number | null; readonly asOf: Day } {
  const newest = watchedSources(rule, market)
    .map((id) => newestWord(id, market, onDay))
    .filter((day) => day !== null)
    .sort()
    .at(-1);
  return newest === undefined
    ? { age: null, asOf: onDay }
    : { age: daysBetween(newest, onDay), asOf: newest };
}

/** The day a source speaks for; on a day before that, the newest row it had given by then. */
function newestWord(id: string, market: Market, onDay: Day): Day | null {
  const source = market.sources.find((each) => each.id === id);
  if (source === undefined) return newestNotice(id, market, onDay);
  if (source.asOfOn <= onDay) return source.asOfOn;
  const { sightings, texts } = market.layoffs().ledger;
  const until = dayNumber(onDay);
  const learned = sightings.learned.all();
  let newest = -Infinity;
  for (let at = 0; at < learned.length; at++) {
    if (learned[at]! <= newest || learned[at]! > until) continue;
    if (textAt(texts.source, sightings.source.at(at)) === id) newest = learned[at]!;
  }
  return Number.isFinite(newest) ? dayName(newest) : null;
}

/** The newest day up to another on which a notice of a state was learned. */
function newestNotice(id: string, market: Market, onDay: Day): Day | null {
  const state = noticeState(id);
  return state === undefined
    ? null
    : (noticeDays(market, state).findLast((day) => day <= onDay) ?? null);
}

/** "CA" of `warn:CA` or `warn:California`; undefined for anything else. */
function noticeState(source: string): string | undefined {
  const [, state] = /^warn:(.+)$/i.exec(source) ?? [];
  return state === undefined ? undefined : stateCode(state);
}

type Notices = Market["entries"]["notices"];
/** A replay asks for every day of its span. */
const learnedDays = new WeakMap<Notices, Map<string, readonly Day[]>>();

/** The days on which notices of a state were learned, in order. */
function noticeDays({ entries: { notices } }: Market, state: string): readonly Day[] {
  const known = learnedDays.get(notices) ?? new Map<string, readonly Day[]>();
  learnedDays.set(notices, known);
  const ready = known.get(state);
  if (ready !== undefined) return ready;
  const days = notices.flatMap(({ versions: [first] }) =>
    first?.values?.state === state ? [first.from] : [],
  );
  const found = [...new Set(days)].toSorted();
  known.set(state, found);
  return found;
}
