import type { BarSeriesOption, LineSeriesOption } from "echarts";
import type { Series, SeriesChart } from "./chart.ts";
import type { Key } from "./frame.ts";
import { shortNumber, textWidth } from "./lettering.ts";
import { plane, type Drawing, type EndLabel, type Plane } from "./plane.ts";
import { scaleOf } from "./scale.ts";
import { SIZE, type Colours } from "./theme.ts";

/**
 * Bars side by side in each period, and lines over them. The axis starts at zero, since a bar's length
 * is its value. A running last period is hatched.
 */
export function barsDrawing(
  chart: SeriesChart,
  notes: readonly string[],
  colours: Colours,
): Drawing {
  const bars = chart.series.filter(({ as }) => as === undefined);
  const lines = chart.series.filter(({ as }) => as === "line");
  const barColour = (at: number): string =>
    bars.length === 1 && lines.length > 0 ? colours.quiet : colours.series[at]!;
  const lineColour = (at: number): string =>
    colours.series[bars.length === 1 ? at : bars.length + at]!;
  const values = chart.series.flatMap((series) => known(series.values));
  const {
    plane: here,
    rest,
    shapes,
    height,
  } = plane(
    chart,
    {
      scale: scaleOf(chart.threshold ? [...values, chart.threshold.value] : values),
      keys: keysOf(chart, bars, lines, barColour, lineColour),
      ends: lines.flatMap((series, at) => endOf(series, lineColour(at), chart.unit)),
      notes,
    },
    colours,
  );
  const series = [
    ...bars.map((each, at) =>
      barSeries(
        chart,
        each,
        barColour(at),
        labelled(chart, each, bars.length, here),
        here,
        colours,
      ),
    ),
    ...lines.map((each, at) => overlay(each, lineColour(at))),
  ];
  return {
    option: {
      ...rest,
      aria: { enabled: true, decal: { show: true } },
      series,
      graphic: { elements: [...shapes] },
    },
    height,
  };
}

function barSeries(
  chart: SeriesChart,
  { name, values }: Series,
  color: string,
  labelledAt: ReadonlySet<number>,
  { box }: Plane,
  colours: Colours,
): BarSeriesOption {
  const band = box.width / Math.max(1, values.length);
  const last = values.length - 1;
  return {
    type: "bar",
    name,
    barMaxWidth: 64,
    barCategoryGap: band < 4 ? "0%" : band < 12 ? "18%" : "28%",
    barGap: "12%",
    data: values.map((value, at) => {
      const round = Math.min(4, band / 8);
      const hatched = chart.lastIncomplete && at === last;
      return {
        value: value ?? "-",
        itemStyle: {
          color: hatched ? colours.background : color,
          borderRadius: (value ?? 0) < 0 ? [0, 0, round, round] : [round, round, 0, 0],
          ...(hatched
            ? { borderColor: color, borderWidth: 1.2, decal: hatching(color) }
            : { decal: { symbol: "none" } }),
        },
        label: {
          show: labelledAt.has(at),
          position: (value ?? 0) < 0 ? "bottom" : "top",
          distance: 5,
          formatter: shortNumber(value ?? 0, chart.unit),
          color: colours.ink,
          fontSize: SIZE.label,
          fontWeight: 600,
          textBorderColor: colours.background,
          textBorderWidth: 3,
        },
      };
    }),
  };
}

function hatching(color: string): NonNullable<NonNullable<BarSeriesOption["itemStyle"]>["decal"]> {
  return { symbol: "rect", color, dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 };
}

/** Which bars carry their figure: all where there is room, else the highest and the newest, else none. */
function labelled(
  chart: SeriesChart,
  { values }: Series,
  together: number,
  { box }: Plane,
): ReadonlySet<number> {
  const band = box.width / Math.max(1, values.length);
  const width = (value: number | null): number =>
    value === null ? 0 : textWidth(shortNumber(value, chart.unit), SIZE.label, true);
  const withValue = [...values.keys()].filter((at) => values[at] !== null);
  if (Math.max(0, ...values.map(width)) + 6 <= (band * 0.8) / together) return new Set(withValue);
  if (together > 1) return new Set();
  const highest = withValue.reduce(
    (best, at) => (values[at]! > values[best]! ? at : best),
    withValue[0] ?? 0,
  );
  if (chart.series.length > 1) return new Set([highest]);
  const newest = withValue.at(-1) ?? 0;
  const apart =
    (newest - highest) * band >= (width(values[highest]!) + width(values[newest]!)) / 2 + 8;
  return new Set(apart ? [highest, newest] : [highest]);
}

function overlay({ name, values }: Series, color: string): LineSeriesOption {
  return {
    type: "line",
    name,
    z: 5,
    showSymbol: false,
    lineStyle: { color, width: 3, cap: "round", join: "round" },
    data: values.map((value) => value ?? "-"),
  };
}

function keysOf(
  { series, categories, lastIncomplete }: SeriesChart,
  bars: readonly Series[],
  lines: readonly Series[],
  barColour: (at: number) => string,
  lineColour: (at: number) => string,
): Key[] {
  const keys: Key[] = [];
  if (series.length > 1) {
    keys.push(
      ...bars.map(({ name }, at) => ({ sign: "bar", colour: barColour(at), text: name }) as const),
    );
    keys.push(
      ...lines.map(
        ({ name }, at) => ({ sign: "line", colour: lineColour(at), text: name }) as const,
      ),
    );
  }
  const last = categories.at(-1);
  if (lastIncomplete && last !== undefined)
    keys.push({ sign: "hatched", colour: barColour(0), text: `${last} so far` });
  return keys;
}

function endOf({ values }: Series, colour: string, unit: string): EndLabel[] {
  const value = values.findLast((each) => each !== null);
  return value === undefined || value === null
    ? []
    : [{ value, colour, text: shortNumber(value, unit) }];
}

export function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}
