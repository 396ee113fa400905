import { expect, it } from "vitest";
import { plainText } from "../../src/reply/plain.ts";
import { testBot } from "../bot.ts";

it.each([
  // 31 January 2024 is a Wednesday, and 1 January was a Monday.
  ["/trend layoffs by:week period:2024-01", "2024-W05 is cut"],
  ["/trend layoffs by:week period:2024-02", "2024-W05 and 2024-W09 are cut"],
  ["/trend layoffs by:month from:2024-01-10 to:2024-03-31", "2024-01 is cut"],
  ["/trend layoffs by:quarter from:2024-01-01 to:2024-05-31", "2024Q2 is cut"],
  ["/trend layoffs by:week compare:yoy period:2024-01", "The last bar is of 3 days alone"],
  ["/layoffs period:2024-01 chart:yes", "2024-W05 (cut)"],
])("a bar that the asked time cuts is called cut, not incomplete: %s", async (question, says) => {
  const bot = await testBot();
  const said = plainText((await bot.ask(question)).reply);
  expect(said).toContain(says);
  expect(said).not.toMatch(/incomplete|\d so far/);
});

it.each([
  ["/trend layoffs by:month period:2024", /cut:|\(cut\)|incomplete|\d so far/, ""],
  ["/trend layoffs by:day period:2024-01", /cut:|\(cut\)|incomplete|\d so far/, ""],
  ["/trend layoffs by:month period:2026", /cut:|\(cut\)/, "2026-05, is incomplete"],
  ["/trend layoffs by:week period:2024-01 asof:2024-01-31", /cut:|\(cut\)/, "is incomplete"],
])(
  "whole bars are not, and one that still fills is incomplete: %s",
  async (question, not, says) => {
    const bot = await testBot();
    const said = plainText((await bot.ask(question)).reply);
    expect(said).not.toMatch(not);
    expect(said).toContain(says);
  },
);
