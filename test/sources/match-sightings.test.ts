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

  it("takes nothing down", async () => {
    const folder = dataFolder();
    await folder.take("b_2024-03-08.csv", csv(NINE_COLUMNS, ...whole("2024-02-01", 20)));
    expect(
      await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...whole("2024-02-01", 19))),
    ).toMatchObject({ withdrawn: 0, same: 19 });
  });
});

describe("a known row that a newer file lacks", () => {
  it("is no longer listed since that day when the file is a whole export", async () => {
    const folder = dataFolder();
    await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...whole("2024-02-01", 20)));
    const report = await folder.take(
      "b_2024-03-08.csv",
      csv(NINE_COLUMNS, ...whole("2024-02-01", 19)),
    );
    expect(report).toMatchObject({ withdrawn: 1, same: 19, changed: 0 });
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
    await folder.take("a_2024-03-01.csv", csv(NINE_COLUMNS, ...whole("2024-02-01", 20)));
    await folder.take("b_2024-03-08.csv", csv(NINE_COLUMNS, ...whole("2024-02-01", 19)));
    const report = await folder.take(
      "c_2024-03-15.csv",
      csv(NINE_COLUMNS, ...whole("2024-02-01", 20)),
    );
    expect(report).toMatchObject({ new: 0, changed: 1, same: 19 });
    expect(layoffTotals(await folder.stored()).events).toBe(20);
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
