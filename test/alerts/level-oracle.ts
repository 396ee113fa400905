import * as fc from "fast-check";
import { addDays, addYears } from "../../src/market/calendar.ts";
import type { LayoffSighting, LayoffValues } from "../../src/market/facts.ts";
import type { Filter, LevelRule } from "../../src/alerts/rule.ts";
import { layoff } from "../market/layoff-facts.ts";
import { eventsKnown } from "../market/layoff-oracle.ts";

/* What a rule measures, the obvious way: on each day every sighting is looked at, as it was known on that day. */

type Truth = "no" | "maybe" | "yes";

export function truth(filter: Filter | null, values: LayoffValues, companyKey: string): Truth {
  if (filter === null) return "yes";
  if ("parts" in filter) {
    const parts = filter.parts.map((part) => truth(part, values, companyKey));
    const [worst, best] =
      filter.kind === "and" ? (["no", "yes"] as const) : (["yes", "no"] as const);
    if (parts.includes(worst)) return worst;
    return parts.includes("maybe") ? "maybe" : best;
  }
  if (filter.kind === "not") {
    const part = truth(filter.part, values, companyKey);
    return part === "maybe" ? "maybe" : part === "yes" ? "no" : "yes";
  }
  if (filter.kind === "compare") {
    const size = filter.field === "people" ? values.headcount : values.percentOfStaff;
    if (size === null) return "maybe";
    const { operator, value } = filter.comparison;
    const passes = {
      ">": size > value,
      ">=": size >= value,
      "<": size < value,
      "<=": size <= value,
      "=": size === value,
    };
    return passes[operator] ? "yes" : "no";
  }
  if (filter.kind === "in-watch") throw new Error("a watch set was not put in");
  const said = {
    company: companyKey,
    sector: values.industry,
    country: values.country,
    stage: values.stage,
    reason: values.reason,
  };
  const name = (new Map(Object.entries(said)).get(filter.field) ?? "unknown").toLowerCase();
  return filter.values.some((wanted) => wanted.toLowerCase() === name) ? "yes" : "no";
}

export function figureOn(
  rule: LevelRule,
  layoffs: readonly LayoffSighting[],
  day: string,
): { value: number | null; n: number; unknownSize: number } {
  const from = addDays(day, 1 - rule.metric.windowDays!);
  const inside = eventsKnown(layoffs, day)
    .filter(({ on }) => on >= from && on <= day)
    .map((event) => ({ ...event, truth: truth(rule.filter, event.values, event.companyKey) }))
    .filter((event) => event.truth !== "no");
  const counted = inside.filter(
    (event) => event.truth === "yes" || rule.options.unknown === "include",
  );
  const sizes = counted
    .flatMap(({ values }) => (values.headcount === null ? [] : [values.headcount]))
    .sort((a, b) => a - b);
  const unknownSize = inside.filter(({ values }) => values.headcount === null).length;
  switch (rule.metric.name) {
    case "people":
      return { value: sizes.reduce((sum, size) => sum + size, 0), n: counted.length, unknownSize };
    case "companies":
      return {
        value: new Set(counted.map(({ companyKey }) => companyKey)).size,
        n: counted.length,
        unknownSize,
      };
    case "median_cut": {
      const middle = sizes.length >> 1;
      const value =
        sizes.length === 0
          ? null
          : sizes.length % 2 === 1
            ? sizes[middle]!
            : (sizes[middle - 1]! + sizes[middle]!) / 2;
      return { value, n: sizes.length, unknownSize };
    }
    case "share_over": {
      const over = sizes.filter((size) => size > Number(rule.metric.argument)).length;
      return {
        value: sizes.length === 0 ? null : (100 * over) / sizes.length,
        n: sizes.length,
        unknownSize,
      };
    }
    default:
      return { value: counted.length, n: counted.length, unknownSize };
  }
}

/** The value of a test on a day, from figures as they were known on their own days; null where there is none. */
export function testedOn(
  rule: LevelRule,
  layoffs: readonly LayoffSighting[],
  day: string,
): number | null {
  const window = rule.metric.windowDays!;
  const announced = eventsKnown(layoffs, undefined)
    .map(({ on }) => on)
    .sort();
  const known = announced.length === 0 ? "9999-12-31" : addDays(announced[0]!, window - 1);
  const at = (on: string) => (on < known ? null : figureOn(rule, layoffs, on).value);
  const now = figureOn(rule, layoffs, day).value;
  const { test } = rule;
  if (now === null) return null;
  if (test.kind === "change") {
    const base = at(
      test.against === "prev"
        ? addDays(day, -window)
        : test.against === "yoy"
          ? addYears(day, -1)
          : addDays(day, -test.against.days),
    );
    return base === null || base === 0 ? null : (100 * (now - base)) / base;
  }
  if (test.kind === "anomaly") {
    const before = Array.from({ length: 52 }, (_, back) =>
      at(addDays(day, -(back + 1) * window)),
    ).filter((value) => value !== null);
    if (before.length < 12) return null;
    const middle = (values: number[]) => {
      const sorted = values.toSorted((a, b) => a - b);
      return (
        (sorted[Math.floor((sorted.length - 1) / 2)]! +
          sorted[Math.ceil((sorted.length - 1) / 2)]!) /
        2
      );
    };
    const center = middle(before);
    const spread = middle(before.map((value) => Math.abs(value - center)));
    return spread === 0 ? null : (now - center) / (1.4826 * spread);
  }
  return now;
}

const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 2 });
const someValues = fc.record({
  company: fc.constantFrom("A", "B", "C", "D copy", "D"),
  headcount: orNull(fc.integer({ min: 0, max: 400 })),
  industry: orNull(fc.constantFrom("Retail", "Finance")),
  country: orNull(fc.constantFrom("India", "Germany")),
  stage: orNull(fc.constantFrom("Seed")),
  reason: orNull(fc.constantFrom("AI")),
});

/** Many layoffs in few weeks, so that windows are full: learned late, changed, moved, taken back. */
export const crowdedLayoffs: fc.Arbitrary<LayoffSighting[]> = fc.array(
  fc
    .record({
      values: someValues,
      on: fc.nat({ max: 120 }),
      lateDays: fc.nat({ max: 12 }),
      firstFrom: fc.integer({ min: -2, max: 3 }),
      changes: fc.array(
        fc.record({
          after: fc.integer({ min: 1, max: 15 }),
          values: someValues,
          moved: fc.integer({ min: -5, max: 5 }),
        }),
        { maxLength: 2 },
      ),
      withdrawnAfter: orNull(fc.nat({ max: 40 })),
    })
    .map(({ values, on, lateDays, firstFrom, changes, withdrawnAfter }) => {
      const announcedOn = addDays("2024-01-01", on);
      const learnedOn = addDays(announcedOn, lateDays);
      const sighting = layoff(values.company, announcedOn, values, {
        learnedOn,
        withdrawnOn: withdrawnAfter === null ? null : addDays(learnedOn, withdrawnAfter),
      });
      const first = sighting.versions[0]!.values;
      let from = addDays(learnedOn, firstFrom);
      const versions = [{ from, values: first }];
      for (const { after, values: later, moved } of changes) {
        from = addDays(from, after);
        versions.push({
          from,
          values: { ...first, ...later, announcedOn: addDays(announcedOn, moved) },
        });
      }
      return { ...sighting, versions };
    }),
  { minLength: 20, maxLength: 60, size: "max" },
);
