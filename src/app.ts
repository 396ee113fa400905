import { schedule } from "node-cron";
import type { ScheduledTask } from "node-cron";
import { commands } from "../commands/index.ts";
import type { Draw } from "./charts/chart.ts";
import type { Clock } from "./clock.ts";
import { createBot } from "./command/answer.ts";
import type { BotParts } from "./command/answer.ts";
import { recentQuestions } from "./command/recent.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import { withoutSecrets } from "./log.ts";
import type { Market } from "./market/market.ts";
import { openFacts } from "./facts.ts";
import type { ConnectError, Connected, Platform } from "./platforms/platform.ts";
import { openKeys } from "./stores/keys.ts";
import { memoryBook } from "./stores/memory-book.ts";

/** What one part of the running bot is doing, for the first screen and the log. */
export type Standing =
  | { readonly state: "off" }
  | { readonly state: "connecting" }
  | { readonly state: "on"; readonly connected: Connected }
  | { readonly state: "failed"; readonly sentence: string };

export interface App {
  readonly bot: ReturnType<typeof createBot>;
  readonly market: () => Market;
  readonly playground: string | undefined;
  readonly slack: Standing;
  readonly discord: Standing;
  /** Stops intake, lets answers in flight end, closes everything; at most some 8 s. */
  close(): Promise<void>;
}

const RETRY_MS = [5_000, 15_000, 60_000, 300_000] as const;
const CLOSE_MS = 8_000;
/** The first screen waits no longer than this for a platform that does not answer. */
const FIRST_TRY_MS = 4_000;

/**
 * The whole bot, wired by hand: facts, answers, pictures, then whichever platforms are configured. A platform that
 * cannot connect stops neither the other one nor the playground; it is tried again in the background.
 */
export async function openApp(config: Config, clock: Clock, log: Log): Promise<App> {
  const facts = await openFacts(config.dataDir);
  const keys = await openKeys(config.dataDir, (sentence) => log.warn({ event: "keys" }, sentence));
  const pictures = lazyPictures();
  const parts: BotParts = {
    market: () => facts.market,
    book: memoryBook(),
    commands,
    draw: pictures.draw,
    clock,
    recent: recentQuestions(),
    keys,
    onBroken: (reference, error) =>
      log.error({ event: "broken", reference, error: describe(error) }, "a question broke"),
  };
  const bot = createBot(parts);
  const heartbeat = everyMinute(() => facts.refresh(), log);
  const [slack, discord, playground] = await Promise.all([
    keepConnected(
      "slack",
      config.slack,
      async (settings) =>
        (await import("./platforms/slack/index.ts")).slackPlatform({ bot, settings, log, clock }),
      log,
    ),
    keepConnected(
      "discord",
      config.discord,
      async (settings) =>
        (await import("./platforms/discord/index.ts")).discordPlatform({
          bot,
          settings,
          log,
          clock,
        }),
      log,
    ),
    import("./platforms/playground/server.ts").then(({ openPlayground }) =>
      openPlayground({ bot, port: config.port, log }),
    ),
  ]);
  return {
    bot,
    market: () => facts.market,
    playground: playground.url,
    get slack() {
      return slack.standing;
    },
    get discord() {
      return discord.standing;
    },
    close: () =>
      within(CLOSE_MS, async () => {
        await heartbeat.stop();
        await Promise.allSettled([slack.stop(), discord.stop(), playground.close()]);
        await Promise.allSettled([pictures.close(), keys.close()]);
      }),
  };
}

/** Charts load their drawing code at the first picture, so that starting stays quick. */
export function lazyPictures(): { readonly draw: Draw; close(): Promise<void> } {
  let opened: Promise<{ readonly draw: Draw; close(): Promise<void> }> | undefined;
  const open = () =>
    (opened ??= import("./charts/png.ts").then(({ openPictures }) => openPictures()));
  return {
    draw: async (chart, theme) => (await open()).draw(chart, theme),
    close: async () => (await opened)?.close(),
  };
}

interface Kept {
  readonly standing: Standing;
  stop(): Promise<void>;
}

/** Starts a platform when it is configured, and starts it again later when it could not be reached. */
async function keepConnected<Settings>(
  name: "slack" | "discord",
  settings: Settings | undefined,
  make: (settings: Settings) => Promise<Platform>,
  log: Log,
): Promise<Kept> {
  if (settings === undefined) return { standing: { state: "off" }, stop: async () => {} };
  const platform = await make(settings);
  let standing: Standing = { state: "connecting" };
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function connect(attempt: number): Promise<void> {
    try {
      standing = { state: "on", connected: await platform.start() };
      log.info({ event: "connected", platform: name }, "connected");
    } catch (error) {
      const sentence = withoutSecrets(
        error instanceof Error ? error.message : "It could not be reached.",
      );
      standing = { state: "failed", sentence };
      const final = isConnectError(error) && error.reason !== "unreachable";
      log.warn({ event: "connect-failed", platform: name, final }, sentence);
      if (final || stopped) return;
      timer = setTimeout(
        () => void connect(attempt + 1),
        RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)],
      );
      timer.unref();
    }
  }

  await within(FIRST_TRY_MS, () => connect(0));
  return {
    get standing() {
      return standing;
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await platform.stop();
    },
  };
}

function isConnectError(error: unknown): error is ConnectError {
  return error instanceof Error && error.name === "ConnectError";
}

/** The clock only wakes us: each beat looks whether newer facts were imported. */
function everyMinute(beat: () => Promise<void>, log: Log): ScheduledTask {
  return schedule(
    "* * * * *",
    () =>
      beat().catch((error: unknown) =>
        log.error({ event: "heartbeat", error: describe(error) }, "facts could not be read anew"),
      ),
    { noOverlap: true, timezone: "Etc/UTC" },
  );
}

async function within(ms: number, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work(), limit]);
  clearTimeout(timer);
}

function describe(error: unknown): string {
  return withoutSecrets(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
