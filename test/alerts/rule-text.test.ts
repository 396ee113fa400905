import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/fault.ts";
import { parseRule, suggestNext } from "../../src/alerts/parse-rule.ts";
import { ruleText } from "../../src/alerts/rule-text.ts";
import { NO_OPTIONS } from "../../src/alerts/rule.ts";
import { someRule } from "./some-rules.ts";

/** Lines people are shown; each is kept exactly as it stands. */
const EXAMPLES = [
  "when people(7d) where country = US > 10000 clear < 5000 cooldown 3d notify #market",
  "on layoff where company in @bigtech and (people >= 500 or percent >= 10) group 10m max 5 notify #market, @me quiet 22:00-07:00 Europe/Berlin hold",
  "when people(7d) where sector = fintech change yoy > 50% for 14d notify me",
  "when salary(p50, role=ai-engineer, level=senior, country=US, quarter) change prev > 10% notify #comp",
  "when no data(warn:CA) for 3d notify #ops severity low",
  "when share_over(500, 30d) > 10",
  "when people(7d) anomaly z > 3",
  "when people(7d) record high since 2023-01-01",
  "when people(7d) crosses up 10000",
  "on revision where people >= 100 max_age 30d unknown exclude",
  'on layoff where company = "Yahoo!" note "ask \\"legal\\" first"',
];

function faultOf(text: string): Fault {
  try {
    parseRule(text);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`taken: ${text}`);
}

describe("a rule is one line of text", () => {
  it.each(EXAMPLES)("%s reads back as itself", (text) => {
    expect(ruleText(parseRule(text))).toBe(text);
  });

  it("any rule written out and read again is the same rule", () => {
    fc.assert(
      fc.property(someRule, (rule) => {
        const text = ruleText(rule);
        fc.pre(text.length <= 1_000);
        expect(parseRule(text)).toEqual(rule);
      }),
      { numRuns: 1_500 },
    );
  });

  it("every example of the page on rules is one", () => {
    const page = readFileSync(new URL("../../docs/alerts.md", import.meta.url), "utf8");
    const [, block] = /```alert\n([^]*?)```/.exec(page) ?? [];
    const examples = (block ?? "").trim().split("\n");
    expect(examples.length).toBeGreaterThan(4);
    for (const text of examples)
      expect(parseRule(ruleText(parseRule(text)))).toEqual(parseRule(text));
  });

  it("the second example as data", () => {
    expect(parseRule(EXAMPLES[1]!)).toEqual({
      kind: "event",
      event: "layoff",
      filter: {
        kind: "and",
        parts: [
          { kind: "in-watch", field: "company", watch: "bigtech" },
          {
            kind: "or",
            parts: [
              { kind: "compare", field: "people", comparison: { operator: ">=", value: 500 } },
              { kind: "compare", field: "percent", comparison: { operator: ">=", value: 10 } },
            ],
          },
        ],
      },
      options: {
        ...NO_OPTIONS,
        group: { minutes: 10, most: 5 },
        notify: ["#market", "@me"],
        quiet: { from: "22:00", to: "07:00", zone: "Europe/Berlin", mode: "hold" },
      },
    });
  });

  it.each([
    ["WHEN People(7D) > 10K Notify #Market", "when people(7d) > 10000 notify #Market"],
    ["people(1w) >= 10,000", "when people(7d) >= 10000"],
    ["layoff where size >= 1,000", "on layoff where people >= 1000"],
    ["when people(7d) > 10000 where country = US", "when people(7d) where country = US > 10000"],
    [
      "when people(7d, country=US, sector=Retail) > 500",
      "when people(7d) where country = US and sector = Retail > 500",
    ],
    ["when people(7d) change 28d ≥ 50", "when people(7d) change 28d >= 50%"],
    ["when people(7d) change prev < −20%", "when people(7d) change prev < -20%"],
    [
      "on layoff where @bigtech and not sector in (Retail, “Real Estate”)",
      'on layoff where company in @bigtech and not sector in (Retail, "Real Estate")',
    ],
    [
      "on layoff where country != US or country not in (India)",
      "on layoff where not country = US or not country = India",
    ],
    ["on layoff where a = b", null],
    ["when people(7d) > 1 cooldown 48h repeat 90m", "when people(7d) > 1 cooldown 2d repeat 90m"],
    ["when companies(7d) no data for 3d for 2w", "when companies(7d) no data for 3d for 14d"],
    [
      'when salary(median, role="data engineer") > 150k',
      'when salary(p50, role="data engineer") > 150000',
    ],
  ])("%s is %s", (typed, kept) => {
    if (kept === null) expect(() => parseRule(typed)).toThrow(Fault);
    else expect(ruleText(parseRule(typed))).toBe(kept);
  });
});

describe("a rule that cannot be taken is answered with the place, the reason and a line that works", () => {
  it.each([
    [
      "> 500",
      "What should be compared is missing before this.",
      "> 500\n^",
      "when people(7d) > 500",
    ],
    [
      "when > 500",
      "What should be compared is missing before this.",
      "when > 500\n     ^",
      "when people(7d) > 500",
    ],
    [
      "when people(7d) > 50%",
      "‘%’ does not fit here: this counts people, not shares.",
      "when people(7d) > 50%\n                    ^",
      "when people(7d) > 10000 notify #market",
    ],
    [
      "when people(7d) >= -1",
      "There are never fewer than 0 people.",
      "when people(7d) >= -1\n                   ^^",
      "when people(7d) > 10000 notify #market",
    ],
    [
      "when people(7d) > 1e308",
      "‘1e308’ is no number I can compare with.",
      "when people(7d) > 1e308\n                  ^^^^^",
      "when people(7d) > 10000 notify #market",
    ],
    [
      "when people(7d) > 500 people people",
      "‘people’ has no place here.",
      "when people(7d) > 500 people people\n                      ^^^^^^",
      "when people(7d) > 10000 notify #market",
    ],
    [
      "when poeple(7d) > 500",
      "‘poeple’ is not a figure I know.",
      "when poeple(7d) > 500\n     ^^^^^^",
      "when people(7d) > 500",
    ],
    [
      "on layofs where people > 5",
      "‘layofs’ is not an event I know.",
      "on layofs where people > 5\n   ^^^^^^",
      "on layoff where people > 5",
    ],
    [
      "when people > 500",
      "people needs the days it is counted over.",
      "when people > 500\n            ^",
      "when people(7d) > 10000 notify #market",
    ],
    [
      "when people(30m) > 500",
      "This counts whole days, and ‘30m’ is 30 minutes.",
      "when people(30m) > 500\n            ^^^",
      "when people(7d) > 10000 notify #market",
    ],
    [
      "when people(7d) > 500 clear < 900",
      "clear < 900 would end it while > 500 still holds.",
      "when people(7d) > 500 clear < 900\n                      ^^^^^",
      "when people(7d) > 10000 notify #market",
    ],
    [
      "when people(7d) > 500 notify market",
      "‘market’ is no place I can tell.",
      "when people(7d) > 500 notify market\n                             ^^^^^^",
      "when people(7d) > 500 notify #market",
    ],
    [
      "on layoff where country = United States",
      "A name of several words stands in quotes.",
      "on layoff where country = United States\n                          ^^^^^^^^^^^^^",
      'on layoff where country = "United States"',
    ],
    [
      "on layoff where people >= 500 unknown:include",
      "In a rule there is a blank where other commands have a colon.",
      "on layoff where people >= 500 unknown:include\n                              ^^^^^^^^^^^^^^^",
      "on layoff where people >= 500 unknown include",
    ],
    [
      "on layoff where company > 5",
      "company is a name: it takes =, != or in.",
      "on layoff where company > 5\n                        ^",
      "when people(7d) > 10000 notify #market",
    ],
    [
      "on layoff quiet 22:00-07:00 Berlin",
      "‘Berlin’ is no time zone I know.",
      "on layoff quiet 22:00-07:00 Berlin\n                            ^^^^^^",
      "when people(7d) > 10000 notify #market",
    ],
    [
      'on layoff where company = "Goo',
      "This quotation mark is never closed.",
      'on layoff where company = "Goo\n                          ^^^^',
      "when people(7d) > 10000 notify #market",
    ],
    [
      "when people(7d) > 500 cooldown 1d where country = US",
      "‘where’ stands too late.",
      "when people(7d) > 500 cooldown 1d where country = US\n                                  ^^^^^",
      "when people(7d) > 10000 notify #market",
    ],
    ["", "The rule is empty.", "\n^", "when people(7d) > 10000 notify #market"],
  ])("%s", (typed, wrong, place, works) => {
    const fault = faultOf(typed);
    expect(fault.message).toBe(`${wrong}\n${place}`);
    expect(fault.reason).toBe("bad_argument");
    expect(fault.right).not.toBe("");
    expect(fault.tries).toEqual([`/alert new ${works}`]);
    expect(() => parseRule(works)).not.toThrow();
  });

  it("no text at all breaks the reader: it is a rule or a Fault", () => {
    const pieces = fc.constantFrom(
      "when",
      "on",
      "layoff",
      "people",
      "(",
      ")",
      "7d",
      ">",
      "10k",
      "where",
      "and",
      "or",
      "not",
      "in",
      "company",
      "=",
      "@x",
      "#y",
      ",",
      "for",
      "clear",
      "notify",
      "quiet",
      "22:00-07:00",
      "UTC",
      '"',
      "change",
      "prev",
      "%",
      "-5",
      "no",
      "data",
      "record",
      "high",
      "since",
      "\u202e",
      "\ud800",
      "salary",
      "p50",
      "escalate",
      "note",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 14 }).map((words) => words.join(" ")),
          fc.string({ unit: "binary" }),
        ),
        (text) => {
          try {
            expect(parseRule(ruleText(parseRule(text)))).toEqual(parseRule(text));
          } catch (error) {
            expect(error).toBeInstanceOf(Fault);
            expect(String(error)).not.toMatch(/\p{Cf}/u);
          }
          expect(suggestNext(text).from).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("a rule of 100,000 characters is refused before it is read", () => {
    expect(faultOf("(".repeat(100_000)).reason).toBe("too_long");
  });
});

describe("what may follow is known while a rule is typed", () => {
  it.each([
    ["", ["when", "on"]],
    ["wh", ["when"]],
    [
      "when ",
      [
        "people",
        "events",
        "companies",
        "median_cut",
        "share_over",
        "salary",
        "premium",
        "ai_postings",
        "overlap",
      ],
    ],
    ["when people(7d) wh", ["where"]],
    ["when people(7d) where co", ["company", "country"]],
    ["when people(7d) where company ", ["not", "in", "=", "==", "!=", "is"]],
    ["on layoff where company in ", ["@bigtech", "("]],
    ["when people(7d) > 10000 n", ["notify", "note"]],
    ["when people(7d) > 10000 notify ", ["#market", "@me", "here"]],
    ["when people(7d) change ", ["prev", "yoy", "28d"]],
  ])("%s…", (typed, expected) => {
    expect(suggestNext(typed).words).toEqual(expect.arrayContaining(expected));
    for (const word of suggestNext(typed).words)
      expect(word.startsWith(typed.slice(suggestNext(typed).from))).toBe(true);
  });
});
