import { describe, expect, it, test } from "vitest";
import { csvColumns } from "../../src/sources/csv/text.ts";
import {
  layoffLayout,
  layoffPlaces,
  readLayoffRows,
  reportAt,
} from "../../src/sources/layoffs-csv.ts";
import { csv, dataFolder, NINE_COLUMNS, TWELVE_COLUMNS } from "./data-folder.ts";

/** One invented layoff, as each layout writes it. */
const LAYOUTS: readonly [name: string, text: string, knows: { added: boolean; page: boolean }][] = [
  [
    "nine columns with blanks and fractions",
    csv(
      NINE_COLUMNS,
      "Acme Robotics,SF Bay Area,Hardware,120,0.07,2024-02-01,Post-IPO,United States,1000.0",
    ),
    { added: false, page: false },
  ],
  [
    "nine columns with NULLs, M/D/YYYY and CRLF",
    "company,location,industry,total_laid_off,percentage_laid_off,date,stage,country,funds_raised_millions\r\n" +
      "Acme Robotics,SF Bay Area,Hardware,120,0.07,2/1/2024,Post-IPO,United States.,1000\r\n",
    { added: false, page: false },
  ],
  [
    "twelve columns with ISO instants and float tails",
    csv(
      TWELVE_COLUMNS,
      "Acme Robotics,SF Bay Area,Hardware,120.0,0.07000000000000001,2024-02-01T00:00:00.000Z,https://news.example/acme,1000.0,Post-IPO,2024-02-03T15:58:59.000Z,United States,Unknown",
    ),
    { added: true, page: true },
  ],
  [
    "twelve columns in another order, with the stage named IPO",
    csv(
      "Company,Location,Industry,Laid_Off_Count,Percentage,Date,Source,Funds_Raised,Stage,Date_Added,Country,List_of_Employees_Laid_Off",
      "Acme Robotics,SF Bay Area,Hardware,120,0.07,2024-02-01,https://news.example/acme,1000.0,IPO,2024-02-03 04:12:29,United States,Unknown",
    ),
    { added: true, page: true },
  ],
  [
    "twelve columns with the count after the country",
    csv(
      "Company,Location_HQ,Industry,Percentage,Date,Source,Funds_Raised,Stage,Date_Added,Country,Laid_Off_Count,List_of_Employees_Laid_Off",
      "Acme Robotics,SF Bay Area,Hardware,0.07,2024-02-01,https://news.example/acme,1000.0,Post-IPO,2024-02-03 04:12:29,United States,120,Unknown",
    ),
    { added: true, page: true },
  ],
  [
    "thirteen quoted columns with semicolons, % and $",
    csv(
      '"id";"Company";"Location HQ";"# Laid Off";"Date";"%";"Industry";"Source";"List of emploees laid";"Stage";"$ Raised mm";"Country";"Date added"',
      '"0";"Acme Robotics";"SF Bay AreaNon-U.S.";"120";"2024-02-01";"7%";"Hardware";"https://news.example/acme";"no-data";"Post-IPO";"$1,000";"United States";"2024-02-03"',
    ),
    { added: true, page: true },
  ],
  [
    "columns in capitals, with stray blanks and a byte order mark",
    `\uFEFF${csv(" Company ,LOCATION, Industry,Total Laid Off,percentage laid_off,DATE,Stage,country,Funds Raised", " Acme Robotics ,SF Bay Area,Hardware,120,7%,2024-02-01,Post-IPO,United States,1000")}`,
    { added: false, page: false },
  ],
];

describe("every layout of the tracker says the same", () => {
  test.each(LAYOUTS)("%s", async (_name, text, knows) => {
    const folder = dataFolder();
    const report = await folder.take("export_2024-02-10.csv", text);
    expect(report).toMatchObject({
      kind: "layoffs",
      source: "layoffs-fyi",
      rows: 1,
      accepted: 1,
      new: 1,
      rejected: [],
    });
    const [sighting] = (await folder.stored()).layoffs;
    expect(sighting).toMatchObject({
      key: "layoffs-fyi|acme robotics|2024-02-01|1",
      learnedOn: knows.added ? "2024-02-03" : "2024-02-01",
      learnedIsAssumed: !knows.added,
      withdrawnOn: null,
    });
    expect(sighting!.versions).toEqual([
      {
        from: knows.added ? "2024-02-03" : "2024-02-01",
        values: {
          company: "Acme Robotics",
          announcedOn: "2024-02-01",
          filedOn: null,
          effectiveOn: null,
          headcount: 120,
          percentOfStaff: 7,
          industry: "Hardware",
          country: "United States",
          location: "SF Bay Area",
          stage: "Post-IPO",
          reason: null,
          raisedUsdM: 1000,
          url: knows.page ? "https://news.example/acme" : null,
        },
      },
    ]);
  });
});

function read(header: string, ...lines: string[]) {
  const table = csvColumns(csv(header, ...lines), layoffPlaces);
  const { rows, ...told } = readLayoffRows(table, layoffLayout(table.header)!, "2026-12-23");
  return { ...told, reports: Array.from({ length: rows.size }, (_, row) => reportAt(rows, row)) };
}

test("what was not reported is null, never zero and never a word", () => {
  const { reports } = read(NINE_COLUMNS, "Acme,Unknown,Unknown,NULL,no-data,2024-02-01,Unknown,,");
  expect(reports[0]!.values).toMatchObject({
    headcount: null,
    percentOfStaff: null,
    industry: null,
    country: null,
    location: null,
    stage: null,
    raisedUsdM: null,
    url: null,
  });
});

test("an industry keeps one name", () => {
  const names = ["Fin-Tech", "Crypto Currency", "CryptoCurrency", "Retail"];
  const { reports } = read(NINE_COLUMNS, ...names.map((name) => `Acme,,${name},5,,2024-02-01,,,`));
  expect(reports.map((report) => report.values.industry)).toEqual([
    "Finance",
    "Crypto",
    "Crypto",
    "Retail",
  ]);
});

test("a link in the industry column is set aside in sight and its row kept", () => {
  const { reports, notices } = read(NINE_COLUMNS, "Acme,,https://news.example/x,5,,2024-02-01,,,");
  expect(reports[0]!.values).toMatchObject({ company: "Acme", industry: null, headcount: 5 });
  expect(notices).toEqual([
    "Row 2: the industry cell is a link, not an industry; the row was kept without it.",
  ]);
});

test("only a web address is a page", () => {
  const row = (source: string) => `Acme,,,5,,2024-02-01,${source},,,2024-02-01,,`;
  const sources = [
    "Internal memo",
    "javascript:alert(1)",
    "https://news.example/a",
    "ftp://news.example",
  ];
  const { reports } = read(TWELVE_COLUMNS, ...sources.map(row));
  expect(reports.map((report) => report.values.url)).toEqual([
    null,
    null,
    "https://news.example/a",
    null,
  ]);
});

test("a row with faults is left out and every fault of it told with row, column, value and reason", () => {
  const { reports, faults } = read(
    NINE_COLUMNS,
    ",SF,Data,-5,0.1,2024-02-01,,,",
    "Acme,SF,Data,10,0.1,,,,",
    "Acme,SF,Data,10,0.1,2024-02-01,,,",
    "Acme,SF,Data,10,12,2024-02-01,,,",
  );
  expect(reports).toHaveLength(1);
  expect(faults).toEqual([
    { row: 2, column: "company", value: "", reason: "names no company" },
    { row: 2, column: "total_laid_off", value: "-5", reason: "is negative" },
    { row: 3, column: "date", value: "", reason: "has no date" },
    {
      row: 5,
      column: "percentage_laid_off",
      value: "12",
      reason: expect.stringContaining("fractions"),
    },
  ]);
});

describe("a header", () => {
  it("is none of ours without company, date or count", () => {
    expect(layoffLayout(["Compnay", "date", "total_laid_off"])).toBeUndefined();
    expect(layoffLayout(["company", "total_laid_off"])).toBeUndefined();
    expect(layoffLayout(["company", "date"])).toBeUndefined();
    expect(layoffLayout(["toString", "constructor", "valueOf"])).toBeUndefined();
  });

  it("may have more columns than we know, and they are named", () => {
    const { notices } = read(`${NINE_COLUMNS},mood`, "Acme,,,5,,2024-02-01,,,,sad");
    expect(notices).toEqual(["Columns I do not know were left out: mood."]);
  });
});
