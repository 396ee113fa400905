import { beforeAll, describe, expect, it } from "vitest";
import { testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { botOfEachKind } from "../commands/one-of-each.ts";

const small = async (bot: TestBot, text: string) => {
  const { notes } = (await bot.ask(text)).reply;
  return notes.filter((note) => note.includes("appeared") || note.includes("come from"));
};

describe("published quarters alone", () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await testBot();
  });

  it.each([
    ["/trend pay", "1 Jul 2022 – 31 Dec 2024"],
    ["/trend pay period:2023", "1 Jan 2023 – 31 Dec 2023"],
    ["/trend ai-premium", "1 Jul 2022 – 31 Dec 2024"],
    ["/premium by:quarter", "1 Jul 2022 – 31 Dec 2024"],
    ["/salary ai-engineer period:2022Q4..2023Q4", "1 Oct 2022 – 31 Dec 2023"],
    ["/salary ai-engineer compare:2023Q3,2023Q4", "1 Jul 2023 – 31 Dec 2023"],
    [
      "/salary ai-engineer compare:2022Q4,2024Q1",
      "1 Oct 2022 – 31 Dec 2022 and 1 Jan 2024 – 31 Mar 2024",
    ],
    ["/salary ai-engineer period:2023Q4", "1 Oct 2023 – 31 Dec 2023"],
  ])("%s tells of all the days its figures are of: %s", async (text, days) => {
    expect(await small(bot, text)).toEqual([
      `Reported pay, full time, USD per year as the source converts it · rows that appeared ${days} · published quarterly figures · source: aijobs.net (CC0)`,
    ]);
  });
});

describe("published quarters beside imported rows", () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await botOfEachKind();
  });

  it.each([
    "/salary engineer period:2022Q4..2023Q4",
    "/salary engineer compare:2023Q3,2023Q4",
    "/trend pay role:engineer period:2023",
    "/premium by:quarter period:2023",
  ])("%s says which rows of the table are of which", async (text) => {
    const notes = await small(bot, text);
    expect(notes).toHaveLength(2);
    expect(notes[0]).toMatch(
      /^(?:2.* and )?2023Q3: reported pay, .* 30 Sep 2023 · published quarterly/,
    );
    expect(notes[1]).toMatch(/^2023Q4: reported pay, .* 31 Dec 2023 · computed from the imported/);
  });
});
