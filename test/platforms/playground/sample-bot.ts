import { z } from "zod";
import type { Chart, SeriesChart } from "../../../src/charts/chart.ts";
import type { Bot, Invocation } from "../../../src/command/bot.ts";
import { defineCommand } from "../../../src/command/define.ts";
import { reply, type Reply } from "../../../src/reply/reply.ts";

/** A whole bot in memory with invented figures: rich enough to show every kind of block. */
export interface SampleBot extends Bot {
  /** Every invocation so far, oldest first. */
  readonly asked: readonly Invocation[];
}

const ONE_PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

export function sampleBot(
  draw: Bot["draw"] = () => Promise.resolve(Buffer.from(ONE_PIXEL, "base64")),
): SampleBot {
  const asked: Invocation[] = [];
  const kept = new Map<string, string>();
  return {
    asked,
    commands: COMMANDS,
    answer(invocation) {
      asked.push(invocation);
      return Promise.resolve(answered(invocation.text));
    },
    about: () => Promise.resolve(reply("Nothing is known about that message.")),
    check: () => Promise.resolve(reply("That message states no figure.")),
    complete: (_command, option, typed) =>
      option === "company"
        ? COMPANIES.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase())).map(
            (name) => ({ name, value: name }),
          )
        : [],
    draw,
    keep(command) {
      const key = `k${kept.size + 1}`;
      kept.set(key, command);
      return key;
    },
    recall: (key) => kept.get(key),
    home: () => Promise.resolve(home()),
  };
}

function answered(text: string): Reply {
  if (text.startsWith("/layoffs gogle")) return unknownCompany();
  if (text.startsWith("/layoffs")) return layoffs();
  if (text.startsWith("/trend")) return trend();
  if (text.startsWith("/top")) return top();
  if (text.startsWith("/export")) return exported();
  return reply(`I do not know the command ‘${text.slice(0, 40)}’.`, {
    reason: "unknown_command",
    actions: [{ label: "Help", run: "/help" }],
  });
}

const COMPANIES = ["Gadgetry", "Gizmo Works", "Globex", "Acme Corp"];
const company = z.string().optional().meta({ describe: "A company", complete: "company" });
const period = z.string().optional().meta({ describe: "Which time" });
const args = z.object({ company, period });
const run = () => reply("");

const COMMANDS = [
  defineCommand({
    name: "layoffs",
    summary: "One company, or totals",
    args,
    bare: ["company"],
    examples: ["/layoffs globex", "/layoffs"],
    ownSlash: true,
    run,
  }),
  defineCommand({
    name: "trend",
    summary: "A chart over time",
    args,
    examples: ["/trend people by:month"],
    ownSlash: true,
    run,
  }),
  defineCommand({
    name: "top",
    summary: "A ranked table",
    args,
    examples: ["/top cuts limit:40"],
    run,
  }),
  defineCommand({
    name: "export",
    summary: "A file",
    args,
    examples: ["/export top format:csv"],
    run,
  }),
  defineCommand({ name: "help", summary: "What I can do", args, examples: ["/help"], run }),
];

const NOTES = [
  "Basis: date announced · as known 25 Apr 2024 · source: invented sample rows",
  "31 of 77 events did not say how many people; they are not in the totals.",
];

const WEEKS: SeriesChart = {
  kind: "bars",
  title: "People laid off a week",
  subtitle: "With four-week average · announced Jan – Apr 2024 · invented rows",
  unit: "people",
  categories: [
    "Jan 1",
    "Jan 8",
    "Jan 15",
    "Jan 22",
    "Jan 29",
    "Feb 5",
    "Feb 12",
    "Feb 19",
    "Feb 26",
    "Mar 4",
    "Mar 11",
    "Mar 18",
    "Mar 25",
    "Apr 1",
  ],
  series: [
    {
      name: "people",
      values: [3100, 2650, 7100, 5750, 4020, null, 2480, 3020, 6700, 6900, 4100, 2800, 3500, 2900],
    },
    {
      name: "four-week average",
      values: [3100, 2900, 4200, 4650, 4880, 4600, 4100, 3700, 4070, 4700, 5200, 5120, 4300, 3300],
      as: "line",
    },
  ],
  lastIncomplete: true,
};

function home(): Reply {
  return reply(
    "The market this week: at least 4,312 people at 37 companies, 12 events of unknown size",
    {
      blocks: [
        {
          kind: "figures",
          items: [
            { label: "People", value: "≥ 4,312" },
            { label: "Events", value: "49" },
            { label: "Companies", value: "37" },
          ],
        },
        { kind: "chart", chart: WEEKS },
        {
          kind: "text",
          words: [
            "Most of it is ",
            { bold: "Globex" },
            " (",
            { link: "https://example.org/globex", text: "example.org" },
            "); ask ",
            { code: "/layoffs globex" },
            ".",
          ],
        },
      ],
      actions: [
        { label: "Trend", run: "/trend people by:week", style: "primary" },
        { label: "Top cuts", run: "/top cuts" },
      ],
      notes: NOTES,
    },
  );
}

function layoffs(): Reply {
  return reply(
    "Globex — 8 known events since 2023, at least 13,115 people (4 events did not say how many)",
    {
      blocks: [
        {
          kind: "text",
          words: [
            "Last: ",
            { bold: "17 Apr 2024" },
            " · size not reported · ",
            { link: "https://example.org/a?b=1&c=2", text: "example.org" },
          ],
        },
        {
          kind: "meters",
          items: [
            { label: "2023", ratio: 1, text: "12,115  4 events (1 size not reported)" },
            { label: "2024", ratio: 0.0825, text: "1,000  4 events (3 not reported)" },
          ],
        },
        {
          kind: "bullets",
          items: [
            ["Largest: ", { bold: "20 Jan 2023" }, " · 12,000 · 6 % of staff"],
            "Also known as Globex Corporation, Globex Labs",
          ],
        },
        {
          kind: "table",
          caption: "Latest events",
          columns: [
            { title: "Announced", align: "left" },
            { title: "People", align: "right" },
            { title: "Where", align: "left" },
            { title: "Source", align: "left" },
          ],
          rows: [
            [
              "17 Apr 2024",
              "unknown",
              "San Francisco",
              { text: "example.org", link: "https://example.org/1" },
            ],
            [
              "10 Jan 2024",
              { text: "1,000", value: 1000 },
              "New York & remote",
              { text: "example.net", link: "https://example.net/2" },
            ],
            [
              "20 Jan 2023",
              { text: "12,000", value: 12_000 },
              "worldwide",
              { text: "example.org", link: "https://example.org/3" },
            ],
          ],
          more: 5,
        },
      ],
      actions: [
        { label: "Chart", run: "/trend people company:Globex", style: "primary" },
        { label: "Compare", run: "/compare globex,acme" },
        { label: "Long filter", run: `/layoffs company:globex note:"${"long ".repeat(30)}"` },
        { label: "Source", url: "https://example.org/source" },
        { label: "Forget", run: "/privacy delete", style: "danger" },
      ],
      choices: [
        {
          placeholder: "Period",
          options: [
            { label: "2023", run: "/layoffs globex period:2023", detail: "the whole year" },
            { label: "2024 so far", run: "/layoffs globex period:ytd" },
          ],
        },
      ],
      notes: NOTES,
    },
  );
}

function trend(): Reply {
  const grouped: Chart = {
    kind: "grouped",
    title: "This year and last",
    subtitle: "People, by quarter · announced · invented rows",
    unit: "people",
    categories: ["Q1", "Q2", "Q3", "Q4"],
    series: [
      { name: "2022", values: [9200, 14_100, 22_500, 61_000] },
      { name: "2023", values: [140_000, 52_000, 31_000, 40_100] },
    ],
    lastIncomplete: false,
  };
  const pay: Chart = {
    kind: "ranges",
    title: "Posted pay, AI engineer",
    subtitle: "p25 to p75 · USD per year · invented rows",
    unit: "USD per year",
    rows: [
      { label: "Mid", low: 140_000, middle: 165_000, high: 190_000, note: "n 120" },
      { label: "Senior", low: 175_000, middle: 205_000, high: 240_000, note: "n 88" },
    ],
  };
  return reply("At least 50,727 people in 2024 to date, 66 % fewer than in the same days of 2023", {
    blocks: [
      { kind: "chart", chart: WEEKS },
      { kind: "chart", chart: grouped },
      { kind: "chart", chart: pay },
    ],
    actions: [{ label: "By quarter", run: "/trend people by:quarter" }],
    notes: NOTES,
    audience: "everyone",
  });
}

function top(): Reply {
  return reply("The 40 largest known cuts of 2024", {
    blocks: [
      {
        kind: "table",
        caption: "Largest cuts, most people first",
        columns: [
          { title: "#", align: "right" },
          { title: "Company", align: "left" },
          { title: "People", align: "right" },
          { title: "Share", align: "right" },
          { title: "Announced", align: "left" },
          { title: "Country", align: "left" },
          { title: "Source", align: "left" },
        ],
        rows: Array.from({ length: 40 }, (_, at) => [
          String(at + 1),
          `${COMPANIES[at % COMPANIES.length]} ${at + 1}`,
          { text: (12_000 - at * 280).toLocaleString("en-US"), value: 12_000 - at * 280 },
          at % 3 === 0 ? "unknown" : `${3 + at} %`,
          `2024-0${1 + (at % 4)}-1${at % 10}`,
          at % 2 === 0 ? "United States" : "Germany",
          { text: "example.org", link: `https://example.org/${at}` },
        ]),
        more: 112,
      },
    ],
    notes: NOTES,
  });
}

function exported(): Reply {
  return reply("The table as a file: 2 rows", {
    files: [
      {
        name: "top cuts.csv",
        mediaType: "text/csv",
        content: "company,people\nGlobex,12000\nAcme,700\n",
        encoding: "utf8",
      },
    ],
    notes: NOTES,
  });
}

function unknownCompany(): Reply {
  return reply("No company ‘gogle’ is known.", {
    reason: "not_found",
    blocks: [
      {
        kind: "text",
        words: ["Did you mean ", { bold: "Globex" }, "? Type ", { code: "/layoffs globex" }, "."],
      },
    ],
    actions: [{ label: "/layoffs globex", run: "/layoffs globex" }],
  });
}
