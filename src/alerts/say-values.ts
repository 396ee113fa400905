import { addDays } from "../market/calendar.ts";
import { count, daySpan, longDay, percent, plural, signedPercent, usd } from "../reply/words.ts";
import type { Measured, NoValue } from "./measured.ts";
import { clearOf } from "./rule.ts";
import { filterText } from "./rule-text.ts";
import type { Comparison, LevelRule, Metric, Operator } from "./rule.ts";

/** A figure with its unit: "12,345 people", "43 companies", "12 %", "$196,000". */
export function levelWords({ name }: Metric, value: number): string {
  switch (name) {
    case "people":
      return plural(value, "person", "people");
    case "events":
      return plural(value, "layoff");
    case "companies":
    case "overlap":
      return plural(value, "company", "companies");
    case "median_cut":
      return plural(value, "person", "people");
    case "share_over":
    case "premium":
      return percent(value);
    case "ai_postings":
      return percent(value, true);
    case "salary":
      return usd(value);
    case "source":
      return plural(value, "day");
  }
}

/** What a rule compares, with its unit: the figure, or its change, or its z. */
export function valueWords({ metric, test }: LevelRule, value: number): string {
  if (test.kind === "change") return signedPercent(value);
  return test.kind === "anomaly" ? `z ${value.toFixed(1)}` : levelWords(metric, value);
}

/** The figure's name: "people laid off", "median reported salary (ai-engineer, senior, US)". */
export function metricWords({ name, argument, dimensions }: Metric): string {
  const inside = Object.entries(dimensions)
    .filter(([, value]) => value !== "")
    .map(([, value]) => value)
    .join(", ");
  const which = inside === "" ? "" : ` (${inside})`;
  switch (name) {
    case "people":
      return "people laid off";
    case "events":
      return "layoffs";
    case "companies":
      return "companies with layoffs";
    case "median_cut":
      return "people in the median layoff";
    case "share_over":
      return `layoffs of more than ${count(Number(argument))} people, of those of known size`;
    case "salary":
      return `${{ p25: "25th percentile of", p50: "median of", p75: "75th percentile of", mean: "mean of" }[argument ?? "p50"] ?? "median of"} reported pay${which}`;
    case "premium":
      return `pay of AI engineers above other engineers${which}`;
    case "ai_postings":
      return `share of job postings that mention AI${which}`;
    case "overlap":
      return "companies that cut and post AI roles";
    case "source":
      return "days without a new word";
  }
}

/** The figure in a sentence, a floor where sizes are unknown: "at least 12,345 people laid off in the 7 days to 24 Jan 2024". */
export function figureSentence(rule: LevelRule, measured: Measured): string {
  const { metric, test } = rule;
  const { level } = measured;
  if (level === null) return `no figure ${whenWords(rule, measured)}`;
  if (test.kind === "no-data")
    return `nothing new from ${sourceWords(rule)} for ${plural(level, "day")}`;
  const floor = metric.name === "people" && measured.unknownSize > 0 ? "at least " : "";
  const figure =
    metric.name === "people"
      ? `${floor}${levelWords(metric, level)} laid off`
      : metric.name === "events"
        ? levelWords(metric, level)
        : metric.name === "companies"
          ? `${levelWords(metric, level)} with layoffs`
          : `${metricWords(metric)}: ${levelWords(metric, level)}`;
  return `${figure}${filterWords(rule)} ${whenWords(rule, measured)}`;
}

const FILTER_CHARS_MAX = 60;

/** " (country = US)"; a long filter is only said to be there. */
function filterWords({ filter }: LevelRule): string {
  if (filter === null) return "";
  const text = filterText(filter);
  return text.length <= FILTER_CHARS_MAX ? ` (${text})` : " (as the rule narrows it)";
}

/** "in the 7 days to 24 Jan 2024", "in 2023Q4" as the days of the quarter. */
export function whenWords({ metric }: LevelRule, { from, to }: Measured): string {
  if (metric.windowDays === null) return `in ${daySpan(from, to)}`;
  return metric.windowDays === 1
    ? `on ${longDay(to)}`
    : `in the ${metric.windowDays} days to ${longDay(to)}`;
}

export function sourceWords({ test }: LevelRule): string {
  return test.kind === "no-data" && test.source !== "" ? test.source : "the layoff sources";
}

const SIGNS: Readonly<Record<Operator, string>> = {
  ">": "above",
  ">=": "at or above",
  "<": "below",
  "<=": "at or below",
  "=": "exactly",
};

/** "above 10,000 people", "above +50 % against the 7 days before": what the rule waits for. */
export function testWords(rule: LevelRule): string {
  const { metric, test } = rule;
  const compared = ({ operator, value }: Comparison) =>
    `${SIGNS[operator]} ${valueWords(rule, value)}`;
  switch (test.kind) {
    case "compare":
      return compared(test.comparison);
    case "change":
      return `${compared(test.comparison)} against ${againstWords(rule)}`;
    case "anomaly":
      return `${compared(test.comparison)} against the windows before`;
    case "record":
      return `a record ${test.extreme}${test.since === null ? "" : ` since ${longDay(test.since)}`}`;
    case "crosses":
      return `crosses ${levelWords(metric, test.value)} going ${test.direction}`;
    case "no-data":
      return `nothing new for ${plural(test.days, "day")}`;
  }
}

/** What a change is measured against: "the 7 days before", "a year earlier". */
export function againstWords({ metric, test }: LevelRule): string {
  if (test.kind === "change" && test.against === "yoy") return "a year earlier";
  if (test.kind === "change" && typeof test.against === "object")
    return `${plural(test.against.days, "day")} earlier`;
  if (metric.windowDays === null)
    return metric.name === "ai_postings" ? "the month before" : "the quarter before";
  return metric.windowDays === 1 ? "the day before" : `the ${metric.windowDays} days before`;
}

/** When an episode is over: "below 5,000 people"; undefined where the test ends itself. */
export function clearWords(rule: LevelRule): string | undefined {
  const clear = clearOf(rule);
  return clear === undefined
    ? undefined
    : `${SIGNS[clear.operator]} ${valueWords(rule, clear.value)}`;
}

/** Why there is no value, in a sentence; undefined where there is one. */
export function noValueWords(
  rule: LevelRule,
  reason: NoValue | null,
  asOf: string,
): string | undefined {
  switch (reason) {
    case null:
      return undefined;
    case "stale":
      return `The data end on ${longDay(asOf)}: nothing is known of the days from ${longDay(addDays(asOf, 1))}, so this is neither on nor over.`;
    case "too-few":
      if (rule.metric.name === "overlap") return "No job board had been read by then.";
      return rule.metric.name === "salary" || rule.metric.name === "premium"
        ? "Fewer than 10 salaries on a side: too few to alert on."
        : "No layoff of known size in the window.";
    case "composition-break":
      return "Composition break: one side rests on at least twice as many salaries as the other, so the mix may have changed, not the pay.";
    case "no-baseline":
      return `Nothing to hold it against: ${againstWords(rule)} is unknown or zero.`;
  }
}
