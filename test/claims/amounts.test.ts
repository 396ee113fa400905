import { describe, expect, it } from "vitest";
import { amountsIn } from "../../src/claims/amounts.ts";
import { readable, sentencesOf } from "../../src/claims/text.ts";
import { accepted, verdictOn } from "../../src/claims/verdict.ts";

const read = (text: string) =>
  amountsIn(readable(text)).map(({ start, end, kind, value, bound }) => [
    readable(text).slice(start, end),
    kind,
    value,
    bound,
  ]);

describe("figures in a sentence", () => {
  it.each([
    ["1,200 firms", "1,200", "number", 1_200, "bare"],
    ["1 200 firms", "1 200", "number", 1_200, "bare"],
    ["1\u202f200 firms", "1,200", "number", 1_200, "bare"],
    ["1'200 firms", "1'200", "number", 1_200, "bare"],
    ["263.180 employees", "263.180", "number", 263_180, "bare"],
    ["50k jobs", "50k", "number", 50_000, "bare"],
    ["1.2 million workers", "1.2 million", "number", 1_200_000, "bare"],
    ["two hundred workers", "two hundred", "number", 200, "bare"],
    ["twenty-five firms", "twenty-five", "number", 25, "bare"],
    ["half a million jobs", "half a million", "number", 500_000, "bare"],
    ["a dozen firms", "a dozen", "number", 12, "bare"],
    ["over 1,200 firms", "over 1,200", "number", 1_200, "at least"],
    ["no fewer than 1,200 firms", "no fewer than 1,200", "number", 1_200, "at least"],
    ["1,200+ firms", "1,200+", "number", 1_200, "at least"],
    ["1,200 or more firms", "1,200 or more", "number", 1_200, "at least"],
    ["≥ 1,200 firms", "≥ 1,200", "number", 1_200, "at least"],
    ["no more than 1,200 firms", "no more than 1,200", "number", 1_200, "at most"],
    ["fewer than 1,200 firms", "fewer than 1,200", "number", 1_200, "at most"],
    ["nearly 1,200 firms", "nearly 1,200", "number", 1_200, "nearly"],
    ["just under 1,200 firms", "just under 1,200", "number", 1_200, "nearly"],
    ["just over 1,200 firms", "just over 1,200", "number", 1_200, "just over"],
    ["about 1,200 firms", "about 1,200", "number", 1_200, "about"],
    ["~1,200 firms", "~1,200", "number", 1_200, "about"],
    ["1,200 or so firms", "1,200 or so", "number", 1_200, "about"],
    ["exactly 1,200 firms", "exactly 1,200", "number", 1_200, "exactly"],
    ["hundreds of firms", "hundreds", "number", 100, "decade"],
    ["tens of thousands of jobs", "tens of thousands", "number", 10_000, "decade"],
    ["several hundred jobs", "several hundred", "number", 100, "decade"],
    ["500–600 jobs", "500–600", "number", 500, "between"],
    ["between 500 and 600 jobs", "between 500 and 600", "number", 500, "between"],
    ["10 to 12 thousand jobs", "10 to 12 thousand", "number", 10_000, "between"],
    ["8 % of staff", "8 %", "percent", 8, "bare"],
    ["12.5 percent", "12.5 percent", "percent", 12.5, "bare"],
    ["half of its staff", "half", "percent", 50, "bare"],
    ["half of Twitter's staff", "half", "percent", 50, "bare"],
    ["two thirds of Meta employees", "two thirds", "percent", 200 / 3, "bare"],
    ["fell by half", "half", "percent", 50, "bare"],
    ["earned 100.000 $ a year", "100.000 $", "money", 100_000, "bare"],
    ["doubled", "doubled", "percent", 100, "bare"],
    ["more than $190,000", "more than $190,000", "money", 190_000, "at least"],
    ["190k dollars", "190k dollars", "money", 190_000, "bare"],
  ] as const)("%s", (text, quote, kind, value, bound) => {
    expect(read(text)).toEqual([[quote, kind, value, bound]]);
  });

  it.each([
    "Fortune 500 firms",
    "GPT-4",
    "401(k)",
    "at 10:30",
    "24/7",
    "one of the firms",
    "12 years",
    "a 5-year low",
    "10 times",
    "Windows 11",
    "Form 8-K",
  ])("no figure: %s", (text) => {
    expect(read(text)).toEqual([]);
  });

  it("a decade and a range accept what lies in them", () => {
    const [many] = amountsIn("hundreds of firms");
    expect(many?.accepts).toEqual({ low: 100, high: 999 });
    const [range] = amountsIn("500-600 jobs");
    expect(range?.accepts).toEqual({ low: 500, high: 600 });
  });
});

describe("what a bound accepts", () => {
  it.each([
    ["at least", 1_200, "supported"],
    ["at least", 1_199, "just short"],
    ["at least", 1_140, "just short"],
    ["at least", 1_139, "not supported"],
    ["at most", 1_200, "supported"],
    ["at most", 1_260, "just over"],
    ["at most", 1_261, "not supported"],
    ["nearly", 1_140, "supported"],
    ["nearly", 1_139, "just short"],
    ["nearly", 1_201, "just over"],
    ["just over", 1_260, "supported"],
    ["just over", 1_199, "just short"],
    ["about", 1_080, "supported"],
    ["about", 1_320, "supported"],
    ["about", 1_321, "just over"],
    ["about", 1_019, "not supported"],
    ["bare", 1_188, "supported"],
    ["bare", 1_212, "supported"],
    ["bare", 1_187, "just short"],
    ["bare", 1_213, "just over"],
    ["exactly", 1_200, "supported"],
    ["exactly", 1_201, "just over"],
  ] as const)("%s 1,200 with %d measured is %s", (bound, measured, verdict) => {
    expect(verdictOn(measured, 1_200, accepted(bound, 1_200))).toBe(verdict);
  });
  it("a percent written whole is right to half a percent", () => {
    expect(verdictOn(7.6, 8, accepted("bare", 8, 0.5))).toBe("supported");
    expect(verdictOn(7.4, 8, accepted("bare", 8, 0.5))).toBe("just short");
  });
});

describe("sentences", () => {
  it("end at stops, not at abbreviations and figures", () => {
    expect(
      sentencesOf(
        readable(
          "The U.S. lost 1.2 million jobs on Jan. 17. Google Inc. cut 12,000; Meta did too.\nAnd on.",
        ),
      ),
    ).toEqual([
      "The U.S. lost 1.2 million jobs on Jan. 17.",
      "Google Inc. cut 12,000;",
      "Meta did too.",
      "And on.",
    ]);
  });
  it("are read without addresses, mentions, emoji codes and what cannot be seen", () => {
    expect(readable("<@U123> see https://x.example/2023/1200 :tada: 12\u200b00\u202e jobs")).toBe(
      "  see     1200 jobs",
    );
  });
});
