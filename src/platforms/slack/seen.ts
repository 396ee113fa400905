import type { Clock } from "../../clock.ts";

const KEPT_MS = 60 * 60_000;
const KEPT = 5_000;

/** Whether a request was taken on before: Slack delivers again what it believes unanswered. Bounded in time and number. */
export function seenRequests(clock: Clock): (key: string) => boolean {
  const seen = new Map<string, number>();
  return (key) => {
    const now = clock();
    for (const [oldest, at] of seen) {
      if (seen.size <= KEPT && now - at <= KEPT_MS) break;
      seen.delete(oldest);
    }
    if (seen.has(key)) return true;
    seen.set(key, now);
    return false;
  };
}

/** What names a request however often it is delivered: a message by its place and time, everything else by Slack's id. */
export function requestKeys(body: Readonly<Record<string, unknown>>): readonly string[] {
  const keys = [body["event_id"], body["trigger_id"]].filter((key) => typeof key === "string");
  const event = body["event"];
  // A mention in a direct message arrives as two events.
  if (typeof event === "object" && event !== null && "ts" in event && "channel" in event)
    keys.push(`${String(event.channel)}:${String(event.ts)}`);
  return keys;
}
