import { describe, expect, it } from "vitest";
import { digestMessages, digestReply } from "../../src/digests/digest.ts";
import type { DigestRequest } from "../../src/digests/digest.ts";
import { SECTIONS, sectionsOf } from "../../src/digests/index.ts";
import { buildMarket } from "../../src/market/build.ts";
import type { LayoffSighting } from "../../src/market/facts.ts";
import { plainText } from "../../src/reply/plain.ts";
import type { Chart } from "../../src/charts/chart.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { changed, factsOf, layoff, plainBook } from "../market/layoff-facts.ts";

/** Monday to Sunday, ISO week 11. */
const WEEK = { from: "2024-03-11", to: "2024-03-17" };

/** One week with two sizes and one unknown, the week before it, the same week a year earlier, and what was learned late. */
const LAYOFFS: readonly LayoffSighting[] = [
  layoff("Acme", "2024-03-12", {
    headcount: 100,
    percentOfStaff: 12,
    industry: "Retail",
    country: "Germany",
    url: "https://news.example/acme",
  }),
  layoff("Bolt", "2024-03-14", { headcount: 50, industry: "Finance" }),
  layoff("Cove", "2024-03-17", {}),
  layoff("Dune", "2024-03-05", { headcount: 300 }),
  layoff("Acme", "2023-03-15", { headcount: 600 }),
  // Happened in February, learned this week.
  layoff("Echo", "2024-02-20", { headcount: 40 }, { learnedOn: "2024-03-13" }),
  // Changed this week from 200 to 260, withdrawn this week, and a stage that nobody quotes.
  changed(layoff("Fern", "2024-02-10", { headcount: 200 }), "2024-03-14", { headcount: 260 }),
  layoff("Gale", "2024-01-15", { headcount: 25 }, { withdrawnOn: "2024-03-15" }),
  changed(layoff("Hull", "2024-01-20", { headcount: 10 }), "2024-03-14", { stage: "Seed" }),
  // Happened this week and is not known before the week after.
  layoff("Iris", "2024-03-16", { headcount: 5_000 }, { learnedOn: "2024-03-20" }),
];

const market = buildMarket(factsOf(LAYOFFS), plainBook());

function told(request: Partial<DigestRequest> = {}): Reply {
  return digestReply({
    market,
    window: WEEK,
    density: "standard",
    sections: [],
    filter: {},
    ...request,
  });
}

describe("the numbers of a week", () => {
  it("are those of the days, as known on the last of them", () => {
    expect(told().figures).toMatchObject({
      people: 150,
      events: 3,
      companies: 3,
      unknownSize: 1,
      asof: "2024-03-17",
      week: { people: 150, events: 3, companies: 3, unknownSize: 1 },
      yearToDate: { people: 760, events: 7, companies: 7, unknownSize: 1 },
    });
  });
  it("stand beside the week before, last year's week and last year to date, each at its own age", () => {
    expect(told().figures).toMatchObject({
      vsPrevious: { current: 150, previous: 300, changePct: -50 },
      previous: { from: "2024-03-04", to: "2024-03-10", people: 300 },
      vsLastYear: { current: 150, previous: 600, changePct: -75 },
      lastYear: { from: "2023-03-13", to: "2023-03-19" },
      yearVsLastYear: { current: 760, previous: 600, changePct: 26.7 },
      lastYearToDate: { from: "2023-01-01", to: "2023-03-17" },
    });
  });
  it("a digest told a week later compares spans that have aged as much", () => {
    expect(told({ asof: "2024-03-24" }).figures).toMatchObject({
      week: { people: 5_150, events: 4 },
      vsPrevious: { current: 5_150, previous: 300 },
    });
  });
  it("what was learned stands apart from what happened", () => {
    expect(told().figures["learned"]).toEqual({
      people: 190,
      events: 4,
      companies: 4,
      unknownSize: 1,
    });
    const text = plainText(told());
    expect(text).toContain(
      "Happened this week   at least 150 people · 3 events (1 size not reported) · 3 companies",
    );
    expect(text).toContain(
      "Learned this week    at least 190 people · 4 events (1 size not reported) · 4 companies",
    );
  });
  it("the headline is one sentence with its floor and what is unknown", () => {
    expect(told().title).toBe(
      "Tech layoffs 11 Mar – 17 Mar 2024: at least 150 people in 3 events at 3 companies (1 event of unknown size)",
    );
  });
  it("every sentence is computed", () => {
    expect(plainText(told()).split("\n")[1]).toBe(
      "  Fewer known people than the week before (300, −50 %) and the same week last year (600, −75 %), counted at the same age. 2024 so far: at least 760 people, +27 % on the same days of 2023. Largest: Acme, 100 people (12 % of staff).",
    );
  });
});

describe("past numbers that moved this week", () => {
  it("are the late, the changed and the withdrawn, largest first", () => {
    const table = told({ sections: ["moved"] }).blocks.find((block) => block.kind === "table")!;
    expect(
      table.rows.map((cells) =>
        cells.slice(0, 5).map((cell) => (typeof cell === "string" ? cell : cell.text)),
      ),
    ).toEqual([
      ["2024-02-10", "Fern", "200", "260", "changed by the source"],
      ["2024-02-20", "Echo", "–", "40", "learned 13 Mar 2024"],
      ["2024-01-15", "Gale", "25", "–", "no longer listed"],
    ]);
  });
  it("say by how much the year moved", () => {
    const reply = told({ sections: ["moved"] });
    expect(reply.figures["moved"]).toEqual({
      late: 1,
      latePeople: 40,
      changed: 1,
      withdrawn: 1,
      peopleBefore: 535,
      peopleNow: 610,
    });
    expect(plainText(reply)).toContain(
      "Learned this week about earlier days: 1 late report, 1 changed number, 1 withdrawn event. What is known of 2024 up to 10 Mar 2024 moved from 535 to 610 people.",
    );
  });
  it("keep to the filter", () => {
    expect(told({ filter: { companies: ["echo"] } }).figures["moved"]).toMatchObject({
      late: 1,
      changed: 0,
      withdrawn: 0,
    });
  });
  it("are still told when nothing happened", () => {
    const reply = told({ window: { from: "2024-03-18", to: "2024-03-24" } });
    expect(reply.figures["moved"]).toMatchObject({ late: 1, latePeople: 5_000 });
    expect(plainText(reply)).toContain("Iris");
  });
});

describe("densities", () => {
  it("brief is three lines and its buttons", () => {
    expect(plainText(told({ density: "brief" }), { actions: "none" }).split("\n")).toHaveLength(3);
  });
  it("deep has every section, leadership none of the rows", () => {
    expect(sectionsOf("deep", [])).toEqual(SECTIONS);
    expect(plainText(told({ density: "leadership" }))).not.toContain("news.example");
    expect(plainText(told())).toContain("news.example");
  });
  it("chosen sections come in the catalogue's order, and unknown names are left out", () => {
    expect(
      sectionsOf("standard", ["largest", "sentence", "horoscope"]).map(({ name }) => name),
    ).toEqual(["sentence", "largest"]);
  });
  it("no section's name stands twice, and every density names sections that exist", () => {
    const names = SECTIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
  it("the figures are the same in all of them", () => {
    const { week } = told().figures;
    for (const density of ["brief", "deep", "leadership"] as const)
      expect(told({ density }).figures["week"]).toEqual(week);
  });
});

describe("what the alerts of the place said", () => {
  const fired = [
    { title: "Fintech is up", on: "2024-03-14", rule: "r2", link: null, isNew: true, opens: true },
    {
      title: "1,200 people in 7 days",
      on: "2024-03-12",
      rule: "r1",
      link: "https://chat.example/1",
      isNew: false,
      opens: true,
    },
    { title: "Over", on: "2024-03-15", rule: "r2", link: null, isNew: true, opens: false },
  ];
  it("stands at the end with its day, its rule and its link", () => {
    for (const density of ["standard", "deep", "leadership"] as const) {
      const { blocks, figures } = told({ density, fired });
      expect(blocks.slice(-2)).toEqual([
        { kind: "text", words: [{ bold: "2 alerts fired this week" }] },
        {
          kind: "bullets",
          items: [
            ["Fintech is up", " · 14 Mar 2024 · ", { code: "r2" }, " (told in digests only)"],
            [
              { link: "https://chat.example/1", text: "1,200 people in 7 days" },
              " · 12 Mar 2024 · ",
              { code: "r1" },
            ],
            ["Over", " · 15 Mar 2024 · ", { code: "r2" }, " (told in digests only)"],
          ],
        },
      ]);
      expect(figures["fired"]).toMatchObject({ alerts: 2 });
    }
  });
  it("is one line of a brief digest, and none where nothing fired", () => {
    const brief = told({ density: "brief", fired });
    expect(brief.blocks.at(-1)).toEqual({ kind: "text", words: "2 alerts fired." });
    expect(brief.blocks).toHaveLength(told({ density: "brief" }).blocks.length + 1);
    expect(told().figures).not.toHaveProperty("fired");
  });
  it("stands in a message of its own below a deep digest, and in an empty week too", () => {
    const window = { from: "2024-04-01", to: "2024-04-07" };
    const { parts } = digestMessages({
      market,
      window,
      density: "deep",
      sections: [],
      filter: {},
      fired,
    });
    expect(parts.map(({ title, notes }) => [title, notes])).toEqual([
      ["Alerts, 1 Apr – 7 Apr 2024", []],
    ]);
  });
  it("is shortened in sight", () => {
    const many = Array.from({ length: 9 }, () => fired[0]!);
    expect(plainText(told({ fired: many }))).toContain("and 4 more");
  });
});

describe("a digest as messages", () => {
  const messages = (request: Partial<DigestRequest>) =>
    digestMessages({
      market,
      window: WEEK,
      density: "deep",
      sections: [],
      filter: {},
      ...request,
    });
  it("is one message in every density but deep, with the words of the preview", () => {
    for (const density of ["brief", "standard", "leadership"] as const)
      expect(messages({ density })).toEqual({ head: told({ density }), parts: [] });
  });
  it("loses no block of the preview when it is deep, and repeats none", () => {
    const { head, parts } = messages({});
    const blocks = [...head.blocks.slice(0, -1), ...parts.flatMap((part) => part.blocks)];
    expect(blocks).toEqual(told({ density: "deep" }).blocks);
    expect(head.title).toBe(told().title);
    expect(parts.map(({ title }) => title)).toEqual([
      "The largest, 11 Mar – 17 Mar 2024",
      "Past numbers that moved, 11 Mar – 17 Mar 2024",
      "Industries and countries, 11 Mar – 17 Mar 2024",
    ]);
    for (const { notes, actions } of parts) {
      expect(notes[0]).toContain("as known 17 Mar 2024");
      expect(actions).toEqual([]);
    }
  });
  it("keeps to the sections that were chosen", () => {
    expect(messages({ sections: ["numbers", "largest"] }).parts).toHaveLength(1);
    const { head, parts } = messages({ sections: ["numbers"] });
    expect(parts).toEqual([]);
    expect(plainText(head)).not.toContain("In the thread");
  });
  it("of an empty week has only what was learned in it in the thread", () => {
    const { head, parts } = messages({ window: { from: "2024-03-18", to: "2024-03-24" } });
    expect(head.blocks).toHaveLength(1);
    expect(parts.map(({ title }) => title)).toEqual([
      "Past numbers that moved, 18 Mar – 24 Mar 2024",
    ]);
  });
});

describe("a week in which nothing is known to have happened", () => {
  const empty = { from: "2024-04-01", to: "2024-04-07" };
  it("is one line, with its figures", () => {
    const reply = told({ window: empty });
    expect(reply.title).toBe(
      "Tech layoffs 1 Apr – 7 Apr 2024: no known events; 2024 so far at least 5,760 people",
    );
    expect(reply.blocks).toEqual([]);
    expect(reply.figures).toMatchObject({
      week: { people: 0, events: 0, unknownSize: 0 },
      yearToDate: { people: 5_760 },
    });
  });
  it("is not called empty when the facts end before it", () => {
    const reply = told({ window: { from: "2025-02-03", to: "2025-02-09" } });
    expect(reply.title).toBe(
      "Tech layoffs 3 Feb – 9 Feb 2025: not known yet, the facts end on 31 Dec 2024",
    );
    expect(reply.figures).toMatchObject({ week: null, factsEndOn: "2024-12-31" });
    expect(reply.figures).not.toHaveProperty("people");
    expect(reply.notes.join(" ")).toContain("does not mean that nothing happened");
  });
  it("sizes nobody reported are not compared as zero", () => {
    const reply = told({ filter: { companies: ["cove"] } });
    expect(reply.figures).toMatchObject({
      week: { people: 0, events: 1, unknownSize: 1 },
      vsPrevious: { changePct: null },
    });
    expect(plainText(reply)).toContain("No event said how many, so there is no size to compare.");
  });
});

describe("a digest that comes late", () => {
  it("says by how much, and what was not posted", () => {
    const { notes } = told({
      lateBy: (2 * 60 + 5) * 60_000,
      window: { from: "2024-03-04", to: "2024-03-17" },
      missed: [{ period: "2024-W11", reason: "too-late" }],
    });
    expect(notes.slice(0, 2)).toEqual([
      "Late by 2 h 5 min.",
      "Not posted: 2024-W11 (its time was over before I could). This one covers 4 Mar – 17 Mar 2024.",
    ]);
  });
  it("a few minutes are not late, and a long list is shortened in sight", () => {
    expect(told({ lateBy: 60_000 }).notes.join(" ")).not.toContain("Late");
    const missed = Array.from({ length: 9 }, (_, day) => ({
      period: `2024-03-0${day + 1}`,
      reason: "folded",
    }));
    expect(told({ missed }).notes[0]).toBe(
      "Not posted: 4 earlier ones, 2024-03-05, 2024-03-06, 2024-03-07, 2024-03-08 and 2024-03-09 (this one covers its days). This one covers 11 Mar – 17 Mar 2024.",
    );
  });
  it("two weeks at once are compared with the two before", () => {
    expect(told({ window: { from: "2024-03-04", to: "2024-03-17" } }).figures).toMatchObject({
      week: { people: 450 },
      previous: { from: "2024-02-19", to: "2024-03-03" },
    });
  });
});

describe("the chart", () => {
  const chartOf = (request: Partial<DigestRequest> = {}): Chart =>
    told(request).blocks.find((block) => block.kind === "chart")!.chart;
  it("lays 13 weeks beside the same weeks a year earlier, the newest still filling", () => {
    const chart = chartOf();
    expect(chart).toMatchObject({ kind: "grouped", unit: "people", lastIncomplete: true });
    if (chart.kind === "ranges") throw new Error("not a series");
    expect(chart.categories).toHaveLength(13);
    expect(chart.categories.at(-1)).toBe("11 Mar");
    const [theirs, ours] = chart.series;
    expect(ours!.values.slice(-2)).toEqual([300, 150]);
    expect(theirs!.values.at(-1)).toBe(600);
    expect(theirs!.values[0]).toBeNull();
  });
  it("of a month is 12 months beside the same months", () => {
    const chart = chartOf({ window: { from: "2024-02-01", to: "2024-02-29" }, asof: "2024-03-17" });
    if (chart.kind === "ranges") throw new Error("not a series");
    expect(chart.categories).toHaveLength(12);
    expect(chart.categories.at(-1)).toBe("2024-02");
    expect(chart.series[1]!.values.at(-1)).toBe(300);
  });
});

describe("buttons are commands one could type", () => {
  it("the whole table, the export, and the digest's own", () => {
    const { actions } = told({ id: "d7", filterText: "sector:finance", filter: {} });
    expect(actions).toEqual([
      {
        label: "Full table",
        run: "/layoffs sector:finance from:2024-03-11 to:2024-03-17 asof:2024-03-17 rows:all",
      },
      {
        label: "Export",
        run: "/export layoffs sector:finance from:2024-03-11 to:2024-03-17 asof:2024-03-17",
      },
      { label: "Edit digest", run: "/digest edit d7" },
      { label: "Mute 1 week", run: "/digest mute d7" },
    ]);
  });
  it("an empty week has no table to show or export", () => {
    const empty = { from: "2024-04-01", to: "2024-04-07" };
    expect(told({ id: "d7", window: empty }).actions.map(({ label }) => label)).toEqual([
      "Edit digest",
      "Mute 1 week",
    ]);
  });
  it("a preview has no digest to edit", () => {
    expect(told().actions.map(({ label }) => label)).toEqual(["Full table", "Export"]);
  });
});

it("a leap day is compared with 28 February, and says so", () => {
  const { notes, figures } = told({ window: { from: "2024-02-09", to: "2024-02-29" } });
  expect(figures["lastYearToDate"]).toMatchObject({ to: "2023-02-28" });
  expect(notes).toContain("29 February is compared with 28 Feb 2023.");
});

it("a digest is plain data that can be stored", () => {
  const reply = told({ density: "deep", id: "d1" });
  expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
  expect(reply.audience).toBe("everyone");
});
