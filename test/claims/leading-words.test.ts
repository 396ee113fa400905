import { beforeAll, describe, expect, it } from "vitest";
import { findingOf } from "../../src/claims/check.ts";
import { readClaims } from "../../src/claims/read.ts";
import type { Market } from "../../src/market/market.ts";
import { testBot } from "../bot.ts";

let market: Market;
beforeAll(async () => {
  ({ market } = await testBot());
});
const told = (text: string) =>
  readClaims(text, market, "2026-05-21").claims.map((claim) => {
    const whose = claim.subject.companies.map(({ name }) => name).join(" + ");
    return [claim.amount?.value, whose, findingOf(claim, { market }).verdict];
  });
const verdicts = (text: string) => new Set(told(text).map(([, , verdict]) => verdict));

describe("figures before the names they are of", () => {
  it.each([
    "12,000 and 10,000 jobs at Google and Microsoft respectively were cut in January 2023",
    "Layoffs hit 12,000 and 10,000 people at Google and Microsoft, respectively, in January 2023",
  ])("are paired in order: %s", (text) => {
    expect(told(text)).toEqual([
      [12_000, "Google", "supported"],
      [10_000, "Microsoft", "supported"],
    ]);
    const swapped = text.replace("12,000 and 10,000", "10,000 and 12,000");
    expect(verdicts(swapped)).toEqual(new Set(["not supported"]));
  });
  it.each([
    "12,000 and 10,000 jobs at Google and Microsoft were cut in January 2023",
    "12,000 and 10,000 jobs at Google and Microsoft respectively were added in January 2023",
    "12,000 and 10,000 employees at Google and Microsoft respectively in January 2023",
    "12,000, 10,000 and 8,000 jobs at Google and Microsoft respectively were cut in January 2023",
    "10,000 and 12,000 jobs at Google and Foobar respectively were cut in January 2023",
  ])("are left open where it is in doubt: %s", (text) => {
    expect(verdicts(text)).toEqual(new Set(["cannot check"]));
  });
});

describe("a question", () => {
  it.each([
    "Did Google (12,000) and Meta (11,000) cut jobs?",
    "Did Google cut 12,000 jobs in January 2023?",
    "Did Google cut jobs in January 2023?",
    "Why did Google cut 12,000 jobs in January 2023?",
    "Did Google cut 12,000 jobs in January 2023, or did Meta not cut any?",
  ])("states nothing: %s", (text) => {
    expect(verdicts(text)).toEqual(new Set(["cannot check"]));
  });
  it.each([
    "Google cut 12,000 jobs in January 2023. Was it too many?",
    "Did you know that Google cut 12,000 jobs in January 2023?",
  ])("leaves judged what is stated beside or in it: %s", (text) => {
    expect(told(text)).toEqual([[12_000, "Google", "supported"]]);
  });
});

describe("a list of what came after layoffs", () => {
  it.each([
    "Stores closed in 2023 after layoffs: Google 12,000",
    "Stores closed in 2023 after layoffs: Google (12,000) and Meta (11,000)",
    "Stores closed amid tech layoffs in 2023: Google (12,000) and Meta (11,000)",
    "Stores closed after layoffs\n- Google: 12,000\n- Microsoft: 10,000",
  ])("is not read as of layoffs: %s", (text) => {
    expect(verdicts(text)).toEqual(new Set(["cannot check"]));
  });
  it.each([
    "Layoffs in January 2023: Google 12,000",
    "Bad news after layoffs: Google cut 12,000 in January 2023",
    "Google shares rose after layoffs.\nGoogle laid off 12,000 people in January 2023.",
    "Stocks fell after layoffs at Google (12,000) in January 2023",
  ])("but this is: %s", (text) => {
    expect(told(text)).toContainEqual([12_000, "Google", "supported"]);
  });
});
