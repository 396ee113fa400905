import { expect, test } from "vitest";
import { isDay } from "../../src/market/calendar.ts";
import { loadSeed } from "../../src/sources/seed.ts";

const seed = loadSeed();

test("the bundled layoffs are a sample, and every one has its press link", () => {
  expect(seed.layoffs).toHaveLength(317);
  expect(seed.sources.filter((source) => source.sample).map((source) => source.id)).toEqual([
    "press",
  ]);
  expect(seed.layoffs.every(({ versions }) => versions[0]!.values.url?.startsWith("http"))).toBe(
    true,
  );
});

test("every sighting has its own key, repeats on a day included", () => {
  expect(new Set(seed.layoffs.map((sighting) => sighting.key)).size).toBe(317);
  expect(
    seed.layoffs
      .filter(({ key }) => key.startsWith("press|oracle|2025-08-13|"))
      .map(({ key }) => key.at(-1)),
  ).toEqual(["1", "2", "3"]);
});

test("what the press did not report is null", () => {
  const counts = seed.layoffs.map(({ versions }) => versions[0]!.values.headcount);
  expect(counts.filter((count) => count === null)).toHaveLength(52);
  expect(counts).not.toContain(0);
});

test("pay is told by quarter, role and level", () => {
  const { quarters } = seed.payQuarters;
  expect(Object.keys(quarters)).toHaveLength(10);
  expect(quarters["2023Q4"]?.["ai-engineer"]?.senior).toMatchObject({
    n: 317,
    mean: 199129,
    median: 196000,
  });
  expect(quarters["2022Q4"]?.["engineer"]?.senior?.mean).toBe(157013);
  expect(quarters["2023Q4"]?.["engineer"]?.senior?.mean).toBe(160367);
  expect(new Set(Object.values(quarters).flatMap((roles) => Object.keys(roles)))).toEqual(
    new Set(["ai-engineer", "ai-other", "data-scientist", "engineer", "other", "all"]),
  );
});

test("the months a publisher printed add up to the years it printed", () => {
  const all = seed.published.filter(
    ({ publisher, scope }) => publisher.startsWith("Challenger") && scope.endsWith("all sectors"),
  );
  const value = (period: string) => all.find((total) => total.period === period)?.value;
  for (const year of ["2019", "2020", "2021", "2022", "2023", "2024", "2025"]) {
    const months = all.filter(({ period }) => period.startsWith(`${year}-`) && period.length === 7);
    expect([year, months.length, months.reduce((sum, total) => sum + total.value, 0)]).toEqual([
      year,
      12,
      value(year),
    ]);
  }
  expect(value("2026-01..2026-07")).toBe(477_033);
});

test("other publishers' totals keep their bound and definition", () => {
  expect(seed.published).toContainEqual(
    expect.objectContaining({
      publisher: "Crunchbase",
      period: "2023",
      value: 191_000,
      bound: "over",
    }),
  );
  expect(
    seed.published.find(({ scope, period }) => scope.includes("technology") && period === "2023")
      ?.value,
  ).toBe(168_032);
});

test("two posted ranges stand apart from pay that was reported", () => {
  expect(seed.postedPay.map(({ company, max, min }) => [company, max, min])).toEqual([
    ["Hinge", 398_000, null],
    ["Amazon", 340_300, null],
  ]);
  expect(seed.payRows).toEqual([]);
});

test("the AI share of postings is monthly, for six countries", () => {
  expect(Object.keys(seed.aiPostings.series)).toEqual(["AU", "CA", "DE", "FR", "GB", "US"]);
  expect(seed.aiPostings.series["US"]?.["2023-06"]).toBe(1.707);
  expect(seed.aiPostings.series["US"]?.["2024-03"]).toBe(2.054);
});

test("every source says who, under which licence, until when and what is missing, and every fact's source is listed", () => {
  for (const source of seed.sources) {
    expect(source).toMatchObject({
      publisher: expect.stringMatching(/./),
      licence: expect.stringMatching(/./),
      gaps: expect.stringMatching(/.{20}/),
    });
    expect(isDay(source.asOfOn)).toBe(true);
    expect(source.rows).toBeGreaterThan(0);
  }
  const ids = new Set(seed.sources.map((source) => source.id));
  const used = [...seed.layoffs, ...seed.postedPay, seed.payQuarters, seed.aiPostings].map(
    (fact) => fact.source,
  );
  expect(used.filter((id) => !ids.has(id))).toEqual([]);
});
