import { beforeAll, describe, expect, it } from "vitest";
import { findingOf } from "../../src/claims/check.ts";
import { readClaims } from "../../src/claims/read.ts";
import type { Market } from "../../src/market/market.ts";
import { testBot } from "../bot.ts";

let market: Market;
beforeAll(async () => {
  ({ market } = await testBot());
});

/** The bundled monthly means: 5.781 % of US postings in June 2026, 2.054 % in March 2024, 5.003 % of German ones in June 2026. */
const JUDGED: readonly (readonly [text: string, verdict: string, measured: number])[] = [
  ["5.78% of US job postings mention AI in June 2026", "supported", 5.78],
  ["AI was mentioned in 5.8% of US job postings in June 2026", "supported", 5.78],
  ["5.78% of U.S. job postings mention AI in June 2026", "supported", 5.78],
  ["5.78% of all American job ads mentioned AI in June 2026", "supported", 5.78],
  ["6.5% of US job postings mention AI in June 2026", "not supported", 5.78],
  ["In June 2026, 5.78% of postings mentioned AI", "supported", 5.78],
  ["5.78% of job postings in the United States mention AI in June 2026", "supported", 5.78],
  ["5.78% of job postings on Indeed in the US mention AI in June 2026", "supported", 5.78],
  ["The share of AI job postings rose to 2.05 % in March 2024", "supported", 2.05],
  ["5.78 % of German job postings mention AI in June 2026", "not supported", 5],
];

/** Each was supported, though the figure known is of all postings of one country, or was laid to the staff of a country. */
const OPEN: readonly (readonly [text: string, why: RegExp])[] = [
  ["5.78% of tech job postings in the United States mention AI in June 2026", /‘tech’/],
  ["5.78% of US tech job postings mention AI in June 2026", /‘tech’/],
  ["5.78% of US postings in tech mention AI in June 2026", /‘tech’/],
  ["The share of tech job postings that mention AI was 5.78 % in June 2026", /‘tech’/],
  ["5.78% of job postings for engineers in the US mention AI in June 2026", /‘engineers’/],
  ["5.78% of AI job postings in the US are remote in June 2026", /‘AI’/],
  ["5.78% of US job postings are remote as AI spreads in June 2026", /does not say/],
  ["5.78% of job postings worldwide mention AI in June 2026", /by country/],
  ["5.78% of job postings in Europe mention AI in June 2026", /by country/],
  ["5.78% of European job postings mention AI in June 2026", /by country/],
  ["5.78% of job postings in the US and Germany mention AI in June 2026", /several countries/],
  ["5.78% of job postings at Google mention AI in June 2026", /not by employer/],
  ["Google cut 6 % of its US jobs as AI job postings rose in January 2023", /staff of one country/],
  ["It cut 6 % of its U.S. workforce in January 2023", /staff of one country/],
];

describe("the AI share of job postings", () => {
  const told = (text: string) =>
    readClaims(text, market, "2026-07-01").claims.map((claim) => findingOf(claim, { market }));
  it.each(JUDGED)("is judged of a country, wherever it is named: %s", (text, verdict, measured) => {
    expect(told(text)).toMatchObject([{ verdict, measured }]);
  });
  it.each(OPEN)("is left open of other postings: %s", (text, why) => {
    expect(told(text)).toMatchObject([
      { verdict: "cannot check", says: expect.stringMatching(why) },
    ]);
  });
});
