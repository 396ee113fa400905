import { describe, expect, it } from "vitest";
import { aijobs } from "../../src/sources/connectors/aijobs.ts";
import { tracker } from "../../src/sources/connectors/tracker.ts";
import { suspicion, taken } from "../../src/fetching/suspicion.ts";
import { combineFacts } from "../../src/sources/combine.ts";
import { companyKey } from "../../src/market/company-key.ts";
import { loadSeed } from "../../src/sources/seed.ts";
import { openReading } from "../../src/sources/reading.ts";
import type { SourceDef } from "../../src/sources/source.ts";
import { cutAtNewEnd } from "../../src/sources/list-end.ts";
import { takeIn } from "../../src/sources/take-in.ts";
import { openFactsLog } from "../../src/stores/facts-log.ts";
import { csv, dataFolder, layoffTotals, NINE_COLUMNS, NOW } from "./data-folder.ts";

const TODAY = "2026-11-22";
const SHA = "0".repeat(64);

/** What a refresh does with an answer: read in the worker, taken into the log. */
async function answered(dir: string, source: SourceDef, text: string, url: string, today = TODAY) {
  const reading = openReading();
  const log = await openFactsLog(dir);
  try {
    const parsed = await reading.read(source.id, text, { today, url });
    const asOfOn = parsed.asOfOn ?? today;
    return await takeIn(
      parsed,
      { source: source.id, from: url, sha256: SHA, asOfOn, now: NOW },
      log,
    );
  } finally {
    await log.close();
    await reading.close();
  }
}

const ACME = "Acme,Boston,Data,40,0.1,2024-02-01,Series B,US,10";
const BOLT = "Bolt,Paris,Retail,,,2024-02-03,Seed,France,2";
const PAY_HEADER =
  "work_year,experience_level,employment_type,job_title,salary,salary_currency,salary_in_usd,employee_residence,remote_ratio,company_location,company_size";
const EXPORT = "https://tracker.example/export.csv";

describe("a tracker's export from an address", () => {
  it("takes the road of an imported file: the same rows, versions and day", async () => {
    const [fetched, imported] = [dataFolder(), dataFolder()];
    const first = csv(NINE_COLUMNS, ACME, BOLT);
    const second = csv(
      NINE_COLUMNS,
      ACME.replace(",40,", ",45,"),
      BOLT,
      BOLT.replace("Bolt", "Cold"),
    );
    for (const [text, day] of [
      [first, "2024-02-10"],
      [second, "2024-02-20"],
    ] as const) {
      await answered(fetched.dir, tracker, text, `https://tracker.example/${day}.csv`);
      await imported.take(`tracker_${day}.csv`, text);
    }
    const [one, other] = [await fetched.stored(), await imported.stored()];
    expect(one.layoffs).toEqual(other.layoffs);
    expect(one.imports.map(({ source, asOfOn, rows }) => [source, asOfOn, rows])).toEqual(
      other.imports.map(({ source, asOfOn, rows }) => [source, asOfOn, rows]),
    );
    expect(layoffTotals(one)).toEqual({ events: 3, people: 45, unknown: 2 });
  });

  it("speaks for the last day in it where its address names none, and once is enough", async () => {
    const folder = dataFolder();
    const text = csv(NINE_COLUMNS, ACME, BOLT);
    expect(await answered(folder.dir, tracker, text, EXPORT)).toMatchObject({ new: 2 });
    expect(await answered(folder.dir, tracker, text, EXPORT)).toMatchObject({ new: 0, same: 2 });
    const { imports } = await folder.stored();
    expect(imports.map(({ asOfOn }) => asOfOn)).toEqual(["2024-02-03"]);
  });

  it("stands in for the sample and is told once among the sources", async () => {
    const folder = dataFolder();
    await answered(folder.dir, tracker, csv(NINE_COLUMNS, ACME, BOLT), EXPORT);
    const facts = combineFacts(loadSeed(), await folder.stored(), companyKey);
    expect(facts.layoffs).toHaveLength(2);
    expect(facts.sources.filter(({ id }) => id === "layoffs-fyi")).toHaveLength(1);
    expect(facts.sources.filter(({ sample }) => sample)).toEqual([]);
  });

  it("is refused where it is something else", async () => {
    const folder = dataFolder();
    await expect(answered(folder.dir, tracker, "a,b\n1,2\n", EXPORT)).rejects.toMatchObject({
      reason: "bad_file",
      message: "This is no layoff tracker's export.",
    });
    expect((await folder.stored()).imports).toEqual([]);
  });
});

it("a list of half its rows is doubted when it is asked for again", () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, at) => ACME.replace("Acme", `Acme ${at}`));
  const read = (count: number) =>
    tracker.parse(csv(NINE_COLUMNS, ...rows(count)), { today: TODAY, url: EXPORT });
  const expected = { mayBeEmpty: false, before: taken(read(20)), today: TODAY };
  expect(suspicion(read(9), expected)).toBe("it lists 9 where the last one listed 20");
  expect(suspicion(read(15), expected)).toBeNull();
});

it("a list that lost its newest rows is doubted", async () => {
  const rows = Array.from({ length: 20 }, (_, at) =>
    ACME.replace("2024-02-01", `2024-02-${10 + at}`),
  );
  const folder = dataFolder();
  await answered(folder.dir, tracker, csv(NINE_COLUMNS, ...rows), EXPORT);
  const clause = async (count: number) => {
    const text = csv(NINE_COLUMNS, ...rows.slice(0, count));
    const parsed = tracker.parse(text, { today: TODAY, url: EXPORT });
    const cut = cutAtNewEnd(tracker.id, parsed.table!, TODAY, await folder.stored())?.clause;
    return suspicion(parsed, { mayBeEmpty: false, before: null, today: TODAY, cut });
  };
  expect(await clause(20)).toBeNull();
  expect(await clause(6)).toBeNull();
  expect(await clause(5)).toBe(
    "its rows end on 2024-02-14, and 15 known rows are of later days, up to 2024-02-29",
  );
});

it.each([
  [tracker, csv(NINE_COLUMNS, ACME) + "Bolt,Paris"],
  [aijobs, `${PAY_HEADER}\n2023,SE,FT,AI Engineer,1,USD,1,US,0,US,M\n2023,SE`],
])("a list that breaks off in the middle of a row is no answer", (source, text) => {
  expect(() => source.parse(text, { today: TODAY, url: EXPORT })).toThrow(
    "The file seems cut off in row 3",
  );
});

describe("a dump of salaries from an address", () => {
  const ROW = "2023,SE,FT,AI Engineer,200000,USD,200000,US,0,US,M";

  it("dates new rows between the two dumps that were seen, and keeps equal rows as different people", async () => {
    const folder = dataFolder();
    const url = "https://dump.example/salaries.csv";
    const dump = (...rows: string[]) => [PAY_HEADER, ...rows].join("\n");
    await answered(folder.dir, aijobs, dump(ROW), url, "2026-11-01");
    const second = await answered(folder.dir, aijobs, dump(ROW, ROW), url, "2026-11-08");
    expect(second).toMatchObject({ new: 1, same: 1 });
    const { payRows, imports } = await folder.stored();
    expect(payRows.map(({ appearedOn, appearedAfter }) => [appearedOn, appearedAfter])).toEqual([
      [null, null],
      ["2026-11-08", "2026-11-01"],
    ]);
    expect(imports.map(({ rows }) => rows)).toEqual([1, 2]);
  });
});
