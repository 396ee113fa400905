import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { plainText } from "../src/reply/plain.ts";
import { testBot } from "./bot.ts";
import type { TestBot } from "./bot.ts";

const data = resolve(import.meta.dirname, "../../shared/data");
const export12 = join(data, "layoffs/theakhilb_12col_2024-04-25.csv");
const dumps = ["2023-09-24", "2023-12-31"].map((day) =>
  join(data, `salaries/aijobs_salaries_${day}.csv.gz`),
);

/** Every figure was read from the files by a short separate script, not from the bot. */
const KNOWN: readonly (readonly [question: string, figures: Readonly<Record<string, unknown>>])[] =
  [
    [
      "/layoffs from:2024-01-01 to:2024-03-15 asof:2024-03-15",
      { companies: 209, events: 219, people: 50_312, unknownSize: 83 },
    ],
    [
      "/layoffs period:2023 asof:2024-03-17",
      { companies: 1_188, events: 1_382, people: 263_180, unknownSize: 539 },
    ],
    [
      "/trend layoffs compare:yoy todate:2024-03-17",
      {
        current: 50_727,
        previous: 147_758,
        changePct: -65.7,
        currentEvents: 226,
        previousEvents: 530,
        currentSameAge: 50_546,
        previousSameAge: 139_315,
        changePctSameAge: -63.7,
      },
    ],
    ["/layoffs from:2024-01-01 asof:2024-01-16", { people: 8_528 }],
    ["/layoffs period:2024-01", { people: 34_107 }],
    [
      "/layoffs google period:2024-01",
      {
        people: 1_000,
        events: 3,
        unknownSize: 2,
        largest: { on: "2024-01-10", people: 1_000, percent: null },
      },
    ],
    ["/layoffs google", { people: 13_115, events: 8, unknownSize: 4 }],
    [
      "/layoffs amazon from:2024-01-08 to:2024-01-12 rollup:yes",
      { people: 600, events: 3, unknownSize: 1, companies: 3 },
    ],
    ["/layoffs sony", { people: 900, events: 1, last: { on: "2024-02-27", people: 900 } }],
    ["/layoffs period:2023", { medianCut: 100 }],
    ["/layoffs from:2024-01-01 to:2024-03-17", { medianCut: 90 }],
    [
      "/salary ai-engineer level:senior country:US period:2023Q4",
      { n: 317, mean: 199_129, median: 196_000, p25: 152_000, p75: 240_000, basis: "rows" },
    ],
    ["/salary ai-engineer compare:2023Q3,2023Q4", { changePct: -3.7 }],
    [
      "/salary engineer ai:no level:senior period:2022Q4..2023Q4",
      { previous: 157_013, current: 160_367, previousMedian: 150_000, currentMedian: 150_000 },
    ],
    [
      "/premium engineer level:senior period:2023Q4",
      {
        nAi: 317,
        nOther: 494,
        median: { pct: 30.7 },
        mean: { ai: 199_129, other: 160_367, pct: 24.2 },
      },
    ],
    [
      "/premium engineer period:2023Q4",
      {
        groups: 3,
        nAi: 391,
        nOther: 680,
        leftOutOther: 24,
        median: { ai: 186_000, other: 145_600, pct: 27.7 },
        mean: { other: 154_546, pct: 24.5 },
      },
    ],
    [
      "/premium all country:all",
      { groups: 23, nAi: 2_114, nOther: 7_932, median: { pct: 28.7 }, mean: { pct: 27.3 } },
    ],
    [
      "/premium data-scientist",
      { groups: 4, nAi: 695, nOther: 2_124, median: { pct: 17.2 }, mean: { pct: 14.3 } },
    ],
  ];

describe.skipIf(!existsSync(export12))(
  "the figures of the 2024-04-25 export and the two pay dumps",
  () => {
    let bot: TestBot;
    beforeAll(async () => {
      bot = await testBot({ files: [export12, ...dumps] });
    });
    it.each(KNOWN)("%s", async (question, figures) => {
      const { reply } = await bot.ask(question);
      expect(reply.reason).toBeUndefined();
      expect(reply.figures).toMatchObject(figures);
    });
    it("four large companies side by side have a size or say that none was reported", async () => {
      const { reply } = await bot.ask(
        "/compare alphabet,amazon,meta,microsoft from:2024-01-01 to:2024-03-17",
      );
      expect(reply.figures["items"]).toMatchObject([
        { name: "Alphabet", people: 1_100, events: 4, unknownSize: 2 },
        { name: "Amazon", people: 430, events: 3, unknownSize: 1 },
        { name: "Meta", people: 0, events: 1, unknownSize: 1 },
        { name: "Microsoft", people: 1_900, events: 1, unknownSize: 0 },
      ]);
      expect(plainText(reply)).toContain("not said");
    });
    it("a month that was still running is said to be a part, beside what it closed at", async () => {
      const { reply } = await bot.ask("/layoffs from:2024-01-01 asof:2024-01-16");
      expect(plainText(reply)).toContain(
        "The whole of 2024-01 closed at 34,107 people in 122 events: the figure above is a part of it.",
      );
    });
    it("why says the counting rule, the source and the rows", async () => {
      const { reply } = await bot.ask("/layoffs period:2023 asof:2024-03-17 why:yes");
      const text = plainText(reply);
      for (const said of [
        "every row the source lists is one event",
        "Here 1,191 spellings (outer blanks aside) are 1,188 companies",
        "539 events did not say how many",
        "Layoffs.fyi, tracker export: 3,577 rows",
      ])
        expect(text).toContain(said);
    });
    it("shows the card of a company in the shape people know", async () => {
      const { reply } = await bot.ask("/layoffs google");
      expect(plainText(reply, { actions: "brackets" }).split("\n").slice(0, 6)).toEqual([
        "Google — 8 known events since 2023, at least 13,115 people (4 events did not say how many)",
        "  • Last: 17 Apr 2024 · size not reported · reuters.com",
        "  2023  ███████████████ 12,115  4 events (1 size not reported)",
        "  2024  █                1,000  4 events (3 size not reported)",
        "  • Largest: 20 Jan 2023 · 12,000 · 6 % of staff · nytimes.com",
        "Basis: date announced · as known 25 Apr 2024 · source: Layoffs.fyi tracker export",
      ]);
    });
  },
);

describe("the figures of the bundled facts alone", () => {
  it("answer the pay question with the published quarter", async () => {
    const bot = await testBot();
    const { reply } = await bot.ask("/salary ai-engineer level:senior country:US period:2023Q4");
    expect(reply.figures).toMatchObject({
      n: 317,
      mean: 199_129,
      median: 196_000,
      p25: 152_000,
      p75: 240_000,
      basis: "published-quarters",
    });
  });
  it("say that the layoffs are a sample", async () => {
    const bot = await testBot();
    const { reply } = await bot.ask("/layoffs period:2023");
    expect(reply.notes.join(" ")).toContain("Bundled sample");
  });
});
