import type { Book, Change } from "../stores/book.ts";
import type { Post } from "../stores/records.ts";
import { pausedChange, subscriptionsUnder } from "./pause.ts";
import type { Sender } from "./sender.ts";
import { PAUSES } from "./sender.ts";

/** Tenants whose token was lost when last tried: not one request goes there until we are connected again. */
export function silencedTenants(book: Book): Set<string> {
  const paused = subscriptionsUnder(book, "").filter(
    ({ stored }) => stored.value.paused?.reason === "token-revoked",
  );
  const held = book.list("posts").filter(({ value }) => isSilent(value));
  return new Set([
    ...paused.map(({ stored }) => stored.value.tenant),
    ...held.map(({ value }) => value.tenant),
  ]);
}

/** The ends of every pause that a lost token had begun on this platform. Held posts follow by themselves. */
export function reconnectedChanges(book: Book, platform: Sender["platform"]): Change[] {
  return subscriptionsUnder(book, `${platform}:`)
    .filter(({ stored }) => stored.value.paused?.reason === "token-revoked")
    .map((subscription) => pausedChange(subscription, null));
}

function isSilent({ status, reason }: Post): boolean {
  return (
    status === "held" &&
    Object.entries(PAUSES).some(
      ([refusal, pause]) => refusal === reason && pause === "token-revoked",
    )
  );
}
