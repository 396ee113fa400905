import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conjunctionsOf, DIMENSIONS } from "../../src/alerts/conjunctions.ts";
import { decideEvent, eventTruth, matchEvents } from "../../src/alerts/events.ts";
import { openMatcher } from "../../src/alerts/matcher.ts";
import { learnedFacts } from "../../src/alerts/learned-facts.ts";
import { layoffFact, revisionFact } from "../../src/alerts/new-fact.ts";
import type { NewFact } from "../../src/alerts/new-fact.ts";
import { parseRule } from "../../src/alerts/parse-rule.ts";
import { NO_OPTIONS } from "../../src/alerts/rule.ts";
import type { EventRule, Filter } from "../../src/alerts/rule.ts";
import type { AlertState } from "../../src/alerts/state.ts";
import { withWatches } from "../../src/alerts/truth.ts";
import { buildMarket } from "../../src/market/build.ts";
import { companyBook } from "../../src/market/company-book.ts";
import type { LayoffSighting } from "../../src/market/facts.ts";
import { changed, factsOf, layoff, plainBook } from "../market/layoff-facts.ts";
import { someLayoffs } from "../market/layoff-oracle.ts";
import { kept } from "./kept.ts";
import { truth } from "./level-oracle.ts";

const book = plainBook();

function event(text: string): EventRule {
  const rule = parseRule(`on ${text}`);
  if (rule.kind !== "event") throw new Error(`not an event rule: ${text}`);
  return rule;
}

function told(text: string, ...sightings: readonly LayoffSighting[]): string[] {
  const rule = event(text);
  const facts = sightings.map((sighting) => layoffFact(sighting, book));
  return matchEvents([{ rule }], facts, book, "2024-04-01").map(
    ({ fact, certain, quiet, lateDays }) =>
      [
        fact.name,
        certain ? "" : "maybe",
        quiet ? "quiet" : "",
        lateDays === null ? "" : `late ${lateDays}`,
      ]
        .filter(Boolean)
        .join(" "),
  );
}

const name = fc.constantFrom("A", "B", "C", "É", "nobody");
const someLeaf: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    kind: fc.constant("is" as const),
    field: fc.constant("company" as const),
    values: fc.array(name, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant("is" as const),
    field: fc.constant("sector" as const),
    values: fc.subarray(["Retail", "FINANCE", "unknown"], { minLength: 1 }),
  }),
  fc.record({
    kind: fc.constant("is" as const),
    field: fc.constant("country" as const),
    values: fc.constantFrom(["India"], ["india", "Germany"]),
  }),
  fc.record({
    kind: fc.constant("is" as const),
    field: fc.constantFrom("stage" as const, "reason" as const),
    values: fc.constantFrom(["AI"], ["Seed"], ["unknown"]),
  }),
  fc.record({
    kind: fc.constant("compare" as const),
    field: fc.constantFrom("people" as const, "percent" as const),
    comparison: fc.record({
      operator: fc.constantFrom(
        ">" as const,
        ">=" as const,
        "<" as const,
        "<=" as const,
        "=" as const,
      ),
      value: fc.constantFrom(0, 1, 50, 99.5, 100, 300),
    }),
  }),
);
const someFilter = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: someLeaf },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        parts: fc.array(tie("filter"), { minLength: 2, maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("not" as const), part: tie("filter") }) },
  ),
})).filter;

/** A share of staff for some of the layoffs, so that both sizes are known, unknown, or one of them. */
function withShare(sighting: LayoffSighting, at: number): LayoffSighting {
  return at % 3 === 0
    ? sighting
    : changed(sighting, "2025-01-01", { percentOfStaff: (at * 37) % 101 });
}

describe("the index finds what asking every rule about every fact finds", () => {
  it("on random rules and facts", () => {
    let hits = 0;
    fc.assert(
      fc.property(
        fc.array(fc.option(someFilter, { nil: null, freq: 8 }), { minLength: 1, maxLength: 30 }),
        someLayoffs,
        (filters, layoffs) => {
          const rules = filters.map((filter): EventRule => ({
            kind: "event",
            event: "layoff",
            filter,
            options: NO_OPTIONS,
          }));
          const matcher = openMatcher(rules, book);
          for (const sighting of layoffs.map(withShare)) {
            const fact = layoffFact(sighting, book);
            const asked = rules.flatMap(({ filter }, rule) => {
              const answer = truth(
                filter,
                sighting.versions.at(-1)!.values,
                fact.traits.companyKey,
              );
              return answer === "no" ? [] : [`${rule} ${answer}`];
            });
            const found = matcher
              .hits(fact)
              .map(({ rule, truth }) => `${rule} ${truth === 2 ? "yes" : "maybe"}`);
            expect(found.sort()).toEqual(asked.sort());
            expect(matcher.reach(fact).probed).toBeLessThanOrEqual(matcher.dimensionSets);
            hits += found.length;
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(hits).toBeGreaterThan(2_000);
  });

  it("looks once under each set of names in use, and asks no rule that names and a size have settled", () => {
    const rules = Array.from({ length: 5_000 }, (_, at) =>
      event(
        `layoff where ${["company = A", "country = India", "sector = Retail and country = India", "people >= 10"][at % 4]!}${at % 4 === 3 ? "" : ` and people >= ${at}`}`,
      ),
    );
    const matcher = openMatcher(rules, book);
    const fact = layoffFact(
      layoff("A", "2024-03-01", { headcount: 100, country: "India", industry: "Retail" }),
      book,
    );
    expect(matcher.dimensionSets).toBe(4);
    expect(matcher.reach(fact)).toEqual({ probed: 4, settled: 26 + 25 + 25 + 1_250, open: 0 });
    expect(matcher.hits(fact).length).toBe(26 + 25 + 25 + 1_250);
  });

  it("a rule with more ways to pass than can be filed is asked of every fact", () => {
    const wide: Filter = {
      kind: "is",
      field: "company",
      values: Array.from({ length: 300 }, (_, at) => `C${at}`),
    };
    const rule: EventRule = { kind: "event", event: "layoff", filter: wide, options: NO_OPTIONS };
    expect(conjunctionsOf(wide, book)).toEqual([{ equal: new Map(), least: null, open: true }]);
    const hits = (company: string) =>
      openMatcher([rule], book).hits(layoffFact(layoff(company, "2024-03-01"), book)).length;
    expect([hits("C299"), hits("C300")]).toEqual([1, 0]);
  });

  it.each([
    ["people >= 10 and people > 20", [{ field: "people", bound: 21 }], [false]],
    ["people >= 30 and people > 20", [{ field: "people", bound: 30 }], [false]],
    ["percent >= 5 and people >= 20", [{ field: "people", bound: 20 }], [true]],
    ["people >= 20 and people < 90", [{ field: "people", bound: 20 }], [true]],
    ["not (people < 20 or percent < 5)", [{ field: "people", bound: 20 }], [true]],
    [
      "people >= 20 or percent > 5",
      [
        { field: "people", bound: 20 },
        { field: "percent", bound: 5 },
      ],
      [false, true],
    ],
  ])("%s is filed by its least size", (text, least, open) => {
    const ways = conjunctionsOf(event(`layoff where ${text}`).filter, book);
    expect(ways.map((way) => way.least)).toEqual(least);
    expect(ways.map((way) => way.open)).toEqual(open);
  });

  it("two different names of one kind are never both", () => {
    expect(conjunctionsOf(event("layoff where company = A and company = B").filter, book)).toEqual(
      [],
    );
    expect(DIMENSIONS.length).toBe(6);
  });
});

describe("names as people write them", () => {
  const known = companyBook(
    [
      { name: "Alphabet", aliases: [], parent: null, note: null },
      { name: "Google", aliases: ["Google LLC"], parent: "Alphabet", note: null },
      { name: "Fitbit", aliases: [], parent: "Google", note: null },
    ],
    ["Google", "Fitbit"],
  );
  const found = (text: string, company: string, values: Parameters<typeof layoff>[2] = {}) =>
    matchEvents(
      [{ rule: event(text) }],
      [layoffFact(layoff(company, "2024-03-01", values), known)],
      known,
      "2024-03-01",
    ).length === 1;

  it.each([
    ['layoff where company = "google llc"', "Google", {}, true],
    ["layoff where company = Alphabet", "Google", {}, false],
    ["layoff where parent = Alphabet", "Google", {}, true],
    ["layoff where parent = Alphabet", "Fitbit", {}, true],
    ["layoff where not parent = Google", "Fitbit", {}, false],
    ["layoff where country = US", "X", { country: "United States" }, true],
    ["layoff where country = uk", "X", { country: "United Kingdom" }, true],
    ["layoff where sector = fintech", "X", { industry: "Finance" }, true],
    ["layoff where stage = series-b", "X", { stage: "Series B" }, true],
    ["layoff where state = CA", "X", { location: "Oakland, CA" }, true],
    ["layoff where state = CA", "X", { location: "Cambridge" }, false],
    ["layoff where country = unknown", "X", {}, true],
    ["layoff where source = TEST", "X", {}, true],
  ])("%s: %s", (text, company, values, expected) => {
    expect(found(text, company, values)).toBe(expected);
  });

  it("a watch set stands for its companies, and one that is not there is refused", () => {
    const filter = event("layoff where company in @big and not @small").filter;
    expect(
      withWatches(
        filter,
        new Map([
          ["big", ["A", "B"]],
          ["small", ["B"]],
        ]),
      ),
    ).toEqual({
      kind: "and",
      parts: [
        { kind: "is", field: "company", values: ["A", "B"] },
        { kind: "not", part: { kind: "is", field: "company", values: ["B"] } },
      ],
    });
    expect(() => withWatches(filter, new Map([["big", ["A"]]]))).toThrow("No watch set ‘@small’.");
  });
});

describe("what a rule on events tells", () => {
  const sized = layoff("A", "2024-03-20", { headcount: 600 });
  const unsized = layoff("B", "2024-03-20", {});
  const late = layoff("C", "2024-03-01", { headcount: 900 }, { learnedOn: "2024-03-21" });

  it.each([
    ["layoff where people >= 500", ["A", "B maybe quiet", "C late 20"]],
    ["layoff where people >= 500 unknown include", ["A", "B maybe", "C late 20"]],
    ["layoff where people >= 500 unknown exclude", ["A", "C late 20"]],
    ["layoff where people >= 500 unknown exclude max_age 30d", ["A"]],
    ["layoff where not (people < 500)", ["A", "B maybe quiet", "C late 20"]],
    ["layoff", ["A", "B", "C late 20"]],
    ["revision", []],
  ])("%s", (text, expected) => {
    expect(told(text, sized, unsized, late)).toEqual(expected);
  });

  it("a change is an event of its own, with what it was", () => {
    const more = changed(sized, "2024-03-25", { headcount: 800 });
    expect(revisionFact(sized, book)).toBeUndefined();
    expect(revisionFact(more, book)).toMatchObject({
      id: `${sized.key}@2024-03-25`,
      event: "revision",
      was: { people: 600 },
      traits: { people: 800 },
      withdrawn: false,
    });
    expect(revisionFact({ ...more, withdrawnOn: "2024-03-28" }, book)).toMatchObject({
      id: `${sized.key}@2024-03-28`,
      was: { people: 800 },
      withdrawn: true,
    });
    expect(
      matchEvents(
        [{ rule: event("revision where people >= 700") }],
        [revisionFact(more, book)!],
        book,
        "2024-04-01",
      ).length,
    ).toBe(1);
  });
});

describe("the facts of a stretch of days", () => {
  const late = layoff("C", "2024-03-01", { headcount: 900 }, { learnedOn: "2024-03-21" });
  const grown = changed(layoff("A", "2024-03-20", { headcount: 600 }), "2024-03-25", {
    headcount: 800,
  });
  const gone = layoff("D", "2024-03-21", { headcount: 5 }, { withdrawnOn: "2024-03-23" });
  const twin = layoff("A", "2024-03-20", {}, { learnedOn: "2024-03-22" });
  const market = buildMarket(factsOf([late, grown, gone, twin]), book);
  const found = (from: string, to: string, as: "now" | "then" = "now") =>
    learnedFacts(market, from, to, as).map(
      ({ event, learnedOn, name, size, was, withdrawn }) =>
        `${learnedOn} ${event} ${name} ${size ?? "?"}${was === null ? "" : ` was ${was.people}`}${withdrawn ? " gone" : ""}`,
    );

  it("are those learned in it, in order, and the changes made in it", () => {
    expect(found("2024-03-20", "2024-03-25")).toEqual([
      "2024-03-20 layoff A 800",
      "2024-03-21 layoff C 900",
      "2024-03-21 layoff D 5 gone",
      "2024-03-22 layoff A ?",
      "2024-03-23 revision D 5 was 5 gone",
      "2024-03-25 revision A 800 was 600",
    ]);
    expect(found("2024-03-21", "2024-03-21")).toEqual([
      "2024-03-21 layoff C 900",
      "2024-03-21 layoff D 5 gone",
    ]);
  });

  it("for a replay are as they were first read", () => {
    expect(found("2024-03-20", "2024-03-21", "then")).toEqual([
      "2024-03-20 layoff A 600",
      "2024-03-21 layoff C 900",
      "2024-03-21 layoff D 5",
    ]);
  });

  it("keep their ids when facts are added, changed or taken back", () => {
    const ids = (sightings: readonly LayoffSighting[]) =>
      new Map(
        learnedFacts(buildMarket(factsOf(sightings), book), "2024-01-01", "2024-12-31")
          .filter(({ event }) => event === "layoff")
          .map(({ id, name, learnedOn }) => [`${name} ${learnedOn}`, id]),
      );
    const before = ids([late, grown, gone, twin]);
    expect(new Set(before.values()).size).toBe(4);
    const moved = changed(grown, "2024-04-01", { announcedOn: "2024-03-19" });
    const after = ids([
      layoff("Z", "2024-01-05"),
      late,
      moved,
      { ...gone, withdrawnOn: null },
      twin,
    ]);
    for (const [name, id] of before) expect([name, after.get(name)]).toEqual([name, id]);
  });

  it("are told from changed to withdrawn by one rule on revisions", () => {
    const told = matchEvents(
      [{ rule: event("revision where people >= 1") }],
      learnedFacts(market, "2024-03-20", "2024-03-31"),
      book,
      "2024-04-01",
    );
    expect(told.map(({ fact }) => fact.name)).toEqual(["D", "A"]);
  });
});

describe("an event is told once by a rule", () => {
  const rule = event("layoff where people >= 500");
  const first = layoff("A", "2024-03-20", { headcount: 600 });
  const words = (
    looks: readonly LayoffSighting[],
    asked: EventRule = rule,
    hushed: readonly number[] = [],
  ) => {
    let state: AlertState | null = null;
    return looks.map((sighting, at) => {
      const fact: NewFact = layoffFact(sighting, book);
      const decided = decideEvent(asked, fact, eventTruth(asked, fact, book), state, {
        today: "2024-03-21",
        now: at,
        hushed: hushed.includes(at),
      });
      state = kept(decided.state);
      const { notice } = decided;
      return notice === null ? "" : `${notice.step}${notice.closes ? " closes" : ""}`;
    });
  };
  const as = (headcount: number | null) => changed(first, "2024-03-25", { headcount });

  it.each([
    ["looked at again and again", [first, first, first], ["opened", "", ""]],
    [
      "a twentieth more is no news, a tenth is",
      [first, as(630), as(660)],
      ["opened", "", "corrected-1"],
    ],
    [
      "falls below the size asked for",
      [first, as(100), as(100)],
      ["opened", "corrected-1 closes", ""],
    ],
    [
      "comes back after that",
      [first, as(100), as(700)],
      ["opened", "corrected-1 closes", "corrected-2"],
    ],
    [
      "is taken back",
      [first, { ...first, withdrawnOn: "2024-03-26" }],
      ["opened", "corrected-1 closes"],
    ],
    ["its size is no longer known", [first, as(null)], ["opened", "corrected-1"]],
    [
      "of unknown size: told when the size turns out to fit",
      [as(null), as(100), as(700)],
      ["", "", "opened"],
    ],
  ])("%s", (_, looks, expected) => {
    expect(words(looks)).toEqual(expected);
  });

  it("of unknown size, told at once where the rule includes them, corrected when the size is known", () => {
    const open = event("layoff where people >= 500 unknown include");
    expect(words([as(null), as(700)], open)).toEqual(["opened", "corrected-1"]);
    expect(words([as(null), as(100)], open)).toEqual(["opened", "corrected-1 closes"]);
  });

  it("one that was hushed is told when it is looked at again", () => {
    expect(words([first, first, first], rule, [0])).toEqual(["", "opened", ""]);
  });
});
