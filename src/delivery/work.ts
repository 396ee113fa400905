import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Book, Change, Stored } from "../stores/book.ts";
import type { Post } from "../stores/records.ts";
import { awayChange } from "./away.ts";
import type { Chance } from "./backoff.ts";
import { waitMs } from "./backoff.ts";
import { openDesk } from "./desk.ts";
import type { Gates } from "./gate.ts";
import type { Queued } from "./lane.ts";
import type { Claim } from "./moves.ts";
import {
  begun,
  buried,
  claimed,
  diedInFlight,
  edited,
  expired,
  heldBack,
  leftAsItIs,
  lookClaimed,
  looked,
  pardoned,
  settled,
  skipped,
} from "./moves.ts";
import { correctionsOf, parentOf } from "./parent.ts";
import { lostNotice, subscriptionOf } from "./pause.ts";
import { isOpen, postChange, REASON } from "./post.ts";
import type { Found, Sender, SendOutcome } from "./sender.ts";
import { refused } from "./sender.ts";
import type { Decided } from "./step.ts";
import type { Consequences, OnPaused } from "./settle.ts";
import { settlement } from "./settle.ts";
import { correctedWords, wordsOf } from "./words.ts";

export interface WorkParts {
  readonly book: Book;
  readonly clock: Clock;
  readonly log: Log;
  readonly onPaused?: OnPaused;
  readonly chance: Chance;
  /** Whose leases these are. */
  readonly token: string;
  readonly gates: Gates;
  /** Tenants, and platforms, whose token is lost. */
  readonly silenced: Set<string>;
}

/** Longer than any try can take: pictures, an upload and the post itself, each with its own timeout. */
const LEASE_MS = 30_000;

/** Does the one step that is due for a post: claims it in the book, asks the platform, writes down what came of it. */
export function openWork({
  book,
  clock,
  log,
  onPaused,
  chance,
  token,
  gates,
  silenced,
}: WorkParts) {
  const desk = openDesk(book, log);
  return {
    owns: ({ lease }: Post): boolean => lease?.token === token,

    /** Rejects when the book cannot be written; whatever is in doubt then is looked for later. */
    async run({ stored, step }: Queued, sender: Sender): Promise<void> {
      const post = stored.value;
      if (diedInFlight(post)) await pardonSuspects();
      const claim: Claim = { now: clock(), token, leaseMs: LEASE_MS };
      switch (step.do) {
        case "send":
          return desk.withClaim(stored, claimed(post, claim), (held) => send(held, sender));
        case "look":
          return desk.withClaim(stored, lookClaimed(post, claim), (held) => look(held, sender));
        case "edit":
          return desk.withClaim(stored, claimed(post, claim), (held) => edit(held, sender));
        case "wait":
        case "nothing":
          return;
        case "hold":
        case "skip":
        case "leave":
        case "expire":
        case "bury":
          return desk.write(stored, () => settledHere(stored, step, claim.now));
      }
    },
  };

  /** Whoever was suspected of killing processes is so no more: one died of which the words were not the cause. */
  async function pardonSuspects(): Promise<void> {
    const suspects = book.list("posts").filter(({ value }) => value.crashes > 1 && isOpen(value));
    if (suspects.length > 0)
      await book.commit(suspects.map((each) => postChange(each, pardoned(each.value))));
  }

  /** What is decided without asking the platform. */
  function settledHere(stored: Stored<Post>, step: Decided, now: number): readonly Change[] {
    const post = stored.value;
    switch (step.do) {
      case "hold":
        return [postChange(stored, heldBack(post, step.reason))];
      case "skip":
        return [postChange(stored, skipped(post, step.reason, now))];
      case "leave":
        return [postChange(stored, leftAsItIs(post))];
      case "expire":
        // A line about what was missed is not itself worth a line.
        return [
          postChange(stored, expired(post, now)),
          ...(post.kind === "notice" ? [] : [awayChange(book, post, now)]),
        ];
      case "bury": {
        const dead = buried(post, REASON.poison, now);
        log.error({ event: "delivery.dead", post: post.postKey, reason: dead.reason });
        return [postChange(stored, dead), ...lostNotice(subscriptionOf(book, dead), dead, now)];
      }
    }
  }

  async function send(held: Stored<Post>, sender: Sender): Promise<void> {
    const post = held.value;
    let now = held;
    const outcome = await sender.send(post, wordsOf(post), {
      form: post.generation === 1 ? "full" : "plain",
      under: parentOf(book, post)?.value.receipt ?? null,
      begin: async () => {
        now = await desk.still(now, begun(now.value, clock()));
      },
    });
    // What failed before it began is settled as a try all the same: it was one, only nothing of it left us.
    const tried = now === held ? begun(post, clock()) : now.value;
    await settle(now, sender, outcome, settled(tried, outcome, clock(), chance));
  }

  async function look(held: Stored<Post>, sender: Sender): Promise<void> {
    const post = held.value;
    const found = await sender.find(post, parentOf(book, post)?.value.receipt ?? null);
    await settle(held, sender, found, looked(post, found, clock(), chance));
  }

  async function edit(held: Stored<Post>, sender: Sender): Promise<void> {
    const post = held.value;
    // A message that stands for several grows by itself; a correction changes the one it corrects.
    const about = post.folds === undefined ? parentOf(book, post)?.value : post;
    const receipt = about?.receipt;
    if (about === undefined || receipt === null || receipt === undefined)
      return settle(held, sender, refused("not-editable"), leftAsItIs(post));
    let now = held;
    const words = correctedWords(about, correctionsOf(book, about));
    const outcome = await sender.edit(receipt, words, async () => {
      now = await desk.still(now, { ...now.value, crashes: 0 });
    });
    await settle(now, sender, outcome, edited(now.value, outcome, clock(), chance));
  }

  /** Writes the next state of a post with everything that follows from it, in one commit. */
  async function settle(
    held: Stored<Post>,
    sender: Sender,
    outcome: SendOutcome | Found,
    next: Post,
  ): Promise<void> {
    noticed(sender, held.value, outcome);
    let paused: Consequences["paused"] = [];
    let resumed: Consequences["resumed"] = [];
    await desk.write(held, () => {
      const all = settlement(book, held, next, outcome, sender.ways, clock());
      ({ paused, resumed } = all);
      return all.changes;
    });
    for (const each of paused) onPaused?.(each);
    for (const { stored } of resumed)
      log.info({
        event: "delivery.resumed",
        subscription: stored.value.id,
        reason: stored.value.paused?.reason,
      });
    const { postKey, status, reason, attempts } = next;
    log.info({ event: `delivery.${outcome.status}`, post: postKey, status, reason, attempts });
  }

  /** What an answer says about the platform as a whole. */
  function noticed(sender: Sender, post: Post, outcome: SendOutcome | Found): void {
    const now = clock();
    const breaker = gates.breaker(sender.platform);
    const isSilent =
      outcome.status === "unknown" ||
      (outcome.status === "wait" && outcome.reason === "unreachable");
    if (isSilent) breaker.failed(now);
    else breaker.answered(now);
    if (outcome.status === "wait" && outcome.scope === "app" && outcome.reason === "rate_limited")
      gates.rest(sender.platform, now + waitMs(outcome, 0, chance));
    if (outcome.status === "refused" && outcome.pauses === "token-revoked")
      silenced.add(sender.ways.token === "app" ? sender.platform : post.tenant);
    if (isSilent || outcome.status === "refused")
      log.warn({ event: "delivery.trouble", post: post.postKey, reason: outcome.reason });
  }
}
