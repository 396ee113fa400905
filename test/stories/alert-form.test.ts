import { afterEach, describe, expect, it } from "vitest";
import { silentLog } from "../../src/log.ts";
import { discordPlatform } from "../../src/platforms/discord/index.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { slackPlatform } from "../../src/platforms/slack/index.ts";
import { TODAY, testBot } from "../bot.ts";
import { openFakeDiscord } from "../fakes/discord/fake-discord.ts";
import { openFakeSlack } from "../fakes/slack/fake-slack.ts";

const LINE = "when people(30d) where sector = finance > 50000 for 3d notify here";
const FIELDS = {
  Watch: "People laid off in 30 days",
  Threshold: "50k",
  "Only where": "sector = finance",
};

const open: { platform: Platform; fake: { close(): Promise<void> } }[] = [];
afterEach(async () => {
  for (const { platform, fake } of open.splice(0)) {
    await platform.stop();
    await fake.close();
  }
});

describe("an alert built in a form", () => {
  it("is looked at, changed and kept on Slack, by the genuine client", async () => {
    const fake = await openFakeSlack();
    const { bot, book, broken } = await testBot();
    const clock = () => TODAY;
    const platform = slackPlatform({ bot, settings: fake.settings, log: silentLog, clock });
    open.push({ platform, fake });
    await platform.start();

    const list = await fake.slash({ command: "/pulse", text: "alert" }).answer();
    fake.press(list, "Build one");
    const dialog = await fake.dialog();
    expect(await fake.submit(dialog, { ...FIELDS, Threshold: "lots" }).acked()).toMatchObject({
      errors: { "field:threshold": expect.stringContaining("‘lots’ is no number") },
    });
    const preview = await fake.submit(dialog, FIELDS).answer();
    expect(preview.allText).toContain("Not kept yet");

    fake.press(preview, "Change");
    const again = await fake.dialog();
    expect(again.fields.find(({ label }) => label === "Only where")?.value).toBe(
      "sector = finance",
    );
    const second = await fake.submit(again, { "More options": "for 3d" }).answer();
    const card = await fake.press(second, "Save").answer();
    expect(card.allText).toContain(LINE);
    expect(book.list("rules").map(({ value }) => [value.text, value.home.id])).toEqual([
      [LINE, fake.channel.id],
    ]);

    fake.press(card, "Edit…");
    const kept = await fake.dialog();
    expect(kept.title).toMatch(/^Change alert r[0-9a-f]{4}$/);
    const changed = await fake.submit(kept, { Threshold: "60k" }).answer();
    await fake.press(changed, "Save").answer();
    expect(book.list("rules").map(({ value }) => value.text)).toEqual([
      LINE.replace("50000", "60000"),
    ]);
    expect(broken).toEqual([]);
  });

  it("is looked at, changed and kept on Discord, by the genuine client", async () => {
    const fake = await openFakeDiscord();
    const { bot, book, broken } = await testBot();
    const clock = () => TODAY;
    const platform = discordPlatform({ bot, settings: fake.settings, log: silentLog, clock });
    open.push({ platform, fake });
    await platform.start();

    const modal = await fake.slash({ name: "alert", options: { what: "build" } }).modal();
    expect(modal.fields.map(({ label }) => label)).toEqual([
      "Watch",
      "Speak up when it is",
      "Threshold",
      "Only where",
      "Tell",
    ]);
    const wrong = await fake.submit(modal, { ...FIELDS, Threshold: "lots" }).answer();
    expect(wrong.isEphemeral).toBe(true);
    expect(wrong.text).toContain("‘lots’ is no number");
    const again = await fake.press(wrong, "Change").modal();
    const preview = await fake.submit(again, FIELDS).answer();
    expect(preview.text).toContain("Not kept yet");
    const card = await fake.press(preview, "Save").answer();
    const short = LINE.replace(" for 3d", "");
    expect(card.text).toContain(short);

    // What the modal has no room for is neither lost nor changed.
    const [{ value: rule } = { value: undefined }] = book.list("rules");
    const edit = { what: "edit", rest: `${rule?.id} ${LINE}` };
    const edited = await fake.slash({ name: "alert", options: edit }).answer();
    const kept = await fake.press(edited, "Edit…").modal();
    const changed = await fake.submit(kept, { Threshold: "60k" }).answer();
    await fake.press(changed, "Save").answer();
    expect(book.list("rules").map(({ value }) => value.text)).toEqual([
      LINE.replace("50000", "60000"),
    ]);
    expect(broken).toEqual([]);
  });
});
