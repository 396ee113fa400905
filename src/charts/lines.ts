import type { LineSeriesOption } from "echarts";
import { known } from "./bars.ts";
import type { Series, SeriesChart } from "./chart.ts";
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
  const values = chart.series.flatMap((series) => known(series.values));
  const keys: Key[] = [];
  const last = chart.categories.at(-1);
  if (chart.lastIncomplete && last !== undefined) {
    keys.push({
      sign: "dashed",
      colour: chart.series.length === 1 ? colours.series[0]! : colours.soft,
      text: `${last} so far`,
    });
  }
  const { rest, shapes, height } = plane(
    chart,
    {
      scale: scaleOf(chart.threshold ? [...values, chart.threshold.value] : values, { fit: true }),
      keys,
      ends: chart.series.flatMap((series, at) => endOf(series, chart, colours.series[at]!)),
      notes,
    },
    colours,
  );
  const series = chart.series.flatMap((each, at) =>
    lineSeries(each, chart.lastIncomplete, colours.series[at]!, colours),
  );
  return { option: { ...rest, series, graphic: { elements: [...shapes] } }, height };
}

function lineSeries(
  { name, values }: Series,
  lastIncomplete: boolean,
  color: string,
  colours: Colours,
): LineSeriesOption[] {
  const last = values.length - 1;
  const newest = values.findLastIndex((value) => value !== null);
  const running = lastIncomplete && newest === last && last > 0 && values[last - 1] !== null;
  const look = { width: 3, cap: "round", join: "round", color } as const;
  const whole: LineSeriesOption = {
    type: "line",
    name,
    showSymbol: true,
    symbol: "circle",
    lineStyle: look,
    data: values.map((value, at) => {
      if (running && at === last) return "-";
      const dot = at === newest || isAlone(values, at);
      const fill = lastIncomplete && at === last ? colours.background : color;
      return {
        value: value ?? "-",
        symbolSize: dot ? 8 : 0,
        itemStyle: { color: fill, borderColor: color, borderWidth: 2 },
      };
    }),
  };
  if (!running) return [whole];
  const tail: LineSeriesOption = {
    type: "line",
    name,
    symbol: "circle",
    lineStyle: { ...look, type: [5, 5], cap: "butt" },
    data: values.map((value, at) => ({
      value: at >= last - 1 ? value! : "-",
      symbolSize: at === last ? 8 : 0,
      itemStyle: { color: colours.background, borderColor: color, borderWidth: 2 },
    })),
  };
  return [whole, tail];
}

/** A point without neighbours would not be seen as a line. */
function isAlone(values: readonly (number | null)[], at: number): boolean {
  return (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
}

/** The last known value, with the name where there are several and the period where it is not the last. */
function endOf(
  { name, values }: Series,
  { categories, series, unit }: SeriesChart,
  colour: string,
): EndLabel[] {
  const at = values.findLastIndex((value) => value !== null);
  const value = values[at];
  if (value === undefined || value === null) return [];
  const figure = shortNumber(value, unit);
  const named = series.length > 1 ? `${name} ${figure}` : figure;
  return [
    { value, colour, text: at === categories.length - 1 ? named : `${named} (${categories[at]})` },
  ];
}
