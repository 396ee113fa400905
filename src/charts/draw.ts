import { barsDrawing } from "./bars.ts";
import type { Chart, RangeChart, SeriesChart, Theme } from "./chart.ts";
import { legibleChart } from "./legible.ts";
import { linesDrawing } from "./lines.ts";
import type { Drawing } from "./plane.ts";
import { rangesDrawing } from "./ranges.ts";
import { COLOURS, SERIES_MAX } from "./theme.ts";

/**
 * How a chart is drawn, as ECharts' option and a height at 800 wide. Pure. What a picture cannot show
 * (letters the font does not have, a seventh series) is said in its small print.
 */
export function drawing(chart: Chart, theme: Theme): Drawing {
  const { chart: written, missing } = legibleChart(chart);
  const notes = missing
    ? ["Names in scripts this picture cannot write are in its description."]
    : [];
  const colours = COLOURS[theme];
  switch (written.kind) {
    case "bars":
    case "grouped":
      return barsDrawing(...drawable(written, notes), colours);
    case "lines":
      return linesDrawing(...drawable(written, notes), colours);
    case "ranges":
      return rangesDrawing(...drawableRows(written, notes), colours);
    default:
      return written satisfies never;
  }
}

/** Nothing we count is larger or finer; beyond these an axis has no exact steps. */
const LARGEST = 1e15;
const FINEST = 1e-9;

/** A figure an axis can show, or nothing. */
function plottable(value: number | null | undefined): number | null {
  if (typeof value !== "number" || !(Math.abs(value) <= LARGEST)) return null;
  return Math.abs(value) < FINEST ? 0 : value;
}

/** At most as many series as there are colours, a plottable value or a gap for every category. */
function drawable(
  { threshold, ...chart }: SeriesChart,
  notes: readonly string[],
): [SeriesChart, readonly string[]] {
  const more = chart.series.length - SERIES_MAX;
  const series = chart.series.slice(0, SERIES_MAX).map((each) => ({
    ...each,
    values: chart.categories.map((_, at) => plottable(each.values[at])),
  }));
  const line = plottable(threshold?.value);
  return [
    {
      ...chart,
      series,
      ...(threshold && line !== null ? { threshold: { ...threshold, value: line } } : {}),
    },
    more > 0 ? [...notes, `… and ${more} more series, not drawn`] : notes,
  ];
}

/** Rows of three plottable figures; the others are counted. */
function drawableRows(
  chart: RangeChart,
  notes: readonly string[],
): [RangeChart, readonly string[]] {
  const rows = chart.rows.flatMap((row) => {
    const [low, middle, high] = [plottable(row.low), plottable(row.middle), plottable(row.high)];
    return low === null || middle === null || high === null ? [] : [{ ...row, low, middle, high }];
  });
  const without = chart.rows.length - rows.length;
  return [
    { ...chart, rows },
    without > 0
      ? [...notes, `${without} ${without === 1 ? "row" : "rows"} without known figures`]
      : notes,
  ];
}
