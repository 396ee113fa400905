import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { altText } from "../../src/charts/alt-text.ts";
import { foreignText } from "../reply/foreign-text.ts";
import { anyChart } from "./any-chart.ts";
import { shelf } from "./chart-shelf.ts";
import { monthly, pay } from "./sample-charts.ts";

describe("alt text", () => {
  it("says title, basis, span, last, highest and lowest with their periods", () => {
    expect(
      altText({ ...monthly, series: [{ name: "people", values: [7403, 34_107, 15_589] }] }),
    ).toBe(
      "Bar chart: Tech layoffs per month. Date announced · as known 25 Apr 2024. Jan 2024 to Mar 2024, 3 points, in people. Last 15,589 in Mar 2024; highest 34,107 in Feb 2024; lowest 7,403 in Jan 2024.",
    );
  });

  it("says that the last period is incomplete, and does not call it the lowest", () => {
    const text = altText({ ...monthly, lastIncomplete: true });
    expect(text).toContain("Last 7,403 in Mar 2024 so far");
    expect(text).toContain("lowest 15,589 in Feb 2024");
    expect(text).toContain("The last period, Mar 2024, is incomplete.");
  });

  it("calls an earlier year's last period whole beside a running one", () => {
    const text = altText({
      ...monthly,
      series: [
        { name: "2023", values: [1, 2, 3], isWhole: true },
        { name: "2024", values: [4, 5, 6] },
      ],
      lastIncomplete: true,
    });
    expect(text).toContain("2023: last 3 in Mar 2024; highest 3 in Mar 2024; lowest 1");
    expect(text).toContain("2024: last 6 in Mar 2024 so far");
  });

  it("says the threshold, the marks and what is not known", () => {
    const text = altText({
      ...monthly,
      series: [{ name: "people", values: [34_107, null, 7403] }],
      threshold: { value: 10_000, label: "alert > 10,000" },
      marks: [{ category: "Jan 2024", label: "fired" }],
    });
    expect(text).toContain("Threshold: alert > 10,000 (10,000).");
    expect(text).toContain("Marked: fired Jan 2024.");
    expect(text).toContain("1 of 3 not known");
  });

  it("says every figure where categories are names, since names have no last", () => {
    expect(altText(shelf.companies)).toContain(
      "2022: Alphabet (Google, Fitbit, Waymo) 0, Amazon 10,000, Meta Platforms 11,000",
    );
    expect(altText(shelf.companies)).toContain("Salesforce, Inc. not known");
  });

  it("says low, middle and high of every range", () => {
    expect(altText(pay)).toContain("Acme: 150,000 to 215,000, middle 180,000 (n 317).");
  });

  it("keeps names the picture cannot write", () => {
    expect(altText(shelf.scripts)).toContain("삼성전자");
  });

  it("counts the rows for which it has no room", () => {
    const rows = Array.from({ length: 60 }, (_, at) => ({
      label: `Role number ${at}`,
      low: 1,
      middle: 2,
      high: 3,
    }));
    const text = altText({ ...pay, rows });
    const said = text.match(/Role number/g)!.length;
    expect(text).toContain(`And ${60 - said} more rows.`);
  });

  it("is at most 1,000 characters of whole text on one line, whatever the chart", () => {
    fc.assert(
      fc.property(anyChart(foreignText), (chart) => {
        const text = altText(chart);
        expect(text.length).toBeLessThanOrEqual(1000);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\p{Cc}\u202E\u200B]/u);
      }),
    );
  });
});
