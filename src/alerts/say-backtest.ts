import type { SeriesChart } from "../charts/chart.ts";
import { daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { assumedWords, daySpan, list, longDay, plural, upperFirst } from "../reply/words.ts";
import type { Backtest } from "./backtest.ts";
import { eventSources } from "./event-sources.ts";
import type { EventRule, LevelRule, RuleSpec } from "./rule.ts";
import { ruleText } from "./rule-text.ts";
import { sourcesWords } from "./say.ts";
import { eventNotes, thingName, thingsWords } from "./say-facts.ts";
import type { Saying } from "./say.ts";
import { metricWords, testWords, valueWords, againstWords } from "./say-values.ts";
import { withThreshold } from "./suggest-thresholds.ts";

/** A chart has room for so many days; a longer replay shows the greatest value of each stretch. */
const POINTS_MAX = 120;

/** What a replay found: how often it would have spoken, when, its longest silence, and thresholds for other paces. */
export function backtestReply(rule: RuleSpec, result: Backtest, saying: Saying): Reply {
  const { from, to, firings, told, days, suggestions } = result;
  const again = (threshold: number) =>
    rule.kind === "event" ? "" : ruleText(withThreshold(rule, threshold));
  const offered = [
    { pace: "about one a month", threshold: suggestions.perMonth },
    { pace: "about one a week", threshold: suggestions.perWeek },
  ].flatMap(({ pace, threshold }) => (threshold === null ? [] : [{ pace, threshold }]));
  const sources =
    rule.kind === "event" ? eventSources(rule.event, saying.market) : saying.market.layoffSources;
  const did =
    rule.kind === "event"
      ? `told of ${thingsWords(rule.event, told)} on ${plural(firings.length, "day")}`
      : `fired ${told === 1 ? "once" : plural(told, "time")}`;
  return reply(
    `It would ${told === 0 ? `not have ${rule.kind === "event" ? "told of anything" : "fired"}` : `have ${did}`}, ${daySpan(from, to)}`,
    {
      blocks: [
        { kind: "code", text: saying.text ?? ruleText(rule) },
        { kind: "chart", chart: backtestChart(rule, result) },
        { kind: "figures", items: counts(rule, result) },
        ...(firings.length === 0 || rule.kind === "event"
          ? []
          : [{ kind: "text" as const, words: `Fired: ${firingWords(firings)}` }]),
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
        label: `Backtest ${rule.kind === "event" ? "" : valueWords(rule, threshold)} (${pace})`,
        run: `/alert backtest ${again(threshold)}`,
      })),
      figures: {
        firings,
        told,
        daysTrue: result.daysTrue,
        days: days.length,
        longestSilenceDays: result.longestSilenceDays,
        daysUnknown: result.daysUnknown,
        perMonth: suggestions.perMonth,
        perWeek: suggestions.perWeek,
      },
      notes: [
        "Each day with what had been learned by then; quiet hours change when a message is shown, not whether.",
        ...(result.trueAtStart
          ? ["It already held on the first day, which counts as noted, not as fired."]
          : []),
        `${rule.kind === "level" ? "By date announced" : "By the day it was learned"} · ${sourcesWords(sources)}`,
        ...(sources.some((source) => saying.market.layoffSources.includes(source))
          ? assumedWords(saying.market)
          : []),
        ...(rule.kind === "event" ? eventNotes(rule.event) : []),
        ...(sources.some(({ sample }) => sample)
          ? ["Bundled sample: best-known events only, far below a full tracker."]
          : []),
      ],
    },
  );
}

const FIRINGS_SHOWN = 20;

function firingWords(firings: readonly Day[]): string {
  const shown = firings.slice(0, FIRINGS_SHOWN).map(longDay);
  const more = firings.length - shown.length;
  return more > 0 ? `${shown.join(", ")} (+${more} more)` : list(shown);
}

function counts(rule: RuleSpec, result: Backtest): readonly { label: string; value: string }[] {
  const { daysTrue, days, longestSilenceDays, daysUnknown, keptInMind } = result;
  return [
    ...(rule.kind === "level"
      ? [{ label: "Test held", value: `${plural(daysTrue, "day")} of ${days.length}` }]
      : []),
    { label: "Longest silence", value: plural(longestSilenceDays, "day") },
    ...(daysUnknown === 0 ? [] : [{ label: "Days without a value", value: String(daysUnknown) }]),
    ...(keptInMind === 0
      ? []
      : [
          {
            label: "Of unknown size, kept in mind",
            value: rule.kind === "event" ? thingsWords(rule.event, keptInMind) : String(keptInMind),
          },
        ]),
  ];
}

/** The value day by day with the threshold as a line and the firings marked. */
export function backtestChart(rule: RuleSpec, result: Backtest): SeriesChart {
  return rule.kind === "event" ? eventChart(rule, result) : levelChart(rule, result);
}

/** Events told, week by week. */
function eventChart({ event }: EventRule, { days, from, to }: Backtest): SeriesChart {
  const weeks = Array.from({ length: Math.ceil(days.length / 7) }, (_, at) =>
    days.slice(at * 7, at * 7 + 7),
  );
  return {
    kind: "bars",
    title: `${upperFirst(thingName(event, 2))} the rule would have told of`,
    subtitle: `${daySpan(from, to)}, by the week they were learned in`,
    unit: "events",
    categories: weeks.map((week) => week[0]!.day),
    series: [
      {
        name: "told",
        values: weeks.map((week) => week.reduce((sum, { value }) => sum + (value ?? 0), 0)),
      },
    ],
    lastIncomplete: days.length % 7 !== 0,
  };
}

function levelChart(rule: LevelRule, { days, firings, from, to }: Backtest): SeriesChart {
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
