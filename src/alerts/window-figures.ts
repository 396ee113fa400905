import type { Ledger } from "../market/layoff-ledger.ts";
import type { Market } from "../market/market.ts";
import { aiHiring } from "../market/overlap.ts";
import { quantile } from "../market/stats.ts";
import type { Metric } from "./rule.ts";

/** A figure over the layoffs that stand in a window, kept up as layoffs enter and leave it. */
export interface WindowFigure {
  /** `people` is negative where the size was not reported; `company` is any number that stands for it. */
  add(people: number, company: number): void;
  drop(people: number, company: number): void;
  /** On the day that ends the window, a day number. Null where nothing can be said: no layoff of known size, no board read yet. */
  value(day: number): number | null;
  /** How many layoffs the figure rests on. */
  n(): number;
}

/** The figure of a count over layoffs, for an empty window. `company` is the ledger's code of it. */
export function windowFigure(
  { name, argument }: Pick<Metric, "name" | "argument">,
  market: Pick<Market, "entries" | "companies">,
  ledger: Ledger,
): WindowFigure {
  switch (name) {
    case "overlap":
      return overlapFigure(market, ledger);
    case "companies":
      return companiesFigure(({ size }) => size);
    case "median_cut":
      return medianFigure();
    case "share_over":
      return shareFigure(Number(argument));
    case "people":
      return sumFigure((people) => Math.max(people, 0));
    default:
      return sumFigure(() => 1);
  }
}

function sumFigure(weight: (people: number) => number): WindowFigure {
  let sum = 0;
  let count = 0;
  const change = (sign: 1 | -1) => (people: number) => {
    sum += sign * weight(people);
    count += sign;
  };
  return { add: change(1), drop: change(-1), value: () => sum, n: () => count };
}

/** A figure of the companies in the window, each once. */
function companiesFigure(
  value: (companies: ReadonlyMap<number, number>, day: number) => number | null,
): WindowFigure {
  const counts = new Map<number, number>();
  let count = 0;
  const change = (sign: 1 | -1) => (_: number, company: number) => {
    count += sign;
    const left = (counts.get(company) ?? 0) + sign;
    if (left === 0) counts.delete(company);
    else counts.set(company, left);
  };
  return { add: change(1), drop: change(-1), value: (day) => value(counts, day), n: () => count };
}

/** Companies in the window that list AI jobs on its last day. */
function overlapFigure(
  market: Pick<Market, "entries" | "companies">,
  ledger: Ledger,
): WindowFigure {
  const hiring = aiHiring(market);
  return companiesFigure((companies, day) => {
    if (day < hiring.since) return null;
    const keys = [...companies.keys()].map((code) => ledger.label("company", code).group);
    return keys.filter((key) => hiring.on(key, day)).length;
  });
}

/** Percent of the layoffs of known size that are larger than `bound` people. */
function shareFigure(bound: number): WindowFigure {
  let known = 0;
  let over = 0;
  const change = (sign: 1 | -1) => (people: number) => {
    if (people < 0) return;
    known += sign;
    if (people > bound) over += sign;
  };
  return {
    add: change(1),
    drop: change(-1),
    value: () => (known === 0 ? null : (100 * over) / known),
    n: () => known,
  };
}

/** The median size of the layoffs whose size is known. */
function medianFigure(): WindowFigure {
  const sizes: number[] = [];
  const place = (people: number) => {
    let low = 0;
    let high = sizes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sizes[middle]! < people) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    add: (people) => {
      if (people >= 0) sizes.splice(place(people), 0, people);
    },
    drop: (people) => {
      if (people >= 0) sizes.splice(place(people), 1);
    },
    value: () => quantile(sizes, 0.5),
    n: () => sizes.length,
  };
}
