import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import type { Failure, Refusal, Wait } from "../sender.ts";
import { refused } from "../sender.ts";
import { isUnsent } from "../unsent.ts";

/** What Discord's codes mean for a post: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export const DISCORD_REFUSALS: Readonly<Record<number, Refusal>> = {
  10_003: "channel-gone",
  10_004: "channel-gone",
  10_008: "not-editable",
  10_013: "dm-closed",
  20_022: "not-editable",
  30_046: "not-editable",
  40_001: "token-revoked",
  40_002: "access-withheld",
  40_005: "bad-form",
  50_001: "not-in-channel",
  50_005: "not-editable",
  50_006: "bad-form",
  50_007: "dm-closed",
  50_008: "channel-gone",
  50_013: "not-in-channel",
  50_014: "token-revoked",
  50_021: "not-editable",
  50_024: "channel-gone",
  50_033: "dm-closed",
  50_035: "bad-form",
  50_083: "channel-gone",
  50_109: "bad-form",
  50_278: "dm-closed",
  200_000: "blocked",
  200_001: "blocked",
  240_000: "blocked",
};

/** "Overloaded, try again a little later", and writing too fast in a channel. */
const LATER = new Set<number | string>([130_000, 20_016, 20_028, 20_029, 40_004]);

/** What a failed request means. Only what provably did nothing is worth trying again unseen. */
export function discordOutcome(error: unknown): Failure {
  if (error instanceof RateLimitError)
    return later(error.retryAfter, error.global ? "app" : "channel");
  if (error instanceof DiscordAPIError) return outcomeOf(error);
  // A refused form over Discord's undocumented byte limit is a 500 too, so it cannot be told from a fault of theirs.
  if (error instanceof HTTPError) return { status: "unknown", reason: `http-${error.status}` };
  if (isUnsent(error))
    return { status: "wait", reason: "unreachable", retryAfterMs: null, scope: "app" };
  return { status: "unknown", reason: error instanceof Error ? error.name : "no-answer" };
}

function outcomeOf({ status, code }: DiscordAPIError): Failure {
  if (status === 401) return refused("token-revoked");
  if (status === 429 || LATER.has(code)) return later(null, "channel");
  const known = typeof code === "number" ? DISCORD_REFUSALS[code] : undefined;
  if (known !== undefined) return refused(known);
  return refused(status === 413 ? "bad-form" : "unlisted");
}

function later(retryAfterMs: number | null, scope: Wait["scope"]): Wait {
  const isNumber = retryAfterMs !== null && Number.isFinite(retryAfterMs) && retryAfterMs > 0;
  return {
    status: "wait",
    reason: "rate_limited",
    retryAfterMs: isNumber ? retryAfterMs : null,
    scope,
  };
}
