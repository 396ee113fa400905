import type { Chart } from "../charts/chart.ts";
import { again } from "../command/again.ts";
import type { Context } from "../command/define.ts";
import { Fault } from "../fault.ts";
import { addMonths } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { parseAsof, parseDay, parsePeriod } from "../market/period.ts";
import { AI_POSTINGS, seriesPoints, type SeriesPoint } from "../market/series-points.ts";
import type { Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { changePct, longDay, plural, round } from "../reply/words.ts";
import { seriesToTell } from "./series-tellings.ts";
import type { SeriesTrend, SeriesTrendArgs, Telling } from "./series-tellings.ts";

const MONTHS_SHOWN = 25;

/**
 * A published monthly series: its newest whole month against another one, the months between, and what it counts. As known
 * today, or on `asof`. Throws a Fault for a place or time of which nothing is known.
 */
export function seriesTrend(what: SeriesTrend, args: SeriesTrendArgs, context: Context): Reply {
  const { market, today } = context;
  const asof = args.asof === undefined ? undefined : parseAsof(args.asof, today);
  const telling = seriesToTell(what, args, context);
  const [main] = telling.lines;
  const known = seriesPoints(market, main!.series, main!.place, asof);
  const wholeOnes = known.filter((point) => !(telling.isMeanOfDays && point.preliminary));
  const shown = inTime(args, asof ?? today, known);
  const whole = shown.filter((point) => wholeOnes.includes(point));
  const last = whole.at(-1);
  if (last === undefined)
    throw new Fault(
      "not_found",
      `Nothing is known of that time (${telling.title}).`,
      wholeOnes.length === 0
        ? "Leave out asof:."
        : `It is known from ${wholeOnes[0]!.period} to ${wholeOnes.at(-1)!.period}.`,
      [again(context, { period: undefined, from: undefined, to: undefined, asof: undefined })],
    );
  const running = whole.includes(shown.at(-1)!) ? undefined : shown.at(-1);
  const { now, before } = compared(args, asof ?? today, {
    wholeOnes,
    whole,
    last,
    without: again(context, { compare: undefined }),
  });
  const highest = whole.reduce((most, point) => (point.value > most.value ? point : most));
  const change = before === undefined ? null : now.value - before.value;
  const pct = before === undefined ? null : changePct(now.value, before.value);
  const said = (side: Side) => `${telling.value(side.value)} in ${side.label}`;
  const source = market.sources.find(({ id }) => id === last.source);
  return reply(`${telling.title}: ${said(now)}${before === undefined ? "" : `, ${said(before)}`}`, {
    blocks: [
      {
        kind: "figures",
        items: [
          { label: now.label, value: telling.value(now.value) },
          ...(before === undefined
            ? []
            : [{ label: before.label, value: telling.value(before.value) }]),
          ...(change === null
            ? []
            : [
                {
                  label: "Change",
                  value: signed(change, telling.difference(Math.abs(change), pct)),
                },
              ]),
          ...(running === undefined
            ? []
            : [{ label: `${running.period} so far`, value: telling.value(running.value) }]),
        ],
      },
      {
        kind: "text",
        words: sentence(telling, now, before, highest, whole, running),
      },
      {
        kind: "chart",
        chart: chartOf(telling, market, asof, [...whole, ...(running ? [running] : [])], running),
      },
    ],
    figures: {
      country: telling.place.country,
      sector: telling.place.sector ?? null,
      current: now.value,
      previous: before?.value ?? null,
      changePoints: change === null ? null : round(change, 3),
      changePct: pct === null ? null : round(pct, 1),
      from: before?.label ?? null,
      to: now.label,
      partial: running?.period ?? null,
      points: whole.map(({ period, value }) => ({ month: period, value })),
    },
    sources: [
      ...new Set(
        telling.lines
          .flatMap((line) => seriesPoints(market, line.series, line.place, asof))
          .map(({ source: id }) => id),
      ),
    ],
    notes: [
      telling.definition,
      ...(last.preliminary ? [`${last.period} is preliminary; the publisher revises it.`] : []),
      ...(asof === undefined ? [] : [knownOn(asof, last, main!, market)]),
      `Source: ${source?.publisher ?? last.source}, ${source?.title ?? main!.series}, ${source?.licence ?? "licence unknown"}${source === undefined ? "" : `, as of ${longDay(source.asOfOn)}`}.`,
    ],
    actions: [
      ...(args.compare === undefined
        ? [{ label: "A year earlier", run: again(context, { compare: "yoy" }) }]
        : []),
      ...telling.others.slice(0, 4),
    ],
  });
}

/** Bundled months count as known once they were over, though the edition they are from is a later one: that is said. */
function knownOn(
  asof: Day,
  { period }: SeriesPoint,
  { series, place }: Telling["lines"][number],
  { entries, aiPostings }: Market,
): string {
  const isOfThen =
    series !== AI_POSTINGS ||
    asof >= (aiPostings.asOfOn ?? "") ||
    entries.points.some(({ versions }) =>
      versions.some(
        ({ from, values }) =>
          from <= asof &&
          values?.series === series &&
          values.place === place &&
          values.period === period,
      ),
    );
  return isOfThen
    ? `As known on ${longDay(asof)}.`
    : `Months that were over on ${longDay(asof)}, in the edition of ${longDay(aiPostings.asOfOn ?? asof)}: none of that day is here, and every edition revises past months.`;
}

function inTime(
  { period, from, to }: SeriesTrendArgs,
  anchor: Day,
  points: readonly SeriesPoint[],
): readonly SeriesPoint[] {
  if (period === undefined && from === undefined && to === undefined)
    return points.slice(-MONTHS_SHOWN);
  const wanted = period === undefined ? undefined : parsePeriod(period, anchor);
  const first = from === undefined ? wanted?.from : parseDay(from, anchor, "start");
  const last = to === undefined ? wanted?.to : parseDay(to, anchor, "end");
  return points.filter(
    (point) =>
      (first === undefined || point.to >= first) && (last === undefined || point.from <= last),
  );
}

interface Side {
  readonly label: string;
  readonly value: number;
}

/**
 * The newest whole month against: the first one shown, the one before (`prev`), a year earlier (`yoy`), or the mean of the
 * months of a period. Where a period is asked about and compared with one, both are means of their months.
 */
function compared(
  args: SeriesTrendArgs,
  anchor: Day,
  {
    wholeOnes,
    whole,
    last,
    without,
  }: Readonly<Record<"wholeOnes" | "whole", readonly SeriesPoint[]>> & {
    readonly last: SeriesPoint;
    /** The question without a comparison. */
    readonly without: string;
  },
): { readonly now: Side; readonly before: Side | undefined } {
  const kind = args.compare?.toLowerCase();
  const now = sideOf(last);
  if (kind === undefined) return { now, before: whole.length > 1 ? sideOf(whole[0]!) : undefined };
  if (kind === "prev" || kind === "yoy") {
    const wanted = addMonths(last.from, kind === "prev" ? -1 : -12);
    const found = wholeOnes.find(({ from }) => from === wanted);
    if (found !== undefined) return { now, before: sideOf(found) };
    throw nothingBefore(wanted.slice(0, 7), wholeOnes, without);
  }
  const { from = "", to = anchor, label } = parsePeriod(kind, anchor);
  const found = wholeOnes.filter((point) => point.from >= from && point.to <= to);
  const before = meanOf(found, label);
  if (before === undefined) throw nothingBefore(label, wholeOnes, without);
  const isSpan = args.period !== undefined || args.from !== undefined || args.to !== undefined;
  return { now: (isSpan ? meanOf(whole, args.period ?? spanOf(whole)) : undefined) ?? now, before };
}

function nothingBefore(label: string, known: readonly SeriesPoint[], without: string): Fault {
  return new Fault(
    "not_found",
    `No whole month of ${label} is known.`,
    `It is known from ${known[0]!.period} to ${known.at(-1)!.period}.`,
    [without],
  );
}

function sideOf({ period, value }: SeriesPoint): Side {
  return { label: period, value };
}

function spanOf(points: readonly SeriesPoint[]): string {
  return `${points[0]!.period}..${points.at(-1)!.period}`;
}

function meanOf(points: readonly SeriesPoint[], label: string): Side | undefined {
  if (points.length === 0) return undefined;
  const value = points.reduce((sum, point) => sum + point.value, 0) / points.length;
  return points.length === 1
    ? sideOf(points[0]!)
    : { label: `${label} (mean of ${points.length} months)`, value };
}

function signed(change: number, words: string): string {
  return change === 0 ? "none" : `${change > 0 ? "+" : "−"}${words}`;
}

function sentence(
  { value, difference }: Telling,
  now: Side,
  before: Side | undefined,
  highest: SeriesPoint,
  whole: readonly SeriesPoint[],
  running: SeriesPoint | undefined,
): string {
  const change = before === undefined ? 0 : now.value - before.value;
  const pct = before === undefined ? null : changePct(now.value, before.value);
  const moved =
    before === undefined
      ? "Only one month of that time is known"
      : change === 0
        ? `Unchanged on ${before.label}`
        : `${change > 0 ? "Up" : "Down"} ${difference(Math.abs(change), pct)} on ${before.label}`;
  const most = `of the ${plural(whole.length, "month")} shown the highest was ${highest.period} with ${value(highest.value)}`;
  const partial =
    running === undefined
      ? ""
      : ` ${running.period} is not whole yet, so it is shown and not compared.`;
  return `${moved}; ${most}.${partial}`;
}

function chartOf(
  telling: Telling,
  market: Market,
  asof: Day | undefined,
  points: readonly SeriesPoint[],
  running: SeriesPoint | undefined,
): Chart {
  const [main] = telling.lines;
  const source = market.sources.find(({ id }) => id === points[0]!.source);
  return {
    kind: "lines",
    title: telling.title,
    subtitle: `${telling.unit}, by month · ${source?.publisher ?? points[0]!.source}`,
    unit: telling.unit,
    categories: points.map(({ period }) => period),
    series: telling.lines.flatMap((line) => {
      const known = line === main ? points : seriesPoints(market, line.series, line.place, asof);
      const values = points.map(
        ({ period }) => known.find((point) => point.period === period)?.value ?? null,
      );
      return values.every((value) => value === null) ? [] : [{ name: line.name, values }];
    }),
    lastIncomplete: running !== undefined,
  };
}
