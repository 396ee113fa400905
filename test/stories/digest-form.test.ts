import { afterEach, expect, it } from "vitest";
import { silentLog } from "../../src/log.ts";
import { discordPlatform } from "../../src/platforms/discord/index.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { slackPlatform } from "../../src/platforms/slack/index.ts";
import { TODAY, testBot } from "../bot.ts";
import { openFakeDiscord } from "../fakes/discord/fake-discord.ts";
import { openFakeSlack } from "../fakes/slack/fake-slack.ts";

const open: { platform: Platform; fake: { close(): Promise<void> } }[] = [];
afterEach(async () => {
  for (const { platform, fake } of open.splice(0)) {
    await platform.stop();
    await fake.close();
  }
});

it("a digest is edited in a form on Slack, by the genuine client", async () => {
  const fake = await openFakeSlack();
  const { bot, book, broken } = await testBot();
  const clock = () => TODAY;
  const platform = slackPlatform({ bot, settings: fake.settings, log: silentLog, clock });
  open.push({ platform, fake });
  await platform.start();

  const text = "digest new every monday 09:00 UTC";
  const card = await fake.slash({ command: "/pulse", text }).answer();
  fake.press(card, "Edit…");
  const dialog = await fake.dialog();
  expect(dialog.title).toMatch(/^Change digest d[0-9a-f]{4}$/);
  const changed = await fake.submit(dialog, { Comes: "weekdays 08:30" }).answer();
  expect(changed.allText).toContain("weekdays 08:30 UTC");
  await fake.press(changed, "Pause").answer();
  expect(book.list("digests").map(({ value }) => [value.schedule, value.paused?.reason])).toEqual([
    ["weekdays 08:30 UTC", "by-owner"],
  ]);
  expect(broken).toEqual([]);
});

it("a digest is edited in a form on Discord, by the genuine client", async () => {
  const fake = await openFakeDiscord();
  const { bot, book, broken } = await testBot();
  const clock = () => TODAY;
  const platform = discordPlatform({ bot, settings: fake.settings, log: silentLog, clock });
  open.push({ platform, fake });
  await platform.start();

  const options = { what: "new", rest: "every monday 09:00 UTC" };
  const card = await fake.slash({ name: "digest", options }).answer();
  const modal = await fake.press(card, "Edit…").modal();
  const changed = await fake.submit(modal, { "Which parts": "numbers, largest" }).answer();
  expect(changed.text).toContain("numbers");
  expect(book.list("digests").map(({ value }) => value.sections)).toEqual([["numbers", "largest"]]);
  expect(broken).toEqual([]);
});
