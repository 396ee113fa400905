import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { testBot } from "../bot.ts";

function file(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "pulse-series-")), name);
  writeFileSync(path, text);
  return path;
}

/** Every day of some months at one value a month. */
function daily(
  months: Readonly<Record<string, number>>,
  row: (day: string, value: number) => string,
) {
  return Object.entries(months).flatMap(([month, value]) => {
    const days = new Date(
      Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0),
    ).getUTCDate();
    return Array.from({ length: days }, (_, at) =>
      row(`${month}-${String(at + 1).padStart(2, "0")}`, value),
    );
  });
}

function shares(name: string, months: Readonly<Record<string, number>>, ...more: string[]): string {
  const rows = daily(months, (day, value) => `${day},US,${value}`);
  return file(name, ["date,jobcountry,AI_share_postings", ...rows, ...more].join("\n"));
}

const blocks = (reply: { readonly blocks: readonly unknown[] }) => JSON.stringify(reply.blocks);

describe("/trend ai-postings", () => {
  it("from June 2023 to March 2024, US, is 1.71 % to 2.05 % in the bundled edition", async () => {
    const { reply } = await (await testBot()).ask("/trend ai-postings from:2023-06 to:2024-03");
    expect(reply.title).toBe(
      "AI share of job postings, United States: 2.05 % in 2024-03, 1.71 % in 2023-06",
    );
    expect(reply.figures).toMatchObject({ current: 2.054, previous: 1.707, changePoints: 0.347 });
    expect(reply.notes.join(" ")).toContain("CC BY 4.0");
  });

  it("goes on with the newest edition; a month that runs is shown, said and not compared", async () => {
    const bot = await testBot({
      files: [shares("ai.csv", { "2026-07": 6, "2026-08": 6.2 }, "2026-09-01,US,9")],
    });
    const { reply } = await bot.ask("/trend ai-postings compare:prev");
    expect(reply.title).toBe(
      "AI share of job postings, United States: 6.2 % in 2026-08, 6 % in 2026-07",
    );
    expect(reply.figures).toMatchObject({ partial: "2026-09", changePoints: 0.2 });
    expect(blocks(reply)).toContain("2026-09 is not whole yet");
    expect(blocks(reply)).toContain('"lastIncomplete":true');
    expect((await bot.ask("/trend ai-postings compare:yoy")).reply.figures).toMatchObject({
      previous: 3.327,
      from: "2025-08",
    });
  });

  it("compares means of whole months where both sides are periods", async () => {
    const { reply } = await (
      await testBot()
    ).ask("/trend ai-postings period:2024Q1 compare:2023Q1");
    expect(reply.figures).toMatchObject({
      to: "2024Q1 (mean of 3 months)",
      from: "2023Q1 (mean of 3 months)",
    });
    expect(reply.figures["current"]).toBeCloseTo((1.957 + 2.044 + 2.054) / 3, 10);
  });

  it("as of a day is what that day's edition said", async () => {
    const bot = await testBot({
      files: [
        shares("old.csv", { "2024-01": 1.5, "2024-02": 1.6 }),
        shares("new.csv", { "2024-02": 1.8, "2026-08": 6.2 }),
      ],
    });
    const { reply } = await bot.ask("/trend ai-postings asof:2024-03-15");
    expect(reply.figures).toMatchObject({ to: "2024-02", current: 1.6 });
    expect(reply.notes).toContain("As known on 15 Mar 2024.");
    expect((await bot.ask("/trend ai-postings to:2024-02")).reply.figures).toMatchObject({
      current: 1.8,
    });
  });

  it("as of a day of which no edition is here, it says which edition its months are of", async () => {
    const { reply } = await (await testBot()).ask("/trend ai-postings asof:2024-01-01");
    expect(reply.notes.join(" ")).toContain(
      "Months that were over on 1 Jan 2024, in the edition of 30 Jun 2026",
    );
    expect(reply.notes.join(" ")).not.toContain("As known on");
  });

  it("takes a country by its name", async () => {
    const { reply } = await (await testBot()).ask("/trend ai-postings country:Germany");
    expect(reply.figures).toMatchObject({ country: "DE" });
  });

  it("says which countries and which time are known", async () => {
    const bot = await testBot();
    expect((await bot.ask("/trend ai-postings country:JP")).reply.title).toContain(
      "No AI posting share",
    );
    const early = (await bot.ask("/trend ai-postings period:2010")).reply;
    expect(JSON.stringify(early)).toContain("known from 2019-01 to 2026-06");
  });
});

describe("/trend postings", () => {
  const index = file(
    "index.csv",
    [
      "date,jobcountry,indeed_job_postings_index,variable,display_name",
      ...daily(
        { "2024-07": 70, "2024-08": 68 },
        (day, value) => `${day},US,${value},total postings,Software Development`,
      ),
      ...daily(
        { "2024-08": 75 },
        (day, value) => `${day},US,${value},new postings,Software Development`,
      ),
      ...daily({ "2024-08": 90 }, (day, value) => `${day},US,${value},total postings,Mathematics`),
    ].join("\n"),
  );

  it("is the index of an occupation, with all and new postings as two lines", async () => {
    const bot = await testBot({ files: [index] });
    const { reply } = await bot.ask("/trend postings");
    expect(reply.title).toBe(
      "Job postings, Software Development, United States: 68.0 in 2024-08, 70.0 in 2024-07",
    );
    expect(blocks(reply)).toContain('"name":"new postings","values":[null,75]');
    expect((await bot.ask("/trend postings sector:math")).reply.title).toContain("90.0 in 2024-08");
    expect((await bot.ask("/trend postings sector:nursing")).reply.title).toContain(
      "No postings index",
    );
  });

  it("says how it gets here while it is not", async () => {
    const { reply } = await (await testBot()).ask("/trend postings");
    expect(reply.title).toContain("No postings index is known here");
    expect(JSON.stringify(reply)).toContain("hiring-lab-postings");
  });
});

it("/trend jolts compares months in thousands and says that the newest is preliminary", async () => {
  const data = [
    { year: "2026", period: "M08", value: "1641", footnotes: [{ code: "P" }] },
    { year: "2026", period: "M07", value: "1702", footnotes: [{}] },
  ];
  const series = [{ seriesID: "JTS000000000000000LDL", data }];
  const bot = await testBot({
    files: [file("bls.json", JSON.stringify({ status: "REQUEST_SUCCEEDED", Results: { series } }))],
  });
  const { reply } = await bot.ask("/trend jolts");
  expect(reply.title).toBe(
    "Layoffs and discharges, US, all industries: 1,641 thousand in 2026-08, 1,702 thousand in 2026-07",
  );
  expect(blocks(reply)).toContain("−61 thousand (−3.6 %)");
  expect(reply.notes).toContain("2026-08 is preliminary; the publisher revises it.");
  expect((await bot.ask("/trend jolts sector:retail")).reply.title).toContain("No JOLTS figure");
  expect((await bot.ask("/trend jolts country:DE")).reply.title).toContain("United States only");
});

const MACRO = fileURLToPath(new URL("../../../shared/data/macro/", import.meta.url));

describe.skipIf(!existsSync(MACRO))("the published series as they are", () => {
  it("1.69 % to 2.05 % are the last days of June 2023 and March 2024; the months are 1.71 % and 2.05 %", async () => {
    const edition = join(MACRO, "indeed_ai_posting_share_2026-07.csv");
    const bot = await testBot({ files: [edition] });
    const { reply } = await bot.ask("/trend ai-postings from:2023-06 to:2024-03");
    expect(reply.figures).toMatchObject({ current: 2.054, previous: 1.707 });
    const day = (on: string) =>
      Number(new RegExp(`^${on},US,(.+)$`, "m").exec(readFileSync(edition, "utf8"))![1]).toFixed(2);
    expect([day("2023-06-30"), day("2024-03-31")]).toEqual(["1.69", "2.05"]);
  });
});
