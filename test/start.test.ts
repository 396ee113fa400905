import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const launcher = join(root, "bin/market-pulse.mjs");

/** Notes every module the process loads, one address a line. */
const HOOK = `
import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";
registerHooks({ load(url, context, next) { appendFileSync(process.env.LOADED, url + "\\n"); return next(url, context); } });
`;

let child: ChildProcess | undefined;
afterEach(() => void child?.kill("SIGKILL"));

/** Starts the bot in a folder of its own and waits for its first screen. */
async function started(settings: Readonly<Record<string, string>> = {}) {
  const dir = mkdtempSync(join(tmpdir(), "pulse-start-"));
  const loaded = join(dir, "loaded.txt");
  writeFileSync(loaded, "");
  writeFileSync(join(dir, "hook.mjs"), HOOK);
  const { PATH = "", HOME = "" } = process.env;
  const running = spawn(process.execPath, ["--import", join(dir, "hook.mjs"), launcher, "start"], {
    cwd: dir,
    env: {
      PATH,
      HOME,
      LOADED: loaded,
      PULSE_DATA: join(dir, "data"),
      PULSE_PORT: "0",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child = running;
  let screen = "";
  running.stdout.on("data", (piece: Buffer) => (screen += piece.toString()));
  const ended = new Promise<number | null>((done) => running.once("exit", done));
  const until = Date.now() + 20_000;
  while (!screen.includes("Ask from a shell") && Date.now() < until)
    await new Promise((done) => setTimeout(done, 50));
  return {
    screen,
    ended,
    kill: (signal: NodeJS.Signals) => running.kill(signal),
    loaded: () => readFileSync(loaded, "utf8"),
  };
}

describe("the bot without any token", () => {
  it("says on one screen what is on, how old the facts are, and the next step for each platform; stops within ten seconds", async () => {
    const bot = await started();
    expect(bot.screen.split("\n").length).toBeLessThan(20);
    expect(bot.screen).toMatch(/Playground {2}http:\/\/127\.0\.0\.1:\d+\//);
    expect(bot.screen).toMatch(
      /Facts +317 layoff events as of 21 May 2026 \(.+ old\), the bundled sample/,
    );
    expect(bot.screen).toContain("SLACK_BOT_TOKEN=xoxb-…");
    expect(bot.screen).toContain("DISCORD_TOKEN=…");
    const asked = Date.now();
    bot.kill("SIGTERM");
    expect(await bot.ended).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
  });
  it("loads no platform's library and nothing that draws", async () => {
    const bot = await started();
    const modules = bot.loaded();
    expect(modules).toContain("src/platforms/playground/server.ts");
    for (const library of [
      "/@slack/bolt/",
      "/@slack/web-api/",
      "/discord.js/",
      "/@discordjs/",
      "/echarts/",
      "/@resvg/",
    ])
      expect(modules).not.toContain(library);
    bot.kill("SIGTERM");
    await bot.ended;
  });
});

describe("the bot with a token that cannot work", () => {
  it("loads that platform alone, says what is wrong without the token, and goes on", async () => {
    const bot = await started({
      SLACK_BOT_TOKEN: "xapp-canary-1",
      SLACK_APP_TOKEN: "xoxb-canary-2",
    });
    expect(bot.screen).toContain("The Slack tokens are in each other's place");
    expect(bot.screen).not.toContain("canary");
    expect(bot.screen).toMatch(/Playground {2}http/);
    const modules = bot.loaded();
    expect(modules).toContain("/@slack/bolt/");
    expect(modules).not.toContain("/discord.js/");
    bot.kill("SIGTERM");
    expect(await bot.ended).toBe(0);
  });
});
