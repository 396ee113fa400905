import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silentLog } from "../../src/log.ts";
import { discordPlatform } from "../../src/platforms/discord/index.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { slackPlatform } from "../../src/platforms/slack/index.ts";
import { CHECK_SHORTCUT } from "../../src/platforms/slack/manifest.ts";
import { TODAY, testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { openFakeDiscord } from "../fakes/discord/fake-discord.ts";
import type { FakeDiscord } from "../fakes/discord/fake-discord.ts";
import { openFakeSlack } from "../fakes/slack/fake-slack.ts";
import type { FakeSlack } from "../fakes/slack/fake-slack.ts";

const HOSTILE =
  "@everyone **Google** cut 12,000 _jobs_ `now` <!channel> <@U123> [click](https://evil.example) in January 2023. Acme @here <!here> cut 500 jobs.";
const PINGS = /(?<!\\)@(?:everyone|here)|<[!@#]/;

let real: TestBot;
let slack: FakeSlack;
let discord: FakeDiscord;
let platforms: readonly Platform[];
let now = TODAY;

beforeAll(async () => {
  real = await testBot({ clock: () => (now += 60_000) });
  const common = { bot: real.bot, log: silentLog, clock: () => now };
  [slack, discord] = [await openFakeSlack(), await openFakeDiscord()];
  platforms = [
    slackPlatform({ ...common, settings: slack.settings }),
    discordPlatform({ ...common, settings: discord.settings }),
  ];
  for (const platform of platforms) await platform.start();
});
afterAll(async () => {
  for (const platform of platforms) await platform.stop();
  await slack.close();
  await discord.close();
});

describe("“Check the figures” in a message's own menu", () => {
  it("answers who chose it on Slack, and a hostile message pings nobody", async () => {
    const message = slack.write({ text: HOSTILE });
    const answer = await slack.shortcut({ message, callbackId: CHECK_SHORTCUT }).answer();
    expect(answer.isEphemeral).toBe(true);
    expect(answer.allText).toContain("12,000");
    expect(answer.allText).not.toMatch(/<[!@]|evil/);
    expect(slack.messages()).toHaveLength(1);
    expect(real.broken).toEqual([]);
  });
  it("answers who chose it on Discord, and a hostile message pings nobody", async () => {
    discord.write(HOSTILE, { user: discord.world.addUser("mallory") });
    const answer = await discord
      .contextMenu({ name: "Check the figures", message: discord.messages()[0]! })
      .answer();
    expect(answer.isEphemeral).toBe(true);
    expect(answer.text).toContain("12,000");
    expect(answer.text).not.toMatch(PINGS);
    expect(answer.text).not.toMatch(/\[click\]|evil/);
    expect(discord.messages()).toHaveLength(1);
    expect(real.broken).toEqual([]);
  });
});
