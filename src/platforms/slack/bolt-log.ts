import type { Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../../log.ts";
import { withoutSecrets } from "../../log.ts";

/**
 * What the Slack libraries have to say, at our level. Their info and debug lines carry message bodies,
 * so those are dropped; of the others only the first words are kept, and scrubbed.
 */
export function boltLogger(log: Log, level: LogLevel): Logger {
  const line = ([first]: readonly unknown[]): string => {
    const words = first instanceof Error ? first.message : first;
    return typeof words === "string" ? withoutSecrets(words).slice(0, 200) : "";
  };
  return {
    debug() {},
    info() {},
    warn: (...words: unknown[]) => log.debug({ event: "slack-library" }, line(words)),
    error: (...words: unknown[]) => log.warn({ event: "slack-library" }, line(words)),
    setLevel() {},
    getLevel: () => level,
    setName() {},
  };
}
