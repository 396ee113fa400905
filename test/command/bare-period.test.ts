import { beforeAll, describe, expect, it } from "vitest";
import { botOfEachKind } from "../commands/one-of-each.ts";
import { buttons } from "../commands/asker.ts";
import type { TestBot } from "../bot.ts";

let bot: TestBot;
const ask = async (text: string) => (await bot.ask(text)).reply;
beforeAll(async () => {
  bot = await botOfEachKind();
});

describe("a time among the free words", () => {
  it.each([
    ["/top cuts 2023", "/top cuts period:2023"],
    ["/top 2023 cuts", "/top cuts period:2023"],
    ["/top 2023", "/top period:2023"],
    ["/top sectors 2023Q2", "/top sectors period:2023Q2"],
    ["/top pay by:level 2023Q4", "/top pay by:level period:2023Q4"],
    ["/trend layoffs 2023", "/trend layoffs period:2023"],
    ["/trend events since january 2023", '/trend events period:"since january 2023"'],
    ["/trend 2023-01..2023-06", "/trend period:2023-01..2023-06"],
    ["/compare google,meta 2023", "/compare google,meta period:2023"],
    ["/compare 2023 google,meta", "/compare google,meta period:2023"],
    ["/compare media,retail last year", '/compare media,retail period:"last year"'],
    ["/salary engineer 2023Q4", "/salary engineer period:2023Q4"],
    ["/salary 2023Q4", "/salary period:2023Q4"],
    ["/premium all 2023Q4", "/premium all period:2023Q4"],
    ["/layoffs google 2023", "/layoffs google period:2023"],
    ["/layoffs 2023 google", "/layoffs google period:2023"],
    ["/layoffs all", "/layoffs period:all"],
    ["/reconcile tech layoffs 2023", "/reconcile tech layoffs period:2023"],
  ])("%s is %s", async (bare, keyed) => {
    const [short, long] = [await ask(bare), await ask(keyed)];
    expect(long.reason).toBeUndefined();
    expect(short).toEqual(long);
  });

  it("belongs to a list where it is an item of it", async () => {
    for (const text of [
      "/compare 2022,2023",
      "/compare 2022, 2023",
      "/compare 2022 vs 2023",
      "/compare january 2022,january 2023",
    ])
      expect((await ask(text)).figures["items"]).toHaveLength(2);
  });

  it("is none in a role, a company or a ranking of that very name", async () => {
    expect((await ask("/salary all")).title).toContain("All roles");
    expect((await ask("/layoffs 23andMe")).title).toContain("23andMe");
  });

  it("that is no real time is said to be none, and not to be part of a name", async () => {
    expect((await ask("/top cuts 2023Q5")).title).toBe(
      "A year has quarters 1 to 4; there is no Q5.",
    );
    expect((await ask("/layoffs google 2027")).title).toContain("after today");
  });

  it("beside another is refused with either", async () => {
    const reply = await ask("/layoffs google 2023 from:2022-01-01");
    expect(reply).toMatchObject({
      reason: "conflict",
      title: "‘2023’ and from: both say when.",
    });
    expect(buttons(reply)).toEqual([
      "/layoffs google from:2022-01-01",
      "/layoffs google period:2023",
    ]);
    for (const text of [
      "/top pay by:role period:2023Q4 from:2023-01-01",
      "/trend pay period:2023 to:2023-10",
      "/trend postings period:2024 from:2024-02",
      "/trend layoffs period:2023 todate:2024-03-17",
      "/salary engineer period:2023Q4 compare:2023Q3,2023Q4",
    ])
      expect(await ask(text)).toMatchObject({ reason: "conflict" });
  });

  it("stays in the buttons below the answer, and another takes its place", async () => {
    const { choices } = await ask("/layoffs google 2023");
    expect(choices[0]!.options[0]).toMatchObject({ run: "/layoffs google period:30d" });
  });
});
