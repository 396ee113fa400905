import { newPost, plannedChange } from "../../src/delivery/post.ts";
import type { Plan } from "../../src/delivery/post.ts";
import type { Sender } from "../../src/delivery/sender.ts";
import type { Paused } from "../../src/delivery/settle.ts";
import type { Delivery } from "../../src/delivery/worker.ts";
import { openDelivery } from "../../src/delivery/worker.ts";
import type { Log } from "../../src/log.ts";
import { reply } from "../../src/reply/reply.ts";
import type { Book } from "../../src/stores/book.ts";
import { keyOf } from "../../src/stores/book.ts";
import type { Digest, Post, Rule, Target } from "../../src/stores/records.ts";
import type { MovedTime } from "./moved-time.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A delivery over a book whose time a test moves. */
export function openCrew(
  book: Book,
  senders: readonly Sender[],
  time: MovedTime,
  chance: () => number = () => 0.5,
) {
  const paused: Paused[] = [];
  const logged: unknown[] = [];
  const note = (line: unknown): void => void logged.push(line);
  const log: Log = { info: note, warn: note, error: note, debug: note };
  const delivery = openDelivery({
    book,
    senders,
    clock: time.clock,
    after: time.after,
    log,
    chance,
    onPaused: (each) => paused.push(each),
  });
  return { delivery, paused, logged };
}

/** Lets time run until nothing is left to do, at most until then. */
export async function runUntil(delivery: Delivery, time: MovedTime, latest: number): Promise<void> {
  do {
    await delivery.idle();
    await time.quiet();
  } while (time.next(latest));
  await delivery.idle();
}

export function postOf(book: Book, tenant: string, postKey: string): Post {
  const stored = book.get("posts", keyOf(tenant, postKey));
  if (stored === undefined) throw new Error(`No post ${postKey}.`);
  return stored.value;
}

export async function plan(
  book: Book,
  plan: Partial<Plan> & Pick<Plan, "postKey" | "target" | "now">,
): Promise<Post> {
  const post = newPost({
    kind: "alert",
    subscription: null,
    reply: reply(titleOf(plan.postKey)),
    ...plan,
  });
  if ((await book.commit([plannedChange(post)])) !== "done") throw new Error("Planned before.");
  return post;
}

export async function addRule(book: Book, target: Target, more: Partial<Rule> = {}): Promise<Rule> {
  const rule: Rule = {
    id: "r1",
    tenant: target.tenant,
    owner: "U1",
    home: target,
    text: "when people(7d) > 10000",
    createdAt: 0,
    changedAt: 0,
    revision: 1,
    paused: null,
    mutedBy: null,
    snooze: null,
    expiresAt: null,
    ...more,
  };
  await book.commit([{ table: "rules", key: keyOf(rule.tenant, rule.id), value: rule }]);
  return rule;
}

export async function addDigest(
  book: Book,
  target: Target,
  more: Partial<Digest> = {},
): Promise<Digest> {
  const digest: Digest = {
    id: "d1",
    tenant: target.tenant,
    owner: "U1",
    target,
    schedule: "every monday 09:00 Europe/Berlin",
    sections: [],
    density: "standard",
    filter: "",
    createdAt: 0,
    changedAt: 0,
    revision: 1,
    paused: null,
    mutedUntil: null,
    ...more,
  };
  await book.commit([{ table: "digests", key: keyOf(digest.tenant, digest.id), value: digest }]);
  return digest;
}

/** The words by which a post is found again in a channel; nothing in them is a mark anywhere. */
export function titleOf(postKey: string): string {
  return `Post ${postKey.replace(/\W/g, " ")} end`;
}
