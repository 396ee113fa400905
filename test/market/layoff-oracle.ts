import * as fc from "fast-check";
import { addDays, next, periodLabel, endOf, startOf } from "../../src/market/calendar.ts";
import type { Basis, Day, LayoffSighting, LayoffValues } from "../../src/market/facts.ts";
import type {
  Dimension,
  GroupTotals,
  LayoffFilter,
  Match,
  PeriodTotals,
  Step,
  Totals,
} from "../../src/market/layoffs.ts";
import { layoff, plainBook } from "./layoff-facts.ts";

/*
 * The questions answered the obvious way: every sighting looked at, every filter an `Array.filter`. Slow and plain, so that
 * the columns can be held against it.
 */

export interface Event {
  readonly on: Day;
  readonly companyKey: string;
  readonly learnedOn: Day;
  readonly values: LayoffValues;
}

export function eventsKnown(
  layoffs: readonly LayoffSighting[],
  asof: Day | undefined,
  basis: Basis = "announced",
): Event[] {
  const book = plainBook();
  return layoffs.flatMap((sighting) => {
    if (
      asof === undefined
        ? sighting.withdrawnOn !== null
        : sighting.learnedOn > asof ||
          (sighting.withdrawnOn !== null && sighting.withdrawnOn <= asof)
    )
      return [];
    const { values } =
      sighting.versions.findLast(({ from }) => asof === undefined || from <= asof) ??
      sighting.versions[0]!;
    const on = basis === "learned" ? sighting.learnedOn : values[`${basis}On`];
    return on === null
      ? []
      : [{ on, companyKey: book.of(values.company).key, learnedOn: sighting.learnedOn, values }];
  });
}

export function found(layoffs: readonly LayoffSighting[], filter: LayoffFilter): Event[] {
  const matches = (match: Match | undefined, value: string | null) => {
    if (match === undefined) return true;
    const name = (value ?? "unknown").toLowerCase();
    const has = (names: readonly string[]) => names.some((each) => each.toLowerCase() === name);
    return (match.any.length === 0 || has(match.any)) && !has(match.not);
  };
  return eventsKnown(layoffs, filter.asof, filter.basis).filter(
    ({ on, companyKey, values }) =>
      (filter.companies === undefined || filter.companies.includes(companyKey)) &&
      (filter.from === undefined || on >= filter.from) &&
      (filter.to === undefined || on <= filter.to) &&
      matches(filter.industry, values.industry) &&
      matches(filter.country, values.country) &&
      matches(filter.stage, values.stage) &&
      matches(filter.reason, values.reason) &&
      (filter.peopleMin === undefined ||
        (values.headcount !== null && values.headcount >= filter.peopleMin)),
  );
}

export function totalsOf(events: readonly Event[]): Totals {
  return {
    people: events.reduce((sum, { values }) => sum + (values.headcount ?? 0), 0),
    events: events.length,
    companies: new Set(events.map(({ companyKey }) => companyKey)).size,
    unknownSize: events.filter(({ values }) => values.headcount === null).length,
  };
}

export function seriesOf(
  layoffs: readonly LayoffSighting[],
  filter: LayoffFilter,
  step: Step,
  asOfOn: Day,
): PeriodTotals[] {
  const events = found(layoffs, filter);
  const days = (list: readonly Event[]) => list.map(({ on }) => on).sort();
  const known = days(eventsKnown(layoffs, filter.asof, filter.basis));
  const later = (a: Day, b: Day) => (a > b ? a : b);
  const earlier = (a: Day, b: Day) => (a < b ? a : b);
  if (known.length === 0) return [];
  const first = filter.from === undefined ? days(events)[0] : later(filter.from, known[0]!);
  const last =
    filter.to === undefined
      ? days(events).at(-1)
      : earlier(filter.to, later(known.at(-1)!, filter.asof ?? asOfOn));
  const periods: PeriodTotals[] = [];
  if (first === undefined || last === undefined || first > last) return [];
  for (let start = startOf(step, first); start <= last; start = next(step, start)) {
    const from = later(start, first);
    const to = earlier(endOf(step, start), last);
    periods.push({
      from,
      to,
      label: periodLabel(step, start),
      ...totalsOf(events.filter(({ on }) => on >= from && on <= to)),
    });
  }
  return periods;
}

export function groupsOf(events: readonly Event[], by: Dimension): GroupTotals[] {
  const book = plainBook();
  const groups = Map.groupBy(events, (event) =>
    by === "company" ? event.companyKey : (event.values[by] ?? "Unknown"),
  );
  return [...groups]
    .map(([group, members]) => ({
      group,
      name: by === "company" ? book.of(members[0]!.values.company).name.toUpperCase() : group,
      ...totalsOf(members),
      lastOn: members
        .map(({ on }) => on)
        .sort()
        .at(-1)!,
      largest: members.reduce<number | null>(
        (most, { values }) =>
          values.headcount === null ? most : Math.max(most ?? 0, values.headcount),
        null,
      ),
    }))
    .sort((a, b) => b.people - a.people || b.events - a.events || (a.name < b.name ? -1 : 1));
}

/** Newest first, of one day the largest first, of equals by company: the stated order of rows. */
export function newestFirst(events: readonly Event[]): Event[] {
  return [...events].sort((a, b) =>
    a.on === b.on
      ? (b.values.headcount ?? -1) - (a.values.headcount ?? -1) ||
        (a.companyKey < b.companyKey ? -1 : 1)
      : a.on > b.on
        ? -1
        : 1,
  );
}

const FIRST_DAY = "2022-11-20";
const SPAN_DAYS = 480;

export const someDay = fc
  .integer({ min: 0, max: SPAN_DAYS })
  .map((days) => addDays(FIRST_DAY, days));
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 2 });

const someValues = fc.record({
  company: fc.constantFrom("A", " A", "A copy", "B", "C", "D", "E", "F", "G", "H", "É", "日"),
  announcedOn: someDay,
  filedOn: orNull(someDay),
  effectiveOn: orNull(someDay),
  headcount: orNull(fc.integer({ min: 0, max: 400 })),
  industry: orNull(fc.constantFrom("Retail", "Finance", "Food")),
  country: orNull(fc.constantFrom("India", "Germany")),
  stage: orNull(fc.constantFrom("Seed", "Series A", "Post-IPO")),
  reason: orNull(fc.constantFrom("AI", "Closing")),
});

/** Layoffs with every turn a source can take: learned late, changed, taken back, dates missing. */
export const someLayoffs: fc.Arbitrary<LayoffSighting[]> = fc.array(
  fc
    .record({
      first: someValues,
      lateDays: fc.nat({ max: 30 }),
      changes: fc.array(
        fc.record({ afterDays: fc.integer({ min: 1, max: 60 }), values: someValues }),
        { maxLength: 2 },
      ),
      withdrawnAfterDays: fc.option(fc.nat({ max: 90 }), { nil: null, freq: 6 }),
    })
    .map(({ first, lateDays, changes, withdrawnAfterDays }) => {
      const learnedOn = addDays(first.announcedOn, lateDays);
      const sighting = layoff(first.company, first.announcedOn, first, {
        learnedOn,
        withdrawnOn: withdrawnAfterDays === null ? null : addDays(learnedOn, withdrawnAfterDays),
      });
      let from = learnedOn;
      const later = changes.map(({ afterDays, values }) => {
        from = addDays(from, afterDays);
        return { from, values: { ...sighting.versions[0]!.values, ...values } };
      });
      return { ...sighting, versions: [...sighting.versions, ...later] };
    }),
  { maxLength: 60 },
);

const someMatch = (...names: readonly string[]) =>
  fc.record({
    any: fc.subarray([...names, "unknown"]),
    not: fc.subarray([...names, "Unknown"], { maxLength: 1 }),
  });

export const someFilter: fc.Arbitrary<LayoffFilter> = fc.record(
  {
    companies: fc.subarray(["a", "b", "c", "é", "日", "nobody"]),
    from: someDay,
    to: someDay,
    industry: someMatch("retail", "FINANCE", "Food"),
    country: someMatch("India", "germany"),
    stage: someMatch("seed", "Series A"),
    reason: someMatch("ai"),
    peopleMin: fc.constantFrom(0, 1, 50, 200),
    asof: someDay,
    basis: fc.constantFrom<Basis>("announced", "learned", "filed", "effective"),
  },
  { requiredKeys: [] },
);
