import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { eventTruth } from "../../src/alerts/events.ts";
import { learnedFacts } from "../../src/alerts/learned-facts.ts";
import { parseRule } from "../../src/alerts/parse-rule.ts";
import { MAYBE, YES } from "../../src/alerts/truth.ts";
import { silentLog } from "../../src/log.ts";
import { buildMarket } from "../../src/market/build.ts";
import { NO_ENTRIES } from "../../src/market/facts.ts";
import type { Entry, LayoffSighting, NoticeValues, PostingValues } from "../../src/market/facts.ts";
import type { Market } from "../../src/market/market.ts";
import type { SourceStanding } from "../../src/market/source-health.ts";
import { openAlerts } from "../../src/standing/alerts.ts";
import type { Book } from "../../src/stores/book.ts";
import { keyOf } from "../../src/stores/book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import type { Post, Rule } from "../../src/stores/records.ts";
import { notice, posting, standing } from "../alerts/entries.ts";
import { changed, factsOf, layoff, plainBook } from "../market/layoff-facts.ts";
import { addRule, channel, openChannels, openLife } from "../reliability/alerts/road.ts";
import type { Channels, Life } from "../reliability/alerts/road.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday. */
const START = Date.UTC(2026, 0, 5, 9);

let now: number;
let book: Book;
let layoffs: LayoffSighting[];
let market: Market;
let channels: Channels;
let life: Life;
let notices: Entry<NoticeValues>[];
let postings: Entry<PostingValues>[];
let standings: SourceStanding[];

beforeEach(() => {
  now = START;
  book = memoryBook();
  layoffs = [];
  [notices, postings, standings] = [[], [], []];
  learn();
  channels = openChannels();
  life = openLife({
    book,
    market: () => market,
    standings: async () => standings,
    clock: () => now,
    channels,
  });
  return () => life.close();
});

function learn(...found: readonly LayoffSighting[]): void {
  layoffs.push(...found);
  market = marketOf(layoffs, notices, postings);
}

function marketOf(
  known: readonly LayoffSighting[],
  filed: readonly Entry<NoticeValues>[] = [],
  posted: readonly Entry<PostingValues>[] = [],
): Market {
  const entries = { ...NO_ENTRIES, notices: [...filed], postings: [...posted] };
  return buildMarket({ ...factsOf(known, { asOfOn: dayOf(now) }), entries }, plainBook());
}

/** A rule that was looked at once, all for one place. */
async function rule(id: string, text: string, more: Partial<Rule> = {}): Promise<void> {
  await addRule(book, id, text, now);
  await changeRule(id, { home: channel("market"), ...more });
  await life.beat();
}

async function changeRule(id: string, more: Partial<Rule>): Promise<void> {
  const key = keyOf("local", id);
  const stored = book.get("rules", key)!;
  await book.commit([{ table: "rules", key, value: { ...stored.value, ...more } }]);
}

async function after(ms: number): Promise<void> {
  now += ms;
  learn();
  await life.beat();
}

const titles = () => channels.shown.map(({ reply }) => reply.title);
const posts = (): Post[] => book.list("posts").map(({ value }) => value);
const becameOf = (reason: string) => posts().filter((post) => post.reason === reason);
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const cut = (company: string, headcount: number | null, more: Partial<LayoffSighting> = {}) =>
  layoff(company, dayOf(now), { headcount }, more);

describe("a look at rules on events", () => {
  it("tells what asking every rule about every fact tells", async () => {
    const companies = ["Acme", "Bolt", "Cord", "Dune"];
    const sectors = ["Retail", "Finance", "Media"];
    const someRule = fc.oneof(
      fc.constantFrom(...companies).map((name) => `on layoff where company = ${name}`),
      fc
        .tuple(fc.constantFrom(...sectors), fc.integer({ min: 1, max: 900 }))
        .map(([sector, least]) => `on layoff where sector = ${sector} and people >= ${least}`),
      fc.integer({ min: 1, max: 900 }).map((least) => `on layoff where people >= ${least}`),
      fc
        .tuple(fc.constantFrom(...companies), fc.constantFrom(...sectors))
        .map(([name, sector]) => `on layoff where company = ${name} or not sector = ${sector}`),
      fc
        .constantFrom("include", "exclude", "quiet")
        .map((unknown) => `on layoff where people >= 300 unknown ${unknown}`),
      fc
        .tuple(fc.constantFrom("WA", "CA"), fc.integer({ min: 1, max: 900 }))
        .map(([state, least]) => `on warn_notice where state = ${state} and people >= ${least}`),
      fc.constantFrom(...companies).map((name) => `on warn_notice where company = ${name}`),
      fc.constantFrom(...companies).map((name) => `on posting where company = ${name}`),
      fc.constantFrom("on posting where role = ai", "on posting where not level = senior"),
    );
    const someNotice = fc.record({
      company: fc.constantFrom(...companies).map((name) => `${name}, Inc.`),
      people: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: null }),
      state: fc.constantFrom("WA", "CA"),
    });
    const someJob = fc.record({
      company: fc.constantFrom(...companies),
      title: fc.constantFrom("Senior AI Engineer", "Cook"),
    });
    const someCut = fc.record({
      company: fc.constantFrom(...companies),
      headcount: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: null }),
      industry: fc.constantFrom(...sectors),
    });
    let told = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(someRule, { minLength: 1, maxLength: 12 }),
        fc.array(
          fc.record({
            cuts: fc.array(someCut, { maxLength: 4 }),
            filed: fc.array(someNotice, { maxLength: 3 }),
            jobs: fc.array(someJob, { maxLength: 3 }),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        async (texts, looks) => {
          const own = memoryBook();
          const look = openAlerts();
          let at = START;
          const known: LayoffSighting[] = [];
          const filings: Entry<NoticeValues>[] = [];
          const jobs = companies.map((name) => posting(name, "First", "2026-01-04"));
          const all = () => marketOf(known, filings, jobs);
          const seen = () => ({ book: own, market: all(), now: at, log: silentLog });
          for (const [place, text] of texts.entries()) await addRule(own, `r${place}`, text, at);
          await look(seen());
          for (const found of looks) {
            at += HOUR;
            filings.push(...found.filed.map((values) => notice(values, { on: dayOf(at) })));
            jobs.push(
              ...found.jobs.map(({ company, title }) =>
                posting(company, title, dayOf(at), { ai: title !== "Cook" }),
              ),
            );
            known.push(
              ...found.cuts.map(({ company, ...values }) => layoff(company, dayOf(at), values)),
            );
            await look(seen());
          }
          const facts = learnedFacts(all(), dayOf(START), dayOf(at));
          for (const [place, text] of texts.entries()) {
            const spec = parseRule(text);
            if (spec.kind !== "event") throw new Error(text);
            const expected = facts.filter((fact) => {
              if (fact.event !== spec.event) return false;
              const truth = eventTruth(spec, fact, plainBook());
              return truth === YES || (truth === MAYBE && spec.options.unknown === "include");
            });
            const found = own
              .list("marks", `local|r${place}|`)
              .filter(({ value }) => value.openedBy !== null);
            expect(found.map(({ value }) => value.subject).sort()).toEqual(
              expected.map(({ id }) => id).sort(),
            );
            told += found.length;
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(told).toBeGreaterThan(300);
  });

  it("writes marks for the facts a rule asks for, and none for the others", async () => {
    for (let at = 0; at < 100; at++)
      await addRule(book, `r${at}`, `on layoff where company = "Co ${at}"`, now);
    await life.beat();
    learn(...Array.from({ length: 50 }, (_, at) => cut(`Co ${at * 4}`, 100)));
    await life.beat();
    // One for each rule itself, and one for each of the 25 hits.
    expect(book.list("marks")).toHaveLength(125);
    expect(channels.shown).toHaveLength(25);
  });

  it("asks nothing again while the facts stay as they are", async () => {
    const asked = { marks: 0, layoffs: 0, entries: 0 };
    const counting: Book = {
      ...book,
      list: (table, prefix) => {
        if (table === "marks") asked.marks += 1;
        return book.list(table, prefix);
      },
    };
    await addRule(book, "r1", "on layoff where people >= 500", now);
    await addRule(book, "r2", "on warn_notice", now);
    await addRule(book, "r3", "on posting", now);
    const look = openAlerts();
    const seen = () => ({
      book: counting,
      market: {
        ...market,
        get entries() {
          asked.entries += 1;
          return market.entries;
        },
        layoffs: (...of: Parameters<Market["layoffs"]>) => {
          asked.layoffs += 1;
          return market.layoffs(...of);
        },
      },
      now,
      log: silentLog,
    });
    const first = seen();
    await look(first);
    await look(first);
    const before = { ...asked };
    await look({ ...first, now: now + MINUTE });
    expect(asked).toEqual(before);
    await look(seen());
    expect(asked.layoffs).toBeGreaterThan(before.layoffs);
    expect(asked.entries).toBeGreaterThan(before.entries);
  });

  it("does not take back what it told when that grows older than max_age", async () => {
    await rule("r1", "on layoff max_age 7d");
    learn(cut("Acme", 300));
    await life.beat();
    await after(20 * DAY);
    expect(titles()).toEqual(["Acme: 300 people, announced 5 Jan 2026"]);
  });
});

describe("rules on notices, postings and sources", () => {
  const threads = () =>
    channels.shown.map(
      ({ kind, inReplyTo, reply }) =>
        `${kind === "correction" && inReplyTo !== null ? "↳ " : ""}${reply.title}`,
    );

  it("tell of a notice once, and of its changes in the thread", async () => {
    notices = [notice({ company: "Known" }, { on: dayOf(now) })];
    learn();
    await rule("r1", "on warn_notice where state = WA and people >= 100");
    const filed = { company: "Acme, Inc.", people: 200 };
    const first = notice(filed, { on: "2026-01-06" });
    const state = (later: NonNullable<Parameters<typeof notice>[1]>["later"]) => {
      notices = [
        notices[0]!,
        { ...notice(filed, { on: "2026-01-06", later: later ?? {} }), key: first.key },
      ];
    };
    state({});
    await after(DAY);
    await after(MINUTE);
    state({ "2026-01-07": { people: 205 } });
    await after(DAY);
    state({ "2026-01-07": { people: 300 } });
    await after(DAY);
    state({ "2026-01-07": { people: 300 }, "2026-01-09": null });
    await after(DAY);
    await after(DAY);
    expect(threads()).toEqual([
      "Acme, Inc.: WARN notice, 200 people in Seattle, WA, effective 5 Mar 2026, noticed 5 Jan 2026",
      "↳ Correction: Acme, Inc., WARN notice, 5 Jan 2026: 200 people was told, it is now 300 people",
      "↳ Correction: Acme, Inc., WARN notice, 5 Jan 2026: its source no longer lists it",
    ]);
  });

  it("tell of a notice that two lists give, and of one given anew, once", async () => {
    await rule("r1", "on warn_notice");
    notices = [notice({}, { on: "2026-01-05" })];
    await after(MINUTE);
    notices.push(notice({}, { on: "2026-01-05", source: "warn-register" }));
    await after(10 * MINUTE);
    const [first, second] = notices;
    notices = [
      { ...first!, versions: [...first!.versions, { from: "2026-01-06", values: null }] },
      { ...second!, versions: [...second!.versions, { from: "2026-01-06", values: null }] },
      notice({}, { on: "2026-01-06" }),
    ];
    await after(DAY);
    expect(titles()).toHaveLength(1);
  });

  it("say nothing of what was known before and is gone", async () => {
    notices = [notice({}, { on: "2026-01-05" })];
    learn();
    await rule("r1", "on warn_notice");
    notices = [notice({}, { on: "2026-01-05", later: { "2026-01-06": null } })].map((gone) => ({
      ...gone,
      key: notices[0]!.key,
    }));
    await after(DAY);
    expect(titles()).toEqual([]);
  });

  it("tell of postings that appear, and not of the first reading of a board", async () => {
    await rule("r1", "on posting where company = Acme and role = ai");
    const ai = { ai: true };
    postings = [posting("Acme", "AI Engineer", "2026-01-05", ai)];
    await after(MINUTE);
    postings.push(posting("Acme", "Cook", "2026-01-06"));
    postings.push(posting("Acme", "ML Researcher", "2026-01-06", ai));
    await after(DAY);
    postings = postings.map((each, at) =>
      at === 2
        ? { ...each, versions: [...each.versions, { from: "2026-01-08", values: null }] }
        : each,
    );
    await after(2 * DAY);
    expect(threads()).toEqual([
      "Acme: ML Researcher, no pay posted",
      "↳ Correction: Acme, ML Researcher: its board no longer lists it",
    ]);
  });

  it("tell of a source in trouble once, and in the thread that it is well again", async () => {
    const iso = (ms: number) => new Date(ms).toISOString();
    const good = now;
    standings = [standing("lever", { succeededAt: iso(good) }), standing("bls", null)];
    await rule("r1", "on source_down where source = lever");
    await rule("r2", "on source_down where source = bls");
    standings = [standing("lever", { succeededAt: iso(good), failures: 3, error: "timed out" })];
    await after(3 * HOUR);
    await after(DAY);
    standings = [standing("lever", { succeededAt: iso(good), failures: 9 })];
    await after(HOUR);
    standings = [standing("lever", { succeededAt: iso(now) })];
    await after(HOUR);
    await after(HOUR);
    await after(2 * DAY);
    expect(threads()).toEqual([
      "LEVER (lever) is failing: 3 turns in a row brought nothing; timed out (last good answer 5 Jan 2026 09:00 UTC)",
      "↳ LEVER (lever) is well again",
      "LEVER (lever) is stale: no good answer for 24 hours (last good answer 6 Jan 2026 13:00 UTC)",
    ]);
  });

  it("leave a source's health unasked where no rule wants it", async () => {
    let asked = 0;
    const look = openAlerts();
    const seen = () => ({
      book,
      market,
      now,
      log: silentLog,
      standings: async () => {
        asked += 1;
        return [];
      },
    });
    await addRule(book, "r1", "on warn_notice", now);
    await look(seen());
    expect(asked).toBe(0);
    await addRule(book, "r2", "on source_down", now);
    await look(seen());
    expect(asked).toBe(1);
  });
});

describe("what comes shortly after a message of the same rule", () => {
  it("waits five minutes and is then told together", async () => {
    await rule("r1", "on layoff");
    learn(cut("Acme", 300));
    await life.beat();
    learn(cut("Bolt", 200));
    await after(MINUTE);
    learn(cut("Cord", 100));
    await after(MINUTE);
    expect(titles()).toEqual(["Acme: 300 people, announced 5 Jan 2026"]);
    await after(3 * MINUTE);
    expect(titles().slice(1)).toEqual(["2 new layoffs: Bolt 200 and Cord 100"]);
  });

  it("waits as long as `group` says, over a restart too", async () => {
    await rule("r1", "on layoff group 30m");
    learn(cut("Acme", 300));
    await life.beat();
    learn(cut("Bolt", 200));
    await after(29 * MINUTE);
    await life.close();
    life = openLife({ book, market: () => market, clock: () => now, channels });
    await life.beat();
    expect(titles()).toHaveLength(1);
    await after(MINUTE);
    expect(titles()).toHaveLength(2);
  });

  it("of unknown size is counted by the next message, though it came minutes before", async () => {
    await rule("r1", "on layoff where people >= 100");
    learn(cut("Quiet", null));
    await life.beat();
    learn(cut("Acme", 300));
    await after(MINUTE);
    expect(channels.shown[0]?.reply.notes.join(" ")).toContain("1 layoff of unknown size");
    learn(cut("Bolt", 200));
    await after(10 * MINUTE);
    expect(channels.shown[1]?.reply.notes.join(" ")).not.toContain("unknown size may");
  });
});

describe("too many alerts for one place", () => {
  beforeEach(async () => {
    for (let at = 0; at < 15; at++) await rule(`r${at}`, `on layoff where company = "Co ${at}"`);
  });
  const storm = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, at) => cut(`Co ${first + at}`, 100 + at));

  it("in one look are one message that names each", async () => {
    learn(...storm(0, 14));
    await life.beat();
    expect(titles()).toEqual(["15 alerts at once, from 15 rules"]);
    expect(becameOf("folded")).toHaveLength(15);
    const [block] = channels.shown[0]!.reply.blocks;
    expect(block?.kind === "bullets" && block.items).toHaveLength(15);
  });

  it("up to ten are messages of their own", async () => {
    learn(...storm(0, 9));
    await life.beat();
    expect(titles()).toHaveLength(10);
    expect(becameOf("folded")).toEqual([]);
  });

  it("that follow make the message grow, and after ten minutes stand alone again", async () => {
    learn(...storm(0, 11));
    await life.beat();
    learn(...storm(12, 13));
    await after(4 * MINUTE);
    expect(titles()).toHaveLength(1);
    expect(posts().find(({ folds }) => folds !== undefined)?.reply.title).toBe(
      "14 alerts at once, from 14 rules",
    );
    learn(...storm(14, 14));
    await after(11 * MINUTE);
    expect(titles()).toHaveLength(2);
    expect(titles()[1]).toBe("Co 14: 100 people, announced 5 Jan 2026");
  });

  it("that wait for the end of quiet hours are one message then", async () => {
    await book.commit([
      {
        table: "settings",
        key: keyOf("local", "channel", "market"),
        value: {
          tenant: "local",
          scope: "channel",
          id: "market",
          quiet: { from: "08:00", to: "12:00", mode: "hold" },
          changedAt: now,
        },
      },
    ]);
    for (let at = 0; at < 15; at++) {
      learn(...storm(at, at));
      await after(10 * MINUTE);
    }
    expect(titles()).toEqual([]);
    await after(HOUR);
    expect(titles()).toEqual(["15 alerts at once, from 15 rules"]);
  });

  it("for other places are no storm for this one", async () => {
    for (let at = 0; at < 15; at++) await changeRule(`r${at}`, { home: channel(`c${at}`) });
    learn(...storm(0, 14));
    await life.beat();
    expect(titles()).toHaveLength(15);
  });

  it("are corrected in the thread of the one message, which says so itself", async () => {
    learn(...storm(0, 11));
    await life.beat();
    now += DAY;
    layoffs[0] = changed(layoffs[0]!, dayOf(now), { headcount: 900 });
    await after(MINUTE);
    const correction = posts().find(({ kind }) => kind === "correction");
    expect(correction).toMatchObject({ status: "shown" });
    expect(posts().find(({ folds }) => folds !== undefined)?.reason).toBe("edited");
  });

  it("are told by their message when one of the rules is deleted before it goes", async () => {
    await book.commit([
      {
        table: "settings",
        key: keyOf("local", "channel", "market"),
        value: {
          tenant: "local",
          scope: "channel",
          id: "market",
          quiet: { from: "08:00", to: "12:00", mode: "hold" },
          changedAt: now,
        },
      },
    ]);
    learn(...storm(0, 14));
    await life.beat();
    await book.commit([{ table: "rules", key: keyOf("local", "r10"), value: null }]);
    await after(4 * HOUR);
    expect(titles()).toEqual(["15 alerts at once, from 15 rules"]);
  });
});

describe("what a rule says of its words", () => {
  it("`digest-only` is written down and not sent", async () => {
    await rule("r1", "on layoff digest-only");
    learn(cut("Acme", 300));
    await life.beat();
    expect(titles()).toEqual([]);
    expect(becameOf("digest-only").map(({ status, target }) => [status, target.id])).toEqual([
      ["skipped", "market"],
    ]);
  });

  it("`severity` stands in the headline, of events and of figures", async () => {
    await rule("r1", "on layoff severity critical");
    await rule("r2", "when people(7d) > 1000 severity low");
    learn(cut("Acme", 3_000));
    await life.beat();
    expect(
      titles()
        .toSorted()
        .map((title) => title.slice(0, 10)),
    ).toEqual(["[critical]", "[low] 3,00"]);
  });

  it("quiet hours that are `silent` send it without a sound", async () => {
    await rule("r1", "on layoff quiet 08:00-12:00 UTC silent");
    learn(cut("Acme", 300));
    await life.beat();
    expect(channels.shown.map(({ silent }) => silent)).toEqual([true]);
  });
});

describe("`escalate after 2h to me`", () => {
  const told = () => channels.shown.map(({ target, reply }) => `${target.kind}: ${reply.title}`);

  it.each([
    ["a figure", "when people(7d) > 1000 clear < 500"],
    ["an event", "on layoff where people >= 500"],
  ])("tells %s that nobody answered to one more place, once", async (_, text) => {
    await rule("r1", `${text} escalate after 2h to me`);
    learn(cut("Acme", 3_000));
    await life.beat();
    await after(119 * MINUTE);
    expect(told()).toHaveLength(1);
    await after(MINUTE);
    await after(MINUTE);
    await after(DAY - 3 * HOUR);
    expect(told()).toHaveLength(2);
    expect(told()[1]).toMatch(/^dm: Nobody answered for 2 hours: .*3,000 people/);
  });

  it.each<[string, Partial<Rule>]>([
    ["snoozed", { snooze: { until: START + DAY, by: "U2" } }],
    ["muted", { mutedBy: "U2" }],
  ])("says nothing when the rule was %s meanwhile", async (_, answered) => {
    await rule("r1", "on layoff escalate after 2h to me");
    learn(cut("Acme", 3_000));
    await life.beat();
    await changeRule("r1", answered);
    await after(3 * HOUR);
    expect(told()).toHaveLength(1);
  });

  it("says nothing when the figure is over by then", async () => {
    await rule("r1", "when people(7d) > 1000 clear < 500 escalate after 2d to me");
    learn(cut("Acme", 3_000));
    await life.beat();
    layoffs[0] = changed(layoffs[0]!, dayOf(now + DAY), { headcount: 10 });
    await after(DAY);
    await after(2 * DAY);
    expect(told().filter((line) => line.includes("Nobody answered"))).toEqual([]);
  });

  it("counts from when it was seen, in one message with others too", async () => {
    for (let at = 0; at < 11; at++)
      await rule(`r${at}`, `on layoff where company = "Co ${at}" escalate after 2h to me`);
    learn(...Array.from({ length: 11 }, (_, at) => cut(`Co ${at}`, 100)));
    await life.beat();
    expect(told()).toEqual(["channel: 11 alerts at once, from 11 rules"]);
    await after(2 * HOUR);
    expect(told().slice(1)).toEqual(["dm: 11 alerts at once, from 11 rules"]);
  });
});
