import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "@slack/bolt";
import { SocketModeReceiver } from "@slack/bolt";
import type { Log } from "../../log.ts";
import type { SlackSettings } from "./connect.ts";
import { clientOptions } from "./connect.ts";

const OPENING_MS = 10_000;
const GOODBYE_MS = 500;
const PAUSES_MS = [0, 500, 2_000, 5_000, 15_000, 30_000] as const;

export interface Socket {
  readonly receiver: SocketModeReceiver;
  /** Connects; rejects when that fails the first time. Later cuts are mended in the background. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The connection Slack sends questions through. Reconnecting is ours, because the library's own waits
 * five seconds after every refresh (commands fail meanwhile), tries for ever on a revoked token, and
 * crashes the process with an unhandled rejection when it is stopped while reconnecting.
 */
export function socketMode(settings: SlackSettings, logger: Logger, log: Log): Socket {
  const receiver = new SocketModeReceiver({
    appToken: settings.appToken,
    autoReconnectEnabled: false,
    ...(settings.dispatcher && { dispatcher: settings.dispatcher }),
    logger,
    installerOptions: { clientOptions: clientOptions(settings.apiUrl, logger) },
  });
  const { client } = receiver;
  let wanted: AbortController | undefined;
  let isMending = false;

  client.on("disconnected", () => {
    if (wanted !== undefined && !isMending) void mend(wanted.signal);
  });

  async function mend(signal: AbortSignal): Promise<void> {
    isMending = true;
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        await wait(PAUSES_MS[attempt] ?? PAUSES_MS.at(-1), undefined, { signal, ref: false });
        await connect();
        break;
      } catch {
        if (!signal.aborted)
          log.warn(
            { event: "slack-reconnect", attempt: attempt + 1 },
            "Slack cannot be reached; trying again",
          );
      }
    }
    isMending = false;
    // Stopped while connecting: the connection that came after all is closed again.
    if (signal.aborted && wanted === undefined) await hangUp();
  }

  async function connect(): Promise<void> {
    const opening = client.start();
    opening.catch(() => {});
    const late = wait(OPENING_MS, "late" as const, { ref: false });
    if ((await Promise.race([opening, late])) === "late") {
      await hangUp();
      throw new Error("The connection did not open in time.");
    }
  }

  /** The first call says goodbye; a second one stops waiting for the answer, and with it the library's 30 s timer. */
  async function hangUp(): Promise<void> {
    const gone = client.disconnect().catch(() => {});
    await Promise.race([gone, wait(GOODBYE_MS, undefined, { ref: false })]);
    client.disconnect().catch(() => {});
  }

  return {
    receiver,
    async open() {
      const controller = new AbortController();
      await connect();
      wanted = controller;
    },
    async close() {
      wanted?.abort();
      wanted = undefined;
      await hangUp();
    },
  };
}
