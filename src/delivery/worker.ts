import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Book, Stored } from "../stores/book.ts";
import type { Post } from "../stores/records.ts";
import type { Chance } from "./backoff.ts";
import { openGates } from "./gate.ts";
import type { Queued } from "./lane.ts";
import { inTurns, isPressing, laneKey, laneTurn } from "./lane.ts";
import { released } from "./moves.ts";
import type { OnPaused } from "./settle.ts";
import { parentOf } from "./parent.ts";
import { isOpen, postChange } from "./post.ts";
import { reconnectedChanges, silencedTenants } from "./silence.ts";
import { subscriptionOf } from "./pause.ts";
import { welcomedChanges } from "./probe.ts";
import type { Sender } from "./sender.ts";
import { stepOf } from "./step.ts";
import { openWork } from "./work.ts";

/** Sees that every post of the book is shown once, and says what became of those that are not. */
export interface Delivery {
  /** Something new may be due; called after every commit that wrote posts or lifted a pause. Never throws. */
  poke(): void;
  /** Resolves when nothing is under way and nothing is due now. */
  idle(): Promise<void>;
  /** The platform took our token (again): what a lost one had silenced goes on. */
  reconnected(platform: Sender["platform"]): Promise<void>;
  /** Somebody talked to us in this channel: where it refused us before, it may take messages again. Never throws. */
  welcomed(tenant: string, channel: string): void;
  /** Begins nothing more, waits up to 5 s for what is under way, and gives back the leases of the rest. */
  close(): Promise<void>;
}

/** Calls back after so many milliseconds; gives a way to call it off. */
export type After = (ms: number, call: () => void) => () => void;

export interface DeliveryParts {
  readonly book: Book;
  readonly senders: readonly Sender[];
  readonly clock: Clock;
  readonly after: After;
  readonly log: Log;
  readonly onPaused?: OnPaused;
  readonly chance?: Chance;
}

const IN_FLIGHT_MOST = 16;
const CLOSE_MS = 5_000;
/** A timer never sleeps longer, so that a clock that jumps is noticed. */
const LONGEST_SLEEP_MS = 60_000;
/** The book refused to write; it is asked again after this. */
const BOOK_REST_MS = 10_000;

/**
 * Opens the delivery of a book's posts. All it knows is in the book: it can be killed at any moment, and the next one
 * goes on where the records say this one was.
 */
export function openDelivery(parts: DeliveryParts): Delivery {
  const { book, clock, after, log } = parts;
  const senders = new Map(parts.senders.map((sender) => [sender.platform, sender]));
  const gates = openGates(parts.senders);
  const silenced = silencedTenants(book);
  const watched = new Set<string>();
  /** Lanes with something under way, and the key of the post it is. */
  const busy = new Map<string, { readonly key: string; readonly done: Promise<void> }>();
  const waiters = new Set<() => void>();
  const work = openWork({
    ...parts,
    chance: parts.chance ?? Math.random,
    token: randomUUID(),
    gates,
    silenced,
  });
  let lastTenant: string | undefined;
  let cancelTimer: () => void = () => {};
  let restUntil = 0;
  /** A post during whose work the process died before goes alone, so that no other is taken for the culprit. */
  let isSuspectOut = false;
  let isScanDue = true;
  let isTurnDue = false;
  let isClosing = false;
  let closing: Promise<void> | undefined;

  function turnSoon(): void {
    if (isTurnDue || isClosing) return;
    isTurnDue = true;
    queueMicrotask(() => {
      isTurnDue = false;
      if (!isClosing) turn();
      if (busy.size === 0 && !isTurnDue) for (const resolve of waiters) resolve();
    });
  }

  /** Looks at everything open, begins what is due and has room, and sets the timer for the rest. */
  function turn(): void {
    cancelTimer();
    const now = clock();
    if (isScanDue)
      for (const { key, value } of book.list("posts")) if (isOpen(value)) watched.add(key);
    isScanDue = false;
    let wakeAt = now + LONGEST_SLEEP_MS;
    const ready: { readonly lane: string; readonly tenant: string; readonly queued: Queued }[] = [];
    for (const [lane, queue] of lanes(now)) {
      if (busy.has(lane)) continue;
      const [first] = queue;
      const next = laneTurn(queue, now, gates.backSince(first!.stored.value.target.platform));
      if (next.kind === "work")
        ready.push({ lane, tenant: first!.stored.value.tenant, queued: next.queued });
      else wakeAt = Math.min(wakeAt, next.until);
    }
    // The pace is shared by all channels: what is pressing does not stand behind a morning full of digests.
    const [pressing, patient] = partition(ready, ({ queued }) => isPressing(queued.stored.value));
    const inOrder = [...inTurns(pressing, lastTenant), ...inTurns(patient, lastTenant)];
    const [suspects, others] = partition(inOrder, ({ queued }) => isSuspect(queued));
    for (const { lane, tenant, queued } of [...others, ...suspects]) {
      if (busy.size >= IN_FLIGHT_MOST || isSuspectOut) break;
      if (isSuspect(queued) && busy.size > 0) break;
      const readyAt = Math.max(restUntil, gates.readyAt(queued, lane));
      if (readyAt > now) {
        wakeAt = Math.min(wakeAt, readyAt);
        continue;
      }
      gates.take(queued, lane, now);
      lastTenant = tenant;
      isSuspectOut = isSuspect(queued);
      begin(lane, queued);
    }
    if (watched.size > 0) cancelTimer = after(Math.max(1, wakeAt - now), turnSoon);
  }

  function lanes(now: number): Map<string, Queued[]> {
    const queued = [...watched].flatMap((key) => queuedOf(key, now));
    return Map.groupBy(queued, ({ stored }) => laneKey(stored.value.target));
  }

  function queuedOf(key: string, now: number): Queued[] {
    const stored = book.get("posts", key);
    const sender = stored && senders.get(stored.value.target.platform);
    if (stored === undefined || !isOpen(stored.value)) watched.delete(key);
    // Without its platform a post rests; the next start may have it.
    if (stored === undefined || sender === undefined) return [];
    return [{ stored, step: stepOf(stored.value, around(stored, sender, now)) }];
  }

  function around({ value }: Stored<Post>, { ways }: Sender, now: number) {
    const subscription = subscriptionOf(book, value);
    return {
      now,
      ways,
      subscription: subscription && subscription.stored.value,
      parent: parentOf(book, value)?.value,
      isSilenced: silenced.has(value.tenant) || silenced.has(value.target.platform),
    };
  }

  function begin(lane: string, queued: Queued): void {
    const done = work
      .run(queued, senders.get(queued.stored.value.target.platform)!)
      .catch((error: unknown) => {
        restUntil = clock() + BOOK_REST_MS;
        log.error(
          { event: "delivery.book", error: error instanceof Error ? error.message : typeof error },
          "what became of a post could not be written down",
        );
      })
      .then(() => {
        gates.done(queued);
        busy.delete(lane);
        isSuspectOut = false;
        isScanDue = true;
        turnSoon();
        if (isClosing && busy.size === 0) for (const resolve of waiters) resolve();
      });
    busy.set(lane, { key: queued.stored.key, done });
  }

  turnSoon();
  return {
    poke() {
      isScanDue = true;
      turnSoon();
    },
    idle: () =>
      new Promise((resolve) => {
        const waiter = (): void => {
          waiters.delete(waiter);
          resolve();
        };
        waiters.add(waiter);
        turnSoon();
        if (isClosing && busy.size === 0) waiter();
      }),
    async reconnected(platform) {
      for (const name of silenced)
        if (name === platform || name.startsWith(`${platform}:`)) silenced.delete(name);
      for (const change of reconnectedChanges(book, platform)) await book.commit([change]);
      isScanDue = true;
      turnSoon();
    },
    welcomed(tenant, channel) {
      for (const change of welcomedChanges(book, tenant, channel, clock()))
        book
          .commit([change])
          .then(turnSoon)
          .catch(() => log.warn({ event: "delivery.welcomed" }, "tried tomorrow instead"));
    },
    close: () => (closing ??= close()),
  };

  async function close(): Promise<void> {
    isClosing = true;
    cancelTimer();
    const left = Promise.all([...busy.values()].map(({ done }) => done));
    let callOff: () => void = () => {};
    const patience = new Promise<void>((resolve) => {
      callOff = after(CLOSE_MS, resolve);
    });
    await Promise.race([left, patience]);
    callOff();
    for (const { key } of busy.values()) await giveBack(key);
    for (const resolve of waiters) resolve();
  }

  /** What is still under way may arrive yet; whoever comes next is to look. */
  async function giveBack(key: string): Promise<void> {
    const stored = book.get("posts", key);
    if (stored === undefined || stored.value.lease === null || !work.owns(stored.value)) return;
    await book.commit([postChange(stored, released(stored.value))]).catch(() => "conflict");
  }
}

function isSuspect({ step, stored }: Queued): boolean {
  return stored.value.crashes > 0 && (step.do === "send" || step.do === "edit");
}

function partition<T>(
  all: readonly T[],
  holds: (each: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [all.filter(holds), all.filter((each) => !holds(each))];
}
