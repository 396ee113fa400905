import { z } from "zod";
import { Fault } from "../../src/fault.ts";
import { csvText } from "../../src/sources/csv/text.ts";
import { hasColumns } from "../../src/sources/file-sample.ts";
import { jsonText } from "../../src/sources/json-text.ts";
import type { NewEntry, Parsed, SourceDef } from "../../src/sources/source.ts";

const ABOUT = {
  publisher: "State of Test",
  licence: "public records",
  attribution: "State of Test",
  url: "https://register.example/about",
  gaps: "Only what was filed.",
  everyMinutes: 60,
  staleAfterHours: 6,
  needs: [],
  mayBeEmpty: false,
  byDefault: true,
} as const satisfies Partial<SourceDef>;

function parsed(parts: Partial<Parsed>): Parsed {
  return {
    rows: 0,
    entries: [],
    layoffs: [],
    faults: [],
    notices: [],
    asOfOn: null,
    wholeOf: null,
    ...parts,
  };
}

/** A register as CSV: id, company, people, noticed; always whole. */
const register: SourceDef = {
  ...ABOUT,
  id: "test-register",
  title: "register of notices",
  settings: { url: "another address of the register" },
  async *fetch({ get, settings }) {
    const url = settings["url"] ?? "https://register.example/notices.csv";
    const text = await get(url, { accept: ["text/csv", "application/gzip"] });
    if (text !== null) yield { url, text };
  },
  fits: ({ header }) => hasColumns(header, ["notice id", "company", "people", "noticed"]),
  parse(text) {
    const { header, rows, faults } = csvText(text);
    if (!hasColumns(header, ["notice id", "company", "people", "noticed"]))
      throw new Fault("bad_file", "The register has other columns.", "");
    return parsed({
      rows: rows.length + faults.length,
      faults,
      wholeOf: "",
      entries: rows.map(({ cell }): NewEntry => ({
        shelf: "notices",
        id: cell("notice id"),
        values: {
          state: "CA",
          company: cell("company"),
          noticedOn: cell("noticed") || null,
          effectiveOn: null,
          people: cell("people") === "" ? null : Number(cell("people")),
          kind: "layoff",
          temporary: null,
          place: null,
          url: null,
        },
      })),
    });
  },
};

const SERIES = z.object({
  testSeries: z.array(z.object({ month: z.string(), value: z.number() })),
});

/** A series as JSON, asked for with a body. */
const series: SourceDef = {
  ...ABOUT,
  id: "test-series",
  title: "series of an index",
  async *fetch({ get }) {
    const url = "https://series.example/v2";
    const text = await get(url, { accept: ["application/json"], body: '{"series":["index"]}' });
    if (text !== null) yield { url, text };
  },
  fits: ({ json }) => typeof json === "object" && json !== null && "testSeries" in json,
  parse(text) {
    const json = SERIES.parse(jsonText(text));
    return parsed({
      rows: json.testSeries.length,
      entries: json.testSeries.map(({ month, value }) => ({
        shelf: "points",
        id: month,
        values: {
          series: "index",
          place: "US",
          period: month,
          value,
          unit: "percent",
          preliminary: false,
        },
      })),
    });
  },
};

/** A feed whose headlines tell of layoffs: `<item id="1" on="2026-01-02">Acme cuts 40</item>`. */
const feed: SourceDef = {
  ...ABOUT,
  id: "test-feed",
  title: "news feed",
  needs: ["contact"],
  mayBeEmpty: true,
  robots: true,
  async *fetch({ get }) {
    const url = "https://news.example/feed.xml";
    const text = await get(url, { accept: ["application/rss+xml"] });
    if (text !== null) yield { url, text };
  },
  fits: ({ head }) => head.includes("<testfeed"),
  parse(text) {
    if (!text.includes("<testfeed") || !text.includes("</testfeed>"))
      throw new Fault("bad_file", "This is no whole feed.", "");
    const items = [
      ...text.matchAll(/<item id="(\w+)" on="([\d-]+)">(\w+) cuts (\d+) people<\/item>/g),
    ];
    return parsed({
      rows: items.length,
      layoffs: items.map(([sentence, id = "", on = "", company = "", people = ""]) => ({
        id,
        learnedOn: on,
        sentence,
        values: {
          company,
          announcedOn: on,
          filedOn: null,
          effectiveOn: null,
          headcount: Number(people),
          percentOfStaff: null,
          industry: null,
          country: null,
          location: null,
          stage: null,
          reason: null,
          raisedUsdM: null,
          url: null,
        },
      })),
    });
  },
};

/** Takes all the time, or all the memory, that it gets. */
const greedy: SourceDef = {
  ...ABOUT,
  id: "test-greedy",
  title: "greedy",
  fits: ({ head }) => head.startsWith("greedy"),
  parse(text) {
    const held: string[][] = [];
    if (text.includes("break")) JSON.parse(text);
    while (held.length >= 0) if (text.includes("memory")) held.push(Array(10_000).fill(text));
    return parsed({});
  },
};

/** Sources made for tests; their answers are written by hand. */
export const SOURCES: readonly SourceDef[] = [register, series, feed, greedy];
export const SAMPLE_CATALOGUE = new URL(import.meta.url);
