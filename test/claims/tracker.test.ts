import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { plainText } from "../../src/reply/plain.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { buttons } from "../commands/asker.ts";
import { OPEN, PASSAGES, PRESS, WORDINGS } from "./statements.ts";

const data = resolve(import.meta.dirname, "../../../shared/data");
const export12 = join(data, "layoffs/theakhilb_12col_2024-04-25.csv");
const dumps = ["2023-09-24", "2023-12-31"].map((day) =>
  join(data, `salaries/aijobs_salaries_${day}.csv.gz`),
);

describe.skipIf(!existsSync(export12))(
  "claims against the 2024-04-25 export and the two pay dumps (skipped where they are not at hand)",
  () => {
    let bot: TestBot;
    beforeAll(async () => {
      bot = await testBot({ files: [export12, ...dumps] });
    });
    const check = async (text: string, asof?: string) => {
      const { reply } = await bot.ask(`/claim ${text}${asof === undefined ? "" : ` asof:${asof}`}`);
      expect(bot.broken).toEqual([]);
      expect(reply.reason).toBeUndefined();
      return reply;
    };
    const statements = [...PRESS, ...WORDINGS, ...PASSAGES].map(([text, asof, ...expected]) => ({
      text,
      asof,
      expected,
    }));
    it.each(statements)("$text", async ({ text, asof, expected }) => {
      const { figures } = await check(text, asof);
      expect(figures["claims"]).toMatchObject(
        expected.map(([verdict, measured]) => ({ verdict, measured })),
      );
      expect(figures["claims"]).toHaveLength(expected.length);
    });
    it.each(OPEN)("cannot check: %s", async (text) => {
      const verdicts = claimsOf(await check(text)).map(({ verdict }) => verdict);
      expect(new Set(verdicts)).toEqual(new Set(["cannot check"]));
    });
    it("a claim that fell short says what did pass, and what is known by now", async () => {
      const [companies] = claimsOf(
        await check("over 1,200 tech companies cut jobs in 2023", "2024-03-17"),
      );
      expect(companies).toMatchObject({
        beside: ["1,382 events did pass 1,200"],
        measured: 1_188,
        measuredToday: 1_189,
        verdictToday: "just short",
      });
    });
    it("an early figure is said to be a part of its time", async () => {
      const [people] = claimsOf(
        await check("more than 7,500 were laid off in January alone", "2024-01-16"),
      );
      expect(people).toMatchObject({
        beside: ["a part of its time: 1 Jan – 31 Jan 2024 closed at 34,107"],
      });
    });
    it("a sum below the claim names the events of unknown size and is never called false", async () => {
      const [people] = claimsOf(await check("over 300,000 tech workers were laid off in 2023"));
      expect(people).toMatchObject({
        verdict: "not supported",
        beside: ["not by known sizes; 540 events of unknown size could add to it"],
      });
    });
    it("pay that others published is laid beside, not taken for what is known here", async () => {
      const [pay] = claimsOf(await check("AI engineer pay rose 12 % from Q3 to Q4 2023"));
      expect(pay?.beside).toEqual([
        "the two sides come from different sources: imported rows and published quarters",
        "Comprehensive.io via CNBC put it at 12 % (posted pay): another source, not reproduced here",
      ]);
    });
    const measurable = statements.filter(({ expected }) => expected.some(([, n]) => n !== null));
    it.each(measurable)("the button shows the rows: $text", async ({ text, asof }) => {
      const reply = await check(text, asof);
      expect(buttons(reply).length).toBeGreaterThan(0);
      for (const run of buttons(reply))
        expect([run, (await bot.ask(run)).reply.reason]).toEqual([run, undefined]);
      for (const { run, unit, measured, beside } of claimsOf(reply)) {
        // One event out of several is among the rows; only sums are the figure of the answer.
        const isOneEvent = beside.some((words) => words.includes(" in all of "));
        if (run?.startsWith("/layoffs") !== true || isOneEvent) continue;
        if (!["people", "companies", "events"].includes(unit)) continue;
        expect([run, (await bot.ask(run)).reply.figures[unit]]).toEqual([run, measured]);
      }
    });
    it.each(measurable)(
      "what it says is in the answer of its button: $text",
      async ({ text, asof }) => {
        for (const { run, says, companies } of claimsOf(await check(text, asof))) {
          // The median cut has a test of its own; of two published years the button shows the later.
          const isOfTwoYears = run?.startsWith("/reconcile") === true && says.includes("→");
          if (run === null || says.includes("median cut") || isOfTwoYears) continue;
          const { reply } = await bot.ask(run.replace("rows:yes", "rows:all"));
          const { events, unknownSize, medianCut, items } = SUMS.parse(reply.figures);
          const people = items.reduce((sum, item) => sum + (item.people ?? 0), 0);
          const derived = companies.length > 1 ? [people] : [events - unknownSize, medianCut];
          const shown = new Set([...numbersOf(plainText(reply)), ...derived.map(String)]);
          // Days are the question's own, and a change in percent is made of the two figures beside it.
          const said = numbersOf(
            says.replace(/\([+−±][^)]*\)|\d+ [A-Z][a-z]{2} (?:\d{4})?|\d{4}Q\d/g, ""),
          );
          expect([run, said.filter((number) => !shown.has(number))]).toEqual([run, []]);
        }
      },
    );
    it("a change of the median cut is between the medians of the two times", async () => {
      const [smaller] = claimsOf(
        await check("Layoffs are smaller in 2024 to 17 March than in 2023"),
      );
      const medians = await Promise.all(
        ["2023", "2024"].map(async (year) => {
          const { reply } = await bot.ask(`/layoffs from:${year}-01-01 to:${year}-03-17`);
          return Number(reply.figures["medianCut"]);
        }),
      );
      expect(smaller).toMatchObject({ verdict: "supported" });
      expect(smaller?.says).toContain(`${medians[0]} → ${medians[1]} people in the median cut`);
    });
    it("publishers stand side by side with what they count", async () => {
      const { reply } = await bot.ask('/reconcile "tech layoffs" 2023 asof:2024-03-17');
      expect(reply.figures["rows"]).toMatchObject([
        {
          publisher: "Challenger, Gray & Christmas",
          people: 168_032,
          counts: "US employers, announced job cuts, technology sector",
        },
        { publisher: "Layoffs.fyi", people: 263_180, companies: 1_191 },
        { publisher: "Crunchbase", people: 191_000, isFloor: true },
        { people: 180_101, events: 881, unknownSize: 357 },
        { people: 263_180, events: 1_382, companies: 1_188, unknownSize: 539 },
      ]);
    });
  },
);

const SUMS = z.looseObject({
  events: z.number().default(0),
  unknownSize: z.number().default(0),
  medianCut: z.number().nullable().default(null),
  items: z.array(z.looseObject({ people: z.number().nullish() })).default([]),
});

function numbersOf(text: string): readonly string[] {
  return text.match(/\d[\d,]*(?:\.\d+)?/g)?.map((number) => number.replace(/,/g, "")) ?? [];
}

const CLAIMS = z.array(
  z.looseObject({
    verdict: z.string(),
    measured: z.number().nullable(),
    unit: z.string(),
    says: z.string(),
    companies: z.array(z.string()),
    run: z.string().nullable(),
    beside: z.array(z.string()),
  }),
);

function claimsOf({ figures }: Reply): z.infer<typeof CLAIMS> {
  return CLAIMS.parse(figures["claims"]);
}
