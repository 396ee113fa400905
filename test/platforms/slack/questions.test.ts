import { describe, expect, it } from "vitest";
import { ABOUT_SHORTCUT, CHECK_SHORTCUT } from "../../../src/platforms/slack/manifest.ts";
import { recordOf } from "../../fakes/discord/json.ts";
import { openStage, quiet, soon } from "./stage.ts";

describe("a slash command", () => {
  it("is acknowledged and answered to the asker alone", async () => {
    const { fake, bot } = await openStage();
    const asked = fake.slash({ command: "/layoffs", text: "google" });
    expect(await asked.acked()).toEqual({});
    const answer = await asked.answer();
    expect(answer.isEphemeral).toBe(true);
    expect(answer.allText).toContain("You asked /layoffs google");
    expect(fake.messages()).toEqual([]);
    expect(bot.asked).toEqual([
      {
        text: "/layoffs google",
        caller: {
          id: fake.user.id,
          tenant: `slack:${fake.world.team.id}`,
          inquiry: expect.anything(),
        },
        place: { kind: "channel", id: fake.channel.id },
        via: "typed",
      },
    ]);
  });

  it.each([
    ["", "/pulse"],
    ["layoffs google", "/layoffs google"],
    ["/layoffs google", "/layoffs google"],
    ["asof:2024-03-15", "/pulse asof:2024-03-15"],
    ["  help  ", "/help"],
    ["layoffs min:&gt;=500 sector:R&amp;D", "/layoffs min:>=500 sector:R&D"],
  ])("/pulse %j asks %s", async (text, question) => {
    const { fake, bot } = await openStage();
    await fake.slash({ command: "/pulse", text }).answer();
    expect(bot.asked[0]?.text).toBe(question);
  });

  it("is answered in a channel the bot is not in", async () => {
    const { fake } = await openStage();
    fake.kick(fake.channel);
    const answer = await fake.slash({ command: "/layoffs" }).answer();
    expect(answer.allText).toContain("You asked /layoffs");
  });

  it("in a direct conversation is asked from there", async () => {
    const { fake, bot } = await openStage();
    const channel = fake.world.directChannel(fake.user);
    await fake.slash({ command: "/pulse", channel }).answer();
    expect(bot.asked[0]?.place).toEqual({ kind: "dm", id: channel.id });
  });

  it("of somebody from another workspace is asked as an outsider", async () => {
    const { fake, bot } = await openStage();
    const { payload } = fake.slash({ command: "/pulse" }).delivery;
    fake.socket.send("slash_commands", { ...payload, team_id: "T0OTHER01", trigger_id: "other" });
    await soon(fake, () => bot.asked.length === 2);
    expect(bot.asked.map(({ caller }) => caller.standing?.outsider)).toEqual([undefined, true]);
  });

  it("delivered twice is answered once and acknowledged twice", async () => {
    const { fake, bot } = await openStage();
    const first = fake.slash({ command: "/layoffs", text: "google" });
    await first.answer();
    const again = fake.socket.send("slash_commands", first.delivery.payload);
    await soon(fake, () => again.acked !== undefined);
    await quiet();
    expect(bot.asked).toHaveLength(1);
    expect(fake.ephemeral()).toHaveLength(1);
  });
});

describe("a mention", () => {
  it("where other organisations listen is answered to the asker alone, until it is shared", async () => {
    const { fake } = await openStage();
    const channel = fake.world.addChannel("with-others", {
      members: [fake.world.bot, fake.user],
      isShared: true,
    });
    const answer = await fake.mention({ text: "layoffs google", channel }).answer();
    expect(answer.isEphemeral).toBe(true);
    expect(fake.messages(channel)).toHaveLength(1);
    await fake.press(answer, "Share", { channel }).answer();
    expect(fake.messages(channel).at(-1)?.allText).toContain("You asked /layoffs google share:yes");
  });

  it("is answered in a thread below it", async () => {
    const { fake, bot } = await openStage();
    const answer = await fake.mention({ text: "layoffs google" }).answer();
    const [question] = fake.messages();
    expect(answer.thread).toBe(question?.ts);
    expect(bot.asked[0]).toMatchObject({ text: "/layoffs google", via: "mention" });
  });

  it("inside a thread is answered in that thread", async () => {
    const { fake } = await openStage();
    const root = fake.write({ text: "Have you read this?" });
    const answer = await fake.mention({ text: "pulse", thread: root.ts }).answer();
    expect(answer.thread).toBe(root.ts);
  });

  it("without words asks for the pulse", async () => {
    const { fake, bot } = await openStage();
    await fake.mention({ text: "" }).answer();
    expect(bot.asked[0]?.text).toBe("/pulse");
  });

  it("keeps the names of other people as words", async () => {
    const { fake, bot } = await openStage();
    await fake.mention({ text: "layoffs <@U0SOMEONE> <https://a.example/x|a.example>" }).answer();
    expect(bot.asked[0]?.text).toBe("/layoffs <@U0SOMEONE> a.example");
  });
});

describe("a direct message", () => {
  it("is answered below it, with the same grammar", async () => {
    const { fake, bot } = await openStage();
    const answer = await fake.dm({ text: "layoffs google" }).answer();
    expect(answer.isEphemeral).toBe(false);
    expect(bot.asked[0]).toMatchObject({ text: "/layoffs google", place: { kind: "dm" } });
  });

  it("in a thread is answered there", async () => {
    const { fake } = await openStage();
    const root = await fake.dm({ text: "pulse" }).answer();
    const answer = await fake.dm({ text: "layoffs", thread: root.ts }).answer();
    expect(answer.thread).toBe(root.ts);
  });

  it.each([
    ["an edit", { subtype: "message_changed" }],
    ["another bot", { bot_id: "B0OTHER01" }],
    ["a join", { subtype: "channel_join" }],
    ["nothing but blanks", { text: "  " }],
    ["a channel nobody mentioned us in", { channel_type: "channel" }],
  ])("that is %s is no question", async (_, change) => {
    const { fake, bot } = await openStage();
    const { payload } = fake.dm({ text: "pulse" }).delivery;
    await soon(fake, () => bot.asked.length === 1);
    const event = { ...recordOf(payload.event), ...change, ts: "1.000001" };
    const other = fake.socket.send("events_api", { ...payload, event_id: "Ev0OTHER", event });
    await soon(fake, () => other.acked !== undefined);
    await quiet();
    expect(bot.asked).toHaveLength(1);
  });

  it("that arrives as two events is answered once", async () => {
    const { fake, bot } = await openStage();
    const asked = fake.dm({ text: "pulse" });
    await asked.answer();
    const { payload } = asked.delivery;
    const twin = fake.socket.send("events_api", { ...payload, event_id: "Ev0TWIN" });
    await soon(fake, () => twin.acked !== undefined);
    await quiet();
    expect(bot.asked).toHaveLength(1);
  });
});

describe("the app's own tab", () => {
  it("shows the bot's first card, with charts in words", async () => {
    const { fake, bot } = await openStage();
    bot.answers.set("home", {
      ...(await bot.home({ id: "U1", tenant: "local" })),
      blocks: [
        {
          kind: "chart",
          chart: {
            kind: "bars",
            title: "People",
            subtitle: "invented",
            unit: "people",
            categories: ["Jan", "Feb"],
            series: [{ name: "people", values: [1, 2] }],
            lastIncomplete: false,
          },
        },
      ],
    });
    const home = await fake.openHome().answer();
    expect(home.allText).toContain("Bar chart: People.");
    expect(home.blocks.map(({ type }) => type)).not.toContain("data_visualization");
  });

  it("answers its own buttons in place", async () => {
    const { fake, bot } = await openStage();
    const home = await fake.openHome().answer();
    const answer = await fake.press(home, "Rows").answer();
    expect(answer.allText).toContain("You asked /pulse rows:yes");
    expect(bot.asked.at(-1)?.place).toEqual({ kind: "dm", id: "home" });
  });
});

describe("the message shortcut", () => {
  it("says what we know of a message, to who chose it", async () => {
    const { fake } = await openStage();
    const message = fake.write({ text: "Google &amp; Meta cut again" });
    const answer = await fake.shortcut({ message, callbackId: ABOUT_SHORTCUT }).answer();
    expect(answer.isEphemeral).toBe(true);
    expect(answer.allText).toContain("About: Google & Meta cut again");
  });

  it("checks the figures of a message as known on its day, for who chose it", async () => {
    const { fake, bot } = await openStage();
    const message = fake.write({ text: "Google &amp; Meta cut 22,000" });
    const answer = await fake.shortcut({ message, callbackId: CHECK_SHORTCUT }).answer();
    expect(answer.isEphemeral).toBe(true);
    expect(answer.allText).toContain("Checked: Google & Meta cut 22,000");
    expect(bot.asked[0]?.text).toMatch(/^check Google & Meta cut 22,000 \d{4}-\d\d-\d\d$/);
  });

  it("answers where the bot is not, and directly when that address is closed too", async () => {
    const { fake } = await openStage();
    const message = fake.write({ text: "Google" });
    fake.kick(fake.channel);
    fake.trouble("response_url", { status: 404, body: "expired_url" });
    const answer = await fake.shortcut({ message, callbackId: ABOUT_SHORTCUT }).answer();
    expect(answer.allText).toContain("About: Google");
    expect(fake.messages(fake.world.directChannel(fake.user))).toHaveLength(1);
  });
});
