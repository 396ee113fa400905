import type { LineSeriesOption } from "echarts";
import { known, type Coloured } from "./bars.ts";
import type { SeriesChart } from "./chart.ts";
import type { Key } from "./frame.ts";
import { shortNumber } from "./lettering.ts";
import { plane, type Drawing, type EndLabel } from "./plane.ts";
import { scaleOf } from "./scale.ts";
import type { Colours } from "./theme.ts";

/**
 * Lines with their names and last values written at their ends, so that no key has to be looked up.
 * What is not known is a gap. The way to a running last period is dashed. The axis may start above
 * zero and then says so.
 */
export function linesDrawing(
  chart: SeriesChart,
  notes: readonly string[],
  colours: Colours,
): Drawing {
  const lines = chart.series.map((each, at) => ({ ...each, colour: colours.series[at]! }));
  const values = chart.series.flatMap((series) => known(series.values));
  const here = plane(
    chart,
    {
      scale: scaleOf(chart.threshold ? [...values, chart.threshold.value] : values, { fit: true }),
      keys: keysOf(chart, lines, colours),
      ends: lines.flatMap((each) => endOf(each, chart)),
      notes,
      points: "edge-to-edge",
    },
    colours,
  );
  const series = lines.flatMap((each) => lineSeries(each, chart.lastIncomplete, colours));
  const graphic = { elements: [...here.shapes] };
  return { option: { ...here.axes, series, graphic }, height: here.height };
}

function keysOf(
  { categories, lastIncomplete }: SeriesChart,
  lines: readonly Coloured[],
  colours: Colours,
): Key[] {
  const running = lines.filter(({ values }) => typeof values.at(-1) === "number");
  if (!lastIncomplete || running.length === 0) return [];
  const colour = lines.length === 1 ? lines[0]!.colour : colours.soft;
  return [{ sign: "dashed", colour, text: `${categories.at(-1)} so far` }];
}

/** A line, and the dashed way to its last point while that one's period is running. */
function lineSeries(
  { name, values, colour }: Coloured,
  lastIncomplete: boolean,
  colours: Colours,
): LineSeriesOption[] {
  const last = values.length - 1;
  const newest = values.findLastIndex((value) => value !== null);
  const dashed = lastIncomplete && newest === last && last > 0 && values[last - 1] !== null;
  const look = { width: 3, cap: "round", join: "round", color: colour } as const;
  const dot = (hollow: boolean) => ({
    color: hollow ? colours.background : colour,
    borderColor: colour,
    borderWidth: 2,
  });
  const solid = dashed ? values.with(last, null) : values;
  const whole: LineSeriesOption = {
    type: "line",
    name,
    symbolSize: 8,
    showAllSymbol: true,
    lineStyle: look,
    data: solid.map((value, at) => ({
      value: value ?? "-",
      symbol: at === newest || isAlone(solid, at) ? "circle" : "none",
      itemStyle: dot(lastIncomplete && at === last),
    })),
  };
  if (!dashed) return [whole];
  const tail: LineSeriesOption = {
    type: "line",
    name,
    symbolSize: 8,
    showAllSymbol: true,
    lineStyle: { ...look, type: [5, 5], cap: "butt" },
    data: values.map((value, at) => ({
      value: at >= last - 1 ? value! : "-",
      symbol: at === last ? "circle" : "none",
      itemStyle: dot(true),
    })),
  };
  return [whole, tail];
}

/** A point without neighbours would not be seen as a line. */
function isAlone(values: readonly (number | null)[], at: number): boolean {
  return (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
}

/** The last known value, named where there are several lines. */
function endOf({ name, values, colour }: Coloured, { series, unit }: SeriesChart): EndLabel[] {
  const value = known(values).at(-1);
  if (value === undefined) return [];
  return [{ value, colour, name: series.length > 1 ? name : "", figure: shortNumber(value, unit) }];
}
