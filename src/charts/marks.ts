import type { SeriesChart } from "./chart.ts";
import { line, triangle, words, type Key, type Shape } from "./frame.ts";
import { textWidth } from "./lettering.ts";
import type { Places } from "./plane.ts";
import { SIZE, type Colours } from "./theme.ts";

/** One key for marks that all say the same, such as "alert fired". */
export function markKeys({ marks = [] }: SeriesChart, colours: Colours): Key[] {
  const labels = new Set(marks.map(({ label }) => label));
  const [only] = labels;
  return labels.size === 1 && only ? [{ sign: "mark", colour: colours.alert, text: only }] : [];
}

/**
 * A triangle over each marked period. Where marks say different things each has its own words, right
 * of `from` and as far as they do not touch; the others are counted in a note.
 */
export function marksOver(
  { marks = [], categories }: SeriesChart,
  { box, xOf }: Places,
  from: number,
  colours: Colours,
): { readonly shapes: readonly Shape[]; readonly notes: readonly string[] } {
  const shapes: Shape[] = [];
  const named = new Set(marks.map(({ label }) => label)).size > 1;
  const look = { size: SIZE.small, colour: colours.alert, align: "center" } as const;
  const dotted = { stroke: colours.alert, lineWidth: 1, lineDash: [2, 3] };
  let free = from;
  let wordless = 0;
  for (const { category, label } of marks) {
    const index = categories.indexOf(category);
    if (index < 0) continue;
    const x = xOf(index);
    shapes.push(line(x, box.top, x, box.top + box.height, dotted));
    shapes.push(triangle(x, box.top + 1, colours.alert));
    const half = textWidth(label, SIZE.small) / 2;
    const fits = x - half >= free && x + half <= SIZE.width - 8;
    if (named && fits) {
      shapes.push(words(label, x, box.top - 18, look));
      free = x + half + 8;
    } else if (named) {
      wordless++;
    }
  }
  const notes =
    wordless === 0
      ? []
      : [`${wordless} ${wordless === 1 ? "mark" : "marks"} without words, for want of room`];
  return { shapes, notes };
}
