import { barsDrawing } from "./bars.ts";
import type { Chart, SeriesChart, Theme } from "./chart.ts";
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
      return rangesDrawing(written, notes, colours);
    default:
      return written satisfies never;
  }
}

/** Nothing we count is larger; beyond it an axis has no exact steps. */
const LARGEST = 1e15;

/** At most as many series as there are colours, a value or a gap for every category, and no infinities. */
function drawable(chart: SeriesChart, notes: readonly string[]): [SeriesChart, readonly string[]] {
  const more = chart.series.length - SERIES_MAX;
  const series = chart.series.slice(0, SERIES_MAX).map((each) => ({
    ...each,
    values: chart.categories.map((_, at) => {
      const value = each.values[at];
      return typeof value === "number" && Math.abs(value) <= LARGEST ? value : null;
    }),
  }));
  const note = more > 0 ? [`… and ${more} more series, not drawn`] : [];
  return [{ ...chart, series }, [...notes, ...note]];
}
