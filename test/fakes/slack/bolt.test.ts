import { App } from "@slack/bolt";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { FakeSlack } from "./fake-slack.ts";
import { openFakeSlack } from "./fake-slack.ts";

let fake: FakeSlack;
let app: App;

beforeEach(async () => {
  fake = await openFakeSlack();
  const { botToken: token, appToken, apiUrl: slackApiUrl } = fake.settings;
  app = new App({
    token,
    appToken,
    socketMode: true,
    clientOptions: { slackApiUrl },
  });
});

afterEach(async () => {
  await app.stop();
  await fake.close();
});

it("a slash command is answered to the asker alone", async () => {
  app.command("/layoffs", async ({ ack, respond, command }) => {
    await ack();
    await respond({ text: `You asked ${command.text}` });
  });
  await app.start();
  const asked = fake.slash({ command: "/layoffs", text: "google" });
  expect(await asked.acked()).toEqual({});
  expect(await asked.answer()).toMatchObject({ text: "You asked google", isEphemeral: true });
  expect(fake.messages()).toEqual([]);
});
