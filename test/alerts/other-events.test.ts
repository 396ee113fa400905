import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backtest } from "../../src/alerts/backtest.ts";
import { checkRule } from "../../src/alerts/check-rule.ts";
import { matchEvents } from "../../src/alerts/events.ts";
import { learnedFacts } from "../../src/alerts/learned-facts.ts";
import { openMatcher } from "../../src/alerts/matcher.ts";
import { measure } from "../../src/alerts/metrics.ts";
import { outagesOf } from "../../src/alerts/outages.ts";
import { parseRule } from "../../src/alerts/parse-rule.ts";
import { eventPreview, pastEvents } from "../../src/alerts/past-events.ts";
import type { EventRule } from "../../src/alerts/rule.ts";
import { eventsReply } from "../../src/alerts/say-events.ts";
import { factSentence } from "../../src/alerts/say-facts.ts";
import { truthOf } from "../../src/alerts/truth.ts";
import type { Market } from "../../src/market/market.ts";
import { BOOK, marketWith, notice, posting, standing } from "./entries.ts";
import { faultOf } from "./fault-of.ts";
import { lines } from "./small-market.ts";

function event(text: string): EventRule {
  const rule = parseRule(`on ${text}`);
  if (rule.kind !== "event") throw new Error(`not an event rule: ${text}`);
  return rule;
}

const [FROM, TO] = ["2026-01-01", "2026-02-28"];
const learned = (market: Market, as: "now" | "then" = "now") =>
  learnedFacts(market, FROM, TO, as).map(
    ({ event: kind, learnedOn, name, size, withdrawn }) =>
      `${learnedOn} ${kind} ${name} ${size ?? "?"}${withdrawn ? " gone" : ""}`,
  );
const told = (market: Market, text: string) =>
  matchEvents([{ rule: event(text) }], learnedFacts(market, FROM, TO), market.companies, TO).map(
    ({ fact, certain, lateDays }) =>
      `${fact.name}${certain ? "" : " maybe"}${lateDays === null ? "" : ` late ${lateDays}`}`,
  );

describe("a WARN notice is an event", () => {
  it("on the day a list first had it, as it stands; for a replay as it was first read", () => {
    const market = marketWith({
      notices: [
        notice({ company: "Bolt" }, { on: "2026-01-09", later: { "2026-01-20": { people: 300 } } }),
        notice({ company: "Cord" }, { on: "2026-01-08", later: { "2026-02-01": null } }),
        notice({ company: "Dune" }, { on: "2025-12-30" }),
      ],
    });
    expect(learned(market)).toEqual([
      "2026-01-08 warn_notice Cord 120 gone",
      "2026-01-09 warn_notice Bolt 300",
    ]);
    expect(learned(market, "then")).toEqual([
      "2026-01-08 warn_notice Cord 120",
      "2026-01-09 warn_notice Bolt 120",
    ]);
  });

  it("on several lists is one, known by the first of them and sized by whichever says", () => {
    const first = notice({ people: null }, { source: "warn-bln", on: "2026-01-09" });
    const second = notice({}, { source: "warn-register", on: "2026-01-07" });
    const alone = learnedFacts(marketWith({ notices: [first] }), FROM, TO);
    const both = learnedFacts(marketWith({ notices: [first, second] }), FROM, TO);
    expect(both.map(({ id, learnedOn, size }) => [id, learnedOn, size])).toEqual([
      [alone[0]!.id, "2026-01-07", 120],
    ]);
    expect(both[0]!.traits.source).toBe("warn-bln");
  });

  it("twice on one list, or of another size on another, is two", () => {
    expect(learned(marketWith({ notices: [notice({}), notice({})] }))).toHaveLength(2);
    const other = notice({ people: 60 }, { source: "warn-register" });
    expect(learned(marketWith({ notices: [notice({}), other] }))).toHaveLength(2);
  });

  it("that a list gives anew under another key is the same, amended", () => {
    const before = notice({}, { later: { "2026-01-20": null } });
    const anew = notice({ people: 200, effectiveOn: "2026-04-01" }, { on: "2026-01-20" });
    const [fact, ...others] = learnedFacts(marketWith({ notices: [before, anew] }), FROM, TO);
    expect(others).toEqual([]);
    expect(fact).toMatchObject({ id: before.key, learnedOn: "2026-01-05", size: 200 });
    expect(fact!.withdrawn).toBe(false);
  });

  const filed = marketWith({
    notices: [
      notice({ company: "GOOGLE LLC" }),
      notice({ company: "Amazon.com Services LLC (updated)", state: "CA", people: 40 }),
      notice({ company: "Meta Materials", people: null }),
      notice({ company: "Acme Widgets, Inc.", noticedOn: "2025-12-01" }, { on: "2026-01-06" }),
    ],
  });
  it.each([
    ["company = Google", ["GOOGLE LLC"]],
    ["parent = Alphabet", ["GOOGLE LLC"]],
    ["company = amazon", ["Amazon.com Services LLC (updated)"]],
    ["company = Meta", []],
    ['company = "Acme Widgets"', ["Acme Widgets, Inc. late 36"]],
    ['company = "Acme Widgets LLC"', ["Acme Widgets, Inc. late 36"]],
    ["state = California", ["Amazon.com Services LLC (updated)"]],
    [
      "state = wa and people >= 100",
      ["GOOGLE LLC", "Meta Materials maybe", "Acme Widgets, Inc. late 36"],
    ],
    ["country = US and people < 50", ["Amazon.com Services LLC (updated)", "Meta Materials maybe"]],
    ["country = India", []],
  ])("where %s", (where, expected) => {
    expect(told(filed, `warn_notice where ${where}`).toSorted()).toEqual(expected.toSorted());
  });

  it("is said with who, how many, where, when and by whom", () => {
    const rule = event("warn_notice where company = Google");
    const facts = learnedFacts(filed, FROM, TO).filter(({ name }) => name === "GOOGLE LLC");
    const said = eventsReply(
      { rule, facts, unknownSize: 0 },
      { id: "r1", market: filed, today: TO },
    );
    expect(said.title).toBe(
      "GOOGLE LLC: WARN notice, 120 people in Seattle, WA, effective 5 Mar 2026, noticed 5 Jan 2026",
    );
    const shown = lines(said);
    expect(shown).toContain(
      "2026-01-05 | GOOGLE LLC | 120 | Seattle, WA | 2026-03-05 | warn-bln | 2026-01-05",
    );
    expect(shown.join(" ")).toContain("never added to layoffs");
  });

  it("is counted by a backtest on the day it was learned", () => {
    const rule = event("warn_notice where state = WA and people >= 100");
    const found = backtest(rule, filed, FROM, TO);
    expect([found.told, found.keptInMind, found.firings]).toEqual([
      2,
      1,
      ["2026-01-05", "2026-01-06"],
    ]);
  });

  it("of a state tells how old the last word of that state is", () => {
    const rule = parseRule("when no data(warn:CA) for 3d");
    if (rule.kind !== "level") throw new Error("no rule on a figure");
    const on = (day: string) => {
      const { level, holds } = measure(rule, filed, day);
      return [level, holds];
    };
    expect([on("2026-01-05"), on("2026-01-07"), on("2026-01-08")]).toEqual([
      [0, false],
      [2, false],
      [3, true],
    ]);
    expect(on("2026-01-04")).toEqual([null, false]);
    expect(() => checkRule(rule, filed)).not.toThrow();
    const other = parseRule("when no data(warn:TX) for 3d");
    expect(() => checkRule(other, filed)).toThrow("No source ‘warn:TX’");
  });
});

describe("a posting is an event", () => {
  const market = marketWith({
    postings: [
      posting("Acme", "Account Executive", "2026-01-05"),
      posting("Acme", "Senior Machine Learning Engineer", "2026-01-07", {
        ai: true,
        country: "US",
        location: "Oakland, CA",
        min: 180_000,
        max: 240_000,
        currency: "USD",
        interval: "year",
      }),
      posting("Acme", "AI Account Executive", "2026-01-08", { country: "DE" }),
      posting("Acme", "Data Engineer", "2026-01-09", {}, { "2026-02-01": null }),
      posting("Google", "Research Scientist, LLM", "2026-01-09", { ai: true }),
    ],
  });

  it("unless it stood there when its board was first read", () => {
    expect(learned(market)).toEqual([
      "2026-01-07 posting Acme 240000",
      "2026-01-08 posting Acme ?",
      "2026-01-09 posting Acme ? gone",
    ]);
    expect(learned(market, "then").at(-1)).toBe("2026-01-09 posting Acme ?");
  });

  const titles = (where: string) =>
    pastEvents(event(`posting where ${where}`), market, FROM, TO).map(({ fact }) =>
      fact.event === "posting" ? fact.posting.title : "",
    );
  it.each([
    ["role = ai", ["Senior Machine Learning Engineer"]],
    ['role = "AI engineer"', ["Senior Machine Learning Engineer"]],
    ['role = "ml engineer"', ["Senior Machine Learning Engineer"]],
    ["role in (ai, data-engineer)", ["Senior Machine Learning Engineer", "Data Engineer"]],
    ["not role = ai", ["AI Account Executive", "Data Engineer"]],
    ["level = senior", ["Senior Machine Learning Engineer"]],
    ["level = unknown", ["AI Account Executive", "Data Engineer"]],
    ["country = germany", ["AI Account Executive"]],
    ["state = CA and country = us", ["Senior Machine Learning Engineer"]],
    ["company = Google", []],
  ])("where %s", (where, expected) => {
    expect(titles(where)).toEqual(expected);
  });

  it("is said with its pay as it is posted", () => {
    const [fact, none] = learnedFacts(market, FROM, TO);
    expect(factSentence(fact!)).toBe(
      "Acme: Senior Machine Learning Engineer in Oakland, CA, 180,000–240,000 USD a year",
    );
    expect(factSentence(none!)).toBe("Acme: AI Account Executive, no pay posted");
  });
});

describe("a source in trouble is an event", () => {
  const at = (time: string) => Date.parse(`2026-01-${time}:00.000Z`);
  const found = (health: Parameters<typeof standing>[1], time: string) =>
    outagesOf([standing("warn-bln", health)], at(time)).map(({ outage }) => outage.state);

  it.each([
    ["well", {}, "06T08:00", []],
    ["never asked", null, "06T08:00", []],
    ["older than it may be", {}, "06T09:01", ["stale"]],
    ["without an answer twice", { failures: 2, error: "timed out" }, "05T11:00", []],
    ["without an answer three times", { failures: 3, error: "timed out" }, "05T12:00", ["failing"]],
    [
      "not believed",
      { suspicious: { since: "2026-01-05T10:00:00.000Z", why: "half its rows are gone" } },
      "05T11:00",
      ["suspicious"],
    ],
  ] as const)("%s", (_, health, time, expected) => {
    expect(found(health, time)).toEqual(expected);
  });

  it("keeps its id while it gets worse, and has a new one after a good answer", () => {
    const id = (health: Parameters<typeof standing>[1], time: string) =>
      outagesOf([standing("warn-bln", health)], at(time))[0]?.id;
    expect(id({ failures: 3 }, "05T12:00")).toBe(id({ failures: 30 }, "07T12:00"));
    expect(id({ succeededAt: "2026-01-08T09:00:00.000Z" }, "20T09:00")).not.toBe(
      id({ failures: 3 }, "05T12:00"),
    );
  });

  it("is shown by a preview as it is now", () => {
    const outages = outagesOf([standing("warn-bln", {}), standing("lever", {})], at("09T09:00"));
    const preview = eventPreview(
      event("source_down where source = lever"),
      marketWith({}),
      "2026-01-09",
      outages,
    );
    expect(preview.told.map(factSentence)).toEqual([
      "LEVER (lever) is stale: no good answer for 24 hours (last good answer 5 Jan 2026 09:00 UTC)",
    ]);
  });
});

describe("the index finds what asking every rule about every notice, posting and source finds", () => {
  const someText = fc.oneof(
    fc
      .tuple(fc.constantFrom("WA", "CA", "texas"), fc.integer({ min: 1, max: 300 }))
      .map(([state, least]) => `warn_notice where state = ${state} and people >= ${least}`),
    fc.constantFrom("Google", "Acme", "Meta").map((name) => `warn_notice where company = ${name}`),
    fc.constantFrom(
      "warn_notice",
      "warn_notice where not company = Google",
      "warn_notice where source = warn-bln or people > 200",
      "posting",
      "posting where role = ai",
      "posting where company = Acme and level = senior",
      "posting where not (country = US or role = ai)",
      "posting where country = US",
      "source_down",
      "source_down where source = lever",
      "source_down where not source = lever",
    ),
  );
  const someNotice = fc
    .record({
      company: fc.constantFrom("Google LLC", "Acme Inc", "Meta Materials", "Meta Platforms, Inc."),
      state: fc.constantFrom("WA", "CA", "TX"),
      people: fc.option(fc.integer({ min: 1, max: 400 }), { nil: null }),
    })
    .map((values) => notice(values));
  const somePosting = fc
    .record({
      company: fc.constantFrom("Google", "Acme"),
      title: fc.constantFrom("Senior AI Engineer", "Cook", "Machine Learning Researcher"),
      country: fc.constantFrom("US", "DE", null),
    })
    .map(({ company, title, country }) =>
      posting(company, title, "2026-01-07", { country, ai: title !== "Cook" }),
    );

  it("on random rules and facts", () => {
    let hits = 0;
    fc.assert(
      fc.property(
        fc.array(someText, { minLength: 1, maxLength: 20 }),
        fc.array(someNotice, { maxLength: 6 }),
        fc.array(somePosting, { maxLength: 6 }),
        (texts, notices, postings) => {
          const begun = ["Google", "Acme"].map((name) => posting(name, "First", "2026-01-02"));
          const market = marketWith({ notices, postings: [...begun, ...postings] });
          const rules = texts.map(event);
          const matcher = openMatcher(rules, BOOK);
          const outages = outagesOf(
            [standing("lever", {}), standing("warn-bln", {})],
            Date.parse("2026-01-09T09:00:00.000Z"),
          );
          for (const fact of [...learnedFacts(market, FROM, TO), ...outages]) {
            const asked = rules.flatMap((rule, at) => {
              const answer =
                rule.event === fact.event ? truthOf(rule.filter, BOOK)(fact.traits) : 0;
              return answer === 0 ? [] : [`${at} ${answer}`];
            });
            const found = matcher.hits(fact).map(({ rule, truth }) => `${rule} ${truth}`);
            expect(found.sort()).toEqual(asked.sort());
            hits += found.length;
          }
        },
      ),
      { numRuns: 150 },
    );
    expect(hits).toBeGreaterThan(500);
  });
});

describe("a rule on them that could never speak is refused", () => {
  const market = marketWith({
    notices: [notice({ company: "Google LLC" })],
    postings: [posting("Acme", "Cook", "2026-01-05")],
  });
  const standings = [standing("lever", {})];
  it.each([
    ["warn_notice where state = TX", "not_found", "No notices of Texas are read here."],
    ["warn_notice where state = Mars", "not_found", "No state ‘Mars’"],
    ["warn_notice where country = India", "unsupported", "of the United States only"],
    ["warn_notice where sector = Retail", "unsupported", "WARN notices say nothing of sector."],
    ["warn_notice where percent > 5", "unsupported", "WARN notices say nothing of percent."],
    ["warn_notice where source = lever", "not_found", "No source ‘lever’"],
    ["posting where people >= 5", "unsupported", "Postings say nothing of people."],
    ["posting where role = astronaut", "not_found", "No role ‘astronaut’"],
    ["posting where level = boss", "not_found", "No level ‘boss’"],
    ["posting where country = Atlantis", "not_found", "No country ‘Atlantis’"],
    ["source_down where company = Google", "unsupported", "say nothing of company"],
    ["source_down where source = nowhere", "not_found", "No source ‘nowhere’"],
    ["warn_notice cooldown 3d", "bad_argument", "cooldown and repeat belong to when-rules"],
  ])("on %s", (text, reason, wrong) => {
    const found = faultOf(() => checkRule(event(text), market, standings));
    expect(found.message).toContain(wrong);
    expect(found.reason).toBe(reason);
    for (const way of found.tries)
      expect(() => parseRule(way.replace("/alert new ", ""))).not.toThrow();
  });
  it.each([
    "warn_notice where state = washington and company = Google and people >= 100",
    'warn_notice where company = "Nobody Yet"',
    "posting where company = Acme and role = ai and level = senior and country = uk",
    "source_down where source = lever",
    "source_down",
  ])("but on %s is taken", (text) => {
    expect(() => checkRule(event(text), market, standings)).not.toThrow();
  });
});
