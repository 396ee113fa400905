import { describe, expect, it } from "vitest";
import { backtest } from "../../src/alerts/backtest.ts";
import { decide } from "../../src/alerts/decide.ts";
import { decideEvent, eventTruth } from "../../src/alerts/events.ts";
import { measure } from "../../src/alerts/metrics.ts";
import { layoffFact } from "../../src/alerts/new-fact.ts";
import { parseRule } from "../../src/alerts/parse-rule.ts";
import type { EventRule, LevelRule } from "../../src/alerts/rule.ts";
import { backtestReply } from "../../src/alerts/say-backtest.ts";
import { correctionReply, eventsReply } from "../../src/alerts/say-events.ts";
import { explainReply, ruleCard, ruleFaultReply } from "../../src/alerts/say-rule.ts";
import type { RuleFacts } from "../../src/alerts/say-rule.ts";
import { noticeReply } from "../../src/alerts/say.ts";
import type { AlertState } from "../../src/alerts/state.ts";
import { addDays } from "../../src/market/calendar.ts";
import type { Reply, Table } from "../../src/reply/reply.ts";
import { faultOf } from "./fault-of.ts";
import { book, lines, market } from "./small-market.ts";
import { changed, layoff } from "../market/layoff-facts.ts";

function level(text: string): LevelRule {
  const rule = parseRule(`when ${text}`);
  if (rule.kind !== "level") throw new Error(text);
  return rule;
}
function event(text: string): EventRule {
  const rule = parseRule(`on ${text}`);
  if (rule.kind !== "event") throw new Error(text);
  return rule;
}

/** Every notice of a stretch of days, as its reply. */
function replies(rule: LevelRule, from: string, to: string): Reply[] {
  let state: AlertState | null = null;
  const found: Reply[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const measured = measure(rule, market, day);
    const decided = decide(rule, measured, state, {
      today: day,
      now: Date.parse(`${day}T09:00:00Z`),
    });
    state = decided.state;
    if (decided.notice !== null)
      found.push(
        noticeReply(rule, decided.notice, measured, decided.state, {
          id: "a1",
          market,
          today: day,
        }),
      );
  }
  return found;
}

describe("the message of an alert", () => {
  const rule = level(
    "people(7d) where country = India > 10000 clear < 5000 cooldown 3d notify #market",
  );
  const [first, grew, cleared] = replies(rule, "2024-03-01", "2024-03-20");

  it("says what happened in one sentence, and everything it rests on below", () => {
    expect(lines(first!)).toEqual([
      "11,000 people laid off (country = India) in the 7 days to 5 Mar 2024, above 10,000 people",
      "Rule: when people(7d) where country = India > 10000 clear < 5000 cooldown 3d notify #market",
      "Value: 11,000 people",
      "Threshold: above 10,000 people; over when below 5,000 people",
      "Window: 7 days, 28 Feb 2024 – 5 Mar 2024",
      "Largest layoffs in the 7 days to 5 Mar 2024",
      "2024-03-05 | Contoso | 7,000 | – | India | – | 2024-03-05",
      "2024-03-02 | Northwind | 4,000 | – | India | – | 2024-03-02",
      "Next: once it has been below 5,000 people and then is above 10,000 people again, not before 8 Mar 2024 09:00 UTC; or here in the thread at 20,000 people.",
      "Data to 5 Mar 2024 · by date announced, as known then · source: Tester hand-made rows",
    ]);
  });

  it("its buttons are commands", () => {
    expect(first!.actions).toEqual([
      { label: "Explain", run: "/alert explain a1" },
      {
        label: "Rows",
        run: "/layoffs country:India from:2024-02-28 to:2024-03-05 asof:2024-03-05 rows:yes",
      },
      { label: "Snooze 8 h", run: "/alert snooze a1 8h" },
      { label: "Mute", run: "/alert mute a1" },
    ]);
    expect(first!.audience).toBe("everyone");
    expect(first!.figures).toMatchObject({
      value: 11_000,
      threshold: 10_000,
      reason: "first",
      episode: 1,
      from: "2024-02-28",
      to: "2024-03-05",
    });
  });

  it("growth and the end have titles of their own", () => {
    expect(grew!.title).toBe(
      "2 times the threshold: 23,000 people laid off (country = India) in the 7 days to 6 Mar 2024",
    );
    expect(cleared!.title).toBe(
      "Over: 0 people laid off (country = India) in the 7 days to 13 Mar 2024, below 5,000 people",
    );
    expect(cleared!.blocks.some(({ kind }) => kind === "table")).toBe(false);
  });

  it("unknown sizes make the figure a floor, and are counted beside it", () => {
    const [told] = replies(level("people(7d) > 10000"), "2024-03-01", "2024-03-05");
    expect(told!.title).toBe(
      "At least 11,000 people laid off in the 7 days to 5 Mar 2024, above 10,000 people",
    );
    expect(told!.notes[0]).toBe("1 layoff of unknown size on top: the figure is a floor.");
  });

  it("already true is said to the author alone", () => {
    const [told] = replies(level("people(7d) > 10000"), "2024-03-06", "2024-03-06");
    expect(told!.title).toMatch(/^Already true now: at least 23,000 people/);
  });

  it("the end of the data is said with its day", () => {
    const [told] = replies(level("people(7d) > 10000"), "2024-03-25", "2024-04-06").slice(-1);
    expect(told!.title).toBe("No data for this alert after 31 Mar 2024: it is neither on nor over");
    expect(told!.notes.at(-1)).toBe(
      "Data to 31 Mar 2024 (4 days old) · by date announced, as known then · source: Tester hand-made rows",
    );
  });

  it("a change and a z are said with their own units", () => {
    const [change] = replies(level("people(1d) change prev > 50%"), "2024-03-02", "2024-03-06");
    expect(change!.title).toBe(
      "+71 %: 12,000 people laid off on 6 Mar 2024, above +50 % against the day before",
    );
    expect(lines(change!)).toContain("The day before: 7,000 people");
  });
});

describe("explaining", () => {
  it("replays what was measured, step by step", () => {
    const rule = level("people(7d) > 10000");
    const measured = measure(rule, market, "2024-03-06");
    const shown = lines(
      explainReply(rule, measured, null, {
        id: "a1",
        market,
        today: "2024-03-06",
        text: "when people(7d) > 10000",
      }),
    );
    expect(shown.slice(0, 6)).toEqual([
      "At least 23,000 people laid off in the 7 days to 6 Mar 2024: the test holds",
      "when people(7d) > 10000",
      "Value: 23,000 people; the test is above 10,000 people: yes.",
      "It rests on 4 layoffs; 1 layoff did not say how many.",
      "An episode is over when the value is below 8,000 people.",
      "It has not been looked at yet.",
    ]);
  });

  it("says why there is no value", () => {
    const rule = level("people(7d) change yoy > 50%");
    const say = (day: string) =>
      explainReply(rule, measure(rule, market, day), null, { id: "a1", market, today: day }).title;
    expect(say("2024-03-06")).toBe(
      "Nothing to hold it against: a year earlier is unknown or zero.",
    );
    expect(say("2024-05-01")).toBe(
      "The data end on 31 Mar 2024: nothing is known of the days from 1 Apr 2024, so this is neither on nor over.",
    );
  });
});

describe("messages of events", () => {
  const rule = event("layoff where people >= 500 group 10m max 2");
  const fact = (company: string, headcount: number | null, learnedOn = "2024-03-05") =>
    layoffFact(
      layoff(company, "2024-03-05", { headcount, percentOfStaff: 10 }, { learnedOn }),
      book,
    );
  const saying = { id: "a2", market, today: "2024-03-31" };

  it("one event is one sentence", () => {
    const told = eventsReply(
      { rule, facts: [fact("Contoso", 7_000, "2024-03-25")], unknownSize: 0 },
      saying,
    );
    expect(told.title).toBe(
      "Contoso: 7,000 people (10 % of staff), announced 5 Mar 2024, learned 20 days later",
    );
    expect(told.notes[0]).toBe("Learned late: Contoso (announced 5 Mar 2024, 20 days before).");
  });

  it("many are one message: the largest by name, the others as a number", () => {
    const facts = Array.from({ length: 30 }, (_, at) =>
      fact(`C${String(at).padStart(2, "0")}`, 500 + at),
    );
    const told = eventsReply({ rule, facts, unknownSize: 3 }, saying);
    expect(told.title).toBe("30 new layoffs: C29 529 and C28 528 (+28 more)");
    expect(lines(told)).toContain("+28 more");
    const table = told.blocks.find((block): block is Table => block.kind === "table");
    expect([table?.rows.length, table?.more]).toEqual([2, 28]);
    expect(told.notes[0]).toBe(
      "3 layoffs of unknown size may belong here too (unknown include shows them).",
    );
    expect(told.figures).toMatchObject({ events: 30, people: 15_435 });
  });

  it("a correction says what was told and what is true now", () => {
    const before = layoff("Contoso", "2024-03-05", { headcount: 1_000 });
    const opened = decideEvent(rule, layoffFact(before, book), 2, null, {
      today: "2024-03-06",
      now: 0,
    });
    const after = layoffFact(changed(before, "2024-03-08", { headcount: 100 }), book);
    const decided = decideEvent(rule, after, eventTruth(rule, after, book), opened.state, {
      today: "2024-03-08",
      now: 1,
    });
    expect(correctionReply(rule, after, decided.notice!, saying).title).toBe(
      "Correction: Contoso, 5 Mar 2024: 1,000 people was told, it is now 100 people; it no longer fits the rule",
    );
  });
});

describe("a rule on its card", () => {
  const rule = level("people(7d) > 10000 for 2d notify #market, @me");
  const kept: RuleFacts = {
    id: "a1",
    text: "when people(7d) > 10000 for 2d notify #market, @me",
    createdAt: Date.parse("2024-03-01T10:00:00Z"),
    paused: null,
    mutedBy: null,
    snooze: null,
    expiresAt: null,
  };
  const firing: AlertState = {
    phase: "firing",
    since: "2024-03-05",
    episode: 1,
    quietUntil: null,
    lastValue: 1,
    toldValue: 1,
  };

  it.each<[string, Partial<RuleFacts>, AlertState | null]>([
    ["not looked at yet", {}, null],
    ["firing since 5 Mar 2024", {}, firing],
    ["no data since 5 Mar 2024", {}, { ...firing, phase: "no-data" }],
    [
      "snoozed until 6 Mar 2024 18:30 UTC by @ann",
      { snooze: { until: Date.parse("2024-03-06T18:30:00Z"), by: "@ann" } },
      firing,
    ],
    ["snoozed until it is over by @ann", { snooze: { until: "resolved", by: "@ann" } }, firing],
    ["muted by @bob", { mutedBy: "@bob" }, firing],
    ["paused (channel-gone)", { paused: { reason: "channel-gone" }, mutedBy: "@bob" }, firing],
  ])("says %s", (words, changes, state) => {
    expect(ruleCard({ ...kept, ...changes }, rule, state).title).toBe(`Alert a1: ${words}`);
  });

  it("shows what it waits for and whom it tells", () => {
    expect(lines(ruleCard(kept, rule, null))).toEqual(
      expect.arrayContaining([
        "Waits for: above 10,000 people for 2 days",
        "Over when: below 8,000 people",
        "Tells: #market, @me",
        "Made: 1 Mar 2024",
      ]),
    );
  });
});

describe("the options of a rule on its card", () => {
  const kept = {
    id: "a1",
    createdAt: 0,
    paused: null,
    mutedBy: null,
    snooze: null,
    expiresAt: null,
  };
  const shown = (text: string) =>
    lines(ruleCard({ ...kept, text }, parseRule(text), null)).slice(2, -1);

  it("are said in words", () => {
    expect(
      shown(
        "on layoff group 90m max 5 notify #market quiet 22:00-07:00 Europe/Berlin silent severity critical escalate after 2h to @me",
      ),
    ).toEqual([
      "Tells of: each new layoff that fits",
      "Tells: #market",
      "Severity: critical",
      "Escalates: to @me after 2 hours if nobody snoozes or mutes it",
      "Groups: what comes within 90 minutes of a message, 5 by name",
      "Quiet hours: 22:00–07:00 Europe/Berlin: messages come without a sound",
    ]);
    expect(shown("when people(7d) > 5 digest-only")).toContain("Speaks: in digests only");
  });

  it("are left out when nobody set them", () => {
    expect(shown("on layoff")).toEqual(["Tells of: each new layoff that fits", "Tells: here"]);
  });
});

describe("a replay in words", () => {
  it("counts, draws and offers other thresholds", () => {
    const rule = level("people(7d) > 10000");
    const told = backtestReply(rule, backtest(rule, market, "2024-03-01", "2024-03-31"), {
      id: "a1",
      market,
      today: "2024-03-31",
    });
    expect(told.title).toBe("It would have fired once, 1 Mar – 31 Mar 2024");
    expect(lines(told)).toEqual(
      expect.arrayContaining([
        "Test held: 8 days of 31",
        "Longest silence: 26 days",
        "Fired: 5 Mar 2024",
      ]),
    );
    const chart = told.blocks.flatMap((block) =>
      block.kind === "chart" && block.chart.kind === "lines" ? [block.chart] : [],
    )[0]!;
    expect(chart.categories.length).toBe(31);
    expect(chart.threshold).toEqual({ value: 10_000, label: "alert above 10,000 people" });
    expect(chart.marks).toEqual([{ category: "2024-03-05", label: "fired" }]);
    expect(chart.series[0]!.values.slice(3, 6)).toEqual([4_000, 11_000, 23_000]);
  });

  it("a rule on events is replayed on the days things were learned", () => {
    const rule = event("layoff where people >= 5000");
    const result = backtest(rule, market, "2024-03-01", "2024-03-31");
    expect(result).toMatchObject({
      firings: ["2024-03-05", "2024-03-06"],
      told: 2,
      keptInMind: 1,
      longestSilenceDays: 25,
    });
    expect(backtestReply(rule, result, { id: "a1", market, today: "2024-03-31" }).title).toBe(
      "It would have told of 2 layoffs on 2 days, 1 Mar – 31 Mar 2024",
    );
  });
});

describe("a rule that cannot be read", () => {
  it("is shown with the place marked, and a line that works", () => {
    const told = ruleFaultReply(faultOf(() => parseRule("when poeple(7d) > 500")));
    expect(lines(told)).toEqual([
      "‘poeple’ is not a figure I know.",
      "when poeple(7d) > 500\n     ^^^^^^",
      expect.stringContaining("Did you mean people?"),
    ]);
    expect(told.actions).toEqual([
      { label: "/alert new when people(7d) > 500", run: "/alert new when people(7d) > 500" },
    ]);
    expect(told.reason).toBe("bad_argument");
  });
});
