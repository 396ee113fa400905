import type { Chart, SeriesChart } from "../../charts/chart.ts";
import { oneLine } from "../../reply/fit.ts";
import type { ContextBlock, DataVisualizationBlock } from "./block.ts";
import { context } from "./block.ts";
import { plainLine } from "./escape.ts";
import { LIMITS } from "./limits.ts";

const SUBTITLE = 500;

/**
 * The chart as Slack draws it, with what the drawing cannot say below it; undefined when Slack's own
 * chart would lose something of it: a threshold, a mark, a hole, a line over bars, a long label. `said` stands in the
 * message anyway and is not said again.
 */
export function nativeChart(
  chart: Chart,
  said: readonly string[] = [],
): readonly (DataVisualizationBlock | ContextBlock)[] | undefined {
  if (chart.kind === "ranges" || !fitsNatively(chart)) return undefined;
  const categories = chart.categories.map((category) => plainLine(category, LIMITS.chartLabel));
  const block: DataVisualizationBlock = {
    type: "data_visualization",
    title: plainLine(chart.title, LIMITS.chartTitle),
    chart: {
      type: chart.kind === "lines" ? "line" : "bar",
      series: chart.series.map(({ name, values }) => ({
        name: plainLine(name, LIMITS.chartLabel),
        data: categories.map((label, at) => ({ label, value: values[at] ?? 0 })),
      })),
      axis_config: { categories, y_label: plainLine(chart.unit, LIMITS.chartAxisLabel) },
    },
  };
  const words = chartWords(chart, said);
  return words === "" ? [block] : [block, context(plainLine(words, SUBTITLE))];
}

/** What a native chart leaves out: its whole title when it is long, its subtitle, and that the last period is incomplete. */
function chartWords(chart: SeriesChart, said: readonly string[]): string {
  const last = chart.categories.at(-1);
  return [
    ...(oneLine(chart.title).length > LIMITS.chartTitle ? [chart.title] : []),
    ...(said.includes(chart.subtitle) ? [] : [chart.subtitle]),
    ...(chart.lastIncomplete && last !== undefined ? [`${last} is incomplete`] : []),
  ]
    .filter((words) => oneLine(words) !== "")
    .join(" · ");
}

function fitsNatively({ categories, series, unit, threshold, marks }: SeriesChart): boolean {
  return (
    threshold === undefined &&
    (marks ?? []).length === 0 &&
    categories.length >= 1 &&
    categories.length <= LIMITS.chartCategories &&
    series.length >= 1 &&
    series.length <= LIMITS.chartSeries &&
    oneLine(unit).length <= LIMITS.chartAxisLabel &&
    areLabels(categories) &&
    areLabels(series.map(({ name }) => name)) &&
    series.every(
      ({ as, values }) =>
        as === undefined &&
        values.length === categories.length &&
        values.every((value) => Number.isFinite(value)),
    )
  );
}

/** Told apart, not empty, and short enough not to be cut. */
function areLabels(labels: readonly string[]): boolean {
  const shown = labels.map(oneLine);
  return (
    new Set(shown).size === shown.length &&
    shown.every((label) => label !== "" && label.length <= LIMITS.chartLabel)
  );
}
