import type { Chart } from "../../src/charts/chart.ts";

/** Charts as answers make them, and charts as the world makes them; all figures are invented. */
export const shelf = {
  weeks: {
    kind: "bars",
    title: "Tech layoffs per week",
    subtitle:
      "People, with 4-week average · announced Oct 2023 – Sep 2024 · source: tracker export",
    unit: "people",
    categories: weeks(52, "2023-10-02"),
    series: [
      { name: "people", values: wave(52, 3000, 2500) },
      {
        name: "4-week average",
        as: "line",
        values: wave(52, 3000, 2100).map((value, at) => (at < 3 ? null : value)),
      },
    ],
    threshold: { value: 6000, label: "alert > 6,000" },
    lastIncomplete: true,
  },
  twoYears: {
    kind: "bars",
    title: "People laid off per week, two years",
    subtitle: "Date learned · as known 25 Apr 2024",
    unit: "people",
    categories: weeks(104, "2022-05-02"),
    series: [{ name: "people", values: wave(104, 4000, 3800) }],
    threshold: { value: 5000, label: "people(7d) > 5000" },
    lastIncomplete: false,
    marks: weeks(104, "2022-05-02")
      .filter((_, at) => [9, 12, 47, 50, 86].includes(at))
      .map((category) => ({ category, label: "alert fired" })),
  },
  months: {
    kind: "bars",
    title: "Google: known people laid off per month",
    subtitle: "Date announced · as known 25 Apr 2024 · 4 events of unknown size",
    unit: "people",
    categories: ["Nov 2023", "Dec 2023", "Jan 2024", "Feb 2024", "Mar 2024", "Apr 2024"],
    series: [{ name: "people", values: [0, null, 1000, 12_000, 340, 80] }],
    lastIncomplete: true,
  },
  thisYearAndLast: {
    kind: "grouped",
    title: "13 weeks beside last year",
    subtitle: "People, at the same age · week ending Sunday",
    unit: "people",
    categories: weeks(13, "2024-01-01"),
    series: [
      { name: "2023", values: wave(13, 5200, 4000) },
      { name: "2024", values: wave(13, 1900, 1500) },
    ],
    lastIncomplete: true,
  },
  companies: {
    kind: "grouped",
    title: "Alphabet, Amazon, Meta and Microsoft",
    subtitle: "People laid off per year, with subsidiaries",
    unit: "people",
    categories: [
      "Alphabet (Google, Fitbit, Waymo)",
      "Amazon",
      "Meta Platforms",
      "Microsoft Corporation",
      "Salesforce, Inc.",
    ],
    series: [
      { name: "2022", values: [0, 10_000, 11_000, 1_000, null] },
      { name: "2023", values: [12_115, 17_000, 10_000, 10_158, 8_000] },
      { name: "2024", values: [1000, 180, null, 1_900, 700] },
    ],
    lastIncomplete: false,
  },
  names: {
    kind: "bars",
    title: "Largest layoffs of the year by company",
    subtitle: "Known people",
    unit: "people",
    categories: [
      "Amazon",
      "Alphabet",
      "Meta",
      "Microsoft",
      "Ericsson",
      "Salesforce",
      "Dell",
      "Philips",
      "Micron",
      "SAP",
      "Cisco",
      "Vodafone Group Public",
      "IBM",
      "PayPal",
      "Booking.com",
      "Zoom Video Communications",
    ],
    series: [
      {
        name: "people",
        values: [
          17_000, 12_115, 10_000, 10_158, 8500, 8000, 6650, 6000, 4800, 3000, 4250, 11_000, 3900,
          2000, 4375, 1300,
        ],
      },
    ],
    lastIncomplete: false,
  },
  payLines: {
    kind: "lines",
    title: "Posted pay by role, United States",
    subtitle: "Median of posted base ranges, by quarter of appearance · n ≥ 10 in every point",
    unit: "USD per year",
    categories: ["2022 Q4", "2023 Q1", "2023 Q2", "2023 Q3", "2023 Q4", "2024 Q1"],
    series: [
      {
        name: "AI engineer, senior",
        values: [188_000, 190_500, 197_000, 203_600, 196_000, 199_129],
      },
      {
        name: "Software engineer, senior",
        values: [157_013, 158_000, 158_400, 159_900, 160_367, 160_100],
      },
      { name: "Data scientist", values: [151_000, 152_000, null, null, 155_000, 154_000] },
      { name: "Product manager", values: [156_000, 157_500, 158_900, 159_500, 159_800, null] },
    ],
    lastIncomplete: true,
  },
  sixByTwenty: {
    kind: "lines",
    title: "Events per week by sector",
    subtitle: "Tracker export · date learned",
    unit: "events",
    categories: weeks(20, "2023-11-06"),
    series: ["Fintech", "Retail", "Healthcare", "Consumer hardware", "Crypto", "Security"].map(
      (name, at) => ({
        name,
        values: wave(20, 20 - at * 2, 12 - at, at),
      }),
    ),
    threshold: { value: 12, label: "alert > 12" },
    lastIncomplete: true,
  },
  sixGroups: {
    kind: "grouped",
    title: "Events per week by sector, six sectors beside each other in every one of twenty weeks",
    subtitle:
      "A subtitle that goes on for longer than a line is wide: basis date announced, as known 25 April 2024, source tracker export, sizes unknown for 83 of 219 events, companies joined without case",
    unit: "events",
    categories: weeks(20, "2023-11-06"),
    series: ["Fintech", "Retail", "Healthcare", "Consumer hardware", "Crypto", "Security"].map(
      (name, at) => ({
        name,
        values: wave(20, 20 - at * 2, 12 - at, at),
      }),
    ),
    lastIncomplete: true,
  },
  change: {
    kind: "bars",
    title: "Change on the year before",
    subtitle: "People, at the same age",
    unit: "percent",
    categories: ["2023 Q1", "2023 Q2", "2023 Q3", "2023 Q4", "2024 Q1"],
    series: [{ name: "change", values: [212.4, 38, -12.5, -41, -66] }],
    threshold: { value: 50, label: "change yoy > 50%" },
    lastIncomplete: true,
  },
  aiShare: {
    kind: "lines",
    title: "AI share of US tech postings",
    subtitle: "Share of postings that ask for AI skills · monthly",
    unit: "percent",
    categories: [
      "Jun 2023",
      "Jul 2023",
      "Aug 2023",
      "Sep 2023",
      "Oct 2023",
      "Nov 2023",
      "Dec 2023",
      "Jan 2024",
      "Feb 2024",
      "Mar 2024",
    ],
    series: [{ name: "share", values: [1.69, 1.7, 1.74, 1.72, 1.8, 1.86, 1.85, 1.97, 2.01, 2.05] }],
    lastIncomplete: false,
  },
  ranges: {
    kind: "ranges",
    title: "Posted pay for AI roles",
    subtitle: "p25 – p50 – p75 of posted base ranges · US · 2023 Q4 · posted, not paid",
    unit: "USD per year",
    rows: [
      { label: "VP of AI", low: 398_000, middle: 398_000, high: 398_000, note: "n 3" },
      {
        label: "Senior manager, machine learning",
        low: 210_000,
        middle: 268_000,
        high: 340_300,
        note: "n 41",
      },
      { label: "Senior AI engineer", low: 171_000, middle: 196_000, high: 224_000, note: "n 317" },
      { label: "AI engineer", low: 138_000, middle: 152_500, high: 166_000, note: "n 880" },
      {
        label: "Prompt writer",
        low: 41_000,
        middle: 118_000,
        high: 330_000,
        note: "n 12 · several sources",
      },
    ],
  },
  scripts: {
    kind: "grouped",
    title: 'ソニー (Sony) and 삼성전자 🎉 beside <b>AT&T</b> "</svg>"',
    subtitle: "شركة · שלום · Ｆｕｌｌ width · Škoda, Łódź, Ørsted & Яндекс",
    unit: "people",
    categories: ["2022 年", "2023 年", "2024 年"],
    series: [
      { name: "ソニー (Sony)", values: [10, 250, 900] },
      { name: "삼성전자", values: [40, 100, 300] },
      { name: "AT&T <script>", values: [80, 120, 60] },
    ],
    lastIncomplete: false,
  },
  onePoint: {
    kind: "lines",
    title: "One known quarter",
    subtitle: "Everything else is not known",
    unit: "USD per year",
    categories: ["2023 Q4"],
    series: [{ name: "AI engineer", values: [196_000] }],
    lastIncomplete: false,
  },
  zeros: {
    kind: "bars",
    title: "A quiet month",
    subtitle: "No events known",
    unit: "people",
    categories: ["W1", "W2", "W3", "W4"],
    series: [{ name: "people", values: [0, 0, 0, 0] }],
    lastIncomplete: false,
  },
  unknown: {
    kind: "bars",
    title: "Sizes nobody reported",
    subtitle: "4 events, none with a size",
    unit: "people",
    categories: ["Jan 2024", "Feb 2024"],
    series: [{ name: "people", values: [null, null] }],
    lastIncomplete: true,
  },
  backtest: {
    kind: "bars",
    title: "people(7d) > 10000, replayed",
    subtitle: "Rolling 7 days, every day · fires 6 times",
    unit: "people",
    categories: days(442, "2023-01-01"),
    series: [{ name: "people in 7 days", values: wave(442, 7000, 6900, 2, 30) }],
    threshold: { value: 10_000, label: "> 10,000" },
    lastIncomplete: false,
    marks: days(442, "2023-01-01")
      .filter((_, at) => [4, 17, 54, 72, 114, 388].includes(at))
      .map((category, at) => ({
        category,
        label: at % 2 === 0 ? `fired ${at + 1}` : `fired again ${at + 1}`,
      })),
  },
} satisfies Readonly<Record<string, Chart>>;

/** A rise and fall with a little unrest, the same every time. */
function wave(count: number, middle: number, swing: number, phase = 0, period = 6): number[] {
  return Array.from({ length: count }, (_, at) =>
    Math.max(
      0,
      Math.round(middle + swing * Math.sin(at / period + phase) + swing * 0.15 * Math.sin(at * 3)),
    ),
  );
}

function days(count: number, from: string, step = 1): string[] {
  const start = Date.parse(from);
  return Array.from({ length: count }, (_, at) =>
    new Date(start + at * step * 86_400_000).toISOString().slice(0, 10),
  );
}

function weeks(count: number, from: string): string[] {
  return days(count, from, 7);
}
