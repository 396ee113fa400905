import type { Chart } from "../charts/chart.ts";
import { again } from "../command/again.ts";
import { companyAsked } from "../command/company.ts";
import type { Context } from "../command/define.ts";
import { asKnown, memberKeys, scopeOf } from "../command/scope.ts";
import type { Scope, ScopeArgs } from "../command/scope.ts";
import { Fault } from "../fault.ts";
import { addDays, addMonths, daysBetween, endOf, startOf } from "../market/calendar.ts";
import { rows, series, totals } from "../market/layoffs.ts";
import type { LayoffFilter, PeriodTotals, Step, Totals } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { parsePeriod, previousSpan, sameSpanAYearEarlier } from "../market/period.ts";
import type { Period } from "../market/period.ts";
import type { Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { assumedWords, count, daySpan, plural, signedPercent } from "../reply/words.ts";
import { basisNote, sampleNotes } from "./basis.ts";
import { eventSources } from "./for-file.ts";
import { cutBars, cutNotes, periodChart, shownValue, stepFor } from "./over-time.ts";
import type { Measure } from "./over-time.ts";
import { whyLayoffs } from "./why.ts";
import { comparison, numbers, sentence } from "./layoff-comparison.ts";
import type { Comparison, Span } from "./layoff-comparison.ts";

export interface LayoffTrendArgs extends ScopeArgs {
  readonly by?: Step | undefined;
  readonly compare?: string | undefined;
  readonly todate?: string | undefined;
  readonly project?: boolean | undefined;
  readonly company?: string | undefined;
  readonly why?: boolean | undefined;
}

/** Layoffs over time, against a year earlier, the span before or a named period; like for like, and as known at the same age. */
export function layoffTrend(args: LayoffTrendArgs, measure: Measure, context: Context): Reply {
  const { market } = context;
  const scope = narrowed(args, context);
  const period = currentPeriod(args, scope, context);
  const current: Span = { from: period.from!, to: period.to! };
  const now = totals(market, { ...scope.filter, ...current });
  if (args.why === true)
    return whyLayoffs(
      context,
      { ...scope.filter, ...current },
      `trend of ${daySpan(current.from, current.to)}`,
      again(context, { why: undefined }),
    );
  const before = earlierSpan(args, period, scope, context);
  const step =
    args.by ??
    (before === undefined
      ? stepFor(current.from, current.to)
      : atLeastWeek(stepFor(current.from, current.to)));
  const compared =
    before === undefined ? undefined : comparison(market, scope.filter, current, before, measure);
  const running = period.partial || current.to === scope.anchor;
  const points = series(market, { ...scope.filter, ...current }, step);
  const cut = cutBars(points, step, current, running);
  const pace = args.project === true ? projection(now[measure], current) : undefined;
  return reply(headline(measure, current, now, before, compared, scope), {
    blocks: [
      ...(compared === undefined || before === undefined
        ? []
        : [numbers(current, before, compared)]),
      {
        kind: "text",
        words: [
          sentence(measure, compared),
          ...(pace === undefined
            ? []
            : [
                ` At the pace so far ${current.from.slice(0, 4)} would end near ${count(pace)}: plain proportion of days, not a forecast.`,
              ]),
        ].join(""),
      },
      {
        kind: "chart",
        chart: trendChart(market, scope, current, before, points, step, measure, running, cut),
      },
    ],
    figures: {
      ...now,
      from: current.from,
      to: current.to,
      ...(compared !== undefined &&
        before !== undefined && {
          ...compared.figures,
          previousFrom: before.from,
          previousTo: before.to,
        }),
      ...(pace !== undefined && { projected: pace }),
      points: points.map(({ label, people, events, companies, unknownSize }) => ({
        label,
        people,
        events,
        companies,
        unknownSize,
      })),
    },
    ...eventSources(
      context,
      { ...scope.filter, ...current },
      ...(before === undefined ? [] : [{ ...scope.filter, ...before }]),
    ),
    notes: [
      ...(running && !period.partial
        ? ["The last bar is still incomplete."]
        : period.partial
          ? ["The period is not over yet: to-date is compared with to-date."]
          : []),
      ...(before === undefined || step !== "week"
        ? cutNotes(cut)
        : shortWeekNotes(current, running)),
      basisNote(market, scope.filter),
      ...new Set([...scope.notes, ...(compared === undefined ? [] : assumedWords(market))]),
      ...sampleNotes(market),
    ],
    actions: [
      ...(args.compare === undefined && args.todate === undefined
        ? [{ label: "Against last year", run: again(context, { compare: "yoy" }) }]
        : []),
      ...(["week", "month", "quarter"] as const)
        .filter((by) => by !== step)
        .map((by) => ({ label: `By ${by}`, run: again(context, { by }) })),
      { label: "Why?", run: again(context, { why: "yes" }) },
    ],
  });
}

/** Weeks of a comparison are counted in sevens from the first day. */
function shortWeekNotes({ from, to }: Span, running: boolean): string[] {
  const days = (daysBetween(from, to) + 1) % 7;
  return running || days === 0
    ? []
    : [`The last bar is of ${plural(days, "day")} alone: the asked time ends with them.`];
}

function narrowed(args: LayoffTrendArgs, context: Context): Scope {
  const scope = scopeOf(args, context);
  if (args.company === undefined) return scope;
  const company = companyAsked(args.company, context);
  return {
    ...scope,
    which: [company.name, scope.which].filter(Boolean).join(", "),
    filter: {
      ...scope.filter,
      companies: memberKeys(context.market, scope.filter, company, args.rollup),
    },
  };
}

/** The asked span; the running year for a comparison or `todate`, else the last twelve months. */
function currentPeriod(args: LayoffTrendArgs, scope: Scope, context: Context): Period {
  if (args.todate !== undefined) {
    if ((args.period ?? args.from ?? args.to) !== undefined)
      throw new Fault("conflict", "todate: and period: both say when.", "Give one of them.", [
        again(context, { period: undefined, from: undefined, to: undefined }),
        again(context, { todate: undefined }),
      ]);
    const typed = args.todate;
    const { to = scope.anchor } = asKnown(
      scope.anchor,
      context.today,
      (now) => parsePeriod(typed, now),
      context,
      { todate: scope.anchor },
    );
    return {
      from: `${to.slice(0, 4)}-01-01`,
      to,
      label: `${to.slice(0, 4)} to date`,
      partial: false,
    };
  }
  const { from, to } = scope.span;
  if (from !== undefined || to !== undefined) {
    const last = to ?? scope.anchor;
    const first =
      from ?? rows(context.market, scope.filter).rows.at(-1)?.on ?? startOf("year", last);
    return { from: first, to: last, label: scope.when, partial: scope.partial };
  }
  if (args.compare !== undefined || args.project === true)
    return {
      from: startOf("year", scope.anchor),
      to: scope.anchor,
      label: "this year",
      partial: false,
    };
  return {
    from: addMonths(startOf("month", scope.anchor), -11),
    to: scope.anchor,
    label: "the last 12 months",
    partial: false,
  };
}

function earlierSpan(
  args: LayoffTrendArgs,
  period: Period,
  { anchor }: Scope,
  context: Context,
): Span | undefined {
  const kind = args.compare?.toLowerCase() ?? (args.todate === undefined ? undefined : "yoy");
  if (kind === undefined) return undefined;
  const earlier =
    kind === "yoy"
      ? sameSpanAYearEarlier(period)
      : kind === "prev"
        ? previousSpan(period)
        : asKnown(anchor, context.today, (now) => parsePeriod(kind, now), context, {
            compare: "yoy",
          });
  return earlier?.from === undefined || earlier.to === undefined
    ? undefined
    : { from: earlier.from, to: earlier.to };
}

function headline(
  measure: Measure,
  current: Span,
  now: Totals,
  before: Span | undefined,
  compared: Comparison | undefined,
  scope: Scope,
): string {
  const about = scope.which === "" ? "" : ` (${scope.which})`;
  const amount =
    measure === "people"
      ? `at least ${plural(now.people, "person", "people")}`
      : measure === "events"
        ? plural(now.events, "event")
        : plural(now.companies, "company", "companies");
  const start = `Layoffs${about} ${daySpan(current.from, current.to)}: ${amount}`;
  if (compared === undefined || before === undefined)
    return `${start}${measure === "events" ? "" : ` in ${plural(now.events, "event")}`} (${count(now.unknownSize)} of unknown size)`;
  return `${start} vs ${count(compared.previous)} in ${daySpan(before.from, before.to)}${compared.change === null ? "" : ` (${signedPercent(compared.change)})`}`;
}

function trendChart(
  market: Market,
  scope: Scope,
  current: Span,
  before: Span | undefined,
  points: readonly PeriodTotals[],
  step: Step,
  measure: Measure,
  running: boolean,
  cut: readonly string[],
): Chart {
  const title = `${{ people: "People laid off", events: "Layoff events", companies: "Companies with layoffs" }[measure]} per ${step}`;
  if (before === undefined)
    return periodChart(points, measure, title, basisNote(market, scope.filter), running, cut);
  const [ours, theirs] = [
    aligned(market, scope.filter, current, step),
    aligned(market, scope.filter, before, step),
  ];
  const length = Math.max(ours.length, theirs.length);
  const shownAt = (point: Point | undefined) =>
    point === undefined ? null : shownValue(point.totals, measure);
  const at = (points: readonly Point[]) =>
    Array.from({ length }, (_, index) => shownAt(points[index]));
  return {
    kind: "grouped",
    title,
    subtitle: basisNote(market, scope.filter),
    unit: measure,
    categories: Array.from(
      { length },
      (_, index) => ours[index]?.label ?? theirs[index]?.label ?? "",
    ),
    series: [
      { name: daySpan(before.from, before.to), values: at(theirs) },
      { name: daySpan(current.from, current.to), values: at(ours) },
    ],
    lastIncomplete: running,
  };
}

interface Point {
  readonly label: string;
  readonly totals: Totals;
}

/** Points that line up between two spans: weeks are counted in sevens from the first day, since ISO weeks start on other dates each year. */
function aligned(market: Market, filter: LayoffFilter, span: Span, step: Step): Point[] {
  if (step !== "week")
    return series(market, { ...filter, ...span }, step).map((period) => ({
      label: period.label,
      totals: period,
    }));
  const points: Point[] = [];
  for (let from = span.from; from <= span.to; from = addDays(from, 7)) {
    const last = addDays(from, 6);
    points.push({
      label: from,
      totals: totals(market, { ...filter, from, to: last < span.to ? last : span.to }),
    });
  }
  return points;
}

/** What the year would come to at the pace so far: value ÷ days gone × days of the year. */
function projection(value: number, current: Span): number {
  const yearEnd = endOf("year", current.to);
  return Math.round(
    (value / (daysBetween(current.from, current.to) + 1)) *
      (daysBetween(current.from, yearEnd) + 1),
  );
}

function atLeastWeek(step: Step): Step {
  return step === "day" ? "week" : step;
}
