import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { plainText } from "../../src/reply/plain.ts";
import { testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";

const HEADER =
  "work_year,experience_level,employment_type,job_title,salary,salary_currency,salary_in_usd,employee_residence,remote_ratio,company_location,company_size";

function salaries(n: number, level: string, title: string, country: string, usd: number): string[] {
  return Array.from(
    { length: n },
    (_, at) => `2023,${level},FT,${title},${usd + at},USD,${usd + at},${country},0,${country},M`,
  );
}

function dumpOf(day: string, rows: readonly string[]): string {
  const path = join(mkdtempSync(join(tmpdir(), "pulse-pay-")), `aijobs_salaries_${day}.csv`);
  writeFileSync(path, [HEADER, ...rows, ""].join("\n"));
  return path;
}

let bot: TestBot;
const ask = async (text: string) => (await bot.ask(text)).reply;

describe("with a dump imported", () => {
  beforeAll(async () => {
    bot = await testBot({
      files: [
        dumpOf("2023-09-24", [
          ...salaries(12, "SE", "ML Engineer", "US", 200_000),
          ...salaries(11, "SE", "Data Engineer", "US", 150_000),
          ...salaries(10, "SE", "Data Engineer", "DE", 90_000),
          ...salaries(9, "SE", "Data Engineer", "CH", 210_000),
        ]),
      ],
    });
  });

  it("countries are ranked by the median, those of few salaries left out in sight", async () => {
    const reply = await ask("/top pay by:country");
    expect(reply.figures).toMatchObject({
      groups: 2,
      n: 33,
      leftOutGroups: 1,
      leftOut: 9,
      basis: "rows",
      items: [
        { name: "United States", country: "US", role: null, n: 23, median: 200_000 },
        { name: "Germany", country: "DE", n: 10, median: 90_005 },
      ],
    });
    const said = plainText(reply);
    expect(said).toContain(
      "A group is ranked from 10 salaries on; 1 group with 9 salaries is left out.",
    );
    expect(said).toContain("differ in their mix of roles (role:) and levels (level:)");
    expect(said).not.toContain("Switzerland");
  });

  it("a role and level hold the mix still, and one country is named by its code", async () => {
    const reply = await ask("/top pay by:country role:engineer level:senior");
    expect(plainText(reply)).not.toContain("differ in their mix");
    expect(reply.figures).toMatchObject({ items: [{ country: "US", median: 150_005 }, {}] });
    const card = "/salary engineer level:senior country:US";
    expect(reply.actions[0]).toEqual({ label: "United States", run: card });
    const shown = await ask(card);
    expect(shown.figures).toMatchObject({ median: 150_005, n: 11 });
    expect(shown.actions).toContainEqual({
      label: "By country",
      run: "/top pay by:country role:engineer level:senior",
    });
  });

  it("roles, levels and countries together are ranked over all countries, and cut in sight", async () => {
    const reply = await ask("/top pay by:group limit:2");
    expect(reply.title).toContain("AI engineer, senior, United States $200,006, n 12");
    expect(reply.figures).toMatchObject({ groups: 3, items: [{ role: "ai-engineer" }, {}] });
    expect(plainText(reply)).toContain("… and 1 more row");
  });

  it.each([
    ["/top pay by:country sector:finance", "sector: does not apply to reported pay."],
    ["/top pay by:role role:engineer", "by:role ranks every role, and role: names one."],
    ["/top pay by:country level:entry", "No reported pay by country"],
    ["/top pay by:role country:CH", "Only 9 salaries in 1 group, none of 10 or more"],
    ["/top pay by:country period:2020", "The imported rows do not cover that time"],
  ])("%s is refused with a way on", async (question, words) => {
    const reply = await ask(question);
    expect(plainText(reply)).toContain(words);
    expect(reply.actions.length).toBeGreaterThan(0);
  });
});

describe("with the bundled quarters alone", () => {
  beforeAll(async () => {
    bot = await testBot();
  });

  it("roles are ranked in the last quarter of the United States", async () => {
    const reply = await ask("/top pay by:role period:2023Q4 level:senior");
    expect(reply.figures).toMatchObject({
      basis: "published-quarters",
      items: [{ role: "ai-engineer", n: 317, median: 196_000 }, {}, {}, {}, {}],
    });
    expect(reply.actions.map(({ label }) => label)).not.toContain("By country");
    const card = await ask('/salary "ml engineer" level:senior country:"united states"');
    const run = '/top pay by:role level:senior country:"united states"';
    expect(card.actions).toContainEqual({ label: "By role", run });
    expect((await ask(run)).title).toContain("Median reported pay by role, all roles, senior");
  });

  it("countries cannot be ranked, and the answer says so", async () => {
    expect(plainText(await ask("/top pay by:country"))).toContain(
      "Countries cannot be ranked: the published quarters are of the United States only.",
    );
  });
});
