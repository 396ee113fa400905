import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reply } from "../../../src/reply/reply.ts";
import type { Reply } from "../../../src/reply/reply.ts";
import { TRAPS } from "./replies.ts";
import type { Session } from "./session.ts";
import { held, openSession } from "./session.ts";
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

describe("an answer that fails", () => {
  it("after three seconds is given up and logged once", async () => {
    const slow = held();
    bot.say(slow.reply);
    fake.trouble("POST", /callback$/, {
      status: 404,
      body: { code: 10_062, message: "Unknown interaction" },
    });
    fake.slash({ name: "help" });
    await until(() => logged.length === 1);
    slow.release(echo("/help"));
    await fake.slash({ name: "layoffs" }).answer();
    expect(logged).toMatchObject([
      { level: "warn", event: "discord.answer_failed", failure: "late", code: 10_062 },
    ]);
  });

  it("because the clock ran on is Discord's own 10062", async () => {
    const slow = held();
    bot.say(slow.reply);
    fake.slash({ name: "help" });
    fake.advance(3_001);
    await until(() => logged.length === 1);
    slow.release(echo("/help"));
    expect(logged).toMatchObject([{ failure: "late", code: 10_062 }]);
    expect(fake.ephemeral()).toEqual([]);
  });

  it("because another process answered first is left at that", async () => {
    await session.second();
    await fake.slash({ name: "help" }).answer();
    await until(() => logged.length === 1);
    expect(logged).toMatchObject([{ failure: "late", code: 40_060 }]);
    expect(fake.ephemeral()).toHaveLength(1);
  });

  it("because its fifteen minutes are over is logged and forgotten", async () => {
    const slow = held();
    bot.say(slow.reply);
    const asked = fake.slash({ name: "help" });
    await asked.first();
    fake.advance(15 * 60_000 + 1);
    slow.release(echo("/help"));
    await until(() => logged.length === 1);
    expect(logged).toMatchObject([{ failure: "late", code: 50_027 }]);
  });

  it("because Discord refuses its form is said in plain text", async () => {
    fake.trouble("POST", /callback$/, {
      status: 400,
      body: {
        code: 50_035,
        message: "Invalid Form Body",
        errors: { data: { components: { _errors: [{ code: "X" }] } } },
      },
    });
    bot.say(
      reply("Google", {
        blocks: [{ kind: "text", words: "12,000 people" }],
        notes: ["Basis: filed"],
      }),
    );
    const answer = await fake.slash({ name: "layoffs" }).answer();
    expect(answer.text).toContain("12,000 people");
    expect(answer.text).toContain("Basis: filed");
    expect(logged).toMatchObject([{ failure: "rejected", fields: "data.components: X" }]);
  });

  it("because Discord breaks on it is said in plain text", async () => {
    const slow = held();
    bot.say(slow.reply);
    const asked = fake.slash({ name: "help" });
    await asked.first();
    fake.trouble("PATCH", /@original$/, {
      status: 500,
      body: { code: 0, message: "500: Internal Server Error" },
    });
    slow.release(reply("At last", { actions: [{ label: "Rows", run: "/x" }] }));
    expect(await asked.answer()).toMatchObject({ text: "At last", buttons: [] });
  });

  it("because the bot itself broke says so and shows nothing of it", async () => {
    bot.answer = async () => {
      throw new Error("secret-detail");
    };
    const answer = await fake.slash({ name: "help" }).answer();
    expect(answer.text).toContain("Something broke on my side");
    expect(answer.text).not.toContain("secret-detail");
  });

  it("with its connection cut is sent again and appears once", async () => {
    fake.trouble("POST", /callback$/, "lose");
    const answer = await fake.slash({ name: "help" }).answer();
    fake.trouble("PATCH", /@original$/, "lose");
    const slow = held();
    bot.say(slow.reply);
    const pressed = fake.press(answer, "Rows");
    await pressed.first();
    slow.release(reply("At last"));
    await pressed.answer();
    fake.trouble("POST", /messages$/, "lose");
    await fake.mention("help").answer();
    await session.platform.stop();
    const sent = (last: RegExp) => fake.requests.filter(({ path }) => last.test(path)).length;
    expect([sent(/callback$/), sent(/@original$/), sent(/messages$/)]).toEqual([3, 2, 2]);
    expect(fake.ephemeral()).toHaveLength(1);
    expect(fake.messages().filter(({ author }) => author === "market-pulse")).toHaveLength(1);
    expect(logged).toEqual([]);
  });

  it("as a follow-up with its connection cut is not repeated, since it could appear twice", async () => {
    const answer = await fake.slash({ name: "help" }).answer();
    const slow = held();
    bot.say(slow.reply);
    const pressed = fake.press(answer, "Share");
    await pressed.first();
    fake.trouble("POST", /webhooks/, "lose");
    slow.release(reply("For all", { audience: "everyone" }));
    await until(() => logged.length === 1);
    expect(fake.messages()).toHaveLength(1);
    expect(logged).toMatchObject([{ failure: "unreachable" }]);
  });
});

it("nothing in foreign text comes alive, in whatever way it is answered", async () => {
  const words = TRAPS.join("\n");
  const trap = (audience: Reply["audience"]): Reply =>
    reply(words, {
      blocks: [
        { kind: "text", words },
        { kind: "bullets", items: [...TRAPS] },
        {
          kind: "text",
          words: [{ bold: words }, { code: words }, { link: "https://a.test", text: words }],
        },
      ],
      notes: [words],
      actions: [{ label: words, run: "/x" }],
      audience,
    });
  bot.say(trap("asker"));
  const answer = await fake.slash({ name: "help" }).answer();
  bot.say(trap("asker"));
  await fake.press(answer, answer.buttons[0]!.label).answer();
  bot.say(trap("everyone"));
  await fake.slash({ name: "help" }).answer();
  bot.say(trap("asker"));
  await fake.mention("help").answer();
  for (const { text } of [...fake.messages(), ...fake.ephemeral()].filter(
    ({ author }) => author === "market-pulse",
  )) {
    expect(alive(text)).not.toMatch(
      /@(everyone|here)|<[@#:/t]|\[click\]|https:\/\/evil|:tada:|\*it\*|\u202E|\u200B/,
    );
  }
});

/** What of a text Discord reads as markup: neither escaped characters nor code. */
function alive(text: string): string {
  return text.replace(/\\[^0-9A-Za-z\s]/g, "").replace(/```[\s\S]*?```|`[^`]*`/g, "");
}
