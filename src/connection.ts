import type { Log } from "./log.ts";
import { withoutSecrets } from "./log.ts";
import type { ConnectError, Connected, Platform } from "./platforms/platform.ts";
import { within } from "./within.ts";

/** What one platform is doing, for the first screen and the log. */
export type Standing =
  | { readonly state: "off" }
  | { readonly state: "connecting" }
  | { readonly state: "on"; readonly connected: Connected }
  | { readonly state: "failed"; readonly sentence: string };

/** A platform that is kept connected. */
export interface Connection {
  readonly standing: Standing;
  stop(): Promise<void>;
}

const RETRY_MS = [5_000, 15_000, 60_000, 300_000] as const;
/** The first screen waits no longer than this for a platform that does not answer. */
const FIRST_TRY_MS = 4_000;

/** Starts a platform when it is configured, and again later when it could not be reached; never rejects. */
export async function keepConnected(
  platform: Platform | undefined,
  log: Log,
  onConnected: () => Promise<void>,
): Promise<Connection> {
  if (platform === undefined) return { standing: { state: "off" }, stop: async () => {} };
  let standing: Standing = { state: "connecting" };
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function connect(attempt: number): Promise<void> {
    if (platform === undefined) return;
    try {
      standing = { state: "on", connected: await platform.start() };
      log.info({ event: "connected", platform: platform.name }, "connected");
      await onConnected();
    } catch (error) {
      const sentence = withoutSecrets(
        error instanceof Error ? error.message : "It could not be reached.",
      );
      standing = { state: "failed", sentence };
      const final = isConnectError(error) && error.reason !== "unreachable";
      log.warn({ event: "connect-failed", platform: platform.name, final }, sentence);
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
