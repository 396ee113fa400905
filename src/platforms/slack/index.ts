import { App, SocketModeReceiver, webApi } from "@slack/bolt";
import type { Clock } from "../../clock.ts";
import type { Bot } from "../../command/bot.ts";
import type { Log } from "../../log.ts";
import { ConnectError } from "../platform.ts";
import type { Connected, Platform } from "../platform.ts";
import { checkTokenShapes, clientOptions, identify, quietLogger } from "./connect.ts";
import type { SlackSettings } from "./connect.ts";
import { receive } from "./receive.ts";

export type { SlackSettings } from "./connect.ts";

/** A new connection is looked for this soon after Slack cuts one; the client's own default loses five seconds each time. */
const PING_TIMEOUT_MS = 500;
const CONNECT_MS = 15_000;
const STOP_MS = 5_000;
const ANNOUNCE_AFTER_MS = 2_500;

/** Slack through Bolt in Socket Mode: slash commands, buttons, menus, mentions, direct messages, the app's tab, the shortcut. */
export function slackPlatform({
  bot,
  settings,
  log,
  announceAfterMs = ANNOUNCE_AFTER_MS,
}: {
  readonly bot: Bot;
  readonly settings: SlackSettings;
  readonly log: Log;
  readonly clock: Clock;
  /** An answer slower than this is announced first; for tests. */
  readonly announceAfterMs?: number;
}): Platform {
  let app: App | undefined;
  const underWay = new Set<Promise<unknown>>();

  return {
    name: "slack",
    async start(): Promise<Connected> {
      checkTokenShapes(settings);
      await stopApp();
      const { name, team } = await identify(settings, log);
      const opened = newApp(settings, log);
      const client = new webApi.WebClient(settings.botToken, clientOptions(settings, log));
      receive(opened, { bot, client, log, announceAfterMs }, underWay);
      app = opened;
      try {
        await withDeadline(opened.start(), CONNECT_MS);
      } catch (error) {
        await stopApp();
        throw error instanceof ConnectError
          ? error
          : new ConnectError(
              "unreachable",
              "Slack cannot be reached. Check the network; market-pulse answers again once it can.",
              error,
            );
      }
      return { as: `${name} in ${team}`, commands: "by manifest" };
    },
    stop: async () => {
      await Promise.race([Promise.allSettled(underWay), delay(STOP_MS / 2)]);
      await stopApp();
    },
  };

  async function stopApp(): Promise<void> {
    const closing = app;
    app = undefined;
    if (closing === undefined) return;
    await Promise.race([closing.stop().catch(() => undefined), delay(STOP_MS / 2)]);
  }
}

function newApp(settings: SlackSettings, log: Log): App {
  const options = clientOptions(settings, log);
  const logger = quietLogger(log);
  const receiver = new SocketModeReceiver({
    appToken: settings.appToken,
    clientPingTimeout: PING_TIMEOUT_MS,
    logger,
    installerOptions: { clientOptions: options },
  });
  const app = new App({
    receiver,
    token: settings.botToken,
    clientOptions: options,
    logger,
    ignoreSelf: true,
    tokenVerificationEnabled: false,
  });
  app.error(async (error) => log.error({ event: "slack.app_error", code: error.code }));
  return app;
}

async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = delay(ms).then(() => {
    throw new ConnectError("unreachable", "Slack did not open a connection in time.");
  });
  return Promise.race([work, late]);
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
