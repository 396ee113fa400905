import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { importReportText } from "../../src/sources/import-report.ts";
import { openReading } from "../../src/sources/reading.ts";
import { dataFolder, NINE_COLUMNS, csv } from "./data-folder.ts";
import type { DataFolder } from "./data-folder.ts";
import { SAMPLE_CATALOGUE } from "./sample-catalogue.ts";

const OF_SAMPLES = { catalogue: SAMPLE_CATALOGUE };
const REGISTER = "Notice_ID,Company,People,Noticed\n1,Acme,40,2026-01-02\n2,Bolt,,2026-01-03\n";

describe("a file is taken as the answer of a source by its shape", () => {
  it.each([
    ["a register as CSV", "any.csv", REGISTER, "test-register", 2],
    ["zipped, whatever its name says", "any.txt", gzipSync(REGISTER), "test-register", 2],
    ["UTF-16", "any.csv", Buffer.from(`\uFEFF${REGISTER}`, "utf16le"), "test-register", 2],
    [
      "JSON",
      "any.json",
      '{"testSeries":[{"month":"2026-01","value":2}],"note":"[[[[ \\" {"}',
      "test-series",
      1,
    ],
    [
      "a feed in ISO-8859-1",
      "any.atom",
      Buffer.from(
        '<?xml version="1.0" encoding="ISO-8859-1"?><testfeed>\u00e9<item id="1" on="2026-01-02">Acme cuts 40 people</item></testfeed>',
        "latin1",
      ),
      "test-feed",
      1,
    ],
  ])("%s", async (_what, name, content, source, rows) => {
    const folder = dataFolder();
    const report = await folder.take(name, content, OF_SAMPLES);
    expect(report).toMatchObject({ kind: "source", source, rows, accepted: rows, new: rows });
    const stored = await folder.stored();
    const { notices, points } = stored.entries;
    expect(notices.length + points.length + stored.layoffs.length).toBe(rows);
  });

  it("is reported in the words of every import, and the same file again changes nothing", async () => {
    const folder = dataFolder();
    const first = await folder.take("register_2026-01-04.csv", REGISTER, OF_SAMPLES);
    expect(importReportText(first)).toBe(
      [
        "register_2026-01-04.csv: State of Test, register of notices, as of 2026-01-04",
        "2 rows: 2 taken",
        "2 new · 0 changed · 0 same · 0 refined · 0 no longer listed",
      ].join("\n"),
    );
    const again = await folder.take("register_2026-01-04.csv", REGISTER, OF_SAMPLES);
    expect(again).toMatchObject({ new: 0, changed: 0, same: 2 });
    expect((await folder.stored()).imports).toHaveLength(1);
  });

  it("a tracker export beside it is still one", async () => {
    const tracker = csv(NINE_COLUMNS, "Acme,Boston,Data,40,0.1,2024-02-01,Series B,US,10");
    const report = await dataFolder().take("x.csv", tracker, OF_SAMPLES);
    expect(report.kind).toBe("layoffs");
  });
});

describe("a file of no source, and a hostile one, are refused and change nothing", () => {
  it.each([
    ["JSON of nobody", '[{"company":"Acme"}]', "unsupported", "This is JSON"],
    ["cut JSON", '{"testSeries":[{"month":"2026-01","va', "bad_file", "not whole JSON"],
    [
      "JSON in 5,000 brackets",
      `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
      "bad_file",
      "deeper than 32",
    ],
    ["XML of nobody", '<?xml version="1.0"?><rss></rss>', "bad_file", "a web page"],
    ["half a feed", '<testfeed><item id="1"', "bad_file", "no whole feed"],
    [
      "XML with entities of its own",
      '<!DOCTYPE t [<!ENTITY a "b">]><testfeed></testfeed>',
      "bad_file",
      "document type",
    ],
    [
      "a register without rows",
      "Notice ID,Company,People,Noticed\n",
      "bad_file",
      "a header and nothing else",
    ],
    ["a reader that breaks", "greedy, break", "bad_file", "not of the shape that test-greedy"],
  ])("%s", async (_what, content, reason, wrong) => {
    const folder = dataFolder();
    await expect(folder.take("x.dat", content, OF_SAMPLES)).rejects.toMatchObject({
      reason,
      message: expect.stringContaining(wrong),
    });
    expect((await folder.stored()).imports).toEqual([]);
  });
});

describe("reading is stopped when it takes too much, and the next one is read", () => {
  it.each([
    ["time", { limitMs: 3_000 }, "greedy time", "longer than 3 s"],
    ["memory", { memoryMb: 32, limitMs: 15_000 }, "greedy memory", "more than 32 MB"],
  ])("%s", async (_what, limits, text, wrong) => {
    const reading = openReading({ catalogue: SAMPLE_CATALOGUE, ...limits });
    onTestFinished(() => reading.close());
    const about = { today: "2026-01-04", url: null };
    await reading.read("test-register", REGISTER, about);
    await expect(reading.read("test-greedy", text, about)).rejects.toMatchObject({
      reason: "too_large",
      message: expect.stringContaining(wrong),
    });
    expect((await reading.read("test-register", REGISTER, about)).rows).toBe(2);
  });
});

describe("a saved list of notices that speaks for the newest day in it", () => {
  const HEADER =
    "state,employer name,canonical name,notice date,effective date,employees affected,layoff type,is temporary,location,source url,dedupe key,first seen,last seen";
  const row = (name: string, firstSeen: string, people: number) =>
    `CA,${name},${name},${firstSeen},,${people},mass_layoff,0,Oakland,,${name},${firstSeen},`;
  const older = csv(HEADER, row("Acme", "2026-11-01", 10), row("Bolt", "2026-11-12", 20));
  const newer = csv(HEADER, row("Acme", "2026-11-01", 99));
  /** Of each notice the days of its versions with its people; null once it is gone. */
  const versions = async (folder: DataFolder) =>
    (await folder.stored()).entries.notices.map((entry) =>
      entry.versions.map(({ from, values }) => [from, values?.people ?? null]),
    );

  it("teaches what changed or went on the day in its name", async () => {
    const folder = dataFolder();
    await folder.take("register_2026-11-13.csv", older);
    await folder.take("register_2026-11-20.csv", newer);
    expect(await versions(folder)).toEqual([
      [
        ["2026-11-01", 10],
        ["2026-11-20", 99],
      ],
      [
        ["2026-11-12", 20],
        ["2026-11-20", null],
      ],
    ]);
  });

  it("teaches that a notice was replaced on the day of the update that replaces it", async () => {
    const notice = (name: string, day: string, people: number, key: string) =>
      `CA,${name},Acme,${day},2027-02-01,${people},mass_layoff,0,Oakland,,${key},${day},`;
    const first = notice("Acme", "2026-11-01", 10, "a");
    const both = csv(HEADER, first, notice("*Updated* Acme", "2026-11-18", 12, "b"));
    const replaced = [
      [
        ["2026-11-01", 10],
        ["2026-11-18", null],
      ],
      [["2026-11-18", 12]],
    ];
    const folder = dataFolder();
    await folder.take("register_2026-11-13.csv", csv(HEADER, first));
    expect(await folder.take("register_2026-11-20.csv", both)).toMatchObject({
      new: 1,
      withdrawn: 1,
    });
    expect(await versions(folder)).toEqual(replaced);
    expect(await folder.take("register_2026-11-21.csv", both)).toMatchObject({ same: 2 });
    const atOnce = dataFolder();
    await atOnce.take("register_2026-11-20.csv", both);
    expect(await versions(atOnce)).toEqual(replaced);
  });

  it("without such a name teaches it today, and nothing once a newer list was read", async () => {
    const folder = dataFolder();
    await folder.take("newest.csv", older);
    await folder.take(
      "changed.csv",
      csv(HEADER, row("Acme", "2026-11-01", 10), row("Bolt", "2026-11-12", 21)),
    );
    expect(await versions(folder)).toEqual([
      [["2026-11-01", 10]],
      [
        ["2026-11-12", 20],
        ["2026-11-22", 21],
      ],
    ]);
    expect(await folder.take("old.csv", newer)).toMatchObject({ changed: 0, withdrawn: 0 });
  });
});

it("a feed's report lists the headlines that look like a layoff and give no fact", async () => {
  const item = (headline: string, at: number) =>
    `<item><title>${headline}</title><guid>${at}</guid><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>`;
  const headlines = ["Acme lays off 30 staff", "Bolt lays off hundreds", "Cord opens an office"];
  const text = `<rss version="2.0"><channel><title>t</title>${headlines.map(item).join("")}</channel></rss>`;
  const report = await dataFolder().take("feed.xml", text);
  expect(report.ok).toBe(true);
  expect(importReportText(report).split("\n").slice(1)).toEqual([
    "3 rows: 1 taken",
    "1 new · 0 changed · 0 same · 0 refined · 0 no longer listed",
    "Note: 2 headlines give no fact: gives no number (1), tells of no layoff (1).",
    "Give no fact:",
    "  row 2: ‘Bolt lays off hundreds’ gives no number",
  ]);
});
