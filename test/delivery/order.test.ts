import { beforeEach, describe, expect, it } from "vitest";
import { outboxLine } from "../../src/delivery/outbox.ts";
import { plannedChange } from "../../src/delivery/post.ts";
import type { Book } from "../../src/stores/book.ts";
import { keyOf } from "../../src/stores/book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import type { Target } from "../../src/stores/records.ts";
import { addRule, HOUR, MINUTE, openCrew, plan, postOf, runUntil } from "./crew.ts";
import { movedTime } from "./moved-time.ts";
import { samplePost } from "./sample-post.ts";
import { shownAs, stubSender } from "./stub-sender.ts";

let time: ReturnType<typeof movedTime>;
let book: Book;
let far: ReturnType<typeof stubSender>;
const target = (id = "C1", tenant = "slack:T1"): Target => ({
  platform: "slack",
  tenant,
  kind: "channel",
  id,
});

beforeEach(() => {
  time = movedTime();
  book = memoryBook();
  far = stubSender();
});

describe("what goes first", () => {
  it("alerts before digests, then the oldest, one at a time in a channel", async () => {
    const now = time.clock();
    await plan(book, { postKey: "digest", kind: "digest", target: target(), now });
    await plan(book, { postKey: "younger", target: target(), now: now + 2 });
    await plan(book, { postKey: "older", target: target(), now: now + 1 });
    time.to(now + 10);
    let inFlight = 0;
    let most = 0;
    far.answer(async (post) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight -= 1;
      return shownAs(post);
    });
    const { delivery } = openCrew(book, [far.sender], time);
    await runUntil(delivery, time, now + MINUTE);
    expect(far.keys()).toEqual(["older", "younger", "digest"]);
    expect(most).toBe(1);
  });

  it("an alert before the digests of every other channel and tenant", async () => {
    const now = time.clock();
    for (let at = 0; at < 30; at += 1) {
      const where = target(`C${at}`, `slack:T${at % 3}`);
      await plan(book, { postKey: `digest${at}`, kind: "digest", target: where, now });
    }
    await plan(book, { postKey: "alert", target: target("C99", "slack:T2"), now: now + 1 });
    time.to(now + 1);
    const { delivery } = openCrew(book, [far.sender], time);
    await delivery.idle();
    expect(far.keys()[0]).toBe("alert");
    expect(far.sent).toHaveLength(31);
  });

  it("a tenant with a thousand posts lets another one's through at once", async () => {
    const now = time.clock();
    for (let at = 0; at < 300; at += 1)
      await plan(book, { postKey: `busy${at}`, target: target(`C${at}`), now });
    await plan(book, { postKey: "calm", target: target("C1", "slack:T2"), now: now + 1 });
    time.to(now + 1);
    const { delivery } = openCrew(book, [far.sender], time);
    await delivery.idle();
    expect(far.keys().indexOf("calm")).toBeLessThan(2);
    expect(far.sent).toHaveLength(301);
  });

  it("a channel in doubt holds up nobody else", async () => {
    const now = time.clock();
    far.answer((post) =>
      post.target.id === "C1" ? { status: "unknown", reason: "x" } : shownAs(post),
    );
    await plan(book, { postKey: "lost", target: target("C1"), now });
    await plan(book, { postKey: "behind", target: target("C1"), now: now + 1 });
    await plan(book, { postKey: "beside", target: target("C2"), now: now + 2 });
    time.to(now + 5);
    const { delivery } = openCrew(book, [far.sender], time);
    await delivery.idle();
    expect(far.keys()).toEqual(["lost", "beside"]);
  });
});

describe("what is not shown", () => {
  it("held by quiet hours, it is shown when they are over", async () => {
    const now = time.clock();
    await plan(book, {
      postKey: "a",
      target: target(),
      now,
      notBefore: now + HOUR,
      reason: "quiet",
    });
    const { delivery } = openCrew(book, [far.sender], time);
    await runUntil(delivery, time, now + HOUR - 1);
    expect(far.keys()).toEqual([]);
    expect(outboxLine(postOf(book, "slack:T1", "a"), time.clock())).toMatchObject({
      word: "held",
      why: "quiet",
    });
    await runUntil(delivery, time, now + HOUR);
    expect(far.keys()).toEqual(["a"]);
  });

  it("whose rule was deleted meanwhile is skipped", async () => {
    await plan(book, { postKey: "a", target: target(), subscription: "gone", now: time.clock() });
    const { delivery } = openCrew(book, [far.sender], time);
    await delivery.idle();
    expect(far.keys()).toEqual([]);
    expect(postOf(book, "slack:T1", "a")).toMatchObject({
      status: "skipped",
      reason: "unsubscribed",
    });
  });

  it("whose owner paused the rule waits, and comes when it is resumed", async () => {
    const rule = await addRule(book, target(), {
      paused: { reason: "by-owner", since: 1, by: "U1" },
    });
    await plan(book, { postKey: "a", target: target(), subscription: "r1", now: time.clock() });
    const { delivery } = openCrew(book, [far.sender], time);
    await runUntil(delivery, time, time.clock() + HOUR);
    expect(postOf(book, "slack:T1", "a")).toMatchObject({ status: "held", reason: "by-owner" });
    await book.commit([
      { table: "rules", key: keyOf("slack:T1", "r1"), value: { ...rule, paused: null } },
    ]);
    delivery.poke();
    await delivery.idle();
    expect(far.keys()).toEqual(["a"]);
  });

  it("too old when its rule is resumed, it is one line of a list, before all that is newer", async () => {
    const rule = await addRule(book, target(), {
      paused: { reason: "by-owner", since: 1, by: "U1" },
    });
    for (let at = 0; at < 23; at += 1)
      await plan(book, {
        postKey: `a${at}`,
        target: target(),
        subscription: "r1",
        now: time.clock() + at,
      });
    const { delivery } = openCrew(book, [far.sender], time);
    await runUntil(delivery, time, time.clock() + 30 * HOUR);
    await plan(book, { postKey: "new", target: target(), subscription: "r1", now: time.clock() });
    await book.commit([
      { table: "rules", key: keyOf("slack:T1", "r1"), value: { ...rule, paused: null } },
    ]);
    delivery.poke();
    await runUntil(delivery, time, time.clock() + HOUR);
    const [away, next, ...more] = far.sent;
    expect([away?.kind, next?.postKey, more.length]).toEqual(["notice", "new", 0]);
    expect(away?.reply.title).toBe("While I was away: 23 messages not shown in time");
    const items = away?.reply.blocks.flatMap((block) =>
      block.kind === "bullets" ? block.items : [],
    );
    expect(items).toHaveLength(21);
    expect([items?.[0], items?.[20]]).toEqual(["Post a0 end", "and 3 more"]);
    expect(postOf(book, "slack:T1", "a0")).toMatchObject({ status: "expired", reason: "too-old" });
  });
});

describe("a platform that breaks", () => {
  it("is asked five times in a minute and then rested", async () => {
    far.answer(() => ({ status: "wait", reason: "unreachable", retryAfterMs: null, scope: "app" }));
    for (let at = 0; at < 40; at += 1)
      await plan(book, { postKey: `a${at}`, target: target(`C${at}`), now: time.clock() });
    const { delivery } = openCrew(book, [far.sender], time);
    await delivery.idle();
    // Sixteen were under way when it opened.
    expect(far.sent.length).toBeLessThanOrEqual(16 + 5);
    const before = far.sent.length;
    await runUntil(delivery, time, time.clock() + 10 * MINUTE);
    // Probes after 30 s, 1, 2 and 4 minutes, one at a time.
    expect(far.sent.length - before).toBeLessThanOrEqual(5);
    far.answer(shownAs);
    await runUntil(delivery, time, time.clock() + HOUR);
    expect(book.list("posts").every(({ value }) => value.status === "shown")).toBe(true);
  });

  it("that asks everyone for patience gets it from everyone", async () => {
    let asked = 0;
    far.answer((post) =>
      (asked += 1) === 1
        ? { status: "wait", reason: "rate_limited", retryAfterMs: 10_000, scope: "app" }
        : shownAs(post),
    );
    const now = time.clock();
    await plan(book, { postKey: "a", target: target("C1"), now });
    const { delivery } = openCrew(book, [far.sender], time);
    await delivery.idle();
    await plan(book, { postKey: "b", target: target("C2"), now });
    delivery.poke();
    await runUntil(delivery, time, now + 9_999);
    expect(far.keys()).toEqual(["a"]);
  });
});

describe("a post that takes the process down while it is dressed", () => {
  it("is buried after five times, its owner is told, and no other post is taken for it", async () => {
    await addRule(book, target(), { owner: "U1" });
    const now = time.clock();
    for (const postKey of ["a", "bad", "c", "d"])
      await plan(book, { postKey, target: target(postKey), subscription: "r1", now });
    let deaths = 0;
    let isDead = true;
    // A process that dies does nothing more: neither its book nor its platform hear of it again.
    while (isDead && deaths < 10) {
      isDead = false;
      const never = new Promise<never>(() => {});
      far.dress(({ postKey }) => {
        if (postKey === "bad") isDead = true;
        if (isDead) throw new Error("killed");
      });
      const { delivery } = openCrew(
        { ...book, commit: (changes) => (isDead ? never : book.commit(changes)) },
        [far.sender],
        time,
      );
      await Promise.race([
        runUntil(delivery, time, time.clock() + 10 * MINUTE),
        new Promise<void>((resolve) => {
          const look = (): void => void (isDead ? resolve() : setImmediate(look));
          look();
          setTimeout(resolve, 300);
        }),
      ]);
      if (isDead) deaths += 1;
      time.to(time.clock() + MINUTE);
    }
    expect(deaths).toBe(5);
    expect(postOf(book, "slack:T1", "bad")).toMatchObject({ status: "dead", reason: "poison" });
    for (const postKey of ["a", "c", "d"])
      expect(postOf(book, "slack:T1", postKey).status).toBe("shown");
    expect(far.keys().filter((key) => key === "lost:bad")).toHaveLength(1);
  });
});

describe("two processes over one book", () => {
  it("the second takes over 30 s after the first one died, and shows it once", async () => {
    const now = time.clock();
    const dead = samplePost({
      status: "sending",
      lease: { token: "dead", until: now + 30_000 },
      firstTryAt: now,
      lastTryAt: now,
    });
    await book.commit([plannedChange({ ...dead, subscription: null })]);
    const { delivery } = openCrew(book, [far.sender], time);
    await runUntil(delivery, time, now + 29_999);
    expect(far.keys()).toEqual([]);
    await runUntil(delivery, time, now + 2 * MINUTE);
    expect(far.keys()).toHaveLength(1);
  });

  it("what a paused one hears too late is not written over what the other did", async () => {
    const now = time.clock();
    await plan(book, { postKey: "a", target: target(), now });
    const slow = Promise.withResolvers<void>();
    far.answer(async (post) => {
      await slow.promise;
      return shownAs(post);
    });
    const first = openCrew(book, [far.sender], time);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const other = stubSender();
    const second = openCrew(book, [other.sender], time);
    await runUntil(second.delivery, time, now + 5 * MINUTE);
    expect(postOf(book, "slack:T1", "a").status).toBe("shown");
    const settledAt = postOf(book, "slack:T1", "a").settledAt;
    slow.resolve();
    await first.delivery.idle();
    expect(postOf(book, "slack:T1", "a").settledAt).toBe(settledAt);
    expect(first.logged).toContainEqual(expect.objectContaining({ event: "delivery.overtaken" }));
  });
});

describe("closing", () => {
  it("gives back what is still under way after five seconds, for the next one to look at", async () => {
    await plan(book, { postKey: "a", target: target(), now: time.clock() });
    far.answer(() => new Promise(() => {}));
    const { delivery } = openCrew(book, [far.sender], time);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const closing = delivery.close();
    time.next(time.clock() + 5_000);
    await closing;
    expect(postOf(book, "slack:T1", "a")).toMatchObject({
      status: "looking",
      lease: null,
      crashes: 0,
    });
  });

  it("begins nothing more", async () => {
    const { delivery } = openCrew(book, [far.sender], time);
    await delivery.close();
    await plan(book, { postKey: "a", target: target(), now: time.clock() });
    delivery.poke();
    await delivery.idle();
    expect(far.keys()).toEqual([]);
  });
});

it("a book that cannot be written sends nothing, and goes on when it can be again", async () => {
  let isFull = true;
  await plan(book, { postKey: "a", target: target(), now: time.clock() });
  const { delivery } = openCrew(
    {
      ...book,
      commit: (changes) => (isFull ? Promise.reject(new Error("disk full")) : book.commit(changes)),
    },
    [far.sender],
    time,
  );
  await runUntil(delivery, time, time.clock() + MINUTE);
  expect(far.keys()).toEqual([]);
  isFull = false;
  await runUntil(delivery, time, time.clock() + MINUTE);
  expect(far.keys()).toEqual(["a"]);
});
