import type { RangeChart, SeriesChart } from "../../src/charts/chart.ts";

/** A plain chart of three months, to be changed in the one thing a test is about. */
export const monthly: SeriesChart = {
  kind: "bars",
  title: "Tech layoffs per month",
  subtitle: "Date announced · as known 25 Apr 2024",
  unit: "people",
  categories: ["Jan 2024", "Feb 2024", "Mar 2024"],
  series: [{ name: "people", values: [34_107, 15_589, 7403] }],
  lastIncomplete: false,
};

export const pay: RangeChart = {
  kind: "ranges",
  title: "Posted pay, senior AI engineer",
  subtitle: "Middle half of posted ranges · US",
  unit: "USD per year",
  rows: [
    { label: "Acme", low: 150_000, middle: 180_000, high: 215_000, note: "n 317" },
    { label: "Bolt & Sons", low: 120_000, middle: 131_000, high: 140_000 },
  ],
};
