import type { Chart, RangeChart, Series, SeriesChart } from "./chart.ts";

/** What Slack's file upload takes as a description; Discord takes a little more. */
const LONGEST = 1000;
const LONGEST_PIECE = 160;

/**
 * A chart in words, for people and programs that do not see it: what it shows, over which span, the
 * last, highest and lowest figure of every series, the threshold, and whether the last period is
 * still running. At most 1,000 characters; what does not fit is counted at the end.
 */
export function altText(chart: Chart): string {
  return fitted(chart.kind === "ranges" ? rangeSentences(chart) : seriesSentences(chart));
}

interface Sentences {
  readonly head: readonly string[];
  /** One a series or row; the last ones give way when the text grows too long. */
  readonly each: readonly string[];
  readonly tail: readonly string[];
  readonly noun: string;
}

const KIND_WORDS = {
  bars: "Bar chart",
  lines: "Line chart",
  grouped: "Grouped bar chart",
} as const;

function seriesSentences(chart: SeriesChart): Sentences {
  const { categories, unit } = chart;
  const head = [`${KIND_WORDS[chart.kind]}: ${piece(chart.title)}.`, ...sentence(chart.subtitle)];
  if (categories.length > 0) head.push(`${span(categories)}, in ${piece(unit)}.`);
  const each = chart.series.map((series) => {
    const said = figures(series, chart);
    const only = chart.series.length === 1;
    return only ? `${said[0]!.toUpperCase()}${said.slice(1)}.` : `${piece(series.name)}: ${said}.`;
  });
  const tail: string[] = [];
  if (chart.lastIncomplete && categories.length > 0) {
    tail.push(`The last period, ${piece(categories.at(-1)!)}, is incomplete.`);
  }
  if (chart.threshold) {
    tail.push(
      `Threshold: ${piece(chart.threshold.label)} (${number(chart.threshold.value, unit)}).`,
    );
  }
  const marks = chart.marks ?? [];
  if (marks.length > 0) {
    const shown = marks
      .slice(0, 8)
      .map(({ category, label }) => `${piece(label)} ${piece(category)}`);
    const more = marks.length > 8 ? ` and ${marks.length - 8} more` : "";
    tail.push(`Marked: ${shown.join(", ")}${more}.`);
  }
  return { head, each, tail, noun: "series" };
}

/** Names ("Amazon, Meta") have no last, so each is said; periods have. */
function areNames(categories: readonly string[]): boolean {
  return categories.length <= 12 && categories.every((category) => !/\d/.test(category));
}

/** "last 1,000 in Mar 2024; highest …; lowest …" of the known values; a running period is no low. */
function figures(series: Series, { categories, unit, ...chart }: SeriesChart): string {
  const lastIncomplete = chart.lastIncomplete && series.isWhole !== true;
  const known = categories.flatMap((category, at) => {
    const value = series.values[at];
    return isKnown(value)
      ? [{ value, at, where: `${number(value, unit)} in ${piece(category)}` }]
      : [];
  });
  const last = known.at(-1);
  if (last === undefined) return "no known figures";
  if (areNames(categories)) {
    const values = categories.map((category, at) => {
      const value = series.values[at];
      return `${piece(category)} ${isKnown(value) ? number(value, unit) : "not known"}`;
    });
    return values.join(", ");
  }
  const whole = known.filter(({ at }) => !(lastIncomplete && at === categories.length - 1));
  const soFar = lastIncomplete && last.at === categories.length - 1 ? " so far" : "";
  const words = [`last ${last.where}${soFar}`];
  const unknown = categories.length - known.length;
  if (known.length > 1 && whole.length > 0) {
    const highest = known.reduce((best, each) => (each.value > best.value ? each : best));
    const lowest = whole.reduce((best, each) => (each.value < best.value ? each : best));
    // No zero is the highest where one of the others is not known.
    if (unknown === 0 || highest.value > 0)
      words.push(`highest ${highest.where}`, `lowest ${lowest.where}`);
  }
  if (unknown > 0) words.push(`${unknown} of ${categories.length} not known`);
  return words.join("; ");
}

function rangeSentences(chart: RangeChart): Sentences {
  return {
    head: [
      `Ranges: ${piece(chart.title)}.`,
      ...sentence(chart.subtitle),
      `In ${piece(chart.unit)}.`,
    ],
    each: chart.rows.map(({ label, low, middle, high, note }) => {
      const range = `${number(low, chart.unit)} to ${number(high, chart.unit)}`;
      return `${piece(label)}: ${range}, middle ${number(middle, chart.unit)}${note ? ` (${piece(note)})` : ""}.`;
    }),
    tail: [],
    noun: "rows",
  };
}

/** All sentences, or as many of the repeated ones as fit with a count of the rest. */
function fitted({ head, each, tail, noun }: Sentences): string {
  for (let shown = each.length; shown >= 0; shown--) {
    const rest = each.length - shown;
    const more = rest > 0 ? [`And ${rest} more ${noun}.`] : [];
    const text = [...head, ...each.slice(0, shown), ...more, ...tail].join(" ");
    if (text.length <= LONGEST) return text;
  }
  return cut([...head, ...tail].join(" "), LONGEST);
}

function span(categories: readonly string[]): string {
  const first = piece(categories[0]!);
  if (categories.length === 1) return `One point, ${first}`;
  return `${first} to ${piece(categories.at(-1)!)}, ${categories.length} points`;
}

/** The whole figure, as a sentence says it: 12,115 or −3.7 %. */
function number(value: number, unit: string): string {
  const digits = value.toLocaleString("en", { maximumFractionDigits: 2 }).replace("-", "−");
  return unit === "percent" ? `${digits} %` : digits;
}

function isKnown(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function sentence(text: string): string[] {
  const words = piece(text);
  return words === "" ? [] : [/[.!?…]$/.test(words) ? words : `${words}.`];
}

/** Foreign words on one line, harmless and not too long. */
function piece(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return cut(line, LONGEST_PIECE);
}

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text
    .slice(0, longest - 1)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd()}…`;
}
