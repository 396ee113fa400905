import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { plainText } from "../../src/reply/plain.ts";
import { testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { botOfEachKind } from "./one-of-each.ts";

const PAY = "eported pay, full time, USD per year as the source converts it";
const small = async (bot: TestBot, text: string) =>
  (await bot.ask(text)).reply.notes.filter((note) => !/^(?:Over and|Basis|Bundled)/.test(note));

describe("figures that are of no layoff row name their source, date and licence", () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await testBot();
  });

  it.each([
    [
      "/claim senior AI engineers earn more than $190,000 in the US in Q4 2023",
      `R${PAY} · rows that appeared 1 Oct 2023 – 31 Dec 2023 · published quarterly figures · source: aijobs.net (CC0)`,
    ],
    [
      "/claim AI engineer pay rose 3 % from Q3 to Q4 2024",
      `R${PAY} · rows that appeared 1 Jul 2024 – 31 Dec 2024 · published quarterly figures · source: aijobs.net (CC0)`,
    ],
    [
      "/claim senior AI engineers earned 20 % more than other engineers in Q4 2023",
      `R${PAY} · rows that appeared 1 Oct 2023 – 31 Dec 2023 · published quarterly figures · source: aijobs.net (CC0)`,
    ],
    [
      "/claim 5.78% of US job postings mention AI in June 2026",
      "Source: Indeed Hiring Lab, AI tracker: share of job postings that mention AI, CC BY 4.0, as of 30 Jun 2026.",
    ],
    [
      "/claim the share of US job postings that mention AI rose 20 % from 2024 to 2025",
      "Source: Indeed Hiring Lab, AI tracker: share of job postings that mention AI, CC BY 4.0, as of 30 Jun 2026.",
    ],
    [
      "/claim Amazon posts up to $340,300 for a Senior Manager, Applied Science and Generative AI",
      "Posted pay, as advertised · source: Employers' job advertisements, posted pay ranges, facts, cited, as of 31 Jan 2024",
    ],
    [
      "/claim tech employers announced 168,032 job cuts in 2023",
      "Published: Challenger, Gray & Christmas (2023) · facts, cited · as of 31 Jul 2026",
    ],
    [
      "/claim Job cuts by US employers rose 98 % from 2022 to 2023, Challenger said",
      "Published: Challenger, Gray & Christmas (2022, 2023) · facts, cited · as of 31 Jul 2026",
    ],
    [
      "/reconcile tech layoffs 2023",
      "Published: Challenger, Gray & Christmas (2023), Layoffs.fyi (2023) and Crunchbase (2023) · facts, cited · as of 31 Jul 2026",
    ],
  ])("%s", async (text, note) => {
    expect(await small(bot, text)).toEqual([note]);
  });

  it("nothing is named where nothing was measured", async () => {
    expect(await small(bot, "/claim 5.78% of tech job postings mention AI in June 2026")).toEqual(
      [],
    );
  });

  it("/reconcile pay names who reports it, and what the press quotes", async () => {
    const text = "/reconcile AI engineer pay 2023Q4";
    const { reply } = await bot.ask(text);
    expect(reply.figures["rows"]).toMatchObject([
      { publisher: "Comprehensive.io via CNBC", basis: null },
      { publisher: "aijobs.net", basis: "published-quarters", n: 317 },
      { publisher: "aijobs.net", basis: "published-quarters", n: 393 },
    ]);
    expect(plainText(reply)).not.toContain("pay here");
    expect(await small(bot, text)).toEqual([
      `R${PAY} · rows that appeared 1 Oct 2023 – 31 Dec 2023 · published quarterly figures · source: aijobs.net (CC0)`,
      "Published: Comprehensive.io via CNBC (2023Q4) · facts, cited · as of 31 Jul 2026",
    ]);
  });
});

describe("pay of published quarters beside imported rows", () => {
  it("is said to come from two sources, each by its own line", async () => {
    const bot = await botOfEachKind();
    const text = "/claim engineer pay rose 3 % from Q3 to Q4 2023";
    const { reply } = await bot.ask(text);
    expect(plainText(reply)).toContain(
      "the two sides come from different sources: imported rows and published quarters",
    );
    expect(await small(bot, text)).toEqual([
      expect.stringMatching(/^2023Q3: reported pay, .* published quarterly figures · source: /),
      expect.stringMatching(/^2023Q4: reported pay, .* computed from the imported rows · source: /),
    ]);
  });
});

describe("a newer edition of the AI share", () => {
  it("is what a claim is laid beside, as /trend shows it, without the month that runs", async () => {
    const days = Array.from(
      { length: 31 },
      (_, at) => `2026-07-${String(at + 1).padStart(2, "0")},US,6`,
    );
    const path = join(mkdtempSync(join(tmpdir(), "pulse-claims-")), "ai.csv");
    writeFileSync(
      path,
      ["date,jobcountry,AI_share_postings", ...days, "2026-08-01,US,9"].join("\n"),
    );
    const bot = await testBot({ files: [path] });
    const claims = async (text: string) =>
      (await bot.ask(`/claim ${text}`)).reply.figures["claims"];
    expect(await claims("6% of US job postings mention AI in July 2026")).toMatchObject([
      { verdict: "supported", measured: 6 },
    ]);
    expect(await claims("9% of US job postings mention AI in August 2026")).toMatchObject([
      { verdict: "cannot check", measured: null },
    ]);
    expect(await small(bot, "/claim 6% of US job postings mention AI in July 2026")).toEqual([
      expect.stringMatching(/^Source: Indeed Hiring Lab, .*, CC BY 4\.0, as of 1 Aug 2026\.$/),
    ]);
  });
});
