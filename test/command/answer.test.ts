import { beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { plainText } from "../../src/reply/plain.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { TODAY, testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";

const ana = { id: "U1", tenant: "slack:T1" };
const channel = { kind: "channel", id: "C1" } as const;

let asked: TestBot;
beforeAll(async () => {
  asked = await testBot();
});

describe("every example of every command", () => {
  it.each(commands.flatMap((command) => command.examples))(
    "%s is answered on the bundled facts",
    async (example) => {
      const { reply } = await asked.ask(example);
      expect(reply.reason).toBeUndefined();
      expect(reply.title).not.toBe("");
      expect(plainText(reply)).not.toMatch(/undefined|NaN|\[object|Infinity/);
    },
  );
});

describe("every button of an answer", () => {
  it.each([
    "/pulse",
    "/layoffs google",
    "/layoffs period:2023",
    "/layoffs",
    "/trend layoffs",
    "/trend ai-postings",
    "/compare google,meta",
    "/compare 2023,2024",
    "/top cuts",
    "/top repeat",
    "/salary ai-engineer",
    "/salary ai-engineer compare:2023Q3,2023Q4",
    "/sources",
    "/export layoffs google",
    "/help",
    "/layoffs google why:yes",
    "/layoffs gogle",
  ])("%s leads to answers", async (question) => {
    const { reply } = await asked.ask(question);
    const runs = [
      ...reply.actions.flatMap((action) => ("run" in action ? [action.run] : [])),
      ...reply.choices.flatMap((choice) => choice.options.map((option) => option.run)),
    ];
    expect(runs.length).toBeGreaterThan(0);
    for (const run of runs)
      expect({ run, reason: (await asked.ask(run)).reply.reason }).toEqual({
        run,
        reason: undefined,
      });
  });
});

describe("what people type wrong", () => {
  it.each([
    ["/layoffs gogle", "not_found", "Did you mean Google?", "/layoffs Google"],
    ["/layoffs __proto__", "not_found", "No company ‘__proto__’.", undefined],
    ["/layoffs <!channel>", "not_found", "No company ‘<!channel>’.", "/top companies"],
    ["/layoffs [click](https://evil.example)", "not_found", "No company", undefined],
    ["/layoffs '; DROP TABLE x;--", "not_found", "No company", undefined],
    ["/layoffs (a+)+$", "not_found", "No company", undefined],
    [`/layoffs ${"A".repeat(500)}`, "too_long", "up to 80 characters", undefined],
    [
      "/layoffs from:2024-05-01 to:2024-03-01",
      "bad_argument",
      "starts after it ends",
      "/layoffs from:2024-03-01 to:2024-05-01",
    ],
    ["/layoffs from:01/02/2024", "bad_argument", "1 February or 2 January?", undefined],
    ["/layoffs period:2030", "bad_argument", "2030", undefined],
    ["/layoffs sector:nosuch", "not_found", "No sector ‘nosuch’", undefined],
    ["/top cuts limit:0", "bad_argument", "a whole number from 1 to 25", "/top cuts limit:1"],
    ["/top cuts limt:3", "bad_argument", "Did you mean limit:3?", "/top cuts limit:3"],
    ["/layoff google", "unknown_command", "Did you mean /layoffs?", "/layoffs google"],
    ["/compare google", "missing_argument", "2 to 6 names", "/layoffs google"],
    ["/compare a,b,c,d,e,f,g", "too_many", "2 to 6 names", "/compare a,b,c,d,e,f"],
    ["/salary nurse", "not_found", "No role ‘nurse’", undefined],
    ["/salary ai-engineer country:Atlantis", "not_found", "No country ‘Atlantis’", undefined],
    [
      "/layoffs basis:filed",
      "unsupported",
      "No imported source gives filed dates",
      "/layoffs basis:announced",
    ],
    ["/export export x", "bad_argument", "cannot ask itself", undefined],
    ["/export layoffs nosuchcompany", "not_found", "No company ‘nosuchcompany’", undefined],
  ])("%s is %s and says what to type", async (text, reason, says, first) => {
    const { reply } = await asked.ask(text);
    expect(reply.reason).toBe(reason);
    expect(plainText(reply)).toContain(says);
    expect(reply.actions.length).toBeGreaterThan(0);
    if (first !== undefined) expect(reply.actions[0]).toMatchObject({ run: first });
    expect(reply.title.length).toBeLessThan(200);
    expect(asked.broken).toEqual([]);
  });
  it("shows direction marks and zero-width characters spelled out", async () => {
    const { reply } = await asked.ask("/layoffs Zz\u202Eqx\u200Bkw");
    expect(reply.title).toContain("\\u202e");
    expect(reply.title).not.toMatch(/[\u202e\u200b]/);
    const typo = (await asked.ask("/layofs Zz\u202Eqx\u200Bkw")).reply;
    expect(typo.actions[0]).toMatchObject({ run: "/layoffs Zzqxkw" });
  });
  it("is our fault, with a reference and no inner words, when a command breaks", async () => {
    const bot = await testBot();
    const breaking = {
      ...commands[0]!,
      run: () => {
        throw new TypeError("inner canary");
      },
    };
    const { createBot } = await import("../../src/command/answer.ts");
    const told: unknown[] = [];
    const broken = createBot({
      market: () => bot.market,
      book: memoryBook(),
      commands: [breaking],
      admit: async () => {},
      draw: async () => new Uint8Array(),
      clock: () => TODAY,
      recent: { hold: () => undefined, release() {}, remember() {}, of: () => [] },
      keys: { keep: () => "", recall: () => undefined },
      onBroken: (reference, error) => told.push([reference, error]),
    });
    const reply = await broken.answer({
      text: "/pulse",
      caller: ana,
      place: channel,
      via: "typed",
    });
    expect(reply).toMatchObject({ reason: "internal" });
    expect(JSON.stringify(reply)).not.toContain("canary");
    expect(told).toHaveLength(1);
  });
});

describe("asking in a channel", () => {
  it("offers to share, and shares when told", async () => {
    const bot = await testBot();
    const reply = await bot.answer({ text: "/layoffs google", caller: ana, place: channel });
    expect(reply.audience).toBe("asker");
    expect(reply.actions).toContainEqual({
      label: "Share",
      run: "/layoffs google share:yes",
      style: "primary",
    });
    expect(
      (
        await bot.answer({
          text: "/layoffs google share:yes",
          caller: ana,
          place: channel,
          via: "pressed",
        })
      ).audience,
    ).toBe("everyone");
  });
  it("answers a double Enter once, and again half a minute later", async () => {
    let now = TODAY;
    const bot = await testBot({ clock: () => now });
    const ask = (caller = ana, via: "typed" | "pressed" = "typed") =>
      bot.answer({ text: "/layoffs google", caller, place: channel, via });
    expect((await ask()).title).toContain("Google —");
    now += 5_000;
    expect((await ask()).title).toContain("Asked twice");
    expect((await ask({ ...ana, id: "U2" })).title).toContain("Google —");
    expect((await ask(ana, "pressed")).title).toContain("Google —");
    now += 31_000;
    expect((await ask()).title).toContain("Google —");
  });
  it("asks a hurried caller to wait, in words, and nobody else", async () => {
    let now = TODAY;
    const bot = await testBot({ clock: () => now });
    for (let index = 0; index < 20; index++)
      expect(
        (await bot.answer({ text: `/top cuts limit:${index + 1}`, caller: ana, place: channel }))
          .reason,
      ).toBeUndefined();
    const held = await bot.answer({ text: "/pulse", caller: ana, place: channel });
    expect(held).toMatchObject({
      reason: "rate_limited",
      title: "That is 20 questions in a minute; try again in 60 s.",
    });
    expect(
      (await bot.answer({ text: "/pulse", caller: { ...ana, id: "U2" }, place: channel })).reason,
    ).toBeUndefined();
    now += 61_000;
    expect(
      (await bot.answer({ text: "/pulse", caller: ana, place: channel })).reason,
    ).toBeUndefined();
  });
  it("shows a caller's own last questions in their tab, newest first, and nobody else's", async () => {
    const bot = await testBot();
    for (const text of ["/layoffs google", "/top cuts", "/layoffs gogle"])
      await bot.answer({ text, caller: ana, place: channel });
    expect((await bot.bot.home(ana)).choices[0]?.options.map((option) => option.run)).toEqual([
      "/top cuts",
      "/layoffs google",
    ]);
    expect(plainText(await bot.bot.home({ ...ana, tenant: "slack:T2" }))).not.toContain(
      "last questions",
    );
  });
});

describe("a message handed over", () => {
  const place = { kind: "dm", id: "D1" } as const;
  it("is answered for the companies it names, the first one's card with buttons for the others", async () => {
    const reply = await asked.bot.about(
      "I hear that Google and Meta's Instagram will cut again, Microsoft too",
      ana,
      place,
    );
    expect(reply.title).toContain("Google —");
    expect(reply.actions.slice(0, 2)).toMatchObject([{ label: "Meta" }, { label: "Microsoft" }]);
  });
  it("takes no small word for a company", async () => {
    expect(
      (await asked.bot.about("we should block the match and snap a picture", ana, place)).reason,
    ).toBe("not_found");
  });
});

describe("completion", () => {
  it.each([
    ["layoffs", "company", "goo", "Google"],
    ["compare", "items", "google,met", "google,Meta"],
    ["layoffs", "sector", "fin", "Finance"],
    ["layoffs", "country", "united k", "United Kingdom"],
    ["salary", "role", "ai", "ai engineer"],
    ["top", "what", "per", "percent"],
    ["help", "command", "lay", "layoffs"],
  ])("/%s %s: %s offers %s", (command, option, typed, offered) => {
    const offers = asked.bot.complete(command, option, typed);
    expect(offers.map(({ value }) => value)).toContain(offered);
    expect(offers.length).toBeLessThanOrEqual(25);
  });
  it("offers nothing for what does not exist", () => {
    expect(asked.bot.complete("nosuch", "company", "g")).toEqual([]);
    expect(asked.bot.complete("layoffs", "nosuch", "g")).toEqual([]);
  });
});
