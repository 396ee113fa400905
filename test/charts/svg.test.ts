import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Chart, SeriesChart } from "../../src/charts/chart.ts";
import { drawing } from "../../src/charts/draw.ts";
import type { Shape } from "../../src/charts/frame.ts";
import { legible } from "../../src/charts/legible.ts";
import { textWidth } from "../../src/charts/lettering.ts";
import { chartSvg } from "../../src/charts/svg.ts";
import { COLOURS } from "../../src/charts/theme.ts";
import { foreignText } from "../reply/foreign-text.ts";
import { anyChart } from "./any-chart.ts";
import { shelf } from "./chart-shelf.ts";
import { monthly, pay } from "./sample-charts.ts";

/** The words of a picture, as they stand in it. */
function wordsIn(svg: string): string[] {
  return Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, words = ""]) =>
    words
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&"),
  );
}

/** The shapes we place ourselves. */
function elementsOf(option: unknown): readonly Shape[] {
  // Of the option's graphic the library says only what it may be at most: `Object` gives any.
  const { elements } = Object(Reflect.get(Object(option), "graphic"));
  return elements;
}

describe.each(["light", "dark"] as const)("a %s picture", (theme) => {
  it("stands on its own opaque background", () => {
    expect(chartSvg(monthly, theme)).toContain(`fill="${COLOURS[theme].background}"`);
  });

  it.each(Object.entries<Chart>(shelf))(
    "of %s shows its title and the unit it counts",
    (_name, chart) => {
      const words = wordsIn(chartSvg(chart, theme));
      const [firstLine = ""] = words.filter(
        (word) => word !== "" && legible(chart.title).text.startsWith(word),
      );
      expect(firstLine.length).toBeGreaterThan(10);
      expect(words.some((word) => word.startsWith(chart.unit))).toBe(true);
    },
  );
});

describe("a picture", () => {
  const words = (chart: Chart): string[] => wordsIn(chartSvg(chart, "dark"));

  it("writes the figure over every bar while there is room", () => {
    expect(words(monthly)).toEqual(
      expect.arrayContaining(["34.1k", "15.6k", "7.4k", "Jan 2024", "Feb 2024", "Mar 2024"]),
    );
  });

  it("hatches the running period and says so", () => {
    const running = chartSvg({ ...monthly, lastIncomplete: true }, "dark");
    expect(running).toContain("<pattern");
    expect(wordsIn(running)).toContain("Mar 2024 so far");
    expect(chartSvg(monthly, "dark")).not.toContain("<pattern");
  });

  it("hatches this year's running bar, not the whole one of a year ago beside it", () => {
    const now = { name: "now", values: [2, 2, 2] };
    const before = { name: "before", values: [3, 3, 3], isWhole: true } as const;
    const both = (series: SeriesChart["series"]) =>
      chartSvg({ ...monthly, kind: "grouped", series, lastIncomplete: true }, "dark");
    expect(wordsIn(both([before, now]))).toContain("Mar 2024 so far");
    expect(wordsIn(both([before]))).not.toContain("Mar 2024 so far");
    const hatchedBars = (svg: string) => svg.match(/stroke-width="1.2"/g)?.length ?? 0;
    const { name, values } = before;
    expect(hatchedBars(both([before, now]))).toBeLessThan(
      hatchedBars(both([{ name, values }, now])),
    );
  });

  it("draws the way to a running point dashed", () => {
    const line: Chart = { ...monthly, kind: "lines", lastIncomplete: true };
    expect(chartSvg(line, "dark")).toContain('stroke-dasharray="5,5"');
    expect(words(line)).toContain("Mar 2024 so far");
    expect(chartSvg({ ...line, lastIncomplete: false }, "dark")).not.toContain("stroke-dasharray");
  });

  it("leaves a gap where nothing is known and says so where bars are wide", () => {
    const holes: Chart = { ...monthly, series: [{ name: "people", values: [5, null, 7] }] };
    expect(words(holes)).toContain("not known");
    const line: Chart = {
      ...shelf.payLines,
      lastIncomplete: false,
      series: [{ name: "a", values: [1, 2, null, null, 5, 6] }],
    };
    const paths = Array.from(
      chartSvg(line, "dark").matchAll(
        /<path d="([^"]*)" fill="none"[^>]*stroke="#8c9eff" stroke-width="3"/g,
      ),
      ([, path = ""]) => path,
    );
    // One piece before the gap and one after it.
    expect(paths.join("").match(/M/g)?.length).toBe(2);
    expect(words(line)).toContain("$6");
  });

  it("draws the threshold with its label", () => {
    expect(words({ ...monthly, threshold: { value: 10_000, label: "alert > 10,000" } })).toContain(
      "alert > 10,000",
    );
  });

  it("names lines at their ends, with the last figure whole where the name is cut", () => {
    const named = {
      ...shelf.payLines,
      series: [
        { name: "An extraordinarily long name of a role", values: [1, 2] },
        { name: "b", values: [3] },
      ],
    };
    expect(
      words({ ...named, categories: ["a", "b"] }).some((text) => /^An extraord.*… \$2$/.test(text)),
    ).toBe(true);
  });

  it("writes the three figures of a range", () => {
    expect(words(pay)).toEqual(
      expect.arrayContaining(["Acme", "n 317", "$150k", "$180k", "$215k", "Bolt & Sons"]),
    );
  });

  it("counts the rows and series it does not draw", () => {
    const rows = Array.from({ length: 40 }, (_, at) => ({
      label: `r${at}`,
      low: 1,
      middle: 2,
      high: 3,
    }));
    expect(words({ ...pay, rows })).toContain("… and 16 more rows");
    const series = Array.from({ length: 9 }, (_, at) => ({ name: `s${at}`, values: [1, 2, 3] }));
    expect(words({ ...monthly, kind: "lines", series })).toContain(
      "… and 3 more series, not drawn",
    );
  });

  it("keeps the newest period's label when periods are thinned, and every name", () => {
    expect(words(shelf.twoYears)).toContain("2024-04-22");
    expect(words(shelf.names)).toEqual(expect.arrayContaining(["Amazon", "SAP", "Booking.com"]));
  });

  it("is harmless with hostile words", () => {
    const evil = '</text></svg><script>alert("1")</script>&amp;{a|b}\u0000\uD800';
    const svg = chartSvg(
      {
        ...monthly,
        title: evil,
        categories: [evil, evil, evil],
        series: [{ name: evil, values: [1, 2, 3] }],
      },
      "dark",
    );
    expect(svg).not.toContain("<script");
    expect(svg.match(/<\/svg>/g)).toHaveLength(1);
    expect(svg).not.toContain("\u0000");
    expect(wordsIn(svg).join("")).toContain('<script>alert("1")');
  });

  it("says in small print that a name could not be written", () => {
    expect(words(shelf.scripts)).toContain(
      "Names in scripts this picture cannot write are in its description.",
    );
    expect(words(monthly).join()).not.toContain("cannot write");
  });
});

describe("any chart", () => {
  it("is drawn, and no word of ours leaves the picture", () => {
    fc.assert(
      fc.property(anyChart(foreignText), (chart) => {
        const { option, height } = drawing(chart, "light");
        expect(Number.isFinite(height)).toBe(true);
        for (const shape of elementsOf(option)) {
          if (shape.type !== "text") continue;
          const { text, fontSize, fontWeight, align } = shape.style;
          const width = textWidth(text, fontSize, fontWeight === 600);
          const left = shape.x - (align === "left" ? 0 : align === "right" ? width : width / 2);
          // Our widths are a little generous, so a label may seem to reach over the edge by a hair.
          const place = {
            text,
            inside: left >= -12 && left + width <= 812 && shape.y >= 0 && shape.y <= height,
          };
          expect(place).toEqual({ text, inside: true });
        }
      }),
      { numRuns: 300 },
    );
  });

  it("gives one SVG without a broken number", () => {
    fc.assert(
      fc.property(anyChart(foreignText), (chart) => {
        const svg = chartSvg(chart, "dark");
        expect(svg.startsWith("<svg ")).toBe(true);
        expect(svg.match(/<svg /g)).toHaveLength(1);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      }),
      { numRuns: 60 },
    );
  });
});
