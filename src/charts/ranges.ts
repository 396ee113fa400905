import type { RangeChart } from "./chart.ts";
import { footnotes, head, line, rect, words, type Shape } from "./frame.ts";
import { clipped, shortNumber, textWidth, wrapped } from "./lettering.ts";
import { caption, type Drawing } from "./plane.ts";
import { scaleOf, ticksOf } from "./scale.ts";
import { FONT, SIZE, type Colours } from "./theme.ts";

/** More rows than this are counted instead of drawn: a picture taller than a screen is not read. */
const ROWS_MAX = 24;
const ROW_HEIGHT = 46;

/** A band from low to high in each row, its middle marked and all three figures written beside it. */
export function rangesDrawing(
  chart: RangeChart,
  notes: readonly string[],
  colours: Colours,
): Drawing {
  const rows = chart.rows.slice(0, ROWS_MAX);
  const ends = rows.flatMap(({ low, high }) => [low, high]);
  const scale = scaleOf(ends, { fit: true });
  const gutter =
    12 + Math.max(24, ...ends.map((end) => textWidth(shortNumber(end, chart.unit), SIZE.label)));
  const names = Math.min(NAMES_MAX, Math.max(60, ...rows.map(nameWidth)));
  const top = head({ title: chart.title, subtitle: chart.subtitle, keys: [] }, colours);
  const box = {
    left: SIZE.side + names + gutter,
    top: top.bottom + 40,
    width: SIZE.width - 2 * SIZE.side - names - 2 * gutter,
    height: Math.max(1, rows.length) * ROW_HEIGHT,
  };
  const xOf = (value: number): number =>
    box.left + ((value - scale.min) / (scale.max - scale.min)) * box.width;
  const small = { size: SIZE.label, colour: colours.soft };
  const axis = ticksOf(scale).flatMap((tick): Shape[] => {
    const x = xOf(tick);
    const stroke = { stroke: colours.grid, lineWidth: 1 };
    return [
      { ...line(x, box.top, x, box.top + box.height, stroke), z: 1 },
      words(shortNumber(tick, chart.unit), x, box.top + box.height + 16, {
        ...small,
        align: "center",
      }),
    ];
  });
  const unit = rows.length === 0 ? "No known figures" : caption(chart.unit, scale);
  const hidden = chart.rows.length - rows.length;
  const more = hidden > 0 ? [`… and ${hidden} more rows`] : [];
  const foot = footnotes([...more, ...notes], box.top + box.height + 26, colours);
  const elements = [
    ...top.shapes,
    words(unit, box.left, box.top - 16, small),
    ...axis,
    ...rows.flatMap((row, at) => {
      const y = box.top + (at + 0.5) * ROW_HEIGHT;
      return [
        ...nameShapes(row, y, names, colours),
        ...bandShapes(row, y, xOf, chart.unit, colours),
      ];
    }),
    ...foot.shapes,
  ];
  const textStyle = { fontFamily: FONT };
  return {
    option: {
      animation: false,
      backgroundColor: colours.background,
      textStyle,
      graphic: { elements },
    },
    height: foot.bottom + SIZE.bottom,
  };
}

type Row = RangeChart["rows"][number];

/** The widest column of names; longer ones take a second line. */
const NAMES_MAX = 220;

function nameWidth({ label, note = "" }: Row): number {
  return Math.max(textWidth(label, SIZE.subtitle, true), textWidth(note, SIZE.small));
}

function nameShapes(
  { label, note }: Row,
  middle: number,
  width: number,
  colours: Colours,
): Shape[] {
  const name = wrapped(label, SIZE.subtitle, width, 2, true);
  const lines = name.length + (note === undefined ? 0 : 1);
  const y = (at: number): number => middle + 3 + (at - (lines - 1) / 2) * 15;
  const look = { size: SIZE.subtitle, colour: colours.ink, bold: true };
  const shapes = name.map((text, at) => words(text, SIZE.side, y(at), look));
  if (note === undefined) return shapes;
  const small = { size: SIZE.small, colour: colours.soft };
  return [...shapes, words(clipped(note, SIZE.small, width), SIZE.side, y(lines - 1), small)];
}

/** The band, its middle, and the three figures; equal figures are written once. */
function bandShapes(
  { low, middle, high }: Row,
  y: number,
  xOf: (value: number) => number,
  unit: string,
  colours: Colours,
): Shape[] {
  const [from, to, at] = [xOf(low), xOf(high), xOf(middle)];
  const width = Math.max(4, to - from);
  const left = Math.min(from, (from + to - width) / 2);
  const small = { size: SIZE.label, colour: colours.soft, over: colours.background };
  const bold = { size: SIZE.label, colour: colours.ink, bold: true, over: colours.background };
  const shapes: Shape[] = [
    rect({ x: left, y: y - 3, width, height: 12, r: 4 }, colours.quiet),
    { ...rect({ x: at - 2, y: y - 7, width: 4, height: 20, r: 2 }, colours.series[0]!), z: 12 },
    words(shortNumber(middle, unit), at, y - 16, { ...bold, align: "center" }),
  ];
  if (low === high) return shapes;
  return [
    ...shapes,
    words(shortNumber(low, unit), left - 7, y + 3, { ...small, align: "right" }),
    words(shortNumber(high, unit), left + width + 7, y + 3, small),
  ];
}
