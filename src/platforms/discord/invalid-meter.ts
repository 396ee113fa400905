import type { RESTOptions } from "discord.js";
import { DefaultRestOptions } from "discord.js";
import type { Clock } from "../../clock.ts";
import type { Log } from "../../log.ts";

/** Counts what Discord calls invalid requests, so that we stop long before it bars our address. */
export interface InvalidMeter {
  /** An answer with this status; `scope` is its `x-ratelimit-scope`. */
  answered(status: number, scope: string | null): void;
  /** Milliseconds to leave between one request of delivery and the next; 0 while there is nothing to fear. */
  everyMs(): number;
}

/** "10,000 per 10 minutes", whoever asked: https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans */
const WITHIN_MS = 10 * 60_000;
const INVALID = new Set([401, 403, 429]);

/** From so many on it goes slowly, and from so many on there is only a probe now and then. */
const LEVELS = [
  { from: 2_000, everyMs: 60_000, says: "only one probe a minute" },
  { from: 500, everyMs: 1_000, says: "one request a second" },
] as const;

/** The count of the last 10 minutes; it is told in the log when it passes a level. */
export function openInvalidMeter(clock: Clock, log: Log): InvalidMeter {
  let times: number[] = [];
  let told = 0;

  /** A clock that fell back leaves times of the future; they say nothing about the last 10 minutes. */
  function recent(now: number): number {
    if (times.length > 0 && (times[0]! <= now - WITHIN_MS || times.at(-1)! > now))
      times = times.filter((at) => at > now - WITHIN_MS && at <= now);
    return times.length;
  }

  return {
    answered(status, scope) {
      // What is shared with other apps is not held against us.
      if (!INVALID.has(status) || scope === "shared") return;
      const now = clock();
      const before = recent(now);
      times.push(now);
      const level = levelOf(before + 1);
      if (level !== undefined && level.everyMs > told)
        log.error(
          { event: "discord.invalid", count: before + 1, status },
          `Discord refuses much of what we ask; from now on ${level.says}`,
        );
      told = level?.everyMs ?? 0;
    },
    everyMs: () => levelOf(recent(clock()))?.everyMs ?? 0,
  };
}

function levelOf(count: number) {
  return LEVELS.find(({ from }) => count >= from);
}

/** The library's way to the network, with every answer counted. */
export function countedBy(meter: InvalidMeter): RESTOptions["makeRequest"] {
  return async (url, init) => {
    const answer = await DefaultRestOptions.makeRequest(url, init);
    meter.answered(answer.status, answer.headers.get("x-ratelimit-scope"));
    return answer;
  };
}
