import { describe, expect, it } from "vitest";
import type { PointValues } from "../../../src/market/facts.ts";
import { blsJolts } from "../../../src/sources/connectors/bls-jolts.ts";
import { challenger } from "../../../src/sources/connectors/challenger.ts";
import { hiringLabAi } from "../../../src/sources/connectors/hiring-lab-ai.ts";
import { hiringLabPostings } from "../../../src/sources/connectors/hiring-lab-postings.ts";
import type { Answer, GetOptions, SourceDef } from "../../../src/sources/source.ts";
import { fileSample } from "../../../src/sources/file-sample.ts";

const ABOUT = { today: "2026-11-22", url: null };

function pointsOf(source: SourceDef, text: string) {
  const { entries, ...parsed } = source.parse(text, ABOUT);
  return {
    ...parsed,
    points: entries.flatMap((entry) => (entry.shelf === "points" ? [entry.values] : [])),
  };
}

const inShort = (points: readonly PointValues[]) =>
  points.map(
    ({ series, place, period, value, preliminary }) =>
      `${series} ${place} ${period} ${value}${preliminary ? " preliminary" : ""}`,
  );

async function asked(source: SourceDef, settings: Readonly<Record<string, string>> = {}) {
  const questions: { url: string; options: GetOptions }[] = [];
  const answers: Answer[] = [];
  const get = async (url: string, options: GetOptions) => {
    questions.push({ url, options });
    return "the answer";
  };
  for await (const answer of source.fetch!({ get, settings, today: "2026-11-22" }))
    answers.push(answer);
  return { questions, answers };
}

describe("the AI share of postings", () => {
  const DAYS = Array.from(
    { length: 29 },
    (_, day) => `2024-02-${String(day + 1).padStart(2, "0")}`,
  );
  const text = (rows: readonly string[]) =>
    ["date,jobcountry,AI_share_postings", ...rows].join("\n");

  it("is the mean of a month's days to three decimals, and preliminary until its last day is there", () => {
    const { points, asOfOn, faults } = pointsOf(
      hiringLabAi,
      text([
        ...DAYS.map((day, at) => `${day},US,${2 + at / 100}`),
        "2024-03-01,US,2.5",
        "2024-03-01,DE,1.00049",
        "2024-03-02,US,2.6",
      ]),
    );
    expect(inShort(points)).toEqual([
      "ai-postings US 2024-02 2.14",
      "ai-postings US 2024-03 2.55 preliminary",
      "ai-postings DE 2024-03 1 preliminary",
    ]);
    expect([asOfOn, faults]).toEqual(["2024-03-02", []]);
  });

  it("leaves a blank value unknown, and refuses words, days to come and a day told twice", () => {
    const { points, faults } = pointsOf(
      hiringLabAi,
      text([
        "2024-03-01,US,",
        "2024-03-02,US,many",
        "2030-01-01,US,2",
        "2024-03-04,US,2",
        "2024-03-04,US,3",
      ]),
    );
    expect(inShort(points)).toEqual(["ai-postings US 2024-03 2 preliminary"]);
    expect(faults.map(({ row, reason }) => `${row} ${reason}`)).toEqual([
      "3 is not a plain number",
      "4 lies in the future (after 2026-11-22)",
      "6 is there twice",
    ]);
  });
});

it("the postings index keeps total and new apart, by occupation, and counts the rows it leaves out", () => {
  const { points, notices } = pointsOf(
    hiringLabPostings,
    [
      "date,jobcountry,indeed_job_postings_index,variable,display_name",
      "2024-09-01,US,69.75,total postings,Software Development",
      "2024-09-02,US,69.80,total postings,Software Development",
      "2024-09-01,US,71,new postings,Software Development",
      '2024-09-01,US,80,total postings,"IT Infrastructure, Operations & Support"',
      "2024-09-01,US,110,total postings,Nursing",
    ].join("\n"),
  );
  expect(inShort(points)).toEqual([
    "postings-index US:Software Development 2024-09 69.78 preliminary",
    "postings-index:new US:Software Development 2024-09 71 preliminary",
    "postings-index US:IT Infrastructure, Operations & Support 2024-09 80 preliminary",
  ]);
  expect(notices).toEqual([
    expect.stringContaining("Daily values are kept as"),
    "1 row of other occupations left out.",
  ]);
});

describe("JOLTS", () => {
  const LAYOFFS = "JTS000000000000000LDL";
  const answer = (data: readonly object[], seriesID = LAYOFFS) =>
    JSON.stringify({
      status: "REQUEST_SUCCEEDED",
      message: [],
      Results: { series: [{ seriesID, data }] },
    });
  const month = (period: string, value: string, ...codes: string[]) => ({
    year: "2026",
    period,
    value,
    footnotes: codes.length > 0 ? codes.map((code) => ({ code })) : [{}],
  });

  it("gives thousands by month; P is preliminary, - is unknown, M13 is no month", () => {
    const { points, notices } = pointsOf(
      blsJolts,
      answer([
        month("M13", "20000"),
        month("M08", "1641", "P"),
        month("M07", "1,702"),
        month("M06", "-", "9"),
      ]),
    );
    expect(inShort(points)).toEqual([
      `jolts:${LAYOFFS} US 2026-08 1641 preliminary`,
      `jolts:${LAYOFFS} US 2026-07 1702`,
    ]);
    expect(notices).toEqual(['1 months have no value ("-"): unknown, not zero.']);
  });

  it("leaves out series nobody asked for, in sight", () => {
    const { points, notices } = pointsOf(blsJolts, answer([month("M08", "4.2")], "LNS14000000"));
    expect(points).toEqual([]);
    expect(notices).toEqual(["Other series were left out: LNS14000000."]);
  });

  it("says why the bureau did not answer", () => {
    const refused = {
      status: "REQUEST_NOT_PROCESSED",
      message: ["daily threshold reached"],
      Results: {},
    };
    expect(() => blsJolts.parse(JSON.stringify({ ...refused, Results: undefined }), ABOUT)).toThrow(
      /daily threshold reached/,
    );
  });

  it("is asked in one question, with a key only where one is set", async () => {
    const { questions, answers } = await asked(blsJolts);
    expect(questions.map(({ url }) => url)).toEqual([
      "https://api.bls.gov/publicAPI/v2/timeseries/data/",
    ]);
    expect(JSON.parse(questions[0]!.options.body!)).toEqual({
      seriesid: [LAYOFFS, "JTS510000000000000LDL", "JTS540099000000000LDL"],
      startyear: "2017",
      endyear: "2026",
    });
    expect(answers).toHaveLength(1);
    const keyed = await asked(blsJolts, { key: "k" });
    expect(keyed.questions[0]!.options.body).toContain('"registrationkey":"k"');
  });
});

describe("published totals", () => {
  const totalsOf = (text: string) => {
    const { entries, faults } = challenger.parse(text, ABOUT);
    const totals = entries.flatMap((entry) => (entry.shelf === "totals" ? [entry.values] : []));
    return {
      totals: totals.map(
        ({ publisher, measure, period, value, bound, scope }) =>
          `${publisher} | ${measure} | ${period} | ${bound} ${value} | ${scope}`,
      ),
      faults: faults.map(({ row, column, reason }) => `${row} ${column} ${reason}`),
    };
  };

  it("typed as a table are Challenger's unless another publisher is named", () => {
    expect(
      totalsOf(
        [
          "period,measure,value,scope,publisher",
          '2026-10,people,"153,074",,',
          '2023,people,"> 191,000","US-based tech, including estimates",Crunchbase',
          "October,people,1,,",
          "2026-10,people,many,,",
        ].join("\n"),
      ),
    ).toEqual({
      totals: [
        "Challenger, Gray & Christmas | people | 2026-10 | exact 153074 | US employers, announced job cuts, all sectors",
        "Crunchbase | people | 2023 | over 191000 | US-based tech, including estimates",
      ],
      faults: [
        "4 period is none I know; write 2024-03, 2024Q1, 2024 or 2024-01..2024-03",
        "5 value is not a plain number; write 90,309 or > 50,000",
      ],
    });
  });

  it("as JSON are read one by one, or from tables by year", () => {
    const listed = {
      totals: [
        { publisher: "A", measure: "people", period: "2024", value: 5, bound: "over", scope: "s" },
      ],
    };
    expect(totalsOf(JSON.stringify(listed)).totals).toEqual(["A | people | 2024 | over 5 | s"]);
    const tables = {
      challenger: {
        total: { "2026": { months: [108_435, 48_307], through: "2026-02", ytd: 156_742 } },
        technology_sector: { "2025": 154_445, ytd: { "2026-05": 123_653 } },
      },
      others: [{ publisher: "B", period: "2023", people: ">50000", scope: "world" }],
    };
    expect(
      totalsOf(JSON.stringify(tables)).totals.map((total) => total.split(" | ").slice(2).join(" ")),
    ).toEqual([
      "2026-01 exact 108435 US employers, announced job cuts, all sectors",
      "2026-02 exact 48307 US employers, announced job cuts, all sectors",
      "2026-01..2026-02 exact 156742 US employers, announced job cuts, all sectors",
      "2025 exact 154445 US employers, announced job cuts, technology sector",
      "2026-01..2026-05 exact 123653 US employers, announced job cuts, technology sector",
      "2023 over 50000 world",
    ]);
  });
});

it.each([
  ["hiring-lab-ai", "date,jobcountry,AI_share_postings\n"],
  ["hiring-lab-postings", "date,jobcountry,indeed_job_postings_index,variable,display_name\n"],
  ["bls-jolts", '{"status":"REQUEST_SUCCEEDED","Results":{"series":[{"seriesID":"X","data":[]}]}}'],
  ["challenger", "period,measure,value,scope\n"],
  ["challenger", '{"totals":[]}'],
])("a file of %s is recognised by its shape", (id, text) => {
  const sample = fileSample("any", text, text);
  const fitting = [hiringLabAi, hiringLabPostings, blsJolts, challenger].filter((source) =>
    source.fits(sample),
  );
  expect(fitting.map((source) => source.id)).toEqual([id]);
});
