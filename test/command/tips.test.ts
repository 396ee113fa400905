import { beforeAll, describe, expect, it } from "vitest";
import { testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { buttons } from "../commands/asker.ts";
import { botOfEachKind } from "../commands/one-of-each.ts";

/** A question with one mistake, and the first thing a refusal says to type. */
const MISTAKES: readonly (readonly [question: string, tip: string])[] = [
  // The command.
  ["/layofs google", "/layoffs google"],
  ['/layofs "match group" sector:consumer', '/layoffs "match group" sector:consumer'],
  ["/pulse layofs google 2023", "/layoffs google 2023"],
  ["/pulse google", "/help"],
  ["/pulse extra:1", "/pulse"],
  ["/export layofs google format:json", "/export layoffs google format:json"],
  // A name.
  ["/layoffs gogle 2023", "/layoffs Google period:2023"],
  ["/layoffs gogle from:2023-01-01 rows:yes", "/layoffs Google from:2023-01-01 rows:yes"],
  ["/trend events company:gogle 2023", "/trend events company:Google period:2023"],
  ["/compare google,gogle", "/layoffs google"],
  ["/compare google,gogle,meta 2023", "/compare google,meta period:2023"],
  ["/compare gogle,meta 2023", "/compare Google,meta period:2023"],
  ["/compare google,Google 2023", "/layoffs Google period:2023"],
  ["/compare google 2023", "/layoffs google period:2023"],
  ["/compare google,2023", "/compare google,meta period:2023"],
  ["/compare google,meta,2023", "/compare google,meta period:2023"],
  [
    "/compare google,meta,amazon,twitch,spotify,zomato,klarna min:500",
    "/compare google,meta,amazon,twitch,spotify,zomato min:500",
  ],
  ["/layoffs google,meta 2023", "/compare google,meta period:2023"],
  ["/trend layoffs company:google,meta", "/compare google,meta"],
  ["/salary enginer 2023Q4", "/salary engineer period:2023Q4"],
  ["/layoffs google sector:finanse 2023", "/layoffs google sector:Finance period:2023"],
  ["/top cuts sector:media,retial 2023", "/top cuts sector:media,Retail period:2023"],
  ["/top cuts country:not:Swedn limit:3", '/top cuts country:"not:Sweden" limit:3'],
  ["/upcoming Virgina within:26w", "/upcoming Virginia within:26w"],
  ["/upcoming VA within:soon", "/upcoming VA within:8w"],
  // A key.
  ["/layoffs google secter:consumer 2023", "/layoffs google sector:consumer 2023"],
  ["/layoffs since:2023 sector:media", "/layoffs from:2023 sector:media"],
  ["/top cuts until:2023-06 limit:3", "/top cuts to:2023-06 limit:3"],
  ["/top industry:media cuts", "/top sector:media cuts"],
  ["/layoffs state:VA", "/upcoming state:VA"],
  ["/layoffs google foo:bar 2023", "/layoffs google 2023"],
  ["/layoffs google sector:media sector:retail", "/layoffs google sector:media"],
  ["/layoffs google sector: min:100", "/layoffs google min:100"],
  // A value.
  ["/top cut 2023", "/top cuts period:2023"],
  ["/top sector limit:3", "/top sectors limit:3"],
  ["/top cuts limit:99 period:2023", "/top cuts limit:1 period:2023"],
  ["/trend layoffs by:months 2023", "/trend layoffs by:month period:2023"],
  ["/salary engineer level:snr", "/salary engineer level:entry"],
  ["/salary engineer country:Atlantis level:senior", "/salary engineer country:US level:senior"],
  ["/top pay country:Atlantis ai:yes", "/top pay country:US ai:yes"],
  ["/trend jolts country:DE 2025", "/trend jolts period:2025"],
  ["/trend ai-postings country:JP compare:yoy", "/trend ai-postings country:AU compare:yoy"],
  ["/trend postings sector:softwear from:2025-01", ""],
  ["/trend jolts compare:1999 from:2025-01", "/trend jolts from:2025-01"],
  [
    "/layoffs google period:lately sector:consumer",
    "/layoffs google period:2023Q4 sector:consumer",
  ],
  ["/layoffs google from:lately", "/layoffs google"],
  [
    "/salary engineer compare:2023Q4 level:senior",
    "/salary engineer compare:2023Q3,2023Q4 level:senior",
  ],
  // What there is none of.
  ["/salary swe", ""],
  ["/salary swe level:senior 2023Q4", ""],
  ["/salary engineer level:senior country:DE 2019", ""],
  ["/premium all level:executive country:IN", ""],
  ["/trend ai-premium country:IN", ""],
  ["/salary engineer kind:filed 2023Q4", "/salary engineer period:2023Q4"],
  ["/layoffs google reason:ai 2023", "/layoffs google period:2023"],
  ["/top cuts company:google 2023", "/top cuts period:2023"],
];

describe.each([
  ["with facts of every kind", botOfEachKind],
  ["with the bundled facts", () => testBot()],
])("%s", (_name, open) => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await open();
  });

  it.each(MISTAKES)("%s is told what to type, and that works: %s", async (question, tip) => {
    const { reply } = await bot.ask(question);
    // Some facts are not bundled, and some names of the bundled ones differ.
    if (reply.reason === undefined) return;
    const tips = buttons(reply);
    expect(tips.length).toBeGreaterThan(0);
    expect(tips).not.toContain(question);
    if (tip !== "" && open === botOfEachKind) expect(tips[0]).toBe(tip);
    for (const text of tips)
      expect([text, (await bot.ask(text)).reply.reason]).toEqual([text, undefined]);
    expect(bot.broken).toEqual([]);
  });
});

it("every question here is a mistake", async () => {
  const bot = await botOfEachKind();
  for (const [question] of MISTAKES)
    expect([question, (await bot.ask(question)).reply.reason]).not.toEqual([question, undefined]);
});
