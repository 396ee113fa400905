import type { BarPlaces, Coloured } from "./bars.ts";
import type { SeriesChart } from "./chart.ts";
import { words, type Shape } from "./frame.ts";
import { shortNumber, textWidth } from "./lettering.ts";
import type { Plane } from "./plane.ts";
import { SIZE, type Colours } from "./theme.ts";

/** With more periods than this no bar is wide enough for its figure. */
export const LABELLED_MAX = 16;

/**
 * The figures over the bars: all of them where there is room, with a dash where nothing is known;
 * else, for a single series, the highest.
 */
export function barLabels(
  chart: SeriesChart,
  bars: readonly Coloured[],
  { width, offset }: BarPlaces,
  { xOf, yOf }: Plane,
  colours: Colours,
): Shape[] {
  const values = bars.flatMap((bar) => bar.values.filter((value) => value !== null));
  if (values.length === 0) return [];
  const figure = (value: number): string => shortNumber(value, chart.unit);
  const fits = (size: number): boolean =>
    chart.categories.length <= LABELLED_MAX &&
    values.every((value) => textWidth(figure(value), size, true) + 2 <= width * 1.12);
  const size = fits(SIZE.label) ? SIZE.label : SIZE.small;
  const label = (value: number, x: number): Shape =>
    words(figure(value), x, yOf(value) + (value < 0 ? 5 : -5), {
      size,
      colour: colours.ink,
      bold: true,
      align: "center",
      vertical: value < 0 ? "top" : "bottom",
      over: colours.background,
    });
  if (fits(size)) {
    const dash = width > 60 ? "not known" : "–";
    const look = { size: SIZE.small, colour: colours.soft, align: "center" } as const;
    return bars.flatMap((bar, nth) =>
      bar.values.map((value, at) => {
        const x = xOf(at) + offset(nth);
        return value === null ? words(dash, x, yOf(0) - 10, look) : label(value, x);
      }),
    );
  }
  if (bars.length > 1) return [];
  const highest = Math.max(...values);
  return [label(highest, xOf(bars[0]!.values.indexOf(highest)))];
}
