import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { argsOf } from "../../src/command/args.ts";
import { parseQuestion } from "../../src/command/parse.ts";
import { silentLog } from "../../src/log.ts";
import { discordPlatform } from "../../src/platforms/discord/index.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { TODAY, testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { openFakeDiscord } from "../fakes/discord/fake-discord.ts";
import type { FakeDiscord } from "../fakes/discord/fake-discord.ts";

let fake: FakeDiscord;
let real: TestBot;
let platform: Platform;
let now = TODAY;

beforeAll(async () => {
  fake = await openFakeDiscord();
  real = await testBot({ clock: () => now });
  platform = discordPlatform({
    bot: real.bot,
    settings: fake.settings,
    log: silentLog,
    clock: () => now,
  });
  await platform.start();
});
afterAll(async () => {
  await platform.stop();
  await fake.close();
});

/** Two questions of one person are a minute apart, so that pacing is not what is tested. */
async function slash(question: string) {
  now += 60_000;
  const { command, asked } = parseQuestion(question, commands);
  const typed = argsOf(command).flatMap(({ name, meta }) => {
    const word = asked.words[name];
    if (word === undefined) return [];
    return [
      [
        name,
        meta.type === "integer" ? Number(word) : meta.type === "boolean" ? word === "yes" : word,
      ] as const,
    ];
  });
  return fake.slash({ name: command.name, options: Object.fromEntries(typed) }).answer();
}

describe("every command on Discord, by the genuine client", () => {
  const reading = commands.filter((command) => "share" in command.args.shape);
  it.each(reading.flatMap((command) => command.examples))("%s", async (example) => {
    const { reply } = await real.ask(example);
    const answer = await slash(example);
    expect(answer.isEphemeral).toBe(true);
    const shown = answer.text.replaceAll("\\", "");
    for (const word of reply.title.split(/\s+/).slice(0, 12)) expect(shown).toContain(word);
    expect(real.broken).toEqual([]);
  });
  const changing = commands.filter((command) => !reading.includes(command));
  it.each(changing.flatMap((command) => command.examples))("%s", async (example) => {
    const answer = await slash(example);
    expect(answer.text.length).toBeGreaterThan(20);
    expect(answer.text).not.toMatch(/Something broke|does not fit|no command/);
    expect(real.broken).toEqual([]);
  });
});

describe("an answer on Discord", () => {
  it("is refined in place by its buttons", async () => {
    await slash("/layoffs google");
    now += 60_000;
    const refined = await fake.press(fake.ephemeral().at(-1)!, "Rows").answer();
    expect(refined.text).toContain("events, newest first");
    expect(refined.text).toContain("2023-01-20");
  });
  it("is shared with everyone by its Share button", async () => {
    await slash("/top cuts limit:3");
    now += 60_000;
    const before = fake.messages().length;
    await fake.press(fake.ephemeral().at(-1)!, "Share").answer();
    expect(fake.messages().length).toBe(before + 1);
    expect(fake.messages().at(-1)?.text).toContain("Largest cuts");
  });
  it("suggests companies while they are typed", async () => {
    const choices = await fake
      .autocomplete({ name: "layoffs", option: "company", typed: "goo" })
      .choices();
    expect(choices.map((choice) => choice["value"])).toContain("Google");
  });
  it("says what was meant when a name is mistyped", async () => {
    const answer = await slash("/layoffs company:gogle");
    expect(answer.text).toContain("Did you mean Google?");
  });
});
