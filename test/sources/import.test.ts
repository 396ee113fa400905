import { companyKey } from "../../src/market/company-key.ts";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import { combineFacts } from "../../src/sources/combine.ts";
import { importReportText } from "../../src/sources/import-report.ts";
import { dayInName } from "../../src/sources/file-day.ts";
import { loadSeed } from "../../src/sources/seed.ts";
import { csv, dataFolder, NINE_COLUMNS, TWELVE_COLUMNS } from "./data-folder.ts";

const ACME = "Acme,Boston,Data,40,0.1,2024-02-01,Series B,United States,10";
const ONE_ROW = csv(NINE_COLUMNS, ACME);

describe("a file that cannot be taken is refused with what to do, and nothing changes on disk", () => {
  const cases: [what: string, content: string | Buffer, reason: string, wrong: string][] = [
    ["empty", "", "bad_file", "the file is empty"],
    ["only blank lines", "\n\n  \n", "bad_file", "the file is empty"],
    ["a header and nothing else", `${NINE_COLUMNS}\n`, "bad_file", "a header and nothing else"],
    [
      "a misspelt company column",
      csv(NINE_COLUMNS.replace("company", "Compnay"), ACME),
      "bad_file",
      "its columns are ‘Compnay’, ‘location’",
    ],
    [
      "the same column twice",
      csv(`${NINE_COLUMNS},Company`, `${ACME},x`),
      "bad_file",
      "‘Company’ is there twice",
    ],
    [
      "a column called __proto__",
      csv(`${NINE_COLUMNS},__proto__`, `${ACME},x`),
      "bad_file",
      "A column is called ‘__proto__’",
    ],
    [
      "a column called constructor",
      csv(`${NINE_COLUMNS},constructor`, `${ACME},x`),
      "bad_file",
      "‘constructor’",
    ],
    ["an Excel file", Buffer.from("504b03041400000008000000", "hex"), "unsupported", "an Excel"],
    [
      "an old Excel file",
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      "unsupported",
      "old or encrypted Excel",
    ],
    ["a PDF", "%PDF-1.7", "unsupported", "a PDF"],
    ["JSON", '[{"company":"Acme"}]', "unsupported", "JSON"],
    ["a web page", "<!DOCTYPE html><p>Sign in</p>", "bad_file", "a web page"],
    ["a zipped web page", gzipSync("<html>Sign in</html>"), "bad_file", "a web page"],
    ["zipped twice", gzipSync(gzipSync(ONE_ROW)), "bad_file", "zipped twice"],
    [
      "half a gzip file",
      gzipSync(ONE_ROW.repeat(50)).subarray(0, 60),
      "bad_file",
      "gzip file is damaged",
    ],
    [
      "Windows-1252",
      Buffer.from(csv(NINE_COLUMNS, ACME, ACME.replace("Acme", "Soci\u00e9t\u00e9")), "latin1"),
      "bad_file",
      "Row 3 is not UTF-8",
    ],
    ["UTF-16 without a mark", Buffer.from(ONE_ROW, "utf16le"), "bad_file", "NUL bytes"],
    ["NUL bytes", ONE_ROW.replace("Boston", "Bos\0ton"), "bad_file", "NUL bytes"],
    [
      "a quote left open",
      csv(NINE_COLUMNS, ACME.replace("Boston", '"Boston')),
      "bad_file",
      "Row 2: a quote is left open",
    ],
    [
      "a quote inside a cell",
      csv(NINE_COLUMNS, ACME.replace("Boston", '"Bos"ton"')),
      "bad_file",
      "Row 2: something stands between a closing quote",
    ],
    [
      "a cell of 70 kB",
      csv(NINE_COLUMNS, ACME.replace("Boston", "x".repeat(70_000))),
      "too_large",
      "Row 2, column 2",
    ],
    [
      "a row of 2 MB",
      csv(NINE_COLUMNS, `"${"x".repeat(2_000_000)}"`),
      "too_large",
      "Row 2, column 1: the cell is longer than 64 kB",
    ],
    [
      "201 columns",
      `${Array.from({ length: 201 }, (_, at) => `c${at}`).join()}\n`,
      "too_large",
      "more than 200 columns",
    ],
    [
      "rows of which none can be taken",
      csv(NINE_COLUMNS, "Acme,,,-5,,2024-02-01,,,"),
      "bad_file",
      "None of its 1 rows can be taken; row 2, total_laid_off: ‘-5’ is negative",
    ],
    [
      "the levels.fyi layout",
      "company;title;totalyearlycompensation;location\nAcme;Engineer;100000;X\n",
      "unsupported",
      "has no dates and totals instead of salary",
    ],
  ];
  test.each(cases)("%s", async (_what, content, reason, wrong) => {
    const folder = dataFolder();
    await folder.take("good_2024-03-01.csv", ONE_ROW);
    const before = readFileSync(join(folder.dir, "facts.ndjson"));
    await expect(folder.take("bad_2024-03-08.csv", content)).rejects.toMatchObject({
      name: "Fault",
      reason,
      message: expect.stringContaining(wrong),
      right: expect.stringMatching(/.{5}/),
    });
    expect(readFileSync(join(folder.dir, "facts.ndjson"))).toEqual(before);
    if (process.platform === "linux")
      expect(filesOpen().filter((path) => path.endsWith("bad_2024-03-08.csv"))).toEqual([]);
  });

  it("missing", async () => {
    const folder = dataFolder();
    await expect(folder.takeFile("/nowhere/at-all.csv")).rejects.toMatchObject({
      reason: "not_found",
    });
    expect(existsSync(folder.dir)).toBe(false);
  });
});

/** What this process has open, as Linux tells it. */
function filesOpen(): readonly string[] {
  return readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      // The folder itself was open while it was listed.
      return [];
    }
  });
}

describe("a file is read as what it is", () => {
  const encodings: [string, string, string | Buffer][] = [
    ["gzip, whatever its name", "export_2024-03-01.csv", gzipSync(ONE_ROW)],
    ["UTF-16LE with its mark", "export_2024-03-01.csv", Buffer.from(`\uFEFF${ONE_ROW}`, "utf16le")],
    [
      "UTF-16BE with its mark",
      "export_2024-03-01.csv",
      Buffer.from(`\uFEFF${ONE_ROW}`, "utf16le").swap16(),
    ],
    ["UTF-8 with a mark", "export_2024-03-01.csv", `\uFEFF${ONE_ROW}`],
    ["CR line ends", "export_2024-03-01.csv", ONE_ROW.replaceAll("\n", "\r")],
    ["CRLF after an LF", "export_2024-03-01.csv", `${NINE_COLUMNS}\n${ACME}\r\n`],
    ["with a Ctrl-Z and blank lines at its end", "export_2024-03-01.csv", `${ONE_ROW}\n\n\u001A`],
    [
      "with empty cells past the last column",
      "export_2024-03-01.csv",
      csv(NINE_COLUMNS, `${ACME},,`),
    ],
  ];
  test.each(encodings)("%s", async (_what, name, content) => {
    const folder = dataFolder();
    expect(await folder.take(name, content)).toMatchObject({ rows: 1, accepted: 1, ok: true });
    expect((await folder.stored()).layoffs[0]!.versions[0]!.values).toMatchObject({
      company: "Acme",
      location: "Boston",
      headcount: 40,
    });
  });

  it("keeps characters of more than one byte whole across the pieces it is read in", async () => {
    const folder = dataFolder();
    const rows = Array.from(
      { length: 6000 },
      (_, at) => `Zürich ${"é".repeat(at % 7)}名前 ${at},Köln,Data,${at + 1},,2024-02-01,,,`,
    );
    await folder.take("export_2024-03-01.csv", csv(NINE_COLUMNS, ...rows));
    const names = (await folder.stored()).layoffs.map(
      ({ versions }) => versions[0]!.values.company,
    );
    expect(names).toEqual(rows.map((row) => row.split(",")[0]));
  });
});

it("a row with too few or too many cells is left out and told, the others are taken", async () => {
  const report = await dataFolder().take(
    "a_2024-03-01.csv",
    csv(NINE_COLUMNS, "Acme,Boston,Data", ACME, `${ACME},more,`),
  );
  expect(report).toMatchObject({ rows: 3, accepted: 1, ok: false });
  expect(report.rejected).toEqual([
    { row: 2, column: "", value: "", reason: "has 3 cells, the header 9" },
    { row: 4, column: "", value: "", reason: "has 11 cells, the header 9" },
  ]);
});

describe("a file that breaks off", () => {
  const rows = Array.from({ length: 20 }, (_, at) => `Acme ${at},Rome,,5,,2024-02-${10 + at},,,`);
  const cut = csv(NINE_COLUMNS, ...rows.slice(0, 19)) + "Acme 19,Rome,,5";

  it("in the middle of a row is said to, and takes nothing down", async () => {
    const folder = dataFolder();
    await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...rows, rows[5]!));
    const report = await folder.take("b_2024-03-08.csv", cut);
    expect(report).toMatchObject({ rows: 20, accepted: 19, same: 19, withdrawn: 0, ok: false });
    expect(importReportText(report)).toBe(
      [
        "b_2024-03-08.csv: layoff tracker, 9 columns, as of 2024-03-08",
        "20 rows: 19 taken, 1 rejected",
        "0 new · 0 changed · 19 same · 0 refined · 0 no longer listed",
        "Note: The file seems cut off in row 21: I take it for a part, so no row counts as taken down. Download it again, whole, and import it once more.",
        "Rejected:",
        "  row 21 has 4 cells, the header 9: the file seems cut off here",
      ].join("\n"),
    );
    expect((await folder.stored()).imports.at(-1)).toMatchObject({ part: true });
  });

  it("takes nothing down of an older export either", async () => {
    const folder = dataFolder();
    await folder.take("b_2024-03-08.csv", cut);
    await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...rows, rows[5]!));
    expect((await folder.stored()).layoffs.map(({ withdrawnOn }) => withdrawnOn)).toEqual(
      Array(21).fill(null),
    );
  });

  it("is refused as a pay dump, since what it lacks would look new in the next one", async () => {
    const pay =
      "work_year,experience_level,employment_type,job_title,salary,salary_currency,salary_in_usd,employee_residence,remote_ratio,company_location,company_size";
    const row = "2023,SE,FT,Data Scientist,1,USD,150000,US,0,US,M";
    await expect(
      dataFolder().take("salaries_2023-12-31.csv", `${pay}\n${row}\n2023,SE,FT`),
    ).rejects.toMatchObject({ reason: "bad_file", message: expect.stringContaining("row 3") });
  });

  it("at the new end is refused by the day in its name, and taken with the day it ends on", async () => {
    const folder = dataFolder();
    await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...rows));
    const old = csv(NINE_COLUMNS, ...rows.slice(0, 3));
    await expect(folder.take("b_2024-03-08.csv", old)).rejects.toMatchObject({
      reason: "bad_file",
      message:
        "It seems cut off: its rows end on 2024-02-12, and 17 known rows are of later days, up to 2024-02-29, while its name says 2024-03-08.",
      right: expect.stringContaining("npm run -s import -- b_2024-03-08.csv --asof 2024-02-12"),
    });
    expect((await folder.stored()).imports).toHaveLength(1);
    expect(await folder.take("b_2024-03-08.csv", old, { asOf: "2024-02-12" })).toMatchObject({
      same: 3,
      withdrawn: 0,
      asOfOn: "2024-02-12",
    });
  });

  it("months before the day in its name is noted where nothing is known to hold it against", async () => {
    const report = await dataFolder().take("b_2024-09-08.csv", csv(NINE_COLUMNS, ...rows));
    expect(report.notices).toEqual([
      "Its last row is of 2024-02-29, long before 2024-09-08: if it is older than that, import it with --asof 2024-02-29.",
    ]);
  });

  it("long before the first day in its name may be of that month all the same", async () => {
    const folder = dataFolder();
    await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...rows));
    expect(
      await folder.take("b_2024-02.csv", csv(NINE_COLUMNS, ...rows.slice(0, 3))),
    ).toMatchObject({ same: 3, asOfOn: "2024-02-29" });
  });
});

it("the same file twice brings nothing the second time and is not written down again", async () => {
  const folder = dataFolder();
  await folder.take("a_2024-03-01.csv", ONE_ROW);
  const before = readFileSync(join(folder.dir, "facts.ndjson"));
  expect(await folder.take("a_2024-03-01.csv", ONE_ROW)).toMatchObject({
    new: 0,
    changed: 0,
    same: 1,
  });
  expect(readFileSync(join(folder.dir, "facts.ndjson"))).toEqual(before);
});

it("what was imported is written down: file, layout, checksum, day, rows, when and the days of its rows", async () => {
  const folder = dataFolder();
  const text = "company,date,total_laid_off\nAcme,2024-02-01,4\n";
  await folder.take("a_2024-03-01.csv", text);
  expect((await folder.stored()).imports).toEqual([
    {
      file: "a_2024-03-01.csv",
      layout: "layoff tracker, 3 columns",
      source: "layoffs-fyi",
      sha256: createHash("sha256").update(text).digest("hex"),
      asOfOn: "2024-03-01",
      rows: 1,
      importedAt: "2026-11-22T09:00:00.000Z",
      days: { from: "2024-02-01", to: "2024-02-01" },
    },
  ]);
});

describe("the day a file speaks for", () => {
  test.each([
    ["layoffs_2024-04-25.csv", "2024-04-25"],
    ["layoffs-2024-02.csv.gz", "2024-02-29"],
    ["x2023-09-24T10.csv", "2023-09-24"],
    ["2026-11.csv", "2026-11-22"],
    ["layoffs_2024-13-01.csv", undefined],
    ["layoffs_2024-02-30.csv", undefined],
    ["id-12024-02-03.csv", undefined],
    ["layoffs.csv", undefined],
  ])("in the name %s is %s", (name, day) => expect(dayInName(name, "2026-11-22")).toBe(day));

  it("is the one that is given before the one in the name", async () => {
    expect(
      await dataFolder().take("a_2024-03-01.csv", ONE_ROW, { asOf: "2024-03-02" }),
    ).toMatchObject({ asOfOn: "2024-03-02" });
  });

  it("is the last day in the file when nobody says", async () => {
    expect(await dataFolder().take("a.csv", ONE_ROW)).toMatchObject({ asOfOn: "2024-02-01" });
    const added = csv(
      TWELVE_COLUMNS,
      "Acme,Boston,Data,40,0.1,2024-02-01,,10,Seed,2024-02-05,United States,Unknown",
    );
    expect(await dataFolder().take("a.csv", added)).toMatchObject({ asOfOn: "2024-02-05" });
  });

  test.each(["2024-02-30", "soon", "2030-01-01"])("cannot be %s", async (asOf) => {
    await expect(dataFolder().take("a.csv", ONE_ROW, { asOf })).rejects.toMatchObject({
      reason: "bad_argument",
    });
  });
});

it("progress ends with every byte of the file read", async () => {
  const heard: [number, number][] = [];
  const text = csv(
    NINE_COLUMNS,
    ...Array.from({ length: 9000 }, (_, at) => `Acme ${at},,,${at + 1},,2024-02-01,,,`),
  );
  await dataFolder().take("a.csv", text, {
    onProgress: (done, total) => heard.push([done, total]),
  });
  expect(heard.at(-1)).toEqual([text.length, text.length]);
  expect(heard.length).toBeGreaterThan(1);
});

it("a report names the first ten rejected and changed rows and how many more", async () => {
  const folder = dataFolder();
  const good = (people: number) =>
    Array.from({ length: 12 }, (_, at) => `Acme ${at},Boston,,${people + at},,2024-02-01,,,`);
  const bad = Array.from({ length: 322 }, () => "Evil\u202E,,,-5,,2024-02-01,,,");
  await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...good(100)));
  const text = importReportText(
    await folder.take("b_2024-03-08.csv", csv(NINE_COLUMNS, ...good(2000), ...bad)),
  );
  expect(text.split("\n").slice(0, 4)).toEqual([
    "b_2024-03-08.csv: layoff tracker, 9 columns, as of 2024-03-08",
    "334 rows: 12 taken, 322 rejected",
    "0 new · 12 changed · 0 same · 0 refined · 0 no longer listed",
    "Rejected:",
  ]);
  expect(text).toContain("  row 14, total_laid_off: ‘-5’ is negative\n");
  expect(text).toContain("  and 312 more\nChanged:\n  Acme 0 2024-02-01 people: 100 → 2,000\n");
  expect(text.endsWith("  and 2 more")).toBe(true);
  expect(text).not.toContain("\u202E");
});

describe("bundled and imported facts together", () => {
  const seed = loadSeed();

  it("are the bundled ones while nothing is imported", async () => {
    expect(combineFacts(seed, await dataFolder().stored(), companyKey)).toEqual(seed);
  });

  it("have the tracker's layoffs in place of the sample, and everything else still", async () => {
    const folder = dataFolder();
    await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ACME, ACME.replace(",40,", ",,")));
    const facts = combineFacts(seed, await folder.stored(), companyKey);
    expect(facts.layoffs).toHaveLength(2);
    expect(facts.sources.filter((source) => source.sample)).toEqual([]);
    expect(facts.sources[0]).toMatchObject({
      id: "layoffs-fyi",
      publisher: "Layoffs.fyi",
      asOfOn: "2024-03-01",
      rows: 2,
      gaps: "1 of 2 rows do not say how many people. 2 of 2 rows do not say when they were learned; the announced day stands in.",
    });
    expect(facts.published).toBe(seed.published);
    expect(facts.payQuarters).toBe(seed.payQuarters);
    expect(facts.sources.map((source) => source.id)).toEqual([
      "layoffs-fyi",
      "aijobs-quarters",
      "published",
      "hiring-lab-ai",
      "posted-pay",
    ]);
  });
});
