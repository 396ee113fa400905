import type { Chart, SeriesChart } from "../../../src/charts/chart.ts";
import type { Reply, Table } from "../../../src/reply/reply.ts";
import { reply } from "../../../src/reply/reply.ts";

/** Invented figures, each kind once. */
export const bars: SeriesChart = {
  kind: "bars",
  title: "People laid off per month",
  subtitle: "by announcement, invented",
  unit: "people",
  categories: ["Jan 2024", "Feb 2024", "Mar 2024"],
  series: [{ name: "people", values: [34_107, 15_639, 7_403] }],
  lastIncomplete: true,
};

/** A chart Slack does not draw itself. */
export const ranges: Chart = {
  kind: "ranges",
  title: "Posted pay",
  subtitle: "invented",
  unit: "USD per year",
  rows: [{ label: "AI engineer", low: 150_000, middle: 190_000, high: 240_000 }],
};

export const table: Table = {
  kind: "table",
  caption: "Largest cuts",
  columns: [
    { title: "Company", align: "left" },
    { title: "People", align: "right" },
    { title: "Source", align: "left" },
  ],
  rows: [
    [
      "Acme",
      { text: "1,200", value: 1_200 },
      { text: "example.com", link: "https://example.com/acme" },
    ],
    ["Byte & Co", "not reported", "–"],
  ],
  more: 12,
};

export function withChart(chart: Chart): Reply {
  return reply("A chart", { blocks: [{ kind: "chart", chart }] });
}
