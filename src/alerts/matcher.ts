import type { CompanyBook } from "../market/company.ts";
import { groupOrder } from "../market/group-order.ts";
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

/** Rules filed under one set of names, by event: the number of the bucket for each combination of names. */
interface Shelf {
  readonly event: EventRule["event"];
  readonly dimensions: readonly Dimension[];
  readonly field: "people" | "percent" | null;
  readonly buckets: Map<string, number>;
}

/**
 * All buckets in one: bucket b has run 2b of rules that names and a size settle, and run 2b + 1 of those that must still be
 * asked. Run r reaches from `ends[r - 1]` up to `ends[r]`, the least thresholds first: the rules a size passes are the first few.
 */
interface Runs {
  readonly ends: Int32Array;
  readonly bounds: Float64Array;
  readonly rules: Int32Array;
}

/**
 * An index over event rules. A rule is filed under the names it asks for (company, sector, country …), among the rules that
 * ask for the same ones in order of their thresholds. An event looks once under each set of names in use and takes the
 * rules up to its size, however many rules there are. Watch sets must have been put in before (`withWatches`).
 */
export function openMatcher(rules: readonly EventRule[], book: CompanyBook): Matcher {
  const { shelves, runs } = filed(rules, book);
  const truths: (TruthOf | undefined)[] = [];
  const truthFor = (rule: number) => (truths[rule] ??= truthOf(rules[rule]!.filter, book));
  return {
    dimensionSets: shelves.length,
    reach: (fact) => {
      const counts = { probed: 0, settled: 0, open: 0 };
      each(shelves, fact, (bucket, size) => {
        counts.probed++;
        if (bucket === undefined) return;
        counts.settled += passed(runs, 2 * bucket, size) - startOf(runs, 2 * bucket);
        counts.open += passed(runs, 2 * bucket + 1, size) - startOf(runs, 2 * bucket + 1);
      });
      return counts;
    },
    hits: (fact) => {
      const found = new Map<number, typeof MAYBE | typeof YES>();
      const add = (rule: number, truth: Truth) => {
        if (truth !== NO && truth > (found.get(rule) ?? NO)) found.set(rule, truth);
      };
      each(shelves, fact, (bucket, size) => {
        if (bucket === undefined) return;
        const certain = size === null ? MAYBE : YES;
        const [settled, open] = [2 * bucket, 2 * bucket + 1];
        for (let at = startOf(runs, settled); at < passed(runs, settled, size); at++)
          add(runs.rules[at]!, certain);
        for (let at = startOf(runs, open); at < passed(runs, open, size); at++)
          add(runs.rules[at]!, truthFor(runs.rules[at]!)(fact.traits));
      });
      return [...found].map(([rule, truth]) => ({ rule, truth }));
    },
  };
}

function filed(
  rules: readonly EventRule[],
  book: CompanyBook,
): { readonly shelves: readonly Shelf[]; readonly runs: Runs } {
  const shelves = new Map<string, Shelf>();
  const entries: { readonly run: number; readonly bound: number; readonly rule: number }[] = [];
  let buckets = 0;
  rules.forEach(({ event, filter }, rule) => {
    for (const way of conjunctionsOf(filter, book)) {
      const { dimensions, field, buckets: numbers } = shelfFor(shelves, event, way);
      const names = dimensions.map((dimension) => way.equal.get(dimension)!).join("\n");
      const bucket = numbers.get(names) ?? buckets++;
      numbers.set(names, bucket);
      const bound = field === null ? -Infinity : way.least!.bound;
      entries.push({ run: 2 * bucket + (way.open ? 1 : 0), bound, rule });
    }
  });
  const runOf = Int32Array.from(entries, ({ run }) => run);
  const { order, ends } = groupOrder(runOf, 2 * buckets);
  for (let run = 0; run < ends.length; run++)
    order
      .subarray(run === 0 ? 0 : ends[run - 1], ends[run])
      .sort((a, b) => entries[a]!.bound - entries[b]!.bound);
  return {
    shelves: [...shelves.values()],
    runs: {
      ends,
      bounds: Float64Array.from(order, (entry) => entries[entry]!.bound),
      rules: order.map((entry) => entries[entry]!.rule),
    },
  };
}

function shelfFor(shelves: Map<string, Shelf>, event: EventRule["event"], way: Conjunction): Shelf {
  const dimensions = DIMENSIONS.filter((dimension) => way.equal.has(dimension));
  const field = way.least?.field ?? null;
  const key = `${event}|${dimensions.join(",")}|${field ?? ""}`;
  const shelf = shelves.get(key) ?? {
    event,
    dimensions,
    field,
    buckets: new Map<string, number>(),
  };
  shelves.set(key, shelf);
  return shelf;
}

/** Every shelf of the event's kind: the bucket of its names and the size that counts there, null for one not reported. */
function each(
  shelves: readonly Shelf[],
  { event, traits }: NewFact,
  visit: (bucket: number | undefined, size: number | null) => void,
): void {
  const names = namesOf(traits);
  for (const shelf of shelves) {
    if (shelf.event !== event) continue;
    const [first, ...others] = shelf.dimensions;
    let key = first === undefined ? "" : names[first];
    for (const dimension of others) key += `\n${names[dimension]}`;
    visit(shelf.buckets.get(key), shelf.field === null ? Infinity : traits[shelf.field]);
  }
}

/** An event's names as rules are filed by them, folded once for all shelves. */
function namesOf(traits: Traits): Readonly<Record<Dimension, string>> {
  return {
    company: traits.companyKey,
    sector: foldedTrait(traits.sector),
    country: foldedTrait(traits.country),
    stage: foldedTrait(traits.stage),
    reason: foldedTrait(traits.reason),
    source: foldedTrait(traits.source),
  };
}

function startOf({ ends }: Runs, run: number): number {
  return run === 0 ? 0 : ends[run - 1]!;
}

/** The end of the rules of a run that a size passes; an unknown one may pass them all. */
function passed(runs: Runs, run: number, size: number | null): number {
  let low = startOf(runs, run);
  let high = runs.ends[run]!;
  if (size === null || size === Infinity) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs.bounds[middle]! <= size) low = middle + 1;
    else high = middle;
  }
  return low;
}
