import { describe, expect, it } from "vitest";
import { timesIn } from "../../src/claims/times.ts";

const NOW = "2024-04-25";

describe("times in a sentence", () => {
  it.each([
    ["in 2023", "2023-01-01", "2023-12-31"],
    ["during Q4 2023", "2023-10-01", "2023-12-31"],
    ["in 2023Q4", "2023-10-01", "2023-12-31"],
    ["in the fourth quarter of 2023", "2023-10-01", "2023-12-31"],
    ["in the third quarter", "2023-07-01", "2023-09-30"],
    ["in the first half of 2023", "2023-01-01", "2023-06-30"],
    ["in H2 2023", "2023-07-01", "2023-12-31"],
    ["in January 2024", "2024-01-01", "2024-01-31"],
    ["in Jan. 2024", "2024-01-01", "2024-01-31"],
    ["in January alone", "2024-01-01", "2024-01-31"],
    ["last November", "2023-11-01", "2023-11-30"],
    ["on 17 March 2024", "2024-03-17", "2024-03-17"],
    ["on March 17th, 2024", "2024-03-17", "2024-03-17"],
    ["on 2024-03-17", "2024-03-17", "2024-03-17"],
    ["in 2024-03", "2024-03-01", "2024-03-31"],
    ["so far this year", "2024-01-01", NOW],
    ["in 2024 so far", "2024-01-01", NOW],
    ["year to date", "2024-01-01", NOW],
    ["last year", "2023-01-01", "2023-12-31"],
    ["last month", "2024-03-01", "2024-03-31"],
    ["last week", "2024-04-15", "2024-04-21"],
    ["in the past 30 days", "2024-03-27", NOW],
    ["in the last three months", "2024-01-26", NOW],
    ["since 2022", "2022-01-01", NOW],
    ["since January", "2024-01-01", NOW],
    ["from January to March 2024", "2024-01-01", "2024-03-31"],
    ["between January and March 2024", "2024-01-01", "2024-03-31"],
    ["from Q3 to Q4 2023", "2023-07-01", "2023-12-31"],
    ["2022 and 2023", "2022-01-01", "2023-12-31"],
    ["in 2022–2023", "2022-01-01", "2023-12-31"],
    ["in 2024 to 17 March", "2024-01-01", "2024-03-17"],
    ["through March 17, 2024", "2024-01-01", "2024-03-17"],
    ["in early 2024", "2024-01-01", "2024-03-31"],
    ["in late 2023", "2023-10-01", "2023-12-31"],
    ["in mid-2023", "2023-04-01", "2023-09-30"],
    ["in the summer of 2023", "2023-06-01", "2023-08-31"],
    ["in spring 2023", "2023-03-01", "2023-05-31"],
    ["in early January 2024", "2024-01-01", "2024-01-10"],
    ["in mid-January 2024", "2024-01-11", "2024-01-20"],
    ["at the end of January 2024", "2024-01-21", "2024-01-31"],
    ["in the first week of January 2024", "2024-01-01", "2024-01-07"],
    ["in the last week of January 2024", "2024-01-25", "2024-01-31"],
    ["in the first half of January 2024", "2024-01-01", "2024-01-15"],
    ["in the first two months of 2024", "2024-01-01", "2024-02-29"],
    ["in the last three months of 2023", "2023-10-01", "2023-12-31"],
    ["in the first 10 days of January", "2024-01-01", "2024-01-10"],
    ["in the first three quarters of 2023", "2023-01-01", "2023-09-30"],
    ["next year", "2025-01-01", "2025-12-31"],
    ["next month", "2024-05-01", "2024-05-31"],
    ["in January 12 companies", "2024-01-01", "2024-01-31"],
  ])("%s", (text, from, to) => {
    expect(timesIn(text, NOW).map(({ days }) => days)).toEqual([{ from, to }]);
  });

  it.each([
    "2,023 firms",
    "$2023",
    "it may cut",
    "march on",
    "over 2000 employees",
    "30 February 2024",
    "",
  ])("no time: %s", (text) => {
    expect(timesIn(text, NOW)).toEqual([]);
  });

  it("a month without a year is of the year its sentence names", () => {
    const labels = timesIn("18,000 in January 2023 and 9,000 in March", NOW).map(
      ({ label }) => label,
    );
    expect(labels).toEqual(["2023-01", "2023-03"]);
  });
  it("a time ahead is all of what is to come", () => {
    expect(timesIn("next year", NOW)).toMatchObject([{ running: false, until: "2025-12-31" }]);
  });

  it("a year that is still running ends with what is known, and says when it will", () => {
    expect(timesIn("in 2024", NOW)).toMatchObject([
      { days: { from: "2024-01-01", to: NOW }, until: "2024-12-31", running: false },
    ]);
  });

  it.each([
    ["rose from Q3 to Q4 2023", "2023-07-01", "2023-10-01"],
    ["fell in 2023 compared with 2022", "2022-01-01", "2023-01-01"],
    ["higher in Q1 2024 than in Q1 2023", "2023-01-01", "2024-01-01"],
  ])("%s has two sides, the earlier first", (text, before, after) => {
    expect(timesIn(text, NOW)[0]?.sides).toMatchObject({
      before: { from: before },
      after: { from: after },
    });
  });

  it("a quarter without a year is of the year the text spoke of last", () => {
    expect(timesIn("in Q2", NOW, 2022)[0]?.days.from).toBe("2022-04-01");
  });
});
