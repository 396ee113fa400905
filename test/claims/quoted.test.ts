import { beforeAll, describe, expect, it } from "vitest";
import { findingOf } from "../../src/claims/check.ts";
import { readClaims } from "../../src/claims/read.ts";
import { readable } from "../../src/claims/text.ts";
import type { Market } from "../../src/market/market.ts";
import { testBot } from "../bot.ts";

let market: Market;
beforeAll(async () => {
  ({ market } = await testBot());
});

/** The same sentence with a figure in quotation marks and without. */
const PAIRS: readonly (readonly [quoted: string, plain: string])[] = [
  ['eliminated "a few hundred" roles', "eliminated a few hundred roles"],
  ["eliminated “a few hundred” roles", "eliminated a few hundred roles"],
  ["eliminated ‘a few hundred’ roles", "eliminated a few hundred roles"],
  ['eliminated a "few hundred" roles', "eliminated a few hundred roles"],
  ['laid off "12,000" in January 2023', "laid off 12,000 in January 2023"],
  ["cut «12,000» jobs in January 2023", "cut 12,000 jobs in January 2023"],
  ['cut "more than" 10,000 jobs in January 2023', "cut more than 10,000 jobs in January 2023"],
  ['cut "up to" 11,000 jobs in January 2023', "cut up to 11,000 jobs in January 2023"],
  ['cut "about 12,000 jobs," in January 2023', "cut about 12,000 jobs, in January 2023"],
  ['cut "6 percent" of its staff in January 2023', "cut 6 percent of its staff in January 2023"],
  [
    'cut 12,000, not "10,000", jobs in January 2023',
    "cut 12,000, not 10,000, jobs in January 2023",
  ],
  ['did not cut "12,000" jobs in January 2023', "did not cut 12,000 jobs in January 2023"],
];

const DENIED = [
  'Reports that Google cut "12,000" jobs in January 2023 are false',
  'Reports of "12,000" job cuts at Google in January 2023 were wrong',
  'It was falsely reported that Google cut "12,000" jobs in January 2023',
  'The "12,000 layoffs" figure for Google in January 2023 is wrong',
  'Google denied it had cut "12,000" jobs in January 2023',
  'The report that Google cut "12,000" jobs in January 2023 was a hoax',
];

describe("a figure in quotation marks", () => {
  const told = (text: string) =>
    readClaims(text, market, "2026-05-21").claims.map((claim) => {
      const { verdict, measured, says } = findingOf(claim, { market });
      return [claim.text, claim.about, claim.amount?.bound, verdict, measured, says];
    });
  it.each(PAIRS)("is read as it is without them: %s", (quoted, plain) => {
    const found = told(`Google ${quoted}`);
    expect(found).toEqual(told(`Google ${plain}`));
    expect(found[0]?.[2]).toBeDefined();
  });
  it.each(DENIED)("is not judged where it is denied or said to be false: %s", (text) => {
    expect(told(text).map(([, , , verdict]) => verdict)).toEqual(["cannot check"]);
  });
  it("keeps the marks around other words", () => {
    for (const text of [
      'Google "eliminated" 12,000 roles',
      'Meta\'s "year of efficiency"',
      'the film "12 Angry Men"',
      "Google's workers' jobs",
      'the so-called "layoffs"',
    ])
      expect(readable(text)).toBe(text);
  });
  it("of an article is told beside its other figures", () => {
    const text =
      'Google eliminated "a few hundred" roles in January 2024. It cut "12,000" jobs in January 2023.';
    expect(told(text).map(([words, , , verdict]) => [words, verdict])).toEqual([
      ["a few hundred roles", "just over"],
      ["12,000 jobs", "supported"],
    ]);
  });
});
