import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLog } from "../../../src/log.ts";
import { discordPlatform } from "../../../src/platforms/discord/index.ts";
import type { Platform } from "../../../src/platforms/platform.ts";
import type { FakeDiscord } from "../../fakes/discord/fake-discord.ts";
import { openFakeDiscord } from "../../fakes/discord/fake-discord.ts";
import type { SmallBot } from "./small-bot.ts";
import { smallBot } from "./small-bot.ts";

let fake: FakeDiscord;
let bot: SmallBot;
let platform: Platform;

beforeEach(async () => {
  fake = await openFakeDiscord();
  bot = smallBot();
  platform = discordPlatform({
    bot,
    settings: { ...fake.settings, deferAfterMs: 40 },
    log: silentLog,
    clock: () => fake.world.now(),
  });
  await platform.start();
});

afterEach(async () => {
  await platform.stop();
  await fake.close();
});

describe("a slash command", () => {
  it("is answered to the asker alone", async () => {
    const asked = fake.slash({
      name: "layoffs",
      options: { company: "google inc", rows: 5, rollup: true },
    });
    const answer = await asked.answer();
    expect(bot.asked[0]).toEqual({
      text: '/layoffs company:"google inc" rows:5 rollup:yes',
      caller: { id: fake.user.id, tenant: `discord:${fake.guild}` },
      place: { kind: "channel", id: fake.channel.id },
      via: "typed",
    });
    expect(answer.isEphemeral).toBe(true);
    expect(answer.text).toContain('You asked /layoffs company:"google inc"');
    expect(fake.messages()).toEqual([]);
  });
});
