import type { SeriesChart } from "../charts/chart.ts";
import { daysBetween } from "../market/calendar.ts";
import type { Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { daySpan, list, longDay, plural } from "../reply/words.ts";
import type { Backtest } from "./backtest.ts";
import type { LevelRule } from "./rule.ts";
import { ruleText } from "./rule-text.ts";
import { dataWords } from "./say.ts";
import type { Saying } from "./say.ts";
import { metricWords, testWords, valueWords, againstWords } from "./say-values.ts";
import { withThreshold } from "./suggest-thresholds.ts";

/** A chart has room for so many days; a longer replay shows the greatest value of each stretch. */
const POINTS_MAX = 120;

/** What a replay found: how often it would have spoken, when, its longest silence, and thresholds for other paces. */
export function backtestReply(rule: LevelRule, result: Backtest, saying: Saying): Reply {
  const { from, to, firings, daysTrue, days, daysUnknown, longestSilenceDays, suggestions } =
    result;
  const again = (threshold: number) => ruleText(withThreshold(rule, threshold));
  const offered = [
    { pace: "about one a month", threshold: suggestions.perMonth },
    { pace: "about one a week", threshold: suggestions.perWeek },
  ].flatMap(({ pace, threshold }) => (threshold === null ? [] : [{ pace, threshold }]));
  return reply(
    `${firings.length === 0 ? "It would not have fired" : `It would have fired ${plural(firings.length, "time")}`}, ${daySpan(from, to)}`,
    {
      blocks: [
        { kind: "code", text: saying.text ?? ruleText(rule) },
        { kind: "chart", chart: backtestChart(rule, result) },
        {
          kind: "figures",
          items: [
            { label: "Test held", value: `${plural(daysTrue, "day")} of ${days.length}` },
            { label: "Longest silence", value: plural(longestSilenceDays, "day") },
            ...(daysUnknown === 0
              ? []
              : [{ label: "Days without a value", value: String(daysUnknown) }]),
          ],
        },
        ...(firings.length === 0
          ? []
          : [
              {
                kind: "text" as const,
                words: `Fired: ${list(firings.slice(0, 20).map(longDay))}${firings.length > 20 ? ` (+${firings.length - 20} more)` : ""}`,
              },
            ]),
        ...(offered.length === 0
          ? []
          : [
              {
                kind: "bullets" as const,
                items: offered.map(({ pace, threshold }) => [
                  `For ${pace} on these days: `,
                  { code: again(threshold) },
                ]),
              },
            ]),
      ],
      actions: offered.map(({ pace, threshold }) => ({
        label: `Backtest ${valueWords(rule, threshold)} (${pace})`,
        run: `/alert backtest ${again(threshold)}`,
      })),
      figures: {
        firings,
        daysTrue,
        days: days.length,
        longestSilenceDays,
        daysUnknown,
        perMonth: suggestions.perMonth,
        perWeek: suggestions.perWeek,
      },
      notes: [
        "Each day with what had been learned by then; quiet hours change when a message is shown, not whether.",
        ...(result.trueAtStart
          ? ["It already held on the first day, which counts as noted, not as fired."]
          : []),
        dataWords(
          { ...EMPTY, asOf: to < saying.market.asOfOn ? to : saying.market.asOfOn },
          saying,
        ),
      ],
    },
  );
}

const EMPTY = {
  value: null,
  level: null,
  before: null,
  holds: false,
  n: 0,
  unknownSize: 0,
  rows: [],
  total: 0,
  from: "",
  to: "",
  onDay: "",
  reason: null,
} as const;

/** The value day by day with the threshold as a line and the firings marked. */
export function backtestChart(rule: LevelRule, { days, firings, from, to }: Backtest): SeriesChart {
  const each = Math.max(1, Math.ceil(days.length / POINTS_MAX));
  const points = Array.from({ length: Math.ceil(days.length / each) }, (_, at) =>
    days.slice(at * each, (at + 1) * each),
  );
  const upward = !("comparison" in rule.test) || rule.test.comparison.operator.startsWith(">");
  const values = points.map((stretch) => {
    const known = stretch.flatMap(({ value }) => (value === null ? [] : [value]));
    if (known.length === 0) return null;
    return upward ? Math.max(...known) : Math.min(...known);
  });
  const threshold =
    "comparison" in rule.test
      ? rule.test.comparison.value
      : rule.test.kind === "crosses"
        ? rule.test.value
        : undefined;
  return {
    kind: "lines",
    title: upperName(rule),
    subtitle: `${daySpan(from, to)}, each day as known then${each === 1 ? "" : `, the ${upward ? "greatest" : "least"} of each ${each} days`}`,
    unit: unitOf(rule),
    categories: points.map((stretch) => stretch[0]!.day),
    series: [
      {
        name:
          rule.test.kind === "change"
            ? `change against ${againstWords(rule)}`
            : metricWords(rule.metric),
        values,
      },
    ],
    ...(threshold !== undefined && {
      threshold: { value: threshold, label: `alert ${testWords(rule)}` },
    }),
    lastIncomplete: false,
    marks: [
      ...new Set(firings.map((day) => points[Math.floor(daysBetween(from, day) / each)]![0]!.day)),
    ].map((category) => ({ category, label: "fired" })),
  };
}

function upperName(rule: LevelRule): string {
  const window = rule.metric.windowDays;
  const name = metricWords(rule.metric);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${window === null ? "" : window === 1 ? " in a day" : ` in ${window} days`}`;
}

function unitOf({ metric, test }: LevelRule): string {
  if (test.kind === "change") return "percent";
  if (test.kind === "anomaly") return "z";
  switch (metric.name) {
    case "salary":
      return "USD per year";
    case "share_over":
    case "premium":
    case "ai_postings":
      return "percent";
    case "events":
      return "events";
    case "companies":
    case "overlap":
      return "companies";
    case "source":
      return "days";
    case "people":
    case "median_cut":
      return "people";
  }
}
