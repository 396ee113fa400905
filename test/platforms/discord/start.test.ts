import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLog } from "../../../src/log.ts";
import { discordPlatform } from "../../../src/platforms/discord/index.ts";
import type { DiscordSettings } from "../../../src/platforms/discord/index.ts";
import type { Platform } from "../../../src/platforms/platform.ts";
import { ConnectError } from "../../../src/platforms/platform.ts";
import type { FakeDiscord } from "../../fakes/discord/fake-discord.ts";
import { openFakeDiscord } from "../../fakes/discord/fake-discord.ts";
import { smallBot } from "./small-bot.ts";

let fake: FakeDiscord;
const opened: Platform[] = [];

beforeEach(async () => {
  fake = await openFakeDiscord();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((platform) => platform.stop()));
  await fake.close();
});

function platformWith(settings: Partial<DiscordSettings> = {}, bot = smallBot()): Platform {
  const platform = discordPlatform({
    bot,
    settings: { ...fake.settings, ...settings },
    log: silentLog,
    clock: () => fake.world.now(),
  });
  opened.push(platform);
  return platform;
}

async function failureOf(platform: Platform): Promise<ConnectError> {
  const outcome = await platform.start().catch((error: unknown) => error);
  if (!(outcome instanceof ConnectError)) throw new Error("It started.");
  return outcome;
}

describe("starting", () => {
  it("says who we are there, and registers the commands once", async () => {
    expect(await platformWith().start()).toEqual({
      as: "market-pulse in 1 server",
      commands: "updated",
    });
    expect(fake.commands().map(({ name }) => name)).toEqual([
      "layoffs",
      "help",
      "Ask market-pulse",
      "Check the figures",
    ]);
    fake.advance(10_000);
    expect((await platformWith().start()).commands).toBe("unchanged");
    expect(fake.requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
  });

  it("registers again when a command changed", async () => {
    await platformWith().start();
    const [layoffs, help] = smallBot().commands;
    fake.advance(10_000);
    const changed = platformWith(
      {},
      smallBot([layoffs!, { ...help!, summary: "What I can do for you" }]),
    );
    expect((await changed.start()).commands).toBe("updated");
  });

  it("needs no privileged intent", async () => {
    await platformWith().start();
    expect(fake.gateway.connected).toBe(1);
  });

  it.each([
    ["", "bad_token", /empty/],
    ["xoxb-123-abc", "swapped_token", /Slack token/],
    ["xapp-1-A-1-a", "swapped_token", /Slack token/],
    ["Bot aaaa.bbbb.cccc", "bad_token", /alone/],
    ['"aaaa.bbbb.cccc"', "bad_token", /quotes/],
    ["0123456789abcdef0123456789abcdef", "bad_token", /client secret/],
  ])("with the token %j is refused before anything is sent", async (token, reason, sentence) => {
    const failure = await failureOf(platformWith({ token }));
    expect(failure).toMatchObject({ reason });
    expect(failure.message).toMatch(sentence);
    expect(token !== "" && failure.message.includes(token)).toBe(false);
    expect(fake.requests).toEqual([]);
  });

  it("with a token Discord does not know says so without showing it", async () => {
    const token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GAbCdE.notTheRightTokenAtAll0000000";
    const failure = await failureOf(platformWith({ token }));
    expect(failure.reason).toBe("bad_token");
    expect(`${failure.message} ${failure.stack}`).not.toContain("notTheRightToken");
  });

  it("with another application's id names both", async () => {
    const failure = await failureOf(platformWith({ applicationId: "123456789012345678" }));
    expect(failure.reason).toBe("swapped_token");
    expect(failure.message).toContain("123456789012345678");
    expect(failure.message).toContain(fake.settings.applicationId);
  });

  it("where nobody answers says that Discord cannot be reached", async () => {
    const failure = await failureOf(platformWith({ apiUrl: "http://127.0.0.1:9/api" }));
    expect(failure).toMatchObject({ reason: "unreachable" });
    expect(failure.message).toContain("ECONNREFUSED");
  });

  it("when Discord is down says the same", async () => {
    fake.trouble("GET", /applications\/@me$/, { status: 503, body: { message: "down" } });
    expect((await failureOf(platformWith())).reason).toBe("unreachable");
  });

  it("when the commands are refused names the field", async () => {
    const [layoffs] = smallBot().commands;
    const failure = await failureOf(platformWith({}, smallBot([layoffs!, layoffs!])));
    expect(failure.reason).toBe("refused");
    expect(failure.message).toContain("APPLICATION_COMMANDS_DUPLICATE_NAME");
  });

  it("may be tried again after it failed", async () => {
    const platform = platformWith();
    fake.trouble("GET", /applications\/@me$/, {
      status: 401,
      body: { code: 0, message: "401: Unauthorized" },
    });
    expect((await failureOf(platform)).reason).toBe("bad_token");
    expect((await platform.start()).as).toBe("market-pulse in 1 server");
    await fake.slash({ name: "help" }).answer();
  });
});

describe("stopping", () => {
  it("leaves no connection and answers nothing more", async () => {
    const bot = smallBot();
    const platform = platformWith({}, bot);
    await platform.start();
    await platform.stop();
    expect(fake.gateway.connected).toBe(0);
    fake.slash({ name: "help" });
    fake.mention("help");
    expect(bot.asked).toEqual([]);
  });

  it("lets an answer under way arrive", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const bot = smallBot();
    const answer = bot.answer.bind(bot);
    bot.answer = async (invocation) => {
      await promise;
      return answer(invocation);
    };
    const platform = platformWith({ deferAfterMs: 20 }, bot);
    await platform.start();
    const asked = fake.slash({ name: "help" });
    await asked.first();
    const stopped = platform.stop();
    resolve();
    await stopped;
    expect((await asked.answer()).text).toContain("You asked /help");
  });

  it("is safe twice, and before the start", async () => {
    const platform = platformWith();
    await platform.stop();
    await platform.start();
    await platform.stop();
    await platform.stop();
    expect(fake.gateway.connected).toBe(0);
  });

  it("leaves nothing that keeps the process alive", async () => {
    const running = () =>
      process
        .getActiveResourcesInfo()
        .filter((kind) => kind === "Timeout" || kind === "TCPSocketWrap").length;
    const other = await openFakeDiscord();
    await other.close();
    const before = running();
    const far = await openFakeDiscord();
    const platform = platformWith(far.settings);
    await platform.start();
    const during = running();
    await far.slash({ name: "help" }).answer();
    await platform.stop();
    await far.close();
    await vi.waitFor(() => expect(running()).toBeLessThanOrEqual(before));
    expect(during).toBeGreaterThan(before);
  });
});
