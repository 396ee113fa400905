import { addDays, addMonths, startOf } from "../market/calendar.ts";
import { PAY_LEVELS } from "../market/facts.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { payStats, quarterDays } from "../market/pay.ts";
import type { PayAnswer, PayFigures } from "../market/pay.ts";
import { aiPremium, payByQuarter } from "../market/pay-series.ts";
import type { PayQuery } from "../market/pay-rows.ts";
import { payKnownBefore } from "../market/pay-table.ts";
import { resolveRole } from "../market/roles.ts";
import { AI_POSTINGS, wholePointsBefore } from "../market/series-points.ts";
import { countryCode } from "../command/country.ts";
import { judge, Z_WINDOWS } from "./judge.ts";
import type { Judged } from "./judge.ts";
import type { LevelRule, Metric } from "./rule.ts";

/** A figure that comes by quarter or month, and holds until the next one is over. */
export interface Step {
  /** "2023Q4", "2024-02". */
  readonly label: string;
  readonly from: Day;
  readonly to: Day;
  readonly value: number | null;
  /** How many salaries it rests on; the smaller side of a premium; 0 where the source does not say. */
  readonly n: number;
}

/** Below this a side says too little for an alert. */
export const BELIEVED_FROM = 10;

/** A publisher's figure, which it revises: what a step was worth depends on the day it is asked about. */
export function isRevised(metric: Metric): boolean {
  return metric.name === "ai_postings";
}

/** The steps that were over, and whose rows had appeared, before a day; oldest first. */
export function stepsBefore(metric: Metric, market: Market, onDay: Day): readonly Step[] {
  return stepsOf(metric, market, onDay).filter(({ to, value }) => to < onDay && value !== null);
}

function stepsOf(metric: Metric, market: Market, onDay: Day): readonly Step[] {
  if (metric.name === "ai_postings") return postingSteps(metric, market, onDay);
  const facts = {
    payQuarters: market.payQuarters,
    pay: payKnownBefore(market.pay, onDay),
  };
  const { role, ...query } = payQuery(metric);
  const quarter = metric.dimensions["quarter"] ?? "";
  const fixed = quarter === "" ? {} : quarterDays(quarter);
  if (metric.name === "premium")
    return aiPremium(facts, { ...query, ...fixed }).map(({ quarter, pct, ai, other }) => ({
      ...spanOf(quarter),
      value: pct,
      n: Math.min(ai.n, other.n),
    }));
  if (quarter !== "") {
    const answer = payStats(facts, { ...query, role, quarter });
    return [{ ...spanOf(quarter.toUpperCase()), ...stepOf(answer, metric) }];
  }
  return payByQuarter(facts, { ...query, role }).map(({ quarter, answer }) => ({
    ...spanOf(quarter),
    ...stepOf(answer, metric),
  }));
}

/** Which salaries a rule is about: the United States unless told, since the published quarters are of it alone. */
export function payQuery({ dimensions }: Metric): PayQuery {
  const resolved = resolveRole(dimensions["role"] ?? "all");
  const country = dimensions["country"];
  const level = PAY_LEVELS.find((name) => name === dimensions["level"]?.toLowerCase());
  return {
    ...(resolved.kind === "one" && {
      role: resolved.role.family,
      ...(resolved.role.titleWords && { titleWords: resolved.role.titleWords }),
    }),
    ...(level !== undefined && { level }),
    country: country === undefined ? "US" : countryCode(country),
  };
}

function stepOf(answer: PayAnswer, { argument }: Metric): Pick<Step, "value" | "n"> {
  return { n: answer.n, value: answer.tooFew ? null : statistic(answer, argument) };
}

function statistic(answer: PayFigures, argument: string | null): number {
  switch (argument) {
    case "p25":
      return answer.p25;
    case "p75":
      return answer.p75;
    case "mean":
      return answer.mean;
    default:
      return answer.median;
  }
}

function spanOf(quarter: string): Pick<Step, "label" | "from" | "to"> {
  return { label: quarter, ...quarterDays(quarter) };
}

function postingSteps({ dimensions }: Metric, market: Market, onDay: Day): readonly Step[] {
  const country = countryCode(dimensions["country"] ?? "US") ?? "US";
  return wholePointsBefore(market, AI_POSTINGS, country, onDay).map(
    ({ period, from, to, value }) => ({ label: period, from, to, value, n: 0 }),
  );
}

/** So many days a quarter (or month) may be over and still be the newest: then the data have ended. */
const STALE_AFTER_DAYS = { quarter: 190, month: 100 };

/** The newest step on a day, and those before it. */
export interface Newest {
  readonly step: Step | undefined;
  readonly before: readonly Step[];
  readonly stale: boolean;
}

export function newestStep({ metric }: LevelRule, steps: readonly Step[], onDay: Day): Newest {
  const known = steps.filter(({ to }) => to < onDay);
  const step = known.at(-1);
  const lasting = STALE_AFTER_DAYS[isRevised(metric) ? "month" : "quarter"];
  // A quarter that was named stays the one that is meant, however old it is.
  const named = (metric.dimensions["quarter"] ?? "") !== "";
  return {
    step,
    before: known.slice(0, -1),
    stale: step === undefined || (!named && addDays(step.to, lasting) < onDay),
  };
}

/** What a test makes of the newest step; changes of pay only where both sides can be believed and are alike in number. */
export function judgeStep(
  { metric, test }: LevelRule,
  { step, before, stale }: Newest,
): Judged & { readonly level: number | null } {
  const none = { value: null, before: null, holds: false } as const;
  if (stale || step === undefined) return { ...none, level: null, reason: "stale" };
  const level = step.value;
  const base = stepAgainst(before, step, test.kind === "change" ? test.against : "prev");
  const counted = !isRevised(metric);
  if (counted && step.n < BELIEVED_FROM) return { ...none, level, reason: "too-few" };
  if (counted && test.kind === "change" && base !== undefined) {
    if (base.n < BELIEVED_FROM) return { ...none, level, reason: "too-few" };
    if (Math.max(base.n, step.n) >= 2 * Math.min(base.n, step.n))
      return { ...none, level, before: base.value, reason: "composition-break" };
  }
  const values = before.flatMap(({ value, from }) =>
    value === null || (test.kind === "record" && test.since !== null && from < test.since)
      ? []
      : [value],
  );
  const judged = judge(test, level, {
    base: base?.value ?? null,
    last: before.at(-1)?.value ?? null,
    trailing: values.slice(-Z_WINDOWS),
    record:
      test.kind !== "record" || values.length < RECORD_STEPS_MIN
        ? null
        : test.extreme === "high"
          ? Math.max(...values)
          : Math.min(...values),
  });
  return { level, ...judged };
}

const RECORD_STEPS_MIN = 4;

/** The step one before, a year before, or so many days before another one; undefined where none was known. */
export function stepAgainst(
  steps: readonly Step[],
  newest: Step,
  against: "prev" | "yoy" | { readonly days: number },
): Step | undefined {
  const start = (months: number) => startOf("month", addMonths(newest.from, -months));
  const months = against === "yoy" ? 12 : newest.label.includes("Q") ? 3 : 1;
  const wanted = typeof against === "object" ? addDays(newest.from, -against.days) : start(months);
  return typeof against === "object"
    ? steps.findLast(({ from, to }) => from <= wanted && to >= wanted)
    : steps.find(({ from }) => from === wanted);
}
