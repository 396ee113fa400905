import { describe, expect, it } from "vitest";
import { builtRule, EMPTY_FIELDS, FieldFault, fieldsOf } from "../../src/alerts/build-rule.ts";
import type { RuleFields } from "../../src/alerts/build-rule.ts";
import { parseRule } from "../../src/alerts/parse-rule.ts";
import { ruleText } from "../../src/alerts/rule-text.ts";

const LINES: readonly (readonly [Partial<RuleFields>, string])[] = [
  [{}, "when people(7d) > 10000 notify here"],
  [{ threshold: "10k", tell: "me" }, "when people(7d) > 10000 notify me"],
  [
    { watch: "events(30d)", test: "below", threshold: "1,500" },
    "when events(30d) < 1500 notify here",
  ],
  [{ test: "up", threshold: "50%" }, "when people(7d) change yoy > 50% notify here"],
  [{ test: "down", threshold: "20" }, "when people(7d) change yoy < -20% notify here"],
  [
    { where: "sector = finance and country = US" },
    "when people(7d) where sector = finance and country = US > 10000 notify here",
  ],
  [
    { more: 'for 3d clear < 5k cooldown 1w note "call, then \\"wait\\""' },
    'when people(7d) > 10000 for 3d clear < 5000 cooldown 7d notify here note "call, then \\"wait\\""',
  ],
  [{ watch: "layoff", threshold: "" }, "on layoff notify here"],
  [
    { watch: "layoff", threshold: "500", where: "where company in @bigtech", more: "group 10m" },
    "on layoff where people > 500 and company in @bigtech group 10m notify here",
  ],
  [
    { watch: "warn_notice", threshold: "100", where: "state = CA" },
    "on warn_notice where people > 100 and state = CA notify here",
  ],
  [
    { watch: "posting", threshold: "", where: "role = ai", tell: "me" },
    "on posting where role = ai notify me",
  ],
  [{ watch: "source_down", threshold: "" }, "on source_down notify here"],
  [
    { watch: "revision", threshold: "", where: "stage = ipo or not people < 5" },
    "on revision where stage = ipo or not people < 5 notify here",
  ],
];

describe("the fields of a form", () => {
  it.each(LINES)("%j make the line %s", (fields, line) => {
    expect(builtRule({ ...EMPTY_FIELDS, ...fields })).toBe(line);
  });
  it.each(LINES)("%j are found again in the rule they make", (_, line) => {
    const found = fieldsOf(parseRule(line));
    expect(found).toBeDefined();
    expect(builtRule(found!)).toBe(ruleText(parseRule(line)));
  });
  it.each([
    ["when people(7d) anomaly z > 3 notify here"],
    ["when people(7d) >= 10000 notify here"],
    ["when people(7d) change prev > 5% notify here"],
    ["when people(14d) > 5 notify here"],
    ["when people(7d) > 5 notify here, me"],
    ["when people(7d) > 5 notify #news"],
    ["when no data(warn:CA) for 3d"],
  ])("cannot say %s", (line) => {
    expect(fieldsOf(parseRule(line))).toBeUndefined();
  });
});

describe("a value that does not fit", () => {
  it.each<readonly [Partial<RuleFields>, string, RegExp]>([
    [{ threshold: "many" }, "threshold", /‘many’ is no number\. .*10000, 10,000 or 10k/],
    [{ threshold: "" }, "threshold", /missing\. Write a number/],
    [{ threshold: "-5" }, "threshold", /below zero/],
    [{ threshold: "50%" }, "threshold", /no number/],
    [{ threshold: "5 or 6" }, "threshold", /no number/],
    [{ test: "up", threshold: "much" }, "threshold", /Write a percentage: 50/],
    [{ threshold: "9999999999999" }, "threshold", /./],
    [{ watch: "layoff", test: "up" }, "test", /Choose above or below/],
    [{ where: "planet = mars" }, "where", /planet/],
    [{ where: "sector = finance notify #news" }, "where", /no condition\. Options go into/],
    [{ where: "sector = finance) > 1" }, "where", /./],
    [{ more: "where sector = finance" }, "more", /Conditions go into/],
    [{ more: "notify #news" }, "more", /Whom to tell is chosen above/],
    [{ more: "sing" }, "more", /./],
    [{ watch: "people(1d) > 1 notify" }, "watch", /not on offer/],
    [{ test: "" }, "test", /must be picked/],
    [{ tell: "#news" }, "tell", /It takes here, me/],
  ])("%j is refused at its field %s", (fields, field, said) => {
    const build = () => builtRule({ ...EMPTY_FIELDS, ...fields });
    expect(build).toThrow(FieldFault);
    try {
      build();
    } catch (fault) {
      if (!(fault instanceof FieldFault)) throw fault;
      expect(fault.field).toBe(field);
      expect(`${fault.message} ${fault.right}`).toMatch(said);
      expect(fault.message).not.toContain("\n");
    }
  });
});
