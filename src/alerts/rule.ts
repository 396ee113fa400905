/** A rule as data; `parseRule` reads it from text and `ruleText` writes it back, so that one line of text is the truth. */
export type RuleSpec = LevelRule | EventRule;

/** `when people(7d) > 10000 clear < 5000 notify #market`: a value that is watched. */
export interface LevelRule {
  readonly kind: "level";
  readonly metric: Metric;
  readonly test: Test;
  readonly filter: Filter | null;
  /** How long it must hold before it fires, days of data time; 0 at once. */
  readonly forDays: number;
  /** Leaves the episode only past this; the default is made from the threshold by `clearOf`. */
  readonly clear: Comparison | null;
  readonly options: Options;
}

/** `on layoff where company in @bigtech`: a happening that is told. */
export interface EventRule {
  readonly kind: "event";
  readonly event: EventName;
  readonly filter: Filter | null;
  readonly options: Options;
}

export const EVENTS = ["layoff", "warn_notice", "revision", "posting", "source_down"] as const;
export type EventName = (typeof EVENTS)[number];

export const METRICS = [
  "people",
  "events",
  "companies",
  "median_cut",
  "share_over",
  "salary",
  "premium",
  "ai_postings",
  "overlap",
  /** The age of a source's newest row; only `no data(…)` watches it. */
  "source",
] as const;
export type MetricName = (typeof METRICS)[number];

export interface Metric {
  readonly name: MetricName;
  /** The window's length in days; null where the metric has no window of its own (its newest value counts). */
  readonly windowDays: number | null;
  /** `salary(p50, …)`: p25, p50, p75, mean. `share_over(500)`: the number as text. Otherwise null. */
  readonly argument: string | null;
  /** `role=ai-engineer, level=senior, country=US, quarter`. */
  readonly dimensions: Readonly<Record<string, string>>;
}

export type Operator = ">" | ">=" | "<" | "<=" | "=";
export interface Comparison {
  readonly operator: Operator;
  readonly value: number;
}

export type Test =
  | { readonly kind: "compare"; readonly comparison: Comparison }
  /** Percent change against the span before (`prev`), a year earlier (`yoy`), or so many days earlier. */
  | {
      readonly kind: "change";
      readonly against: "prev" | "yoy" | { readonly days: number };
      readonly comparison: Comparison;
    }
  /** Robust z against the trailing windows. */
  | { readonly kind: "anomaly"; readonly comparison: Comparison }
  | { readonly kind: "record"; readonly extreme: "high" | "low"; readonly since: string | null }
  | { readonly kind: "crosses"; readonly direction: "up" | "down"; readonly value: number }
  /** Nothing new from a source for so long; the metric is then `source`. */
  | { readonly kind: "no-data"; readonly source: string; readonly days: number };

export const FIELDS = [
  "company",
  "parent",
  "sector",
  "country",
  "state",
  "stage",
  "reason",
  "people",
  "percent",
  "role",
  "level",
  "source",
] as const;
export type Field = (typeof FIELDS)[number];

export type Filter =
  | { readonly kind: "and" | "or"; readonly parts: readonly Filter[] }
  | { readonly kind: "not"; readonly part: Filter }
  | { readonly kind: "is"; readonly field: Field; readonly values: readonly string[] }
  /** `company in @bigtech`: a watch set, resolved when the rule is tested. */
  | { readonly kind: "in-watch"; readonly field: "company" | "parent"; readonly watch: string }
  | {
      readonly kind: "compare";
      readonly field: "people" | "percent";
      readonly comparison: Comparison;
    };

export interface Options {
  /** `#market`, `@me`, `here`; as typed, resolved by the platform when the rule is saved. */
  readonly notify: readonly string[];
  readonly group: { readonly minutes: number; readonly most: number | null } | null;
  readonly cooldownMinutes: number | null;
  readonly repeatMinutes: number | null;
  readonly once: boolean;
  readonly quiet: {
    readonly from: string;
    readonly to: string;
    readonly zone: string;
    readonly mode: "hold" | "drop" | "silent";
  } | null;
  readonly severity: string | null;
  readonly escalate: { readonly afterMinutes: number; readonly to: string } | null;
  readonly digestOnly: boolean;
  readonly expiresDays: number | null;
  readonly maxAgeDays: number | null;
  /** What an event of unknown size does against `people >= n`. */
  readonly unknown: "include" | "exclude" | "quiet";
  readonly note: string | null;
}

export const NO_OPTIONS: Options = {
  notify: [],
  group: null,
  cooldownMinutes: null,
  repeatMinutes: null,
  once: false,
  quiet: null,
  severity: null,
  escalate: null,
  digestOnly: false,
  expiresDays: null,
  maxAgeDays: null,
  unknown: "quiet",
  note: null,
};

/** The comparison that ends an episode: as stated, else 80 % of the way (125 % for a lower bound). Undefined for tests that re-arm by themselves. */
export function clearOf(rule: LevelRule): Comparison | undefined {
  if (rule.clear !== null) return rule.clear;
  if (rule.test.kind !== "compare") return undefined;
  const { operator, value } = rule.test.comparison;
  if (operator === "=") return undefined;
  return operator.startsWith(">")
    ? { operator: "<", value: value * 0.8 }
    : { operator: ">", value: value * 1.25 };
}

export function holds({ operator, value }: Comparison, measured: number): boolean {
  switch (operator) {
    case ">":
      return measured > value;
    case ">=":
      return measured >= value;
    case "<":
      return measured < value;
    case "<=":
      return measured <= value;
    case "=":
      return measured === value;
  }
}

/** The single conditions of a filter, in the order they are written. */
export function* leavesOf(filter: Filter | null): Generator<Filter> {
  if (filter === null) return;
  if (filter.kind === "and" || filter.kind === "or")
    for (const part of filter.parts) yield* leavesOf(part);
  else if (filter.kind === "not") yield* leavesOf(filter.part);
  else yield filter;
}
