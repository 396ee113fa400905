import type { EChartsOption } from "echarts";
import type { SeriesChart } from "./chart.ts";
import { footnotes, head, line, triangle, words, type Box, type Key, type Shape } from "./frame.ts";
import { clipped, shortNumber, textWidth, wrapped } from "./lettering.ts";
import { spread, ticksOf, type Scale } from "./scale.ts";
import { FONT, SIZE, type Colours } from "./theme.ts";

/** A picture ready to be drawn: ECharts' own words for it, and its height at 800 wide. */
export interface Drawing {
  readonly option: EChartsOption;
  readonly height: number;
}

/** A label in the right margin, beside the value it names. */
export interface EndLabel {
  readonly value: number;
  readonly text: string;
  readonly colour: string;
}

/** Where periods and values lie in the picture. */
export interface Plane {
  readonly box: Box;
  readonly xOf: (index: number) => number;
  readonly yOf: (value: number) => number;
}

export interface PlaneParts {
  readonly scale: Scale;
  readonly keys: readonly Key[];
  readonly ends: readonly EndLabel[];
  readonly notes: readonly string[];
}

/**
 * Everything bars and lines share: head, axes, threshold, marks, labels in the right margin and small
 * print. We work the places out ourselves, so that labels are moved apart before anything is drawn.
 */
export function plane(
  chart: SeriesChart,
  { scale, keys, ends, notes }: PlaneParts,
  colours: Colours,
): {
  readonly plane: Plane;
  readonly rest: EChartsOption;
  readonly shapes: readonly Shape[];
  readonly height: number;
} {
  const ticks = ticksOf(scale).map((tick) => shortNumber(tick, chart.unit));
  const labels = [...ends];
  if (chart.threshold)
    labels.push({ ...chart.threshold, text: chart.threshold.label, colour: colours.alert });
  const texts = labels.map(({ text }) => clipped(text, SIZE.label + 1, MARGIN_MAX, true));
  const left = SIZE.side + Math.max(...ticks.map((tick) => textWidth(tick, SIZE.label))) + 10;
  const right =
    SIZE.side + Math.max(0, ...texts.map((text) => textWidth(text, SIZE.label + 1, true) + 10));
  const top = head(
    { title: chart.title, subtitle: chart.subtitle, keys: [...keys, ...markKeys(chart, colours)] },
    colours,
  );
  const box = { left, top: top.bottom + 44, width: SIZE.width - left - right, height: SIZE.plot };
  const count = Math.max(1, chart.categories.length);
  const xOf = (index: number): number => box.left + ((index + 0.5) * box.width) / count;
  const yOf = (value: number): number =>
    box.top + ((scale.max - value) / (scale.max - scale.min)) * box.height;
  const below = categoryLabels(chart.categories, box.width / count);
  const foot = footnotes(notes, box.top + box.height + below.height, colours);
  const here = { box, xOf, yOf };
  const shapes = [
    ...top.shapes,
    words(caption(chart.unit, scale), SIZE.side, box.top - 24, {
      size: SIZE.label,
      colour: colours.soft,
    }),
    ...thresholdShapes(chart, here, colours),
    ...markShapes(chart, here, colours),
    ...endShapes(labels, texts, here),
    ...foot.shapes,
  ];
  if (chart.series.every(({ values }) => values.every((value) => value === null))) {
    const middle = { size: SIZE.subtitle, colour: colours.soft, align: "center" } as const;
    shapes.push(
      words("No known figures", box.left + box.width / 2, box.top + box.height / 2, middle),
    );
  }
  return {
    plane: here,
    rest: axes(chart, scale, here, below, colours),
    shapes,
    height: foot.bottom + SIZE.bottom,
  };
}

/** The widest label in the right margin. */
const MARGIN_MAX = 190;

/** What the vertical axis counts; an axis that does not start at zero says so. */
function caption(unit: string, scale: Scale): string {
  return scale.min > 0 ? `${unit} · axis starts at ${shortNumber(scale.min, unit)}` : unit;
}

function axes(
  chart: SeriesChart,
  scale: Scale,
  { box }: Plane,
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

interface CategoryLabels {
  /** The label of each shown category; the others have none. */
  readonly texts: readonly (string | undefined)[];
  readonly rotate: number;
  readonly height: number;
}

/**
 * Periods are thinned evenly so that the newest keeps its label; names are all kept: on several lines
 * where there is room, else slanted.
 */
export function categoryLabels(categories: readonly string[], band: number): CategoryLabels {
  const widest = Math.max(0, ...categories.map((category) => textWidth(category, SIZE.label)));
  if (widest + 10 <= band) return { texts: categories, rotate: 0, height: 30 };
  if (categories.every((category) => /\d/.test(category))) {
    const step = Math.ceil((Math.min(widest, 150) + 20) / band);
    const last = categories.length - 1;
    const texts = categories.map((category, at) =>
      (last - at) % step === 0 ? clipped(category, SIZE.label, 150) : undefined,
    );
    return { texts, rotate: 0, height: 30 };
  }
  if (band >= 56) {
    const lines = categories.map((category) => wrapped(category, SIZE.label, band - 10, 3));
    return {
      texts: lines.map((each) => each.join("\n")),
      rotate: 0,
      height: 15 + 15 * Math.max(...lines.map((each) => each.length)),
    };
  }
  const texts = categories.map((category) => clipped(category, SIZE.label, 120));
  return { texts, rotate: 40, height: 24 + Math.min(widest, 120) * 0.68 };
}

function thresholdShapes(
  { threshold }: SeriesChart,
  { box, yOf }: Plane,
  colours: Colours,
): Shape[] {
  if (threshold === undefined) return [];
  const y = yOf(threshold.value);
  return [
    line(box.left, y, box.left + box.width, y, {
      stroke: colours.alert,
      lineWidth: 1.5,
      lineDash: [6, 4],
    }),
  ];
}

function endShapes(
  labels: readonly EndLabel[],
  texts: readonly string[],
  { box, yOf }: Plane,
): Shape[] {
  const places = spread(
    labels.map(({ value }) => yOf(value)),
    19,
    box.top,
    box.top + box.height,
  );
  return labels.map(({ colour }, at) =>
    words(texts[at]!, box.left + box.width + 10, places[at]!, {
      size: SIZE.label + 1,
      colour,
      bold: true,
    }),
  );
}

/** One key for marks that all say the same, such as "alert fired". */
function markKeys({ marks = [] }: SeriesChart, colours: Colours): Key[] {
  const labels = new Set(marks.map(({ label }) => label));
  const [only] = labels;
  return labels.size === 1 && only ? [{ sign: "mark", colour: colours.alert, text: only }] : [];
}

/** A triangle over each marked period, and its own words where marks differ and there is room. */
function markShapes(chart: SeriesChart, { box, xOf }: Plane, colours: Colours): Shape[] {
  const marks = (chart.marks ?? []).filter(({ category }) => chart.categories.includes(category));
  const named = new Set(marks.map(({ label }) => label)).size > 1;
  let free = 0;
  return marks.flatMap(({ category, label }) => {
    const x = xOf(chart.categories.indexOf(category));
    const shapes = [
      line(x, box.top, x, box.top + box.height, {
        stroke: colours.alert,
        lineWidth: 1,
        lineDash: [2, 3],
      }),
      triangle(x, box.top + 1, colours.alert),
    ];
    const half = textWidth(label, SIZE.small) / 2;
    if (!named || x - half < free) return shapes;
    free = x + half + 8;
    return [
      ...shapes,
      words(label, x, box.top - 17, {
        size: SIZE.small,
        colour: colours.alert,
        align: "center",
        over: colours.background,
      }),
    ];
  });
}
