import { describe, expect, it } from "vitest";
import { checkRule } from "../../src/alerts/check-rule.ts";
import { firesPerDay } from "../../src/alerts/fires-per-day.ts";
import { parseRule } from "../../src/alerts/parse-rule.ts";
import { tooLoudReply } from "../../src/alerts/say-rule.ts";
import { buildMarket } from "../../src/market/build.ts";
import { addDays } from "../../src/market/calendar.ts";
import { factsOf, layoff } from "../market/layoff-facts.ts";
import { faultOf } from "./fault-of.ts";
import { book, lines, market } from "./small-market.ts";

describe("a rule that would speak too often is asked about (B23)", () => {
  const busy = buildMarket(
    factsOf(
      Array.from({ length: 810 }, (_, at) =>
        layoff(`C${at}`, addDays("2024-01-01", Math.floor(at / 9)), {
          headcount: 1 + (at % 9) * 100,
        }),
      ),
      { asOfOn: "2024-03-30" },
    ),
    book,
  );

  it.each([
    ["on layoff where people >= 1", true, "That would fire about 9 times a day (last 90 days)."],
    ["on layoff where people >= 0", true, "That would fire about 9 times a day (last 90 days)."],
    ["on layoff where people >= 801", false, "That would fire about once a day (last 90 days)."],
    ["when people(7d) > 0", true, "That held on 90 of the last 90 days: it would always be on."],
    ["when people(7d) >= 1", true, "That held on 90 of the last 90 days: it would always be on."],
    ["when people(7d) > 100k", false, "In the last 90 days that would have fired not once."],
  ])("%s", (text, tooLoud, sentence) => {
    expect(firesPerDay(parseRule(text), busy)).toMatchObject({ tooLoud, sentence });
  });

  it("with the same rule and `confirm` to keep it", () => {
    const text = "on layoff where people >= 1";
    const told = tooLoudReply(text, firesPerDay(parseRule(text), busy));
    expect(told.reason).toBe("too_many");
    expect(lines(told)).toContain("Raise the threshold, or add confirm:yes to keep it as it is.");
    expect(told.actions[0]).toEqual({
      label: "Keep it",
      run: "/alert new on layoff where people >= 1 confirm:yes",
    });
  });
});

describe("a rule the facts can never answer is refused", () => {
  it.each([
    [
      "when overlap(30d) > 5",
      "unsupported",
      "overlap needs companies' job boards, and none is read",
    ],
    ["on posting", "unsupported", "No job board is read here yet"],
    ["on warn_notice", "unsupported", "No WARN notices are read here yet"],
    ["on source_down", "unsupported", "No source is asked by itself here"],
    [
      "on layoff where role = ai-engineer",
      "unsupported",
      "No layoff source says which roles were cut.",
    ],
    ["on layoff where reason = AI", "unsupported", "No imported source gives a reason."],
    ["on layoff where sector = Retial", "not_found", "No sector ‘Retial’ in the facts."],
    ["on layoff where country = Atlantis", "not_found", "No country ‘Atlantis’ in the facts."],
    ["on layoff where source = nowhere", "not_found", "No source ‘nowhere’ in the facts."],
    ["when no data(warn:CA) for 3d", "not_found", "No source ‘warn:CA’ in the facts."],
    ["when salary(p50, role=astronaut) > 5", "not_found", "No role ‘astronaut’ in the facts."],
    ["when salary(p50, level=boss) > 5", "not_found", "No level ‘boss’ in the facts."],
    [
      "when salary(p50, quarter=2023Q4) change prev > 5%",
      "bad_argument",
      "A named quarter (2023Q4) does not change",
    ],
    [
      "when salary(p50) where country = India > 5",
      "bad_argument",
      "salary is narrowed in its brackets",
    ],
    ["when ai_postings(country=DE) > 2%", "not_found", "No country ‘DE’ in the facts."],
    ["on layoff cooldown 3d", "bad_argument", "cooldown and repeat belong to when-rules"],
    ["when people(7d) > 5 group 10m max 5", "bad_argument", "group belongs to on-rules"],
    ["when people(7d) > 5 max_age 30d", "bad_argument", "max_age belongs to on-rules"],
    [
      "on layoff escalate after 2h to @me digest-only",
      "bad_argument",
      "sends nothing that could be answered, so it cannot escalate",
    ],
  ])("%s", (text, reason, wrong) => {
    const found = faultOf(() => checkRule(parseRule(text), market));
    expect(found.message).toContain(wrong);
    expect(found.reason).toBe(reason);
    // Whatever is offered instead can be read.
    for (const way of found.tries)
      expect(() => parseRule(way.replace("/alert new ", ""))).not.toThrow();
  });

  it("with an option that has no effect there is offered without it", () => {
    const offered = (text: string) => faultOf(() => checkRule(parseRule(text), market)).tries;
    expect(offered("when people(7d) > 5 group 10m notify here")).toEqual([
      "/alert new when people(7d) > 5 cooldown 10m notify here",
    ]);
    expect(offered("when people(7d) > 5 group 10m cooldown 3d")).toEqual([
      "/alert new when people(7d) > 5 cooldown 3d",
    ]);
    expect(offered("when people(7d) > 5 max_age 30d")).toEqual(["/alert new when people(7d) > 5"]);
  });

  it.each([
    "when people(7d) where sector = retail and country in (india, Germany) > 5",
    "on layoff where company = Northwind",
    'on layoff where company = "Nobody Yet"',
    "when no data(test) for 3d",
    "on layoff where country = unknown",
  ])("%s is taken", (text) => {
    expect(() => checkRule(parseRule(text), market)).not.toThrow();
  });
});
