import type { EChartsOption } from "echarts";
import { categoryLabels, type CategoryLabels } from "./category-labels.ts";
import type { SeriesChart } from "./chart.ts";
import { footnotes, head, line, words, type Box, type Key, type Shape } from "./frame.ts";
import { clipped, shortNumber, textWidth } from "./lettering.ts";
import { markKeys, marksOver } from "./marks.ts";
import { spread, ticksOf, type Scale } from "./scale.ts";
import { FONT, SIZE, type Colours } from "./theme.ts";

/** A picture ready to be drawn: ECharts' own words for it, and its height at 800 wide. */
export interface Drawing {
  readonly option: EChartsOption;
  readonly height: number;
}

/** A label in the right margin, beside the value it names. A long name is cut, a figure never. */
export interface EndLabel {
  readonly value: number;
  readonly name: string;
  readonly figure: string;
  readonly colour: string;
}

export interface PlaneParts {
  readonly scale: Scale;
  readonly keys: readonly Key[];
  readonly ends: readonly EndLabel[];
  readonly notes: readonly string[];
  /** Bars stand in the middle of their period's band; lines go from edge to edge. */
  readonly points: "in-bands" | "edge-to-edge";
}

/** Where periods and values lie, and everything that bars and lines share. */
export interface Plane {
  readonly box: Box;
  /** The distance between two periods. */
  readonly band: number;
  readonly xOf: (index: number) => number;
  readonly yOf: (value: number) => number;
  readonly axes: EChartsOption;
  readonly shapes: readonly Shape[];
  readonly height: number;
}

/** The widest label in the right margin. */
const MARGIN_MAX = 200;

/**
 * Head, axes, threshold, marks, labels in the right margin and small print. We work the places out
 * ourselves, so that labels are moved apart before anything is drawn.
 */
export function plane(chart: SeriesChart, parts: PlaneParts, colours: Colours): Plane {
  const { scale } = parts;
  const keys = [...parts.keys, ...markKeys(chart, colours)];
  const top = head({ title: chart.title, subtitle: chart.subtitle, keys }, colours);
  const ends = [...parts.ends, ...thresholdEnd(chart, colours)].map((end) => ({
    ...end,
    text: endText(end),
  }));
  const count = chart.categories.length;
  const edges = parts.points === "edge-to-edge" && count > 1;
  const lastHalf = edges ? textWidth(chart.categories.at(-1) ?? "", SIZE.label) / 2 : 0;
  const ticks = ticksOf(scale).map((tick) => textWidth(shortNumber(tick, chart.unit), SIZE.label));
  const margins = ends.map(({ text }) => textWidth(text, SIZE.label + 1, true) + 12);
  const left = SIZE.side + Math.max(...ticks) + 10;
  const right = Math.max(SIZE.side + Math.max(0, ...margins), Math.min(lastHalf, 75) + 10);
  const box = { left, top: top.bottom + 44, width: SIZE.width - left - right, height: SIZE.plot };
  const band = box.width / Math.max(1, edges ? count - 1 : count);
  const xOf = (index: number): number => box.left + (edges ? index : index + 0.5) * band;
  const yOf = (value: number): number =>
    box.top + ((scale.max - value) / (scale.max - scale.min)) * box.height;
  const below = categoryLabels(chart.categories, band);
  const unit = caption(chart.unit, scale);
  const here = { box, band, xOf, yOf };
  const marks = marksOver(chart, here, SIZE.side + textWidth(unit, SIZE.label) + 8, colours);
  const notes = [...marks.notes, ...parts.notes];
  const foot = footnotes(notes, box.top + box.height + below.height, colours);
  return {
    ...here,
    axes: axes(chart, scale, box, edges, below, colours),
    shapes: [
      ...top.shapes,
      words(unit, SIZE.side, box.top - 24, { size: SIZE.label, colour: colours.soft }),
      ...thresholdShapes(chart, here, colours),
      ...marks.shapes,
      ...endShapes(ends, here),
      ...nothingKnown(chart, here, colours),
      ...foot.shapes,
    ],
    height: foot.bottom + SIZE.bottom,
  };
}

export type Places = Pick<Plane, "box" | "band" | "xOf" | "yOf">;

/** What an axis counts; one that does not start at zero says so. */
export function caption(unit: string, scale: Scale): string {
  const short = clipped(unit, SIZE.label, 240);
  return scale.min > 0 ? `${short} · axis starts at ${shortNumber(scale.min, unit)}` : short;
}

function axes(
  chart: SeriesChart,
  scale: Scale,
  box: Box,
  edges: boolean,
  below: CategoryLabels,
  colours: Colours,
): EChartsOption {
  const textStyle = { fontFamily: FONT, fontSize: SIZE.label, color: colours.soft };
  return {
    animation: false,
    backgroundColor: colours.background,
    textStyle: { fontFamily: FONT },
    grid: { ...box, outerBoundsMode: "none", containLabel: false },
    xAxis: {
      type: "category",
      boundaryGap: !edges,
      data: [...chart.categories],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.zero, width: 1 } },
      axisLabel: {
        ...textStyle,
        margin: 10,
        lineHeight: 15,
        rotate: below.rotate,
        interval: (index: number) => below.texts[index] !== undefined,
        formatter: (_: string, index: number) => below.texts[index] ?? "",
        hideOverlap: false,
      },
    },
    yAxis: {
      type: "value",
      min: scale.min,
      max: scale.max,
      interval: scale.step,
      axisLabel: {
        ...textStyle,
        margin: 10,
        formatter: (value: number) => shortNumber(value, chart.unit),
      },
      splitLine: { lineStyle: { color: colours.grid, width: 1 } },
    },
  };
}

function thresholdEnd({ threshold }: SeriesChart, colours: Colours): EndLabel[] {
  if (threshold === undefined) return [];
  return [{ value: threshold.value, name: threshold.label, figure: "", colour: colours.alert }];
}

function thresholdShapes(
  { threshold }: SeriesChart,
  { box, yOf }: Places,
  { alert }: Colours,
): Shape[] {
  if (threshold === undefined) return [];
  const y = yOf(threshold.value);
  return [
    line(box.left, y, box.left + box.width, y, { stroke: alert, lineWidth: 1.5, lineDash: [6, 4] }),
  ];
}

function endText({ name, figure }: EndLabel): string {
  const room = MARGIN_MAX - (figure === "" ? 0 : textWidth(` ${figure}`, SIZE.label + 1, true));
  return `${clipped(name, SIZE.label + 1, room, true)} ${figure}`.trim();
}

function endShapes(
  ends: readonly (EndLabel & { readonly text: string })[],
  { box, yOf }: Places,
): Shape[] {
  const wished = ends.map(({ value }) => yOf(value));
  const places = spread(wished, 19, box.top, box.top + box.height);
  return ends.map(({ text, colour }, at) =>
    words(text, box.left + box.width + 12, places[at]!, {
      size: SIZE.label + 1,
      colour,
      bold: true,
    }),
  );
}

function nothingKnown({ series }: SeriesChart, { box }: Places, colours: Colours): Shape[] {
  if (series.some(({ values }) => values.some((value) => value !== null))) return [];
  const look = { size: SIZE.subtitle, colour: colours.soft, align: "center" } as const;
  return [words("No known figures", box.left + box.width / 2, box.top + box.height / 2, look)];
}
