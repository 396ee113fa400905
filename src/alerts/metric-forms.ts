import type { Scale } from "./amounts.ts";
import { METRICS } from "./rule.ts";
import type { MetricName } from "./rule.ts";

/** How a figure is written: `share_over(500, 30d)`, `salary(p50, role=ai-engineer, level=senior)`. */
export interface MetricForm {
  readonly window: "must" | "none";
  /** The word that stands first in the brackets. */
  readonly argument?: {
    readonly name: string;
    readonly samples: readonly string[];
    /** The word as it is kept; undefined when it is none. */
    readonly read: (word: string) => string | undefined;
  };
  /** Words that may follow; none means that any condition of `where` may stand there. */
  readonly dimensions: readonly string[];
  readonly scale: Scale;
  readonly example: string;
}

const COUNT = { percent: "never", least: 0, most: 1_000_000_000 } as const;
const STATISTICS = ["p25", "p50", "p75", "mean"] as const;

function counted(unit: string, name: string, number: number): MetricForm {
  const example = `when ${name}(7d) > ${number}`;
  return { window: "must", dimensions: [], scale: { unit, ...COUNT, example }, example };
}

function inPercent(
  least: number,
  most: number,
  unit: string,
  example: string,
): { readonly scale: Scale; readonly example: string } {
  return { scale: { unit, percent: "may", least, most, example }, example };
}

export const METRIC_FORMS: Readonly<Record<MetricName, MetricForm>> = {
  people: counted("people", "people", 10_000),
  events: counted("events", "events", 50),
  companies: counted("companies", "companies", 40),
  median_cut: counted("people", "median_cut", 150),
  share_over: {
    window: "must",
    argument: {
      name: "a number of people",
      samples: ["500"],
      read: (word) => (/^[1-9]\d{0,6}$/.test(word) ? word : undefined),
    },
    dimensions: [],
    ...inPercent(0, 100, "percent of events", "when share_over(500, 30d) > 10%"),
  },
  salary: {
    window: "none",
    argument: {
      name: "a statistic: p25, p50, p75 or mean",
      samples: STATISTICS,
      read: (word) => STATISTICS.find((name) => name === (word === "median" ? "p50" : word)),
    },
    dimensions: ["role", "level", "country", "quarter"],
    scale: {
      unit: "USD a year",
      ...COUNT,
      example: "when salary(p50, role=ai-engineer, level=senior) > 190000",
    },
    example:
      "when salary(p50, role=ai-engineer, level=senior, country=US, quarter) change prev > 10%",
  },
  premium: {
    window: "none",
    dimensions: ["level", "country", "quarter"],
    ...inPercent(-100, 10_000, "percent", "when premium(level=senior) > 20%"),
  },
  ai_postings: {
    window: "none",
    dimensions: ["country"],
    ...inPercent(0, 100, "percent of postings", "when ai_postings(country=US) > 2%"),
  },
  overlap: counted("companies", "overlap", 5),
  source: {
    window: "none",
    dimensions: [],
    scale: { unit: "days", ...COUNT, example: "when no data(warn:CA) for 3d" },
    example: "when no data(warn:CA) for 3d",
  },
};

/** The figures a person may name; `source` is only meant by `no data(…)`. */
export const MEASURED = METRICS.filter((name) => name !== "source");
