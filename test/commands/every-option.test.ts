import { beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { argsOf } from "../../src/command/define.ts";
import type { Reply } from "../../src/reply/reply.ts";
import type { TestBot } from "../bot.ts";
import { botOfEachKind } from "./one-of-each.ts";

/** A question in every mode of every command that answers from facts; a mode that is left out fails below. */
const QUESTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pulse: { all: "/pulse" },
  layoffs: { company: "/layoffs amazon", market: "/layoffs" },
  trend: {
    layoffs: "/trend layoffs",
    events: "/trend events",
    companies: "/trend companies",
    pay: "/trend pay",
    "ai-premium": "/trend ai-premium",
    "ai-postings": "/trend ai-postings",
    postings: "/trend postings",
    jolts: "/trend jolts",
  },
  compare: {
    companies: "/compare amazon,meta",
    sectors: "/compare media,retail",
    countries: "/compare US,Sweden",
    periods: "/compare 2022,2023",
  },
  top: {
    cuts: "/top cuts",
    percent: "/top percent",
    companies: "/top companies",
    sectors: "/top sectors",
    repeat: "/top repeat",
    posted: "/top pay",
    ranked: "/top pay by:role",
  },
  salary: {
    card: "/salary engineer",
    change: "/salary engineer compare:2023Q3,2023Q4",
    posted: "/salary kind:posted",
  },
  premium: { all: "/premium" },
  overlap: { all: "/overlap window:1200d" },
  reconcile: { all: "/reconcile tech layoffs period:2023" },
  upcoming: { all: "/upcoming" },
};

/** Values that must make a difference here; otherwise an option's own example does. */
const VALUES: Readonly<Record<string, string>> = {
  asof: "2023-05-15",
  basis: "learned",
  by: "year",
  compare: "yoy",
  company: "spotify",
  country: "Sweden",
  from: "2023-03-01",
  kind: "posted",
  level: "senior",
  limit: "1",
  min: "900",
  mix: "fixed",
  period: "2023",
  role: "data-scientist",
  sector: "media",
  since: "2023-01-01",
  to: "2023-10-31",
  todate: "2023-05-15",
  title: "vice president",
};
const FITTING: Readonly<Record<string, string>> = {
  "trend pay country": "DE",
  "trend ai-premium level": "entry",
  "trend ai-premium country": "DE",
  "trend ai-postings country": "DE",
  "trend ai-postings asof": "2024-03-15",
  "trend postings country": "CA",
  "trend postings sector": "math",
  "trend jolts country": "DE",
  "trend jolts sector": "information",
  "trend postings asof": "2026-03-15",
  "trend jolts asof": "2026-03-15",
  "top cuts by": "level",
  "top percent by": "level",
  "top companies by": "level",
  "top sectors by": "level",
  "top repeat by": "level",
  "top posted by": "level",
  "top posted country": "DE",
  "top posted asof": "2026-11-10",
  "top ranked country": "DE",
  "top ranked period": "2023Q4",
  "top ranked from": "2023-10-01",
  "top ranked to": "2023-09-30",
  "salary card country": "DE",
  "salary card period": "2023Q4",
  "salary change country": "DE",
  "salary posted country": "DE",
  "salary posted asof": "2026-11-10",
  "salary card compare": "2023Q3,2023Q4",
  "premium all by": "level",
  "premium all country": "DE",
  "premium all period": "2023Q4",
  "overlap all window": "90d",
  "overlap all asof": "2026-11-10",
  "upcoming all company": "acme",
  "upcoming all asof": "2026-11-21",
};

/** What a reader sees of an answer; buttons repeat the question and prove nothing. */
function seen({ title, blocks, notes, figures }: Reply): string {
  return JSON.stringify([title, blocks, notes, figures]);
}

let bot: TestBot;
beforeAll(async () => {
  bot = await botOfEachKind();
});

describe.each(Object.keys(QUESTIONS))("/%s", (name) => {
  const command = commands.find((each) => each.name === name)!;
  const questions = QUESTIONS[name]!;

  it("every mode has a question here", () => {
    expect(Object.keys(questions)).toEqual(
      Object.keys(command.modes).length === 0 ? ["all"] : Object.keys(command.modes),
    );
  });

  const played = Object.entries(questions).flatMap(([mode, question]) =>
    argsOf(command)
      .filter(
        ({ name: option }) =>
          option !== "share" && !command.bare.includes(option) && !question.includes(`${option}:`),
      )
      .map(({ name: option, meta }) => {
        const value =
          FITTING[`${name} ${mode} ${option}`] ?? VALUES[option] ?? meta.example ?? "yes";
        const typed = `${option}:${value.includes(" ") ? `"${value}"` : value}`;
        return [`${question} ${typed}`, question, option] as const;
      }),
  );

  it.each(played)(
    "%s changes the answer, or is refused by name",
    async (text, question, option) => {
      const base = (await bot.ask(question)).reply;
      const { reply } = await bot.ask(text);
      expect(base.reason).toBeUndefined();
      expect(bot.broken).toEqual([]);
      if (reply.reason === undefined) expect(seen(reply)).not.toBe(seen(base));
      else if (reply.reason === "not_found")
        expect(reply.title).toMatch(/^(No|Only|Nothing|JOLTS)/);
      else expect(JSON.stringify([reply.title, reply.blocks])).toContain(`${option}:`);
    },
  );

  it.each(Object.values(questions))(
    "every button under %s leads to an answer",
    async (question) => {
      const { actions, choices } = (await bot.ask(question)).reply;
      const runs = [...actions, ...choices.flatMap(({ options }) => options)].flatMap((each) =>
        "run" in each ? [each.run] : [],
      );
      expect(runs.length).toBeGreaterThan(0);
      for (const text of runs)
        expect([text, (await bot.ask(text)).reply.reason]).toEqual([text, undefined]);
    },
  );
});
