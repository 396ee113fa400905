import type { CompanyBook } from "../market/company.ts";
import { conjunctionsOf, DIMENSIONS } from "./conjunctions.ts";
import type { Conjunction, Dimension } from "./conjunctions.ts";
import type { NewFact } from "./new-fact.ts";
import type { EventRule } from "./rule.ts";
import { foldedTrait } from "./traits.ts";
import type { Traits } from "./traits.ts";
import { MAYBE, NO, truthOf, YES } from "./truth.ts";
import type { Truth, TruthOf } from "./truth.ts";

/** Some events against very many rules. */
export interface Matcher {
  /** Each rule that an event passes or may pass, once, by its place in the list. */
  hits(fact: NewFact): readonly Hit[];
  /** The runs of rules an event reaches, before any of them is looked at: what it costs to match it. */
  reach(fact: NewFact): Reach;
  /** Different sets of names that some rule is filed under. */
  readonly dimensionSets: number;
}

export interface Hit {
  readonly rule: number;
  readonly truth: typeof MAYBE | typeof YES;
}

export interface Reach {
  /** Runs looked up; at most one for each set of names. */
  readonly probed: number;
  /** Rules in the runs that need no further question, and rules that must still be asked. */
  readonly settled: number;
  readonly open: number;
}

/** Rules filed under one set of names, by event. */
interface Shelf {
  readonly event: EventRule["event"];
  readonly dimensions: readonly Dimension[];
  readonly field: "people" | "percent" | null;
  readonly buckets: Map<string, Bucket>;
}

/** Rules filed under the same names, those with the least threshold first: the ones a size passes are the first few. */
interface Bucket {
  readonly settled: Run;
  readonly open: Run;
}
interface Run {
  readonly bounds: number[];
  readonly rules: number[];
}

/**
 * An index over event rules. A rule is filed under the names it asks for (company, sector, country …), among the rules that
 * ask for the same ones in order of their thresholds. An event looks once under each set of names in use and takes the
 * rules up to its size, however many rules there are. Watch sets must have been put in before (`withWatches`).
 */
export function openMatcher(rules: readonly EventRule[], book: CompanyBook): Matcher {
  const shelves = new Map<string, Shelf>();
  const truths: (TruthOf | undefined)[] = [];
  rules.forEach((rule, index) => {
    for (const way of conjunctionsOf(rule.filter, book)) file(shelves, rule, index, way);
  });
  for (const { buckets } of shelves.values())
    for (const { settled, open } of buckets.values()) {
      order(settled);
      order(open);
    }
  const all = [...shelves.values()];
  const truthFor = (rule: number) => (truths[rule] ??= truthOf(rules[rule]!.filter, book));
  return {
    dimensionSets: all.length,
    reach: (fact) => {
      const counts = { probed: 0, settled: 0, open: 0 };
      each(all, fact, (bucket, size) => {
        counts.probed++;
        counts.settled += passed(bucket?.settled, size);
        counts.open += passed(bucket?.open, size);
      });
      return counts;
    },
    hits: (fact) => {
      const found = new Map<number, typeof MAYBE | typeof YES>();
      const add = (rule: number, truth: Truth) => {
        if (truth !== NO && truth > (found.get(rule) ?? NO)) found.set(rule, truth);
      };
      each(all, fact, (bucket, size) => {
        if (bucket === undefined) return;
        const { settled, open } = bucket;
        const certain = size === null ? MAYBE : YES;
        for (let at = passed(settled, size) - 1; at >= 0; at--) add(settled.rules[at]!, certain);
        for (let at = passed(open, size) - 1; at >= 0; at--)
          add(open.rules[at]!, truthFor(open.rules[at]!)(fact.traits));
      });
      return [...found].map(([rule, truth]) => ({ rule, truth }));
    },
  };
}

function file(
  shelves: Map<string, Shelf>,
  { event }: EventRule,
  index: number,
  way: Conjunction,
): void {
  const dimensions = DIMENSIONS.filter((dimension) => way.equal.has(dimension));
  const field = way.least?.field ?? null;
  const key = `${event}|${dimensions.join(",")}|${field ?? ""}`;
  const shelf = shelves.get(key) ?? {
    event,
    dimensions,
    field,
    buckets: new Map<string, Bucket>(),
  };
  shelves.set(key, shelf);
  const names = dimensions.map((dimension) => way.equal.get(dimension)!).join("\n");
  const bucket = shelf.buckets.get(names) ?? {
    settled: { bounds: [], rules: [] },
    open: { bounds: [], rules: [] },
  };
  shelf.buckets.set(names, bucket);
  const run = way.open ? bucket.open : bucket.settled;
  run.bounds.push(way.least?.bound ?? -Infinity);
  run.rules.push(index);
}

function order({ bounds, rules }: Run): void {
  const places = Int32Array.from(bounds.keys()).sort((a, b) => bounds[a]! - bounds[b]!);
  const sorted = Array.from(places, (place) => [bounds[place]!, rules[place]!] as const);
  sorted.forEach(([bound, rule], at) => {
    bounds[at] = bound;
    rules[at] = rule;
  });
}

/** Every shelf of the event's kind: the bucket of its names and the size that counts there, null for one not reported. */
function each(
  shelves: readonly Shelf[],
  { event, traits }: NewFact,
  visit: (bucket: Bucket | undefined, size: number | null) => void,
): void {
  for (const shelf of shelves) {
    if (shelf.event !== event) continue;
    const names = shelf.dimensions.map((dimension) => nameOf(traits, dimension)).join("\n");
    visit(shelf.buckets.get(names), shelf.field === null ? Infinity : traits[shelf.field]);
  }
}

function nameOf(traits: Traits, dimension: Dimension): string {
  return dimension === "company" ? traits.companyKey : foldedTrait(traits[dimension]);
}

/** How many rules of a run a size passes; an unknown one may pass them all. */
function passed(run: Run | undefined, size: number | null): number {
  if (run === undefined) return 0;
  const { bounds } = run;
  if (size === null || size === Infinity) return bounds.length;
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle]! <= size) low = middle + 1;
    else high = middle;
  }
  return low;
}
