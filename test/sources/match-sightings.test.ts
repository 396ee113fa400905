import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  csv,
  dataFolder,
  layoffTotals,
  NINE_COLUMNS,
  TWELVE_COLUMNS,
  type DataFolder,
} from "./data-folder.ts";

/** "company, location, people, percent, day" as a row of the nine-column layout. */
function nine(
  company: string,
  location: string,
  people: number | "",
  percent: number | "",
  day: string,
): string {
  return `${company},${location},Data,${people},${percent},${day},Series B,United States,10`;
}

function twelve(
  company: string,
  location: string,
  people: number | "",
  percent: number | "",
  day: string,
  added: string,
  page = "",
): string {
  return `${company},${location},Data,${people},${percent},${day},${page},10,Series B,${added},United States,Unknown`;
}

function whole(day: string, rows: number): string[] {
  return Array.from({ length: rows }, (_, at) => nine(`Filler ${at}`, "Boston", 10 + at, 0.1, day));
}

/** Rows of one day amid two others, since on its first and last day a file may begin or end in the middle. */
function amid(day: string, rows: number): string[] {
  return [
    nine("First", "Boston", 1, "", "2020-01-01"),
    ...whole(day, rows),
    nine("Last", "Boston", 2, "", "2024-02-29"),
  ];
}

async function versions(folder: DataFolder, company: string) {
  const { layoffs } = await folder.stored();
  return layoffs
    .filter((sighting) => sighting.versions[0]!.values.company === company)
    .map((sighting) =>
      sighting.versions.map(({ from, values }) => [
        from,
        values.announcedOn,
        values.headcount,
        values.percentOfStaff,
      ]),
    );
}

describe("a row that is known already", () => {
  it("is the same whatever its spelling, rounding or the order of the file", async () => {
    const folder = dataFolder();
    await folder.take(
      "a_2024-03-01.csv",
      csv(
        NINE_COLUMNS,
        nine("Acme", "Boston", 40, 0.333, "2024-02-01"),
        nine("Bolt", "Austin", "", "", "2024-02-02"),
      ),
    );
    const report = await folder.take(
      "b_2024-03-08.csv",
      csv(
        NINE_COLUMNS,
        nine(" BOLT ", "Austin", "", "", "2024-02-02"),
        nine("acme copy", "boston", 40, 0.33, "2024-02-01"),
      ),
    );
    expect(report).toMatchObject({ new: 0, changed: 0, same: 2, withdrawn: 0 });
    expect((await folder.stored()).layoffs).toHaveLength(2);
  });

  it("that repeats is matched repeat by repeat, and one repeat more is new", async () => {
    const folder = dataFolder();
    const row = nine("Acme", "Boston", 40, "", "2024-02-01");
    expect(await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, row, row))).toMatchObject({
      new: 2,
    });
    expect(await folder.take("b_2024-03-08.csv", csv(NINE_COLUMNS, row, row, row))).toMatchObject({
      new: 1,
      same: 2,
    });
    expect(layoffTotals(await folder.stored())).toEqual({ events: 3, people: 120, unknown: 0 });
    expect((await folder.stored()).layoffs.map(({ key }) => key.at(-1))).toEqual(["1", "2", "3"]);
  });

  it("with another count is a new version from the file's day, told field by field", async () => {
    const folder = dataFolder();
    await folder.take(
      "a_2024-03-01.csv",
      csv(NINE_COLUMNS, nine("Acme", "Boston", "", "", "2024-02-01")),
    );
    const report = await folder.take(
      "b_2024-03-08.csv",
      csv(NINE_COLUMNS, nine("Acme", "Boston", 50, 0.1, "2024-02-01")),
    );
    expect(report).toMatchObject({ new: 0, changed: 1, same: 0 });
    expect(report.changes).toEqual([
      { company: "Acme", on: "2024-02-01", field: "headcount", from: null, to: 50 },
      { company: "Acme", on: "2024-02-01", field: "percentOfStaff", from: null, to: 10 },
    ]);
    expect(await versions(folder, "Acme")).toEqual([
      [
        ["2024-02-01", "2024-02-01", null, null],
        ["2024-03-08", "2024-02-01", 50, 10],
      ],
    ]);
  });

  it("under a corrected date is the same row, not a second layoff", async () => {
    const folder = dataFolder();
    await folder.take(
      "a_2024-03-01.csv",
      csv(NINE_COLUMNS, nine("Acme", "Boston", 40, "", "2024-02-01")),
    );
    const moved = await folder.take(
      "b_2024-03-08.csv",
      csv(NINE_COLUMNS, nine("Acme", "Boston", 40, "", "2024-02-09")),
    );
    expect(moved).toMatchObject({ new: 0, changed: 1 });
    expect(moved.changes).toEqual([
      {
        company: "Acme",
        on: "2024-02-01",
        field: "announcedOn",
        from: "2024-02-01",
        to: "2024-02-09",
      },
    ]);
    const older = await folder.take(
      "c_2024-02-28.csv",
      csv(NINE_COLUMNS, nine("Acme", "Boston", 40, "", "2024-02-01")),
    );
    expect(older).toMatchObject({ new: 0, changed: 0, same: 1 });
    const again = await folder.take(
      "d_2024-03-20.csv",
      csv(
        NINE_COLUMNS,
        nine("Acme", "Boston", 40, "", "2024-02-09"),
        nine("Acme", "Boston", 40, "", "2024-03-15"),
      ),
    );
    expect(again).toMatchObject({ new: 1, changed: 0, same: 1 });
  });

  it("without a count is never taken for a row of another day", async () => {
    const folder = dataFolder();
    await folder.take(
      "a_2024-03-01.csv",
      csv(NINE_COLUMNS, nine("Acme", "Boston", "", "", "2024-02-01")),
    );
    expect(
      await folder.take(
        "b_2024-03-08.csv",
        csv(NINE_COLUMNS, nine("Acme", "Boston", "", "", "2024-02-05")),
      ),
    ).toMatchObject({ new: 1 });
  });

  it("is not a row of the same company and day in another place with another count", async () => {
    const folder = dataFolder();
    await folder.take(
      "a_2024-03-01.csv",
      csv(
        TWELVE_COLUMNS,
        twelve("Acme", "Boston", 40, "", "2024-02-01", "2024-02-02", "https://news.example/1"),
      ),
    );
    const report = await folder.take(
      "b_2024-03-08.csv",
      csv(
        TWELVE_COLUMNS,
        twelve("Acme", "Austin", 90, "", "2024-02-01", "2024-03-02", "https://news.example/2"),
      ),
    );
    expect(report).toMatchObject({ new: 1, changed: 0 });
  });
});

it("thousands of different rows of one company and day are matched without comparing all with all", async () => {
  const folder = dataFolder();
  const rows = (people: number) =>
    Array.from({ length: 4000 }, (_, at) => nine("Acme", "Boston", people + at, "", "2024-02-01"));
  await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...rows(1)));
  const started = performance.now();
  expect(await folder.take("b_2024-03-08.csv", csv(NINE_COLUMNS, ...rows(10_001)))).toMatchObject({
    new: 0,
    changed: 4000,
  });
  expect(performance.now() - started).toBeLessThan(5000);
});

describe("a layout that knows less", () => {
  it("erases nothing and changes nothing", async () => {
    const folder = dataFolder();
    await folder.take(
      "a_2024-03-01.csv",
      csv(
        TWELVE_COLUMNS,
        twelve("Acme", "Boston", 40, 0.1, "2024-02-01", "2024-02-03", "https://news.example/1"),
      ),
    );
    const before = (await folder.stored()).layoffs;
    const poorer = "company,date,total_laid_off\nAcme,2024-02-01,40\n";
    expect(await folder.take("b_2024-03-08.csv", poorer)).toMatchObject({
      new: 0,
      changed: 0,
      same: 1,
    });
    expect((await folder.stored()).layoffs).toEqual(before);
  });

  it("imported first is refined by one that knows the day a row was added, the page and the place", async () => {
    const folder = dataFolder();
    await folder.take(
      "a_2024-03-01.csv",
      csv(NINE_COLUMNS, nine("Acme", "Boston", 40, 0.1, "2024-02-01")),
    );
    expect((await folder.stored()).layoffs[0]).toMatchObject({
      learnedOn: "2024-02-01",
      learnedIsAssumed: true,
    });
    const report = await folder.take(
      "b_2024-03-08.csv",
      csv(
        TWELVE_COLUMNS,
        twelve("Acme", "Boston", 40, 0.1, "2024-02-01", "2024-02-03", "https://news.example/1"),
      ),
    );
    expect(report).toMatchObject({ new: 0, changed: 0, same: 0, refined: 1, changes: [] });
    const [sighting] = (await folder.stored()).layoffs;
    expect(sighting).toMatchObject({ learnedOn: "2024-02-03", learnedIsAssumed: false });
    expect(sighting!.versions).toMatchObject([
      { from: "2024-02-03", values: { url: "https://news.example/1" } },
    ]);
  });
});

describe("an older file after a newer one", () => {
  const newer = csv(NINE_COLUMNS, nine("Acme", "Boston", 50, "", "2024-02-01"));
  const older = csv(NINE_COLUMNS, nine("Acme", "Boston", "", "", "2024-02-01"));

  it("gives the earlier version and leaves the newer value standing", async () => {
    const folder = dataFolder();
    await folder.take("b_2024-03-08.csv", newer);
    const report = await folder.take("a_2024-03-01.csv", older);
    expect(report.changes).toEqual([
      { company: "Acme", on: "2024-02-01", field: "headcount", from: null, to: 50 },
    ]);
    expect(await versions(folder, "Acme")).toEqual([
      [
        ["2024-02-01", "2024-02-01", null, null],
        ["2024-03-08", "2024-02-01", 50, null],
      ],
    ]);
    expect(report.notices).toEqual([expect.stringContaining("nothing newer was overwritten")]);
  });

  it("ends in the same versions whatever the order of three files", async () => {
    const files: [string, string][] = [
      ["a_2024-03-01.csv", csv(NINE_COLUMNS, nine("Acme", "Boston", 30, "", "2024-02-01"))],
      ["b_2024-03-08.csv", csv(NINE_COLUMNS, nine("Acme", "Boston", 40, "", "2024-02-01"))],
      ["c_2024-03-15.csv", csv(NINE_COLUMNS, nine("Acme", "Boston", 30, "", "2024-02-01"))],
    ];
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      const folder = dataFolder();
      for (const at of order) await folder.take(...files[at]!);
      expect([order, await versions(folder, "Acme")]).toEqual([
        order,
        [
          [
            ["2024-02-01", "2024-02-01", 30, null],
            ["2024-03-08", "2024-02-01", 40, null],
            ["2024-03-15", "2024-02-01", 30, null],
          ],
        ],
      ]);
    }
  });

  it("takes nothing down that only the newer one could know", async () => {
    const folder = dataFolder();
    await folder.take("b_2024-03-08.csv", csv(NINE_COLUMNS, ...amid("2024-02-01", 20)));
    expect(
      await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...amid("2024-02-01", 19))),
    ).toMatchObject({ withdrawn: 0, same: 21 });
  });

  it("has rows the newer one took down counted up to its day only, and those of other days for good", async () => {
    const folder = dataFolder();
    await folder.take("b_2024-03-08.csv", csv(NINE_COLUMNS, ...amid("2024-02-01", 19)));
    const report = await folder.take(
      "a_2024-03-01.csv",
      csv(
        NINE_COLUMNS,
        ...amid("2024-02-01", 20),
        nine("Filler 19", "Boston", 29, 0.1, "2024-02-01"),
        nine("Early", "Boston", 7, "", "2019-06-01"),
      ),
    );
    expect(report).toMatchObject({ new: 3, same: 21, withdrawn: 0 });
    expect(report.notices).toEqual([
      "This file speaks for 2024-03-01, and one for 2024-03-08 is in already: its values became earlier versions, nothing newer was overwritten; 2 rows that newer files no longer list count only up to their days; 1 row of which newer files say nothing was added.",
    ]);
    const { layoffs } = await folder.stored();
    expect(
      layoffs
        .filter(({ withdrawnOn }) => withdrawnOn !== null)
        .map(({ key, withdrawnOn }) => [key, withdrawnOn]),
    ).toEqual([
      ["layoffs-fyi|filler 19|2024-02-01|1", "2024-03-08"],
      ["layoffs-fyi|filler 19|2024-02-01|2", "2024-03-08"],
    ]);
    expect(layoffTotals(await folder.stored()).events).toBe(22);
  });

  it("counts its rows for good when the newer one was only a part", async () => {
    const folder = dataFolder();
    await folder.take("b_2024-03-08.csv", csv(NINE_COLUMNS, ...amid("2024-02-01", 10)));
    await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...amid("2024-02-01", 20)));
    expect(layoffTotals(await folder.stored()).events).toBe(22);
  });

  it("ends in the same facts whatever the order of three files that list and drop rows", async () => {
    const days = ["2024-03-01", "2024-03-08", "2024-03-15"];
    /** A row for each way of standing in some of the files. */
    const files = days.map((_, file) =>
      csv(
        NINE_COLUMNS,
        ...amid("2024-02-01", 80),
        ...[1, 2, 3, 4, 5, 6, 7].flatMap((lists) =>
          lists & (1 << file) ? [nine(`In ${lists}`, "Rome", 9, "", "2023-05-05")] : [],
        ),
      ),
    );
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      const folder = dataFolder();
      for (const at of order) await folder.take(`list_${days[at]}.csv`, files[at]!);
      const { layoffs } = await folder.stored();
      const drawn = layoffs
        .filter(({ key }) => key.includes("|in "))
        .map(({ key, seenOn, withdrawnOn }) => [key.split("|")[1], seenOn, withdrawnOn] as const)
        .toSorted(([a = ""], [b = ""]) => a.localeCompare(b));
      expect([order, drawn]).toEqual([
        order,
        [
          ["in 1", "2024-03-01", "2024-03-08"],
          ["in 2", "2024-03-08", "2024-03-15"],
          ["in 3", "2024-03-01", "2024-03-15"],
          ["in 4", "2024-03-15", null],
          ["in 5", "2024-03-01", null],
          ["in 6", "2024-03-08", null],
          ["in 7", "2024-03-01", null],
        ],
      ]);
    }
  });
});

describe("a known row that a newer file lacks", () => {
  it("is no longer listed since that day when the file is a whole export", async () => {
    const folder = dataFolder();
    await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...amid("2024-02-01", 20)));
    const report = await folder.take(
      "b_2024-03-08.csv",
      csv(NINE_COLUMNS, ...amid("2024-02-01", 19)),
    );
    expect(report).toMatchObject({ withdrawn: 1, same: 21, changed: 0 });
    expect(report.changes).toEqual([
      {
        company: "Filler 19",
        on: "2024-02-01",
        field: "listed",
        from: "listed",
        to: "no longer listed",
      },
    ]);
    const gone = (await folder.stored()).layoffs.filter(
      (sighting) => sighting.withdrawnOn !== null,
    );
    expect(gone.map(({ key, withdrawnOn }) => [key, withdrawnOn])).toEqual([
      ["layoffs-fyi|filler 19|2024-02-01|1", "2024-03-08"],
    ]);
  });

  it("stays when the file is only a part, and that is said", async () => {
    const folder = dataFolder();
    await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...whole("2024-02-01", 20)));
    const report = await folder.take(
      "b_2024-03-08.csv",
      csv(NINE_COLUMNS, ...whole("2024-02-01", 17)),
    );
    expect(report).toMatchObject({ withdrawn: 0, same: 17 });
    expect(report.notices).toEqual([expect.stringContaining("17 of the 20 rows")]);
  });

  it("stays when it lies outside the days of the file", async () => {
    const folder = dataFolder();
    await folder.take(
      "a_2024-03-01.csv",
      csv(NINE_COLUMNS, ...whole("2024-02-01", 20), nine("Early", "Boston", 5, "", "2023-06-01")),
    );
    expect(
      await folder.take("b_2024-03-08.csv", csv(NINE_COLUMNS, ...whole("2024-02-01", 20))),
    ).toMatchObject({ withdrawn: 0, notices: [] });
  });

  it("counts again when it is listed again", async () => {
    const folder = dataFolder();
    await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...amid("2024-02-01", 20)));
    await folder.take("b_2024-03-08.csv", csv(NINE_COLUMNS, ...amid("2024-02-01", 19)));
    const report = await folder.take(
      "c_2024-03-15.csv",
      csv(NINE_COLUMNS, ...amid("2024-02-01", 20)),
    );
    expect(report).toMatchObject({ new: 0, changed: 1, same: 21 });
    expect(layoffTotals(await folder.stored()).events).toBe(22);
  });

  it.each([
    ["first", "2024-02-01", "2024-02-20"],
    ["last", "2024-02-01", "2024-01-10"],
  ])("stays when it lies on the %s day of the file", async (_edge, day, other) => {
    const folder = dataFolder();
    const others = Array.from({ length: 20 }, (_, at) => nine(`Other ${at}`, "Rome", 5, "", other));
    await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...others, ...whole(day, 3)));
    expect(
      await folder.take("b_2024-03-08.csv", csv(NINE_COLUMNS, ...others, ...whole(day, 2))),
    ).toMatchObject({ withdrawn: 0, same: 22, notices: [] });
  });
});

interface DrawnRow {
  readonly company: string;
  readonly location: string;
  readonly people: number | "";
  readonly percent: number | "";
  readonly day: string;
}

test("the order of a file's rows does not change what is known", async () => {
  const row = fc.record({
    company: fc.constantFrom("Acme", "ACME ", "Bolt", "Crux"),
    location: fc.constantFrom("Boston", "Austin"),
    people: fc.constantFrom("" as const, 10, 20, 30),
    percent: fc.constantFrom("" as const, 0.1, 0.2),
    day: fc.constantFrom("2024-02-01", "2024-02-08", "2024-02-20"),
  });
  const file = fc.array(row, { minLength: 1, maxLength: 12 });
  const shuffled = file.chain((rows) =>
    fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
  );
  const text = (rows: readonly DrawnRow[]) =>
    csv(
      NINE_COLUMNS,
      ...rows.map((each) => nine(each.company, each.location, each.people, each.percent, each.day)),
    );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([rows, mixed]) => {
      const [one, other] = [dataFolder(), dataFolder()];
      await one.take("a_2024-03-01.csv", text(rows));
      await other.take("a_2024-03-01.csv", text(mixed));
      expect(layoffTotals(await other.stored())).toEqual(layoffTotals(await one.stored()));
      expect(await one.take("b_2024-03-08.csv", text(mixed))).toMatchObject({
        new: 0,
        changed: 0,
        withdrawn: 0,
        same: rows.length,
      });
    }),
    { numRuns: 40 },
  );
});
