import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { findingOf } from "../../src/claims/check.ts";
import { CLAIMS_MOST, readClaims } from "../../src/claims/read.ts";
import type { Market } from "../../src/market/market.ts";
import { testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";

const NOW = "2026-05-21";
let bot: TestBot;
let market: Market;
beforeAll(async () => {
  bot = await testBot();
  ({ market } = bot);
});

/** Texts made of what the grammar looks for, in any order, with foreign words between. */
const pieces = fc.constantFrom(
  ..."over|more than|nearly|about|fewer than|between|and|from|to|in|at|by|of|the|not|1,200|260,000|8 %|-66 %|$190,000|12k|1.2 million|hundreds|tens of thousands|half|doubled|tech|companies|people|employees|layoffs|events|jobs|staff|its workforce|laid off|cut|lost their jobs|rose|fell|stalled|continue|earn|median|average|AI engineers|senior|job postings|AI|2023|2024|Q4 2023|January|17 March 2024|so far this year|last year|since|Google|Meta and Amazon|Acme Widgets|Sony|US|India|Bay Area|crypto companies|Challenger|it|It|the company|.|,|;|\n|because|Wall Street|hired|(12,000)|(6%)|(12,000; 6%)|(|)|[2]|: 12,000|- Google:|Microsoft 10,000|(GOOGL)|and Microsoft|respectively|together|including|but|did not cut|has never cut|, which|, not|while Apple did not|<@U1>|*|`|_|@everyone".split(
    "|",
  ),
);
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map((words) => words.join(" ")),
  fc.string({ unit: "grapheme", maxLength: 400 }),
  fc.string({ unit: "binary", maxLength: 400 }),
);
const days = fc.constantFrom(undefined, "2023-01-20", "2024-03-17", "2026-05-21", "2031-01-01");

describe("any text", () => {
  it("is read and measured without a failure, at most twelve claims of it", () => {
    fc.assert(
      fc.property(texts, days, (text, asof) => {
        const read = readClaims(text, market, asof ?? NOW);
        expect(read.claims.length).toBeLessThanOrEqual(CLAIMS_MOST);
        for (const claim of read.claims) {
          const finding = findingOf(claim, { market, ...(asof !== undefined && { asof }) });
          expect(finding.says).not.toMatch(/NaN|undefined|Infinity|\[object/);
          expect(finding.measured === null || Number.isFinite(finding.measured)).toBe(true);
          if (finding.verdict !== "cannot check") expect(finding.measured).not.toBeNull();
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it("gives the same verdicts each time, whatever stood before it in another text", () => {
    fc.assert(
      fc.property(texts, texts, (first, second) => {
        const alone = readClaims(second, market, NOW);
        readClaims(first, market, NOW);
        expect(readClaims(second, market, NOW)).toEqual(alone);
      }),
      { numRuns: 200 },
    );
  });

  const CLAIMS = z.array(
    z.looseObject({ says: z.string(), beside: z.array(z.string()), run: z.string().nullable() }),
  );

  it("is answered by the bot without breaking, every button a question it takes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 40 }), async (words) => {
        const { reply } = await bot.ask(`/claim ${words.join(" ")}`);
        expect(bot.broken).toEqual([]);
        if (reply.reason !== undefined) return;
        for (const { run } of CLAIMS.parse(reply.figures["claims"])) {
          if (run === null) continue;
          const answer = (await bot.ask(run)).reply;
          expect([run, answer.reason, answer.title]).toEqual([run, undefined, answer.title]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ["figures", "over 1,200 companies cut 50,000 jobs in 2023 ".repeat(2_500)],
    ["sentences", "Google cut 12,000 jobs. ".repeat(4_500)],
    ["names", "Aa Bb Cc Dd cut jobs at Ee Ff, ".repeat(3_500)],
    ["blanks", " ".repeat(100_000)],
    ["brackets", "<".repeat(50_000) + ":".repeat(50_000)],
    ["digits", "1".repeat(100_000)],
    ["grouped digits", "1,111".repeat(20_000)],
    ["one word", "a".repeat(100_000)],
    ["bounds", "more than ".repeat(10_000)],
    ["times", "from January to ".repeat(6_500)],
    ["letters by stops", "a.b.".repeat(25_000)],
  ])("of 100 kB of %s is read and measured in under 200 ms", (_, text) => {
    readClaims(text, market, NOW);
    const begun = performance.now();
    const { claims } = readClaims(text, market, NOW);
    for (const claim of claims) findingOf(claim, { market });
    expect(performance.now() - begun).toBeLessThan(200);
  });
});
