import { createHash } from "node:crypto";
import type { Post, Target } from "../stores/records.ts";

/** Recipes of post keys: each names the fact that is told, never the attempt, so that planning it twice is planning it once. */
export const postKeys = {
  /** `digest:d1:2:2026-W10` */
  digest: (id: string, revision: number, period: string) => `digest:${id}:${revision}:${period}`,
  /** `digest:d1:2:2026-W10:part-1`: what follows in its thread, in order. */
  part: (digest: string, at: number) => `${digest}:part-${at}`,
  /** `digest:d1:2:2026-W10:corrected-1` */
  corrected: (digest: string, times: number) => `${digest}:corrected-${times}`,
  /** `alert:r7k2:google:1:opened`; the moment is `opened`, `grew-2`, `corrected-1` or `closed`. */
  alert: (rule: string, subject: string, episode: number, moment: string) =>
    `alert:${rule}:${subject}:${episode}:${moment}`,
  /** What the keys of one rule's messages begin with. */
  alerts: (rule: string) => `alert:${rule}:`,
  /** `paused:r7k2:1767603600000`: told once for each time it was paused. */
  paused: (subscription: string, since: number) => `paused:${subscription}:${since}`,
  /** `lost:digest:d1:2:2026-W10`, and of a later life `lost:digest:d1:2:2026-W10:2` */
  lost: (postKey: string, life: number) => `lost:${postKey}${life === 1 ? "" : `:${life}`}`,
  /** `probe:r7k2:1767603600000`: whether a channel that refused takes messages again, from the refusal on. */
  probe: (subscription: string, since: number) => `${PROBE}${subscription}:${since}`,
  /** `storm:C1:1767603600000`: one message for many alerts of one place, from its first on. */
  storm: (target: Target, since: number) => `storm:${target.id}:${since}`,
  /** `away:C1:1767603600000`: what one channel missed, from its first missed post on. */
  away: (target: Target, since: number) => `${awayPrefix(target)}${since}`,
} as const;

/** What the keys of probes begin with. */
export const PROBE = "probe:";

/** Whether this is no news but the daily question whether we may write in a channel again. */
export function isProbe({ postKey }: Pick<Post, "postKey">): boolean {
  return postKey.startsWith(PROBE);
}

export function awayPrefix(target: Target): string {
  return `away:${target.id}:`;
}

/**
 * What the platform knows a post by. On Discord a nonce of 22 characters of base62 (25 are allowed); elsewhere a
 * UUID, which Slack wants. Made from the tenant, the post key and the generation, so a restart makes the same one.
 */
export function providerKey({
  tenant,
  postKey,
  target,
  generation,
}: Pick<Post, "tenant" | "postKey" | "target" | "generation">): string {
  const name = `${tenant}|${postKey}·${generation}`;
  return target.platform === "discord" ? base62(name).slice(0, 22) : nameUuid(name);
}

/** The visible reference of a post: the first 8 characters of its provider key. */
export function visibleRef(key: string): string {
  return key.slice(0, 8);
}

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function base62(name: string): string {
  let rest = BigInt(`0x${createHash("sha256").update(name).digest("hex")}`);
  let text = "";
  while (text.length < 43) {
    text += DIGITS[Number(rest % 62n)];
    rest /= 62n;
  }
  return text;
}

/** Our own namespace, made once at random. */
const NAMESPACE = "7d0c3f0e-5a4b-4c86-9a53-5f2b6c1e8d42";

/** A version 5 UUID: https://www.rfc-editor.org/rfc/rfc9562#section-5.5 */
function nameUuid(name: string): string {
  const bytes = createHash("sha1")
    .update(Buffer.from(NAMESPACE.replaceAll("-", ""), "hex"))
    .update(name)
    .digest()
    .subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}
