import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it, test } from "vitest";
import { publishedTotals } from "../../src/market/published.ts";
import type { ImportReport } from "../../src/sources/import.ts";
import { loadSeed } from "../../src/sources/seed.ts";
import { dataFolder, layoffTotals } from "./data-folder.ts";

const DATA = new URL("../../../shared/data/", import.meta.url);

function path(name: string): string {
  return fileURLToPath(new URL(name, DATA));
}

const LAYOFFS = {
  theakhilb: path("layoffs/theakhilb_12col_2024-04-25.csv"),
  swaptr: path("layoffs/swaptr_9col_2024-04-18.csv"),
  mit: path("layoffs/mit_semicolon_2024-02-08.csv"),
  alex: path("layoffs/alextheanalyst_NULLs_2023-03.csv"),
  leeishere: path("layoffs/leeishere_9col.csv"),
  max: path("layoffs/max_12col_2023-06.csv"),
  hakuna: path("layoffs/hakuna_12col_2022-12.csv"),
};
const PAY = {
  september: path("salaries/aijobs_salaries_2023-09-24.csv.gz"),
  december: path("salaries/aijobs_salaries_2023-12-31.csv.gz"),
  levels: path("salaries/levels_fyi_29880_semicolon_nodates.csv.gz"),
};

describe.skipIf(!existsSync(DATA))("public files, as they are", () => {
  test.each([
    ["theakhilb", 3577, 600_392, 1235, 0, "2024-04-25"],
    ["swaptr", 3568, 600_112, 1230, 0, "2024-04-18"],
    ["mit", 3429, 558_699, 1174, 0, "2024-02-08"],
    ["alex", 2360, 385_879, 740, 1, "2023-03-31"],
    ["leeishere", 3831, 667_625, 1330, 0, "2024-10-16"],
    ["max", 2738, 472_251, 867, 0, "2023-06-30"],
    ["hakuna", 1840, 248_412, 558, 1, "2022-12-31"],
  ] as const)(
    "%s holds %i dated rows and %i people",
    async (name, events, people, unknown, undated, asOfOn) => {
      const folder = dataFolder();
      const report = await folder.takeFile(LAYOFFS[name]);
      expect(report).toMatchObject({
        rows: events + undated,
        accepted: events,
        new: events,
        changed: 0,
        asOfOn,
      });
      expect(report.rejected.map((fault) => fault.reason)).toEqual(
        Array(undated).fill("has no date"),
      );
      expect(layoffTotals(await folder.stored())).toEqual({ events, people, unknown });
    },
  );

  const counts = (report: ImportReport) => [
    report.new,
    report.changed,
    report.same + report.refined,
    report.withdrawn,
  ];

  it("the same file twice brings nothing the second time", async () => {
    const folder = dataFolder();
    await folder.takeFile(LAYOFFS.theakhilb);
    expect(counts(await folder.takeFile(LAYOFFS.theakhilb))).toEqual([0, 0, 3577, 0]);
  });

  it("two layouts of one tracker agree in either order", async () => {
    const folder = dataFolder();
    await folder.takeFile(LAYOFFS.theakhilb);
    expect(counts(await folder.takeFile(LAYOFFS.swaptr))).toEqual([0, 0, 3568, 0]);
    const other = dataFolder();
    await other.takeFile(LAYOFFS.swaptr);
    expect(counts(await other.takeFile(LAYOFFS.theakhilb))).toEqual([9, 0, 3568, 0]);
    expect(layoffTotals(await other.stored())).toEqual(layoffTotals(await folder.stored()));
    const learned = async (each: typeof folder) =>
      (await each.stored()).layoffs.map(({ key, learnedOn }) => `${key} ${learnedOn}`).toSorted();
    expect(await learned(other)).toEqual(await learned(folder));
  });

  it("ten weeks of the tracker hold one edit, a count that became known", async () => {
    const folder = dataFolder();
    await folder.takeFile(LAYOFFS.mit);
    const report = await folder.takeFile(LAYOFFS.theakhilb);
    expect(counts(report)).toEqual([148, 1, 3428, 0]);
    expect(report.changes[0]).toEqual({
      company: "Cake Group",
      on: "2023-11-14",
      field: "headcount",
      from: null,
      to: 50,
    });
    expect(layoffTotals(await folder.stored())).toEqual({
      events: 3577,
      people: 600_392,
      unknown: 1235,
    });
    const reverse = dataFolder();
    await reverse.takeFile(LAYOFFS.theakhilb);
    expect((await reverse.takeFile(LAYOFFS.mit)).changes[0]).toEqual(report.changes[0]);
    const cake = (await reverse.stored()).layoffs.find(({ key }) =>
      key.startsWith("layoffs-fyi|cake group|2023-11-14"),
    );
    expect(cake?.versions.map(({ from, values }) => [from, values.headcount])).toEqual([
      ["2023-11-15", null],
      ["2024-04-25", 50],
    ]);
  });

  it("all seven exports, oldest first, end in the totals of the last", async () => {
    const folder = dataFolder();
    for (const name of [
      "hakuna",
      "alex",
      "max",
      "mit",
      "swaptr",
      "theakhilb",
      "leeishere",
    ] as const)
      await folder.takeFile(LAYOFFS[name]);
    expect(layoffTotals(await folder.stored())).toEqual({
      events: 3831,
      people: 667_625,
      unknown: 1330,
    });
  });

  it.each([
    ["hakuna", "theakhilb"],
    ["alex", "theakhilb"],
    ["max", "theakhilb"],
    ["mit", "theakhilb"],
    ["hakuna", "max"],
    ["theakhilb", "leeishere"],
  ] as const)("%s before %s or after it ends in the same events", async (older, newer) => {
    const ends = [];
    for (const order of [
      [older, newer],
      [newer, older],
    ]) {
      const folder = dataFolder();
      for (const name of order) await folder.takeFile(LAYOFFS[name]);
      const stored = await folder.stored();
      ends.push({
        totals: layoffTotals(stored),
        gone: stored.layoffs
          .filter(({ withdrawnOn }) => withdrawnOn !== null)
          .map(({ versions, withdrawnOn }) => {
            const { company, announcedOn, headcount } = versions.at(-1)!.values;
            return `${company.trim()} ${announcedOn} ${headcount} ${withdrawnOn}`;
          })
          .toSorted(),
      });
    }
    expect(ends[1]).toEqual(ends[0]);
    if (older === "hakuna" && newer === "theakhilb")
      expect(ends[1]!.gone).toEqual([
        "Greenhouse Software 2020-04-17 120 2024-04-25",
        "RenoRun 2022-08-05 70 2024-04-25",
        "Science 37 2022-11-14 90 2024-04-25",
      ]);
  });

  it.each([
    ["in order", PAY.september, PAY.december, [7494, 2952], 0],
    ["in the wrong order", PAY.december, PAY.september, [10_446, 0], 2952],
  ])(
    "2,952 salaries appeared in the last quarter of 2023, imported %s",
    async (_order, first, second, added, refined) => {
      const folder = dataFolder();
      const reports = [await folder.takeFile(first), await folder.takeFile(second)];
      expect(reports.map((report) => report.new)).toEqual(added);
      expect(reports[1]).toMatchObject({ refined, notices: [] });
      const { payRows } = await folder.stored();
      const late = payRows.filter(
        (row) => row.appearedOn === "2023-12-31" && row.appearedAfter === "2023-09-24",
      );
      expect([payRows.length, late.length]).toEqual([10_446, 2952]);
    },
  );

  it("the levels.fyi layout is refused", async () => {
    await expect(dataFolder().takeFile(PAY.levels)).rejects.toMatchObject({
      reason: "unsupported",
    });
  });

  it("the AI share's months are the bundled ones, all 540, and three more countries", async () => {
    const folder = dataFolder();
    await folder.takeFile(path("macro/indeed_ai_posting_share_2026-07.csv"));
    const { points } = (await folder.stored()).entries;
    const found = new Map(
      points.map(({ versions }) => {
        const { place, period, value } = versions[0]!.values!;
        return [`${place} ${period}`, value];
      }),
    );
    const bundled = Object.entries(loadSeed().aiPostings.series).flatMap(([place, months]) =>
      Object.entries(months).map(([month, value]) => [`${place} ${month}`, value] as const),
    );
    expect(bundled.map(([key]) => [key, found.get(key)])).toEqual(bundled);
    expect([bundled.length, found.size]).toEqual([540, 810]);
  });

  it.each([
    ["macro/indeed_postings_us_software_2024-10-03.csv", "hiring-lab-postings", 1701, 56],
    ["macro/bls_sample.json", "bls-jolts", 97, 64],
    ["../facts/published-totals.json", "challenger", 148, 148],
  ])("%s is of %s: %i rows, %i taken", async (name, source, rows, accepted) => {
    const report = await dataFolder().takeFile(path(name));
    expect(report).toMatchObject({ source, rows, accepted, rejected: [] });
  });

  it("published totals typed from the same reports are the bundled ones and no second copy", async () => {
    const folder = dataFolder();
    await folder.takeFile(path("../facts/published-totals.json"));
    const seed = loadSeed();
    const { entries } = await folder.stored();
    const all = publishedTotals({ ...seed, entries });
    // The press's line on the same total names its publisher and scope in other words.
    const others = all.filter(
      (total) => !seed.published.some((one) => isDeepStrictEqual(one, total)),
    );
    expect(others.map(({ publisher, value }) => `${publisher} ${value}`)).toEqual([
      "Challenger 168032",
    ]);
    expect(all).toHaveLength(seed.published.length + others.length);
  });
});
