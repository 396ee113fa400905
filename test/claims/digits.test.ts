import { beforeAll, describe, expect, it } from "vitest";
import { findingOf } from "../../src/claims/check.ts";
import { readClaims } from "../../src/claims/read.ts";
import { readAs } from "../../src/claims/say.ts";
import { accepted, decimalsOfRange, decimalsToTell } from "../../src/claims/verdict.ts";
import type { Market } from "../../src/market/market.ts";
import { testBot } from "../bot.ts";

let market: Market;
beforeAll(async () => {
  ({ market } = await testBot());
});

/** The mean of June 2023, US, is 1.707 %. */
const SHOWN: readonly (readonly [text: string, verdict: string, says: RegExp, read: RegExp])[] = [
  [
    "The AI share of US job postings was 1.69 % in June 2023",
    "just over",
    /^1\.71 %/,
    /, 1\.673 %–1\.707 %$/,
  ],
  [
    "The AI share of US job postings was 1.7 % in June 2023",
    "supported",
    /^1\.71 %/,
    /, 1\.65 %–1\.75 %$/,
  ],
  [
    "Over 1.71 % of US job postings mentioned AI in June 2023",
    "supported",
    /^1\.71 %/,
    /, ≥ 1\.71 %$/,
  ],
  [
    "Over 1.708 % of US job postings mentioned AI in June 2023",
    "just short",
    /^1\.707 %/,
    /, ≥ 1\.708 %$/,
  ],
  [
    "Google laid off 11,881 people in January 2023",
    "just over",
    /^at least 12,000 /,
    /, 11,762\.2–11,999\.8$/,
  ],
  [
    "Google laid off 12,121.3 people in January 2023",
    "just short",
    /^at least 12,000 /,
    /, 12,000\.1–12,242\.5$/,
  ],
];

describe("what is shown", () => {
  it.each(SHOWN)("lies where the verdict says it does: %s", (text, verdict, says, read) => {
    const [claim] = readClaims(text, market, "2026-05-21").claims;
    const finding = findingOf(claim!, { market });
    expect(finding).toMatchObject({ verdict, says: expect.stringMatching(says) });
    expect(readAs(claim!, finding)).toMatch(read);
  });

  it("has the usual decimals unless they would hide on which side it lies", () => {
    expect(decimalsToTell(24.6, accepted("at least", 20), 0)).toBe(0);
    expect(decimalsToTell(19.7, accepted("at least", 20), 0)).toBe(1);
    expect(decimalsToTell(19.997, accepted("at least", 20), 0)).toBe(3);
    expect(decimalsToTell(20.3, accepted("at most", 20), 0)).toBe(1);
    expect(decimalsOfRange(266, false, accepted("bare", 263), 0)).toBe(1);
    expect(decimalsOfRange(265, true, accepted("bare", 263), 0)).toBe(0);
    expect(decimalsOfRange(1.71, false, accepted("bare", 1.69), 2)).toBe(3);
  });

  it("is so of a change that missed what was claimed by less than a percent", () => {
    for (const text of [
      "The AI share of US job postings rose by more than 181.6 % between March 2024 and June 2026",
      "The AI share of US job postings rose by more than 181.4 % between March 2024 and June 2026",
    ]) {
      const [claim] = readClaims(text, market, "2026-07-01").claims;
      const { says, verdict } = findingOf(claim!, { market });
      // 5.781 against 2.054 is 181.45 % more.
      const shown = Number(/\+([\d.]+) %/.exec(says)?.[1]);
      expect([text, shown >= claim!.amount!.value]).toEqual([text, verdict === "supported"]);
    }
  });
});
