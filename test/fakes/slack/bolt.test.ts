import type { App } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeSlack } from "./fake-slack.ts";
import { openFakeSlack } from "./fake-slack.ts";
import { genuineApp } from "./genuine-app.ts";
import { hasMethodDescriptions } from "./method-descriptions.ts";
import { plain, section } from "./sample-blocks.ts";

let fake: FakeSlack;
let app: App;

beforeEach(async () => {
  fake = await openFakeSlack();
  app = genuineApp(fake);
});
afterEach(async () => {
  await app.stop();
  await fake.close();
});

const button = {
  type: "button",
  action_id: "run:0",
  text: plain("Share"),
  value: "share",
} as const;
const menu = {
  type: "static_select" as const,
  action_id: "run:1",
  options: [{ text: plain("Google"), value: "/layoffs google" }],
};

describe("a slash command", () => {
  it("is answered to the asker alone", async () => {
    app.command("/layoffs", async ({ ack, respond, command }) => {
      await ack();
      await respond({ text: `You asked ${command.text}` });
    });
    await app.start();
    const asked = fake.slash({ command: "/layoffs", text: "google" });
    expect(await asked.acked()).toEqual({});
    expect(await asked.answer()).toMatchObject({ text: "You asked google", isEphemeral: true });
    expect(fake.messages()).toEqual([]);
    expect(fake.ephemeral(fake.channel, fake.world.addUser("bob"))).toEqual([]);
  });

  it("keeps its answer apart from one asked at the same time", async () => {
    app.command("/pay", async ({ ack, respond, command }) => {
      await ack();
      await respond({ text: command.text, response_type: "in_channel" });
    });
    await app.start();
    const asked = ["one", "two", "three"].map((text) => fake.slash({ command: "/pay", text }));
    const answers = await Promise.all(asked.map((each) => each.answer()));
    expect(answers.map(({ text }) => text)).toEqual(["one", "two", "three"]);
  });
});

describe("an answer's controls", () => {
  beforeEach(async () => {
    app.command("/pulse", async ({ ack, respond }) => {
      await ack();
      await respond({
        text: "Pulse",
        blocks: [section("*Pulse*"), { type: "actions", elements: [button, menu] }],
      });
    });
    app.action("run:0", async ({ ack, respond, body }) => {
      await ack();
      const isAlone = body.type === "block_actions" && body.container.is_ephemeral === true;
      await respond({
        text: `Shared by ${body.user.id}, ${isAlone}`,
        response_type: "in_channel",
        replace_original: false,
      });
    });
    app.action("run:1", async ({ ack, respond, action }) => {
      await ack();
      const picked = action.type === "static_select" ? action.selected_option.value : "";
      await respond({ text: picked, replace_original: true });
    });
    await app.start();
  });

  it("are pressed by their label", async () => {
    const seen = await fake.slash({ command: "/pulse" }).answer();
    expect(seen).toMatchObject({
      allText: "Pulse\n*Pulse*\nShare\nGoogle",
      buttons: [{ label: "Share" }],
    });
    const shared = await fake.press(seen, "Share").answer();
    expect(shared).toMatchObject({ text: `Shared by ${fake.user.id}, true`, isEphemeral: false });
    expect(() => fake.press(seen, "Save")).toThrow("No button “Save” among Share.");
  });

  it("are picked by their option's label", async () => {
    const seen = await fake.slash({ command: "/pulse" }).answer();
    expect(await fake.pick(seen, "Google").answer()).toMatchObject({
      text: "/layoffs google",
      isEdited: true,
    });
    expect(fake.ephemeral()).toHaveLength(1);
  });
});

describe("what is written", () => {
  it("to the bot in a channel is answered in its thread", async () => {
    app.event("app_mention", async ({ event, client }) => {
      const thread_ts = event.thread_ts ?? event.ts;
      await client.chat.postMessage({
        channel: event.channel,
        thread_ts,
        text: `Heard ${event.text}`,
      });
    });
    await app.start();
    const seen = await fake.mention({ text: "layoffs at google" }).answer();
    const [question] = fake.messages();
    expect(seen).toMatchObject({
      text: `Heard <@${fake.world.bot.id}> layoffs at google`,
      thread: question?.ts,
    });
    const deeper = await fake.mention({ text: "and pay?", thread: String(question?.ts) }).answer();
    expect(deeper.thread).toBe(question?.ts);
  });

  it("in one thread is not answered by what is said in another", async () => {
    app.event("app_mention", async ({ event, client }) => {
      const reply = { channel: event.channel, text: `Heard ${event.text}` };
      if (event.text.includes("first")) await new Promise((resolve) => setTimeout(resolve, 20));
      await client.chat.postMessage({ ...reply, thread_ts: event.ts });
    });
    await app.start();
    const asked = [fake.mention({ text: "first" }), fake.mention({ text: "second" })];
    const answers = await Promise.all(asked.map((each) => each.answer()));
    expect(answers.map(({ text }) => text.split(" ").at(-1))).toEqual(["first", "second"]);
  });

  it("to the bot directly is answered there, and the bot does not hear itself", async () => {
    let heard = 0;
    app.message(async ({ say }) => {
      heard += 1;
      await say("Hello");
    });
    await app.start();
    expect(await fake.dm({ text: "hi" }).answer()).toMatchObject({ text: "Hello" });
    await fake.world.see(
      () => fake.socket.deliveries.every(({ acked }) => acked) || undefined,
      "quiet",
    );
    expect(fake.socket.deliveries).toHaveLength(2);
    expect(heard).toBe(1);
  });

  it("by others is asked about from its own menu", async () => {
    app.shortcut("about", async ({ ack, respond, shortcut }) => {
      await ack();
      const words = shortcut.type === "message_action" ? shortcut.message.text : "";
      await respond({ text: `About ${words}` });
    });
    await app.start();
    const message = fake.write({ text: "Acme lays off 10 %" });
    const seen = await fake.shortcut({ message, callbackId: "about" }).answer();
    expect(seen).toMatchObject({ text: "About Acme lays off 10 %", isEphemeral: true });
  });
});

it("the bot's own tab is filled when opened, and its buttons work", async () => {
  app.event("app_home_opened", async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: "home", blocks: [section("Welcome"), { type: "actions", elements: [button] }] },
    });
  });
  app.action("run:0", async ({ ack, body, client }) => {
    await ack();
    await client.views.publish({
      user_id: body.user.id,
      view: { type: "home", blocks: [section("Shared")] },
    });
  });
  await app.start();
  const home = await fake.openHome().answer();
  expect(home.allText).toContain("Welcome");
  expect((await fake.press(home, "Share").answer()).allText).toBe("Shared");
  expect(fake.home()?.allText).toBe("Shared");
});

it("a picture is uploaded without being shared, then shown in one message", async () => {
  const { client } = app;
  const bytes = Buffer.from("picture");
  const { upload_url, file_id } = await client.files.getUploadURLExternal({
    filename: "chart.png",
    length: bytes.length,
  });
  await fetch(String(upload_url), { method: "POST", body: bytes });
  await client.files.completeUploadExternal({ files: [{ id: String(file_id), title: "Chart" }] });
  expect(fake.messages()).toEqual([]);
  const blocks = [
    { type: "image", alt_text: "Layoffs rise", slack_file: { id: String(file_id) } },
  ] as const;
  await client.chat.postMessage({ channel: fake.channel.id, text: "Layoffs", blocks: [...blocks] });
  expect(fake.messages()).toMatchObject([
    { pictures: [{ altText: "Layoffs rise", bytes }], files: [{ name: "chart.png" }] },
  ]);
});

it("a file is shared by the client's own way", async () => {
  await app.client.files.uploadV2({
    channel_id: fake.channel.id,
    filename: "rows.csv",
    file: Buffer.from("a,b\n1,2"),
    initial_comment: "All rows",
  });
  expect(fake.messages()).toMatchObject([
    { text: "All rows", files: [{ name: "rows.csv", text: "a,b\n1,2" }] },
  ]);
});

describe("a connection", () => {
  it("that is refreshed or cut comes back", async () => {
    app.command("/pay", async ({ ack }) => ack("Here again"));
    await app.start();
    for (const end of [() => fake.socket.refresh(), () => fake.socket.cut()]) {
      end();
      await fake.world.see(() => fake.socket.connections === 0 || undefined, "the end");
      await fake.world.see(() => fake.socket.connections === 1 || undefined, "a new connection");
      expect(await fake.slash({ command: "/pay" }).answer()).toMatchObject({ text: "Here again" });
    }
    expect(fake.requests.filter(({ method }) => method === "apps.connections.open")).toHaveLength(
      3,
    );
  });

  it("is not opened with a token that is good no more", async () => {
    fake.revoke("account_inactive", "app");
    await expect(app.start()).rejects.toThrow("account_inactive");
  });
});

describe.skipIf(!hasMethodDescriptions)("Slack's own description", () => {
  const broken = async (
    ask: (client: App["client"]) => Promise<unknown>,
  ): Promise<readonly string[]> => {
    const strict = await openFakeSlack();
    await ask(genuineApp(strict).client).catch(() => undefined);
    await expect(strict.close()).rejects.toThrow(strict.violations.join("\n"));
    return strict.violations;
  };

  it("is broken by the client's name for the words of a picture", async () => {
    const picture = { filename: "a.png", file: Buffer.from("x"), alt_text: "A chart" };
    expect(await broken(({ files }) => files.uploadV2(picture))).toEqual([
      "files.getUploadURLExternal: unknown argument alt_text",
    ]);
  });

  it.each<[string, string, object, string]>([
    [
      "a required argument left out",
      "chat.postMessage",
      { text: "x" },
      "chat.postMessage: required argument channel is missing",
    ],
    ["a method that does not exist", "chat.shout", {}, "chat.shout: no such method"],
  ])("is broken by %s", async (_, method, args, violation) => {
    expect(await broken((client) => client.apiCall(method, { ...args }))).toEqual([violation]);
  });
});
