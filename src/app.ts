import { schedule } from "node-cron";
import { commands } from "../commands/index.ts";
import { requireRead } from "./authority/standing.ts";
import type { Draw } from "./charts/chart.ts";
import type { Clock } from "./clock.ts";
import { createBot } from "./command/answer.ts";
import type { Bot } from "./command/bot.ts";
import { recentQuestions } from "./command/recent.ts";
import type { Config } from "./config.ts";
import type { Standing } from "./connection.ts";
import { keepConnected } from "./connection.ts";
import { openDelivery } from "./delivery/worker.ts";
import { openFacts } from "./facts.ts";
import type { Sources } from "./fetching/open-sources.ts";
import type { SourceStanding } from "./market/source-health.ts";
import type { Log } from "./log.ts";
import { withoutSecrets } from "./log.ts";
import type { Market } from "./market/market.ts";
import { localSender } from "./platforms/local/send.ts";
import type { Platform } from "./platforms/platform.ts";
import type { SlackSettings } from "./platforms/slack/index.ts";
import { standingOrders } from "./standing/orders.ts";
import { bookKeys } from "./stores/button-keys.ts";
import type { Post } from "./stores/records.ts";
import { openJsonBook } from "./stores/json-book.ts";
import { within } from "./within.ts";

export interface App {
  readonly bot: Bot;
  readonly market: () => Market;
  readonly playground: string;
  readonly slack: Standing;
  readonly discord: Standing;
  /** Stops intake, lets answers and messages in flight end, closes everything; at most some 8 s. */
  close(): Promise<void>;
}

const CLOSE_MS = 8_000;

/**
 * The whole bot, wired by hand: facts and book, answers, pictures, what runs without being asked, delivery, then
 * whichever platforms are configured. A platform that cannot connect stops neither the other one nor the playground; it
 * is tried again in the background. `announce` tells whoever sits at the machine of messages for them.
 */
export async function openApp(
  config: Config,
  clock: Clock,
  log: Log,
  announce?: (post: Post) => void,
): Promise<App> {
  const facts = await openFacts(config.dataDir);
  // Nobody can ask yet.
  await facts.prepare();
  const book = await openJsonBook(config.dataDir, {
    clock,
    onNotice: (sentence) => log.warn({ event: "book" }, sentence),
  });
  const sources = lazySources(config, clock, log);
  const asked = config.sources.wanted.length > 0 ? await sources.opened() : undefined;
  const pictures = lazyPictures();
  const answering = createBot({
    market: () => facts.market,
    judge: (verdict) => facts.judge(verdict),
    standings: () => sources.standings(),
    book,
    commands,
    admit: requireRead,
    draw: pictures.draw,
    clock,
    recent: recentQuestions(),
    keys: bookKeys(book, clock, (error) =>
      log.warn({ event: "buttons", error: described(error) }, "a long button could not be kept"),
    ),
    onBroken: (reference, error) =>
      log.error({ event: "broken", reference, error: described(error) }, "a question broke"),
  });
  // A command may have planned a message or lifted a pause: delivery looks after every answer. Where somebody talks to us
  // we may have been let in.
  const bot: Bot = {
    ...answering,
    answer: (invocation) =>
      answering.answer(invocation).finally(() => {
        const { caller, place } = invocation;
        if (place.kind === "channel") delivery.welcomed(caller.tenant, place.id);
        delivery.poke();
      }),
  };
  const dispatcher =
    config.proxy === null ? undefined : (await import("./proxied.ts")).proxied(config.proxy);
  const slackPlatform = await openSlack(config, { bot, log, clock }, dispatcher);
  const discordPlatform = await openDiscord(config, { bot, log, clock });
  const senders = [slackPlatform, discordPlatform].flatMap((platform) =>
    platform?.sender === undefined ? [] : [platform.sender()],
  );
  const delivery = openDelivery({
    book,
    senders: [localSender(announce), ...senders],
    clock,
    after,
    log,
  });
  const orders = standingOrders({
    book,
    facts,
    standings: () => sources.standings(),
    clock,
    log,
    onPlanned: () => delivery.poke(),
  });
  const heartbeat = schedule("* * * * *", () => orders.beat(), {
    noOverlap: true,
    timezone: "Etc/UTC",
  });
  // On a beat of its own: no digest or alert waits for a slow source.
  const asking = schedule("* * * * *", () => asked?.beat(), { timezone: "Etc/UTC" });
  const [slack, discord, playground] = await Promise.all([
    keepConnected(slackPlatform, log, () => delivery.reconnected("slack")),
    keepConnected(discordPlatform, log, () => delivery.reconnected("discord")),
    import("./platforms/playground/server.ts").then(({ openPlayground }) =>
      openPlayground({ bot, port: config.port, log }),
    ),
  ]);
  await orders.beat();
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
        await Promise.all([heartbeat.stop(), asking.stop()]);
        await Promise.allSettled([
          sources.close(),
          slack.stop(),
          discord.stop(),
          playground.close(),
          delivery.close(),
        ]);
        await Promise.allSettled([pictures.close(), book.close()]);
      }),
  };
}

interface Parts {
  readonly bot: Bot;
  readonly log: Log;
  readonly clock: Clock;
}

/** A platform's library is loaded only when its tokens are set. */
async function openSlack(
  { slack: settings }: Config,
  parts: Parts,
  dispatcher: SlackSettings["dispatcher"],
): Promise<Platform | undefined> {
  if (settings === undefined) return undefined;
  const { slackPlatform } = await import("./platforms/slack/index.ts");
  return slackPlatform({ settings: { ...settings, ...(dispatcher && { dispatcher }) }, ...parts });
}

async function openDiscord(
  { discord: settings }: Config,
  parts: Parts,
): Promise<Platform | undefined> {
  if (settings === undefined) return undefined;
  const { discordPlatform } = await import("./platforms/discord/index.ts");
  return discordPlatform({ settings, ...parts });
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

export interface LazySources {
  opened(): Promise<Sources>;
  standings(): Promise<readonly SourceStanding[]>;
  close(): Promise<void>;
}

/** The sources and what asks them load when they are on or asked about, so that starting stays quick. */
export function lazySources(
  { dataDir, sources }: Pick<Config, "dataDir" | "sources">,
  clock: Clock,
  log: Log,
): LazySources {
  let opening: Promise<Sources> | undefined;
  const opened = () =>
    (opening ??= import("./fetching/open-sources.ts").then(({ openSources }) =>
      openSources({ dir: dataDir, clock, log, settings: sources }),
    ));
  return {
    opened,
    standings: async () => (await opened()).standings(),
    close: async () => (await opening)?.close(),
  };
}

function after(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}

function described(error: unknown): string {
  return withoutSecrets(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
