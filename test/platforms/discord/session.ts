import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "../../../src/log.ts";
import { discordPlatform } from "../../../src/platforms/discord/index.ts";
import type { Platform } from "../../../src/platforms/platform.ts";
import type { Reply } from "../../../src/reply/reply.ts";
import type { FakeDiscord } from "../../fakes/discord/fake-discord.ts";
import { openFakeDiscord } from "../../fakes/discord/fake-discord.ts";
import type { Json } from "../../fakes/discord/json.ts";
import { recordOf } from "../../fakes/discord/json.ts";
import type { SmallBot } from "./small-bot.ts";
import { smallBot } from "./small-bot.ts";

/** Our platform, with the genuine discord.js, started against the fake Discord. */
export interface Session {
  readonly fake: FakeDiscord;
  readonly bot: SmallBot;
  readonly platform: Platform;
  /** Warnings and errors, in order. */
  readonly logged: readonly Json[];
  /** Another process with the same token. */
  readonly second: () => Promise<Platform>;
  /** Waits for something that happens on its own. */
  readonly until: (holds: () => boolean) => Promise<void>;
  /** Stops everything. Rejects when any message sent could have pinged someone. */
  readonly close: () => Promise<void>;
}

export async function openSession(): Promise<Session> {
  const fake = await openFakeDiscord();
  const bot = smallBot();
  const logged: Json[] = [];
  const note = (level: string) => (line: unknown) => void logged.push({ level, ...recordOf(line) });
  const log: Log = { info() {}, debug() {}, warn: note("warn"), error: note("error") };
  const platforms: Platform[] = [];
  const start = async (answering: SmallBot): Promise<Platform> => {
    const platform = discordPlatform({
      bot: answering,
      settings: { ...fake.settings, deferAfterMs: 40 },
      log,
      clock: () => fake.world.now(),
    });
    platforms.push(platform);
    await platform.start();
    return platform;
  };
  return {
    fake,
    bot,
    logged,
    platform: await start(bot),
    second: () => start(smallBot()),
    async until(holds) {
      const deadline = Date.now() + 5_000;
      while (!holds()) {
        if (Date.now() > deadline) throw new Error(`Waited in vain for ${holds.toString()}`);
        await pause(5);
      }
    },
    async close() {
      await Promise.all(platforms.map((platform) => platform.stop()));
      await fake.close();
      const pinging = fake.requests.filter(saysSomething).filter(({ body }) => {
        const { allowed_mentions: allowed } = recordOf(body.data ?? body);
        return JSON.stringify(allowed) !== '{"parse":[]}';
      });
      if (pinging.length > 0)
        throw new Error(`Could ping: ${pinging.map(({ path }) => path).join(", ")}`);
    },
  };
}

/** Whether a request creates or changes a message. */
export function saysSomething({ method, path, body }: FakeDiscord["requests"][number]): boolean {
  if (method !== "POST" && method !== "PATCH") return false;
  if (path.endsWith("/callback")) return body.type === 4 || body.type === 7;
  return /\/(messages|webhooks)\b/.test(path);
}

/** A reply the test lets go when it wants. */
export function held(): {
  readonly reply: Promise<Reply>;
  readonly release: (reply: Reply) => void;
} {
  const { promise, resolve } = Promise.withResolvers<Reply>();
  return { reply: promise, release: resolve };
}
