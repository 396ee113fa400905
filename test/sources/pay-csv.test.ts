import { companyKey } from "../../src/market/company-key.ts";
import { gzipSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import { combineFacts } from "../../src/sources/combine.ts";
import { loadSeed } from "../../src/sources/seed.ts";
import type { Stored } from "../../src/stores/facts-log.ts";
import { csv, dataFolder } from "./data-folder.ts";

const COLUMNS =
  "work_year,experience_level,employment_type,job_title,salary,salary_currency,salary_in_usd,employee_residence,remote_ratio,company_location,company_size";
const ADA = "2023,SE,FT,ML Engineer,180000,USD,180000,US,0,US,M";
const BOB = "2023,EN,CT,Data Analyst,50000,EUR,54000,DE,100,DE,S";
const CY = "2022,EX,FL,Head of AI,300000,USD,300000,US,50,GB,L";

function appeared(stored: Stored): string[] {
  return stored.payRows
    .map((row) => `${row.title} ${row.appearedOn} after ${row.appearedAfter}`)
    .toSorted();
}

it("a row keeps what it says, in words, converted by nobody", async () => {
  const folder = dataFolder();
  const report = await folder.take("salaries_2023-09-24.csv.gz", gzipSync(csv(COLUMNS, BOB)));
  expect(report).toMatchObject({
    kind: "pay",
    source: "aijobs",
    layout: "salary dump, 11 columns",
    asOfOn: "2023-09-24",
    new: 1,
  });
  expect((await folder.stored()).payRows).toEqual([
    {
      source: "aijobs",
      title: "Data Analyst",
      level: "entry",
      employment: "contract",
      usdPerYear: 54_000,
      salary: 50_000,
      currency: "EUR",
      workYear: 2023,
      employerCountry: "DE",
      residenceCountry: "DE",
      remotePct: 100,
      companySize: "S",
      appearedOn: null,
      appearedAfter: null,
    },
  ]);
});

it("rows that repeat exactly are different people, in one dump and over two", async () => {
  const folder = dataFolder();
  expect(await folder.take("a_2023-09-24.csv", csv(COLUMNS, ADA, ADA, BOB))).toMatchObject({
    new: 3,
    same: 0,
  });
  expect(await folder.take("b_2023-12-31.csv", csv(COLUMNS, ADA, BOB, ADA, ADA))).toMatchObject({
    new: 1,
    same: 3,
  });
  expect(appeared(await folder.stored())).toEqual([
    "Data Analyst null after null",
    "ML Engineer 2023-12-31 after 2023-09-24",
    "ML Engineer null after null",
    "ML Engineer null after null",
  ]);
});

it("dumps may come in any order and end in the same", async () => {
  const dumps: [string, string][] = [
    ["a_2023-06-30.csv", csv(COLUMNS, ADA)],
    ["b_2023-09-24.csv", csv(COLUMNS, ADA, BOB)],
    ["c_2023-12-31.csv", csv(COLUMNS, BOB, BOB, CY)],
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
    for (const at of order) await folder.take(...dumps[at]!);
    expect([order, appeared(await folder.stored())]).toEqual([
      order,
      [
        "Data Analyst 2023-09-24 after 2023-06-30",
        "Data Analyst 2023-12-31 after 2023-09-24",
        "Head of AI 2023-12-31 after 2023-09-24",
        "ML Engineer null after null",
      ],
    ]);
  }
});

it("an older dump imported later dates the rows it does not have", async () => {
  const folder = dataFolder();
  await folder.take("b_2023-12-31.csv", csv(COLUMNS, ADA, BOB, CY));
  expect(await folder.take("a_2023-09-24.csv", csv(COLUMNS, ADA))).toMatchObject({
    new: 0,
    same: 1,
    refined: 2,
  });
});

it("rows that vanished still count, and that is said", async () => {
  const folder = dataFolder();
  await folder.take("a_2023-09-24.csv", csv(COLUMNS, ADA, BOB));
  const report = await folder.take("b_2023-12-31.csv", csv(COLUMNS, ADA));
  expect(report.notices).toEqual([
    "1 rows of the dump of 2023-09-24 are not in this one; they still count.",
  ]);
  expect((await folder.stored()).payRows).toHaveLength(2);
});

describe("a dump", () => {
  it("of a day that is in already changes nothing when equal and is refused when not", async () => {
    const folder = dataFolder();
    await folder.take("a_2023-09-24.csv", csv(COLUMNS, ADA, BOB));
    expect(await folder.take("again_2023-09-24.csv", csv(COLUMNS, BOB, ADA))).toMatchObject({
      new: 0,
      same: 2,
    });
    await expect(folder.take("other_2023-09-24.csv", csv(COLUMNS, BOB))).rejects.toMatchObject({
      reason: "conflict",
    });
    expect((await folder.stored()).payRows).toHaveLength(2);
  });

  it("without a day in its name needs to be told", async () => {
    await expect(dataFolder().take("salaries.csv", csv(COLUMNS, ADA))).rejects.toMatchObject({
      reason: "missing_argument",
    });
    expect(
      await dataFolder().take("salaries.csv", csv(COLUMNS, ADA), { asOf: "2023-09-24" }),
    ).toMatchObject({ new: 1 });
  });

  it("without one of its columns is refused, naming it", async () => {
    await expect(
      dataFolder().take("a_2023-09-24.csv", csv(COLUMNS.replace(",remote_ratio", ""), "x")),
    ).rejects.toMatchObject({
      reason: "bad_file",
      message: "A salary dump without remote_ratio.",
    });
  });

  test.each([
    ["experience_level", ADA.replace("SE", "constructor"), "is not EN, MI, SE or EX"],
    ["employment_type", ADA.replace("FT", "XX"), "is not FT, PT, CT or FL"],
    ["salary_in_usd", ADA.replace("USD,180000", "USD,190k"), "is not a yearly amount in USD"],
    ["salary", ADA.replace("180000,USD", "0,USD"), "is not an amount"],
    ["salary_currency", ADA.replace("USD,", "dollars,"), "is not a code I know"],
    ["work_year", ADA.replace("2023", "2099"), "is not a year"],
    ["remote_ratio", ADA.replace("US,0,", "US,some,"), "is not 0, 50 or 100"],
    ["job_title", ADA.replace("ML Engineer", ""), "names no job"],
  ])("with a fault in %s leaves the row out and says why", async (column, row, reason) => {
    const report = await dataFolder().take("a_2023-09-24.csv", csv(COLUMNS, BOB, row));
    expect(report).toMatchObject({ rows: 2, accepted: 1, new: 1 });
    expect(report.rejected).toEqual([{ row: 3, column, value: expect.any(String), reason }]);
  });
});

it("imported pay stands among the sources with its day, rows and gaps", async () => {
  const folder = dataFolder();
  await folder.take("a_2023-09-24.csv", csv(COLUMNS, ADA));
  await folder.take("b_2023-12-31.csv", csv(COLUMNS, ADA, BOB));
  const facts = combineFacts(loadSeed(), await folder.stored(), companyKey);
  expect(facts.payRows).toHaveLength(2);
  expect(facts.sources.find((source) => source.id === "aijobs")).toMatchObject({
    asOfOn: "2023-12-31",
    rows: 2,
    licence: "CC0",
    sample: false,
    gaps: expect.stringContaining("1 of 2 rows stood in the first dump (2023-09-24)"),
  });
  expect(facts.sources.some((source) => source.sample)).toBe(true);
});
