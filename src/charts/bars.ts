import type { BarSeriesOption, LineSeriesOption } from "echarts";
import { barLabels, LABELLED_MAX } from "./bar-labels.ts";
import type { Series, SeriesChart } from "./chart.ts";
import type { Key } from "./frame.ts";
import { shortNumber } from "./lettering.ts";
import { plane, type Drawing, type EndLabel } from "./plane.ts";
import { scaleOf } from "./scale.ts";
import type { Colours } from "./theme.ts";

/**
 * Bars side by side in each period, and lines over them. The axis starts at zero, since a bar's length
 * is its value. A running last period is hatched.
 */
export function barsDrawing(
  chart: SeriesChart,
  notes: readonly string[],
  colours: Colours,
): Drawing {
  const { bars, lines } = coloured(chart, colours);
  const values = chart.series.flatMap((series) => known(series.values));
  const here = plane(
    chart,
    {
      scale: scaleOf(chart.threshold ? [...values, chart.threshold.value] : values),
      keys: keysOf(chart, bars, lines),
      ends: [...lines.flatMap((each) => endOf(each, chart.unit)), ...newestOf(chart, bars)],
      notes,
      points: "in-bands",
    },
    colours,
  );
  const places = barPlaces(here.band, bars.length);
  const asSteps = bars.length === 1 && here.band < NARROWEST;
  return {
    option: {
      ...here.axes,
      // ECharts draws hatchings only with this, and would put some of its own on an area.
      aria: {
        enabled: chart.lastIncomplete && !asSteps,
        label: { enabled: false },
        decal: { show: true },
      },
      series: [
        ...bars.map((each) => (asSteps ? steps(each) : barSeries(chart, each, places, colours))),
        ...lines.map(overlay),
      ],
      graphic: { elements: [...here.shapes, ...barLabels(chart, bars, places, here, colours)] },
    },
    height: here.height,
  };
}

/** A series with the colour it has everywhere in the picture. */
export interface Coloured extends Series {
  readonly colour: string;
}

/** Where the bars of one period stand, from its middle. */
export interface BarPlaces {
  readonly width: number;
  readonly offset: (nth: number) => number;
}

/** Bars thinner than this many units would leave stripes, so they are drawn as one stepped area. */
const NARROWEST = 4;
const GAP = 1.12;

function coloured(
  { series }: SeriesChart,
  colours: Colours,
): { readonly bars: readonly Coloured[]; readonly lines: readonly Coloured[] } {
  const bars = series.filter(({ as }) => as === undefined);
  const lines = series.filter(({ as }) => as === "line");
  // One series of bars under lines is the lines' raw material and steps back.
  const quiet = bars.length === 1 && lines.length > 0;
  return {
    bars: bars.map((each, at) => ({
      ...each,
      colour: quiet ? colours.quiet : colours.series[at]!,
    })),
    lines: lines.map((each, at) => ({
      ...each,
      colour: colours.series[quiet ? at : bars.length + at]!,
    })),
  };
}

function barPlaces(band: number, count: number): BarPlaces {
  const width = Math.min(
    64,
    (band * (band < 12 ? 0.84 : 0.74)) / Math.max(1, count) / (count > 1 ? GAP : 1),
  );
  return { width, offset: (nth) => (nth - (count - 1) / 2) * width * GAP };
}

function barSeries(
  chart: SeriesChart,
  { name, values, colour, isWhole }: Coloured,
  { width }: BarPlaces,
  colours: Colours,
): BarSeriesOption {
  const round = Math.min(4, width / 5);
  // Among hatched bars a plain one has to say so, or it gets a pattern of ECharts' own.
  const plain = { color: colour, ...(chart.lastIncomplete && { decal: { symbol: "none" } }) };
  return {
    type: "bar",
    name,
    barWidth: width,
    barGap: `${Math.round((GAP - 1) * 100)}%`,
    data: values.map((value, at) => {
      const hatched =
        chart.lastIncomplete && isWhole !== true && at === values.length - 1 && value !== 0;
      return {
        value: value ?? "-",
        itemStyle: {
          borderRadius: (value ?? 0) < 0 ? [0, 0, round, round] : [round, round, 0, 0],
          ...(hatched ? hatching(colour, colours) : plain),
        },
      };
    }),
  };
}

function hatching(colour: string, colours: Colours) {
  return {
    color: colours.background,
    borderColor: colour,
    borderWidth: 1.2,
    decal: {
      symbol: "rect",
      color: colour,
      dashArrayX: [1, 0],
      dashArrayY: [2, 4],
      rotation: -Math.PI / 4,
    },
  };
}

function steps({ name, values, colour }: Coloured): LineSeriesOption {
  return {
    type: "line",
    name,
    step: "middle",
    symbol: "none",
    lineStyle: { width: 0 },
    areaStyle: { color: colour, opacity: 1 },
    data: values.map((value) => value ?? "-"),
  };
}

function overlay({ name, values, colour }: Coloured): LineSeriesOption {
  return {
    type: "line",
    name,
    z: 5,
    showSymbol: false,
    lineStyle: { color: colour, width: 3, cap: "round", join: "round" },
    data: values.map((value) => value ?? "-"),
  };
}

function keysOf(
  { categories, series, lastIncomplete }: SeriesChart,
  bars: readonly Coloured[],
  lines: readonly Coloured[],
): Key[] {
  const keys: Key[] = [];
  if (series.length > 1) {
    keys.push(...bars.map(({ name, colour }) => ({ sign: "bar", colour, text: name }) as const));
    keys.push(...lines.map(({ name, colour }) => ({ sign: "line", colour, text: name }) as const));
  }
  const running = bars.find(
    ({ values, isWhole }) => isWhole !== true && typeof values.at(-1) === "number",
  );
  if (lastIncomplete && running !== undefined) {
    keys.push({ sign: "hatched", colour: running.colour, text: `${categories.at(-1)} so far` });
  }
  return keys;
}

function endOf({ values, colour }: Coloured, unit: string): EndLabel[] {
  const value = known(values).at(-1);
  return value === undefined ? [] : [{ value, colour, name: "", figure: shortNumber(value, unit) }];
}

/** Where too many bars stand for a figure each, the newest has its own in the margin. */
function newestOf(
  { categories, series, unit, lastIncomplete }: SeriesChart,
  bars: readonly Coloured[],
): EndLabel[] {
  const value = bars[0]?.values.at(-1);
  if (series.length !== 1 || categories.length <= LABELLED_MAX || typeof value !== "number")
    return [];
  const figure = shortNumber(value, unit) + (lastIncomplete ? " so far" : "");
  return [{ value, name: "", figure, colour: bars[0]!.colour }];
}

export function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}
