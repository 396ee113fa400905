import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reply } from "../../../src/reply/reply.ts";
import { chart } from "./replies.ts";
import type { Session } from "./session.ts";
import { held, openSession, saysSomething } from "./session.ts";
import { echo } from "./small-bot.ts";

let session: Session;
let fake: Session["fake"];
let bot: Session["bot"];
let logged: Session["logged"];
let until: Session["until"];

beforeEach(async () => {
  session = await openSession();
  ({ fake, bot, logged, until } = session);
});

afterEach(() => session.close());

describe("a slash command", () => {
  it("is answered to the asker alone, with its options as typed words", async () => {
    const asked = fake.slash({
      name: "layoffs",
      options: { company: "google inc", rows: 5, rollup: true },
    });
    const answer = await asked.answer();
    expect(bot.asked).toEqual([
      {
        text: '/layoffs company:"google inc" rows:5 rollup:yes',
        caller: {
          id: fake.user.id,
          tenant: `discord:${fake.guild}`,
          standing: { admin: true, manager: true, outsider: false, roles: [] },
        },
        place: { kind: "channel", id: fake.channel.id },
        via: "typed",
      },
    ]);
    expect(answer.isEphemeral).toBe(true);
    expect(answer.text).toContain("You asked /layoffs");
    expect(fake.messages()).toEqual([]);
  });

  it("is promised an answer when it takes long, and gets it by an edit", async () => {
    const slow = held();
    bot.say(slow.reply);
    const asked = fake.slash({ name: "help" });
    // "Thinking…"
    expect(await asked.first()).toBe(5);
    expect(fake.ephemeral()[0]?.text).toBe("");
    slow.release(echo("/help"));
    const answer = await asked.answer();
    expect(answer).toMatchObject({ isEphemeral: true, isEdited: true });
    expect(answer.text).toContain("You asked /help");
    expect(fake.ephemeral()).toHaveLength(1);
  });

  it("is shown to everyone when it is meant for everyone", async () => {
    bot.say(reply("For all", { audience: "everyone" }));
    await fake.slash({ name: "help" }).answer();
    expect(fake.messages().map(({ text }) => text)).toEqual(["### For all"]);
    expect(fake.ephemeral()).toEqual([]);
  });

  it("that takes long and is meant for everyone settles its private promise and is posted", async () => {
    const slow = held();
    bot.say(slow.reply);
    const asked = fake.slash({ name: "help" });
    await asked.first();
    slow.release(reply("For all", { audience: "everyone" }));
    await until(() => fake.messages().length === 1);
    expect(fake.messages()[0]?.text).toBe("### For all");
    expect(fake.ephemeral().map(({ text }) => text)).toEqual(["### Shared with everyone here."]);
  });

  it("in a direct message is kept and belongs to the person", async () => {
    const channel = fake.world.directChannel(fake.user);
    const answer = await fake.slash({ name: "help", channel }).answer();
    expect(answer.isEphemeral).toBe(false);
    expect(bot.asked[0]).toMatchObject({
      caller: { tenant: `discord:dm:${fake.user.id}` },
      place: { kind: "dm", id: channel.id },
    });
  });

  it("that Discord delivers twice is answered once", async () => {
    await fake.slash({ name: "help" }).answer();
    fake.gateway.repeatLast();
    await fake.slash({ name: "layoffs" }).answer();
    expect(bot.asked.map(({ text }) => text)).toEqual(["/help", "/layoffs"]);
    expect(logged).toEqual([]);
  });

  it("during a lost connection is answered after the session resumes", async () => {
    fake.gateway.drop();
    await until(() => fake.gateway.connected === 0);
    const asked = fake.slash({ name: "help" });
    expect((await asked.answer()).text).toContain("You asked /help");
    expect(fake.gateway.identifies).toBe(1);
  });
});

describe("a button", () => {
  it("of a private answer changes that answer in place", async () => {
    const answer = await fake.slash({ name: "layoffs", options: { company: "google" } }).answer();
    const pressed = await fake.press(answer, "Rows").answer();
    expect(pressed.id).toBe(answer.id);
    expect(pressed.text).toContain("rows:20");
    expect(bot.asked[1]).toMatchObject({ text: "/layoffs company:google rows:20", via: "pressed" });
    expect(fake.ephemeral()).toHaveLength(1);
  });

  it("that takes long leaves the answer standing until it is changed", async () => {
    const answer = await fake.slash({ name: "help" }).answer();
    const slow = held();
    bot.say(slow.reply);
    const pressed = fake.press(answer, "Rows");
    expect(await pressed.first()).toBe(6);
    expect(fake.ephemeral()[0]?.text).toContain("You asked /help");
    slow.release(reply("At last"));
    expect(await pressed.answer()).toMatchObject({ id: answer.id, text: "### At last" });
  });

  it("of a shared answer gives whoever presses it an answer of their own", async () => {
    bot.say({ ...echo("/layoffs google"), audience: "everyone" });
    const shared = await fake.slash({ name: "layoffs" }).answer();
    const grace = fake.world.addUser("grace");
    const own = await fake.press(shared, "Rows", { user: grace }).answer();
    expect(own.id).not.toBe(shared.id);
    expect(fake.ephemeral(grace)).toHaveLength(1);
    expect(fake.messages()[0]?.text).toContain("You asked /layoffs google");
    expect(bot.asked[1]?.caller.id).toBe(grace.id);
  });

  it("that shares posts the answer for everyone and leaves the private one", async () => {
    const answer = await fake.slash({ name: "help" }).answer();
    const shared = await fake.press(answer, "Share").answer();
    expect(shared.isEphemeral).toBe(false);
    expect(fake.messages()).toHaveLength(1);
    expect(fake.ephemeral()[0]?.text).toContain("You asked /help");
  });

  it("that shares and takes long posts once it is done", async () => {
    const answer = await fake.slash({ name: "help" }).answer();
    const slow = held();
    bot.say(slow.reply);
    const pressed = fake.press(answer, "Share");
    await pressed.first();
    slow.release(reply("For all", { audience: "everyone" }));
    expect(await pressed.answer()).toMatchObject({ isEphemeral: false, text: "### For all" });
    expect(fake.ephemeral()[0]?.text).toContain("You asked /help");
  });

  it("with a command too long for its field works through a short key", async () => {
    const answer = await fake.slash({ name: "help" }).answer();
    expect(answer.buttons.find(({ label }) => label === "Long")?.customId).toMatch(/^key:/);
    const pressed = await fake.press(answer, "Long").answer();
    expect(pressed.text).toContain("long long");
  });

  it("whose key was forgotten says what to type instead", async () => {
    const answer = await fake.slash({ name: "help" }).answer();
    bot.recall = () => undefined;
    const pressed = await fake.press(answer, "Long").answer();
    expect(pressed.text).toContain("too old");
    expect(pressed.text).toContain("`/pulse`");
  });

  it("drops the pictures of the answer it replaces", async () => {
    bot.say(echo("/layoffs chart"));
    const answer = await fake.slash({ name: "layoffs" }).answer();
    expect(answer.stored.attachments).toHaveLength(1);
    bot.say(reply("No chart"));
    expect((await fake.press(answer, "Rows").answer()).stored.attachments).toEqual([]);
  });
});

it("an option picked from a menu runs its command", async () => {
  const answer = await fake.slash({ name: "layoffs" }).answer();
  const picked = await fake.pick(answer, "2023").answer();
  expect(picked.id).toBe(answer.id);
  expect(bot.asked[1]).toMatchObject({ text: "/layoffs period:2023", via: "pressed" });
});

describe("suggestions", () => {
  it("come from the bot, for the option being typed", async () => {
    const choices = await fake
      .autocomplete({ name: "layoffs", option: "company", typed: "goo", options: { rows: 3 } })
      .choices();
    expect(choices).toEqual([{ name: "layoffs company: goo…", value: "goo!" }]);
  });

  it("too long or too many for Discord are left out", async () => {
    bot.complete = () => [
      { name: "x", value: "y".repeat(101) },
      { name: "", value: "z" },
      ...Array.from({ length: 40 }, (_, n) => ({ name: `c${n}`, value: `c${n}` })),
    ];
    const choices = await fake
      .autocomplete({ name: "layoffs", option: "company", typed: "" })
      .choices();
    expect(choices).toHaveLength(25);
    expect(choices[0]).toEqual({ name: "c0", value: "c0" });
  });
});

describe("a message", () => {
  it("can be asked about from its own menu", async () => {
    const grace = fake.world.addUser("grace");
    fake.write("Google cut 12,000", { user: grace });
    const answer = await fake
      .contextMenu({ name: "Ask market-pulse", message: fake.messages()[0]! })
      .answer();
    expect(answer).toMatchObject({ isEphemeral: true, text: "### About Google cut 12,000" });
    expect(bot.askedAbout).toMatchObject([
      { message: "Google cut 12,000", caller: { id: fake.user.id }, place: { kind: "channel" } },
    ]);
  });

  it("can have its figures checked from its own menu, as known on its day", async () => {
    const grace = fake.world.addUser("grace");
    fake.write("Google cut 12,000", { user: grace });
    const [message] = fake.messages();
    const answer = await fake
      .contextMenu({ name: "Check the figures", message: message! })
      .answer();
    expect(answer).toMatchObject({ isEphemeral: true, text: "### Checked Google cut 12,000" });
    expect(bot.askedAbout).toMatchObject([
      {
        message: expect.stringMatching(/^Google cut 12,000 \(\d{4}-\d\d-\d\d\)$/),
        caller: { id: fake.user.id },
        place: { kind: "channel" },
      },
    ]);
  });

  it("that mentions us is answered below it", async () => {
    const asked = fake.mention('layoffs "match group"');
    const answer = await asked.answer();
    expect(answer).toMatchObject({ answers: asked.id, isEphemeral: false });
    expect(bot.asked[0]).toMatchObject({
      text: '/layoffs "match group"',
      via: "mention",
      place: { kind: "channel", id: fake.channel.id },
    });
  });

  it("sent to us directly needs no mention", async () => {
    await fake.dm("/layoffs google").answer();
    expect(bot.asked[0]).toMatchObject({
      text: "/layoffs google",
      caller: { tenant: `discord:dm:${fake.user.id}` },
      place: { kind: "dm" },
    });
  });

  it("that only mentions us asks for help", async () => {
    await fake.mention("").answer();
    expect(bot.asked[0]?.text).toBe("/help");
  });

  it("by a bot, or not meant for us, is left alone", async () => {
    fake.write("layoffs google");
    fake.mention("layoffs google", { user: fake.world.addUser("other-bot", { bot: true }) });
    await fake.mention("help").answer();
    expect(bot.asked.map(({ text }) => text)).toEqual(["/help"]);
  });

  it("in a channel we may not write in is given up, and logged once without its text", async () => {
    fake.mention("layoffs secret-company", {
      channel: fake.world.addChannel("read-only", fake.guild, { writes: false }),
    });
    await until(() => logged.length === 1);
    expect(logged).toMatchObject([{ level: "error", failure: "not-allowed", code: 50_013 }]);
    expect(JSON.stringify(logged)).not.toContain("secret-company");
  });
});

describe("a chart", () => {
  it("comes as a picture with its numbers in words, in the same request", async () => {
    bot.say(echo("/layoffs chart"));
    const { pictures } = await fake.slash({ name: "layoffs" }).answer();
    expect(pictures).toHaveLength(1);
    expect(pictures[0]?.bytes.toString()).toBe("png dark");
    expect(pictures[0]?.altText).toContain("12,000");
    expect(fake.requests.filter(saysSomething)).toHaveLength(1);
  });

  it("comes below a mention too", async () => {
    bot.say(echo("/layoffs chart"));
    expect((await fake.mention("layoffs chart").answer()).pictures).toHaveLength(1);
  });

  it("that cannot be drawn is said in words", async () => {
    bot.canDraw = false;
    bot.say(reply("Trend", { blocks: [{ kind: "chart", chart }] }));
    const answer = await fake.slash({ name: "layoffs" }).answer();
    expect(answer.pictures).toEqual([]);
    expect(answer.text).toContain("12,000");
    expect(answer.text).toContain("The picture is missing");
  });
});

it("a table too long for a message goes along as a file", async () => {
  const rows = Array.from({ length: 60 }, (_, n) => [`Company ${n}`, String(n)]);
  const columns = [
    { title: "Company", align: "left" as const },
    { title: "People", align: "right" as const },
  ];
  bot.say(reply("Top", { blocks: [{ kind: "table", caption: "Cuts", columns, rows, more: 0 }] }));
  const answer = await fake.slash({ name: "layoffs" }).answer();
  expect(answer.text).toContain("… and 30 more rows");
  expect(answer.files[0]?.name).toBe("table-1.csv");
  expect(answer.files[0]?.text).toContain("Company 59,59");
});
