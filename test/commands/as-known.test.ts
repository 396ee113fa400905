import { describe, expect, it } from "vitest";
import { testBot } from "../bot.ts";

const QUESTIONS = [
  "/layoffs",
  "/layoffs google",
  "/pulse",
  "/trend layoffs",
  "/trend ai-postings",
  "/compare google,meta",
  "/top cuts",
  "/export layoffs",
  "/overlap",
  "/reconcile tech 2023",
  "/claim Google cut 12,000 jobs in January 2023",
  "/salary company:openai",
  "/upcoming",
  "/digest preview",
];

describe("asof:", () => {
  it.each(QUESTIONS)("a day that has not come is refused: %s", async (question) => {
    const bot = await testBot();
    const { reply } = await bot.ask(`${question} asof:2030-01-01`);
    expect(reply.title).toContain("2030-01-01 is after today (2026-11-22)");
    expect(bot.broken).toEqual([]);
  });

  it("a month or year that is running means today", async () => {
    const bot = await testBot();
    for (const asof of ["2026", "2026-11", "2026-11-22"])
      expect((await bot.ask(`/layoffs google asof:${asof}`)).reply.notes.join()).toContain(
        "as known 22 Nov 2026",
      );
  });
});
