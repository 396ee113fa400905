import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { ConnectError } from "../../../src/platforms/platform.ts";
import { openStage, quiet, soon } from "./stage.ts";

const BOT = "xoxb-1-2-secretbottoken";
const APP = "xapp-1-A1-2-secretapptoken";

async function refusal(start: () => Promise<unknown>): Promise<ConnectError> {
  const error: unknown = await start().catch((reason: unknown) => reason);
  if (!(error instanceof ConnectError)) throw new Error(`Not a ConnectError: ${String(error)}`);
  return error;
}

describe("a start that cannot be", () => {
  it.each([
    ["swapped tokens", { botToken: APP, appToken: BOT }, "swapped_token", "in each other's place"],
    [
      "an app token as the bot's",
      { botToken: APP, appToken: APP },
      "swapped_token",
      "in each other's place",
    ],
    ["a user's token", { botToken: "xoxp-1-2-secretbottoken" }, "bad_token", "not a bot token"],
    [
      "a user's token as the app's",
      { appToken: "xoxp-1-2-secretapptoken" },
      "bad_token",
      "not an app-level token",
    ],
    ["a wrong bot token", { botToken: BOT }, "bad_token", "Slack does not know SLACK_BOT_TOKEN"],
    ["a wrong app token", { appToken: APP }, "bad_token", "Slack does not know SLACK_APP_TOKEN"],
    ["no way to Slack", { apiUrl: "http://127.0.0.1:9/api/" }, "unreachable", "cannot be reached"],
  ])("says what is wrong with %s, and no secret", async (_, settings, reason, words) => {
    const { platform, lines } = await openStage({ start: false, settings });
    const error = await refusal(() => platform.start());
    expect(error.reason).toBe(reason);
    expect(error.message).toContain(words);
    expect(error.message).toMatch(/^[^\n]{1,200}\.$/);
    expect(error.message + lines.join("\n")).not.toMatch(/secret(bot|app)token/);
  });

  it("asks Slack nothing when the tokens are in each other's place", async () => {
    const { platform, fake } = await openStage({
      start: false,
      settings: { botToken: APP, appToken: BOT },
    });
    await refusal(() => platform.start());
    expect(fake.requests).toEqual([]);
  });

  it.each([
    ["token_revoked", "bad_token"],
    ["account_inactive", "bad_token"],
  ] as const)("names %s", async (answer, reason) => {
    const { platform, fake } = await openStage({ start: false });
    fake.revoke(answer);
    const error = await refusal(() => platform.start());
    expect(error.reason).toBe(reason);
    expect(error.message).toContain(answer);
  });

  it.each([
    ["auth.test", "not_allowed_token_type", "swapped_token"],
    ["apps.connections.open", "missing_scope", "missing_scope"],
    ["apps.connections.open", "ratelimited", "unreachable"],
    ["auth.test", "team_access_not_granted", "refused"],
  ] as const)("turns %s %s into %s", async (method, error, reason) => {
    const { platform, fake } = await openStage({ start: false });
    fake.trouble(method, { error });
    expect((await refusal(() => platform.start())).reason).toBe(reason);
  });

  it("names the scope no answer can do without, and only notes the others", async () => {
    const without = await openStage({ start: false, scopes: ["commands"] });
    const error = await refusal(() => without.platform.start());
    expect(error).toMatchObject({ reason: "missing_scope" });
    expect(error.message).toContain("chat:write");
    const noted = await openStage({ scopes: ["commands", "chat:write"] });
    expect(noted.lines.join("\n")).toContain("files:write");
  });

  it("may be called again, and then connects", async () => {
    const { platform, fake } = await openStage({ start: false });
    fake.trouble("auth.test", { status: 503, body: "down" });
    expect((await refusal(() => platform.start())).reason).toBe("unreachable");
    fake.trouble("apps.connections.open", { status: 503, body: "down" });
    expect((await refusal(() => platform.start())).reason).toBe("unreachable");
    await expect(platform.start()).resolves.toEqual({
      as: "market-pulse in Acme",
      commands: "by manifest",
    });
    expect(fake.socket.connections).toBe(1);
  });
});

it("two starts at once open one connection", async () => {
  const { platform, fake } = await openStage({ start: false });
  await Promise.all([platform.start(), platform.start()]);
  expect(fake.socket.connections).toBe(1);
});

describe("a connection that ends", () => {
  it("because Slack moves it is made again at once, and the next command is answered", async () => {
    const { fake } = await openStage();
    const began = performance.now();
    fake.socket.refresh();
    await soon(fake, () => fake.socket.connections === 0);
    await soon(fake, () => fake.socket.connections === 1);
    expect(performance.now() - began).toBeLessThan(1_000);
    const answer = await fake.slash({ command: "/pulse" }).answer();
    expect(answer.allText).toContain("You asked /pulse");
  });

  it("because the line breaks is made again", async () => {
    const { fake } = await openStage();
    fake.socket.cut();
    await soon(fake, () => fake.socket.connections === 0);
    await soon(fake, () => fake.socket.connections === 1);
    expect((await fake.dm({ text: "pulse" }).answer()).allText).toContain("You asked /pulse");
  });

  it("while Slack gives no new one is tried for again", async () => {
    const { fake, lines } = await openStage();
    fake.trouble("apps.connections.open", { error: "internal_error" });
    fake.socket.cut();
    await soon(fake, () => fake.socket.connections === 0);
    await soon(fake, () => fake.socket.connections === 1);
    expect(lines.join("\n")).toContain("slack-reconnect");
  });

  it("with the token revoked does not end the process", async () => {
    const unhandled = vi.fn<() => void>();
    process.on("unhandledRejection", unhandled);
    const { fake, platform } = await openStage();
    for (let call = 0; call < 3; call++)
      fake.trouble("apps.connections.open", { error: "account_inactive" });
    fake.socket.cut();
    await soon(fake, () => fake.socket.connections === 0);
    await quiet();
    await platform.stop();
    await quiet();
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe("a stop", () => {
  it("ends the connection and may come twice, or before any start", async () => {
    const { fake, platform } = await openStage();
    await platform.stop();
    await platform.stop();
    await soon(fake, () => fake.socket.connections === 0);
    expect(fake.socket.connections).toBe(0);
    const idle = await openStage({ start: false });
    await expect(idle.platform.stop()).resolves.toBeUndefined();
  });

  it("waits for the answer under way", async () => {
    const { fake, bot, platform } = await openStage();
    const late = Promise.withResolvers<Awaited<ReturnType<typeof bot.answer>>>();
    bot.answers.set("/pulse", late.promise);
    await fake.slash({ command: "/pulse" }).acked();
    await soon(fake, () => bot.asked.length === 1);
    const stopping = platform.stop();
    late.resolve(await bot.home({ id: "U1", tenant: "local" }));
    await stopping;
    expect(fake.ephemeral()).toHaveLength(1);
  });

  it("does not wait for an answer that never comes", async () => {
    const { fake, bot, platform } = await openStage();
    bot.answers.set("/pulse", new Promise(() => {}));
    await fake.slash({ command: "/pulse" }).acked();
    const began = performance.now();
    await platform.stop();
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it("while reconnecting leaves no connection and no unhandled rejection", async () => {
    const unhandled = vi.fn<() => void>();
    process.on("unhandledRejection", unhandled);
    const { fake, platform } = await openStage();
    fake.socket.refresh();
    await soon(fake, () => fake.socket.connections === 0);
    await platform.stop();
    await quiet();
    process.off("unhandledRejection", unhandled);
    expect(fake.socket.connections).toBe(0);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it("while starting leaves no connection", async () => {
    const { fake, platform } = await openStage({ start: false });
    const starting = platform.start().catch(() => {});
    await platform.stop();
    await starting;
    await quiet();
    expect(fake.socket.connections).toBe(0);
  });

  it("leaves nothing that keeps the process alive", async () => {
    const { fake } = await openStage({ start: false });
    const { apiUrl, botToken, appToken } = fake.settings;
    const script = fileURLToPath(new URL("./start-and-stop.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [script, apiUrl, botToken, appToken],
      { timeout: 10_000 },
    );
    expect(stdout).toBe("stopped");
  });

  it("can be followed by another start", async () => {
    const { fake, platform } = await openStage();
    await platform.stop();
    await platform.start();
    const answer = await fake.slash({ command: "/pulse" }).answer();
    expect(answer.allText).toContain("You asked /pulse");
  });
});
