import type { RangeChart } from "./chart.ts";
import { footnotes, head, line, rect, words, type Shape } from "./frame.ts";
import { clipped, shortNumber, textWidth, wrapped } from "./lettering.ts";
import type { Drawing } from "./plane.ts";
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
  const hidden = chart.rows.length - rows.length;
  const figure = (value: number): string => shortNumber(value, chart.unit);
  const scale = scaleOf(
    rows.flatMap(({ low, high }) => [low, high]),
    { fit: true },
  );
  const labelWidth = Math.min(
    230,
    Math.max(
      60,
      ...rows.flatMap(({ label, note }) => [
        textWidth(label, 13, true),
        textWidth(note ?? "", SIZE.small),
      ]),
    ),
  );
  const gutter =
    12 +
    Math.max(
      24,
      ...rows
        .flatMap(({ low, high }) => [low, high])
        .map((value) => textWidth(figure(value), SIZE.label)),
    );
  const top = head({ ...chart, keys: [] }, colours);
  const box = {
    left: SIZE.side + labelWidth + gutter,
    top: top.bottom + 40,
    width: SIZE.width - 2 * SIZE.side - labelWidth - 2 * gutter,
    height: Math.max(1, rows.length) * ROW_HEIGHT,
  };
  const xOf = (value: number): number =>
    box.left + ((value - scale.min) / (scale.max - scale.min)) * box.width;
  const ticks = ticksOf(scale).filter((_, at, all) => all.length <= 6 || at % 2 === 0);
  const axis: Shape[] = ticks.flatMap((tick) => [
    {
      ...line(xOf(tick), box.top, xOf(tick), box.top + box.height, {
        stroke: colours.grid,
        lineWidth: 1,
      }),
      z: 1,
    },
    words(figure(tick), xOf(tick), box.top + box.height + 16, {
      size: SIZE.label,
      colour: colours.soft,
      align: "center",
    }),
  ]);
  const bands = rows.flatMap((row, at): Shape[] => {
    const y = box.top + (at + 0.5) * ROW_HEIGHT;
    const [from, to] = [Math.min(row.low, row.high), Math.max(row.low, row.high)];
    const width = Math.max(4, xOf(to) - xOf(from));
    const name = row.note === undefined ? y + 3 : y - 5;
    const shapes: Shape[] = [
      words(clipped(row.label, 13, labelWidth + 4, true), SIZE.side, name, {
        size: 13,
        colour: colours.ink,
        bold: true,
      }),
      rect({ x: xOf(from), y: y - 3, width, height: 12, r: 4 }, colours.quiet),
      {
        ...rect(
          { x: xOf(row.middle) - 2, y: y - 7, width: 4, height: 20, r: 2 },
          colours.series[0]!,
        ),
        z: 12,
      },
      words(figure(row.middle), xOf(row.middle), y - 16, {
        size: SIZE.label,
        colour: colours.ink,
        bold: true,
        align: "center",
      }),
      words(figure(from), xOf(from) - 7, y + 3, {
        size: SIZE.label,
        colour: colours.soft,
        align: "right",
        over: colours.background,
      }),
      words(figure(to), xOf(from) + width + 7, y + 3, {
        size: SIZE.label,
        colour: colours.soft,
        over: colours.background,
      }),
    ];
    if (row.note !== undefined) {
      const [note = ""] = wrapped(row.note, SIZE.small, labelWidth + 4, 1);
      shapes.push(words(note, SIZE.side, y + 12, { size: SIZE.small, colour: colours.soft }));
    }
    return shapes;
  });
  const more = hidden > 0 ? [`… and ${hidden} more rows`] : [];
  const foot = footnotes([...more, ...notes], box.top + box.height + 26, colours);
  const captions = [
    words(chart.unit, box.left, box.top - 16, { size: SIZE.label, colour: colours.soft }),
  ];
  if (rows.length === 0)
    captions.push(
      words("No known figures", SIZE.side, box.top + 20, {
        size: SIZE.subtitle,
        colour: colours.soft,
      }),
    );
  return {
    option: {
      animation: false,
      backgroundColor: colours.background,
      textStyle: { fontFamily: FONT },
      graphic: { elements: [...top.shapes, ...captions, ...axis, ...bands, ...foot.shapes] },
    },
    height: foot.bottom + SIZE.bottom,
  };
}
