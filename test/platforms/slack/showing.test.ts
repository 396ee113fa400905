import { describe, expect, it, vi } from "vitest";
import { reply } from "../../../src/reply/reply.ts";
import { bars, ranges, table, withChart } from "./sample-replies.ts";
import { openStage, quiet, soon } from "./stage.ts";

describe("a chart", () => {
  it("is Slack's own where it fits, and nothing is uploaded", async () => {
    const { fake, bot } = await openStage();
    bot.answers.set("/pulse", withChart(bars));
    const { blocks } = await fake.slash({ command: "/pulse" }).answer();
    expect(blocks.map(({ type }) => type)).toContain("data_visualization");
    expect(bot.drawn()).toBe(0);
  });

  it("of another kind is drawn, uploaded with its words, and shown", async () => {
    const { fake, bot } = await openStage();
    bot.answers.set("/pulse", withChart(ranges));
    const { pictures } = await fake.slash({ command: "/pulse" }).answer();
    expect(pictures.map(({ bytes }) => bytes.byteLength > 0)).toEqual([true]);
    expect(pictures[0]?.altText).toContain("AI engineer: 150,000 to 240,000");
    const asked = fake.requests.find(({ method }) => method === "files.getUploadURLExternal");
    expect(asked?.args["alt_txt"]).toContain("Ranges: Posted pay.");
  });

  it("is a picture where Slack refuses its own", async () => {
    const { fake, bot } = await openStage();
    bot.answers.set("/pulse", withChart(bars));
    fake.trouble("response_url", { status: 404, body: "invalid_blocks" });
    const { pictures } = await fake.slash({ command: "/pulse" }).answer();
    expect(pictures).toHaveLength(1);
    expect(bot.drawn()).toBe(1);
  });

  it("waits until Slack has looked at the picture", async () => {
    const { fake, bot } = await openStage();
    bot.answers.set("/pulse", withChart(ranges));
    fake.files.unreadyLooks = 2;
    const { pictures } = await fake.slash({ command: "/pulse" }).answer();
    expect(pictures).toHaveLength(1);
    expect(bot.drawn()).toBe(1);
  });

  it("is said in words when Slack never takes the picture", async () => {
    const { fake, bot } = await openStage();
    bot.answers.set("/pulse", withChart(ranges));
    fake.files.unreadyLooks = 1_000;
    const answer = await fake.slash({ command: "/pulse" }).answer();
    expect(answer.pictures).toEqual([]);
    expect(answer.allText).toContain("AI engineer: 150,000 to 240,000");
  });

  it.each([
    ["cannot be drawn", undefined],
    ["has no place to go", "files.getUploadURLExternal"],
    ["does not arrive", "upload"],
    ["is not taken", "files.completeUploadExternal"],
  ])("that %s is said to be missing, with its words", async (_, method) => {
    const { fake, bot } = await openStage();
    bot.answers.set("/pulse", withChart(ranges));
    if (method === undefined) bot.drawing = () => Promise.reject(new Error("no ink"));
    else
      fake.trouble(
        method,
        method === "upload" ? { status: 500, body: "no" } : { error: "storage_limit_reached" },
      );
    const { allText } = await fake.slash({ command: "/pulse" }).answer();
    expect(allText).toContain("The picture is missing. Ranges: Posted pay.");
  });
});

describe("blocks Slack refuses", () => {
  it("give way to plainer ones, and those to the words alone", async () => {
    const { fake, bot } = await openStage();
    bot.answers.set("/pulse", reply("Largest cuts", { blocks: [table] }));
    for (let refusal = 0; refusal < 3; refusal++)
      fake.trouble("response_url", { status: 404, body: "invalid_blocks" });
    const answer = await fake.slash({ command: "/pulse" }).answer();
    expect(answer.blocks).toEqual([]);
    expect(answer.text).toContain("Byte &amp; Co");
    expect(fake.ephemeral()).toHaveLength(1);
  });

  it("in a thread give way too", async () => {
    const { fake, bot } = await openStage();
    bot.answers.set("/pulse", reply("Largest cuts", { blocks: [table] }));
    fake.trouble("chat.postMessage", { error: "msg_blocks_too_long" });
    const answer = await fake.mention({ text: "pulse" }).answer();
    expect(answer.blocks.map(({ type }) => type)).not.toContain("data_table");
    expect(answer.allText).toContain("Byte & Co");
  });

  it("in the tab give way too", async () => {
    const { fake, bot } = await openStage();
    bot.answers.set("home", reply("Largest cuts", { blocks: [table] }));
    for (let refusal = 0; refusal < 3; refusal++)
      fake.trouble("views.publish", { error: "invalid_arguments" });
    const home = await fake.openHome().answer();
    expect(home.allText).toContain("Largest cuts");
  });
});

describe("an address that is used up or too old", () => {
  it("is replaced by a private message in the channel", async () => {
    const { fake } = await openStage();
    fake.trouble("response_url", { status: 404, body: "used_url" });
    const answer = await fake.slash({ command: "/pulse" }).answer();
    expect(answer.isEphemeral).toBe(true);
    expect(fake.requests.map(({ method }) => method)).toContain("chat.postEphemeral");
  });

  it("is replaced by a direct message where the bot is not in the channel", async () => {
    const { fake } = await openStage();
    fake.kick(fake.channel);
    fake.trouble("response_url", { status: 404, body: "expired_url" });
    await fake.slash({ command: "/pulse" }).answer();
    expect(fake.messages(fake.world.directChannel(fake.user))).toHaveLength(1);
    expect(fake.messages()).toEqual([]);
  });

  it("with no other way open leaves one line in the log, without the words", async () => {
    const { fake, lines } = await openStage();
    fake.kick(fake.channel);
    fake.trouble("response_url", { status: 404, body: "expired_url" });
    fake.withoutScope("im:write");
    await fake.slash({ command: "/layoffs", text: "secretcompany" }).acked();
    await vi.waitFor(() => expect(lines.join()).toContain("an answer may not have been shown"));
    expect(lines.join("\n")).not.toContain("secretcompany");
  });
});

describe("an answer whose outcome is unknown", () => {
  it("is not said again where others read it", async () => {
    const { fake } = await openStage();
    fake.trouble("chat.postMessage", "lose");
    await fake.mention({ text: "pulse" }).answer();
    await quiet();
    expect(
      fake.messages().filter(({ stored }) => "author" in stored && stored.author.isBot),
    ).toHaveLength(1);
    expect(fake.ephemeral()).toEqual([]);
  });

  it("is tried another way when only the asker would read it", async () => {
    const { fake } = await openStage();
    fake.trouble("response_url", "cut");
    const answer = await fake.slash({ command: "/pulse" }).answer();
    expect(answer.isEphemeral).toBe(true);
  });

  it("after a short rate limit comes a moment later", async () => {
    const { fake } = await openStage();
    fake.trouble("chat.postMessage", {
      status: 429,
      body: { ok: false, error: "ratelimited" },
      headers: { "retry-after": "0" },
    });
    const answer = await fake.mention({ text: "pulse" }).answer();
    expect(answer.allText).toContain("You asked /pulse");
  });
});

describe("an answer that takes long", () => {
  it("to a command is announced, then shown", async () => {
    const { fake, bot } = await openStage({ patienceMs: 1 });
    const late = Promise.withResolvers<ReturnType<typeof reply>>();
    bot.answers.set("/pulse", late.promise);
    const asked = fake.slash({ command: "/pulse" });
    expect((await asked.answer()).text).toBe("Working on it…");
    late.resolve(reply("Here it is"));
    await soon(fake, () => fake.ephemeral().at(-1)?.text === "Here it is");
  });

  it("to a mention is announced in the thread and replaced there", async () => {
    const { fake, bot } = await openStage({ patienceMs: 1 });
    const late = Promise.withResolvers<ReturnType<typeof reply>>();
    bot.answers.set("/pulse", late.promise);
    const note = await fake.mention({ text: "pulse" }).answer();
    expect(note.text).toBe("Working on it…");
    late.resolve(reply("Here it is"));
    await soon(fake, () => fake.messages().at(-1)?.text === "Here it is");
    expect(fake.messages().at(-1)?.ts).toBe(note.ts);
  });

  it("that comes in time is not announced", async () => {
    const { fake } = await openStage();
    await fake.slash({ command: "/pulse" }).answer();
    expect(fake.ephemeral()).toHaveLength(1);
  });
});

describe("a file", () => {
  const file = {
    name: "layoffs.csv",
    mediaType: "text/csv",
    content: "company\nAcme\n",
    encoding: "utf8",
  } as const;

  it("of a private answer goes to the asker's direct messages, and the answer says so", async () => {
    const { fake, bot } = await openStage();
    bot.answers.set("/pulse", reply("Exported", { files: [file] }));
    await fake.slash({ command: "/pulse" }).acked();
    await soon(fake, () => fake.ephemeral().length === 1);
    expect(fake.ephemeral()[0]?.allText).toContain("layoffs.csv is in our direct messages.");
    const [sent] = fake.messages(fake.world.directChannel(fake.user));
    expect(sent?.files.map(({ name, text }) => [name, text])).toEqual([
      ["layoffs.csv", file.content],
    ]);
    expect(fake.messages()).toEqual([]);
  });

  it("asked for in a thread is put there", async () => {
    const { fake, bot } = await openStage();
    bot.answers.set("/pulse", reply("Exported", { files: [file] }));
    await fake.mention({ text: "pulse" }).answer();
    await soon(fake, () => fake.messages().length === 3);
    const [question, sent, answer] = fake.messages();
    expect(sent?.files).toHaveLength(1);
    expect([sent?.thread, answer?.thread]).toEqual([question?.ts, question?.ts]);
  });

  it("that goes nowhere is said to be missing", async () => {
    const { fake, bot } = await openStage();
    bot.answers.set("/pulse", reply("Exported", { files: [file] }));
    fake.withoutScope("files:write");
    const answer = await fake.slash({ command: "/pulse" }).answer();
    expect(answer.allText).toContain("layoffs.csv could not be sent.");
  });
});

it("an answer for everyone is posted for everyone, and private when that is not allowed", async () => {
  const { fake, bot } = await openStage();
  bot.answers.set("/pulse", reply("For all", { audience: "everyone" }));
  await fake.slash({ command: "/pulse" }).answer();
  expect(fake.messages()).toHaveLength(1);
  fake.archive(fake.channel);
  fake.trouble("response_url", { status: 404, body: "used_url" });
  const second = await fake.slash({ command: "/pulse" }).answer();
  expect(second.isEphemeral).toBe(true);
});
