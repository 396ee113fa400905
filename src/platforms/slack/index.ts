import { setTimeout as wait } from "node:timers/promises";
import { App, LogLevel } from "@slack/bolt";
import type { Clock } from "../../clock.ts";
import type { Bot } from "../../command/bot.ts";
import type { Log } from "../../log.ts";
import type { Connected, Platform } from "../platform.ts";
import { ConnectError } from "../platform.ts";
import { oneATurn } from "../turns.ts";
import type { Pace } from "./answering.ts";
import { USUAL_PACE } from "./answering.ts";
import { boltLogger } from "./bolt-log.ts";
import type { SlackSettings } from "./connect.ts";
import { checkAccess, clientOptions, openClient } from "./connect.ts";
import { listen } from "./receive.ts";
import { seenRequests } from "./seen.ts";
import { slackSender } from "./send.ts";
import type { Socket } from "./socket.ts";
import { slackRegister } from "./standing.ts";
import { socketMode } from "./socket.ts";

export type { SlackSettings } from "./connect.ts";

export interface SlackParts {
  readonly bot: Bot;
  readonly settings: SlackSettings;
  readonly log: Log;
  readonly clock: Clock;
  readonly pace?: Pace;
}

/**
 * Slack over Socket Mode: no public address is needed. `start` rejects with a ConnectError and may be
 * called again; once connected, cuts are mended in the background.
 */
export function slackPlatform({
  bot,
  settings,
  log,
  clock,
  pace = USUAL_PACE,
}: SlackParts): Platform {
  const logger = boltLogger(log, LogLevel.WARN);
  const isRepeat = seenRequests(clock);
  const underWay = new Set<Promise<void>>();
  let socket: Socket | undefined;
  let starting: Promise<Connected> | undefined;
  let isStopped = false;

  async function track(work: Promise<void>): Promise<void> {
    underWay.add(work);
    await work;
    underWay.delete(work);
  }

  async function connect(): Promise<Connected> {
    const identity = await checkAccess(settings, logger, log);
    const opening = socketMode(settings, logger, log);
    const app = new App({
      token: settings.botToken,
      botId: identity.botId,
      botUserId: identity.botUserId,
      receiver: opening.receiver,
      clientOptions: clientOptions(settings.apiUrl, logger),
      convoStore: false,
      logger,
      logLevel: LogLevel.WARN,
    });
    const client = openClient(settings.botToken, settings, logger);
    listen(app, {
      bot,
      client,
      register: slackRegister({ client, teamId: identity.teamId, clock, log }),
      log,
      pace,
      apiUrl: settings.apiUrl,
      identity,
      turn: oneATurn(),
      isRepeat,
      track,
    });
    try {
      await opening.open();
    } catch {
      await opening.close();
      throw new ConnectError(
        "unreachable",
        "Slack let us in but the connection did not open; trying again later.",
      );
    }
    if (isStopped) {
      await opening.close();
      throw new ConnectError("refused", "Slack was stopped while it was connecting.");
    }
    socket = opening;
    return { as: `market-pulse in ${identity.team}`, commands: "by manifest" };
  }

  return {
    name: "slack",
    sender: () => slackSender({ bot, settings, log }),
    start() {
      isStopped = false;
      starting ??= connect().catch((error: unknown) => {
        starting = undefined;
        throw error;
      });
      return starting;
    },
    async stop() {
      isStopped = true;
      starting = undefined;
      const closing = socket?.close();
      socket = undefined;
      await Promise.race([
        Promise.allSettled(underWay),
        wait(pace.farewellMs, undefined, { ref: false }),
      ]);
      underWay.clear();
      await closing;
    },
  };
}
