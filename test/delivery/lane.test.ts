import { describe, expect, it } from "vitest";
import { openBreaker } from "../../src/delivery/breaker.ts";
import { inTurns, laneTurn } from "../../src/delivery/lane.ts";
import type { Queued } from "../../src/delivery/lane.ts";
import { openPacer } from "../../src/delivery/pace.ts";
import type { Step } from "../../src/delivery/step.ts";
import type { Post } from "../../src/stores/records.ts";
import { NOW, samplePost } from "./sample-post.ts";

const queued = (postKey: string, step: Step, more: Partial<Post> = {}): Queued => ({
  stored: { key: postKey, version: 1, value: samplePost({ postKey, createdAt: NOW, ...more }) },
  step,
});
const send: Step = { do: "send" };
const until = (at: number): Step => ({ do: "wait", until: at });
const nextKey = (lane: readonly Queued[], since = 0): string | number => {
  const turn = laneTurn(lane, NOW, since);
  return turn.kind === "work" ? turn.queued.stored.key : turn.until;
};

describe("in one channel", () => {
  it("the oldest goes first", () => {
    expect(nextKey([queued("b", send, { createdAt: NOW - 1 }), queued("a", send)])).toBe("b");
  });
  it("alerts go before digests, however old", () => {
    expect(nextKey([queued("d", send, { kind: "digest", createdAt: 1 }), queued("a", send)])).toBe(
      "a",
    );
  });
  it("a post that is tried again holds up the younger ones", () => {
    const waiting = queued("a", until(NOW + 500), { status: "waiting", createdAt: 1 });
    expect(nextKey([waiting, queued("b", send)])).toBe(NOW + 500);
  });
  it("one whose fate is unknown does so for two minutes", () => {
    const looking = (lastTryAt: number): Queued =>
      queued("a", until(NOW + 900_000), { status: "looking", lastTryAt, createdAt: 1 });
    expect(nextKey([looking(NOW - 119_999), queued("b", send)])).toBe(NOW + 1);
    expect(nextKey([looking(NOW - 120_000), queued("b", send)])).toBe("b");
    expect(nextKey([looking(1), queued("b", send)], NOW - 1)).toBe(NOW + 119_999);
  });
  it("one held by quiet hours or by its owner holds up nobody", () => {
    const quiet = queued("a", until(NOW + 500), { reason: "quiet", createdAt: 1 });
    const held = queued("c", until(Infinity), { status: "held", createdAt: 2 });
    expect(nextKey([quiet, held, queued("b", send)])).toBe("b");
  });
  it("a suspect holds up nobody, also one that is being tried again", () => {
    const suspect = queued("a", until(NOW + 500), { status: "waiting", crashes: 2, createdAt: 1 });
    expect(nextKey([suspect, queued("b", send)])).toBe("b");
  });
  it("patience that the platform asked for is everyone's", () => {
    const digest = queued("d", until(NOW + 700), {
      kind: "digest",
      status: "waiting",
      reason: "rate_limited",
      notBefore: NOW + 700,
    });
    expect(nextKey([digest, queued("a", send)])).toBe(NOW + 700);
  });
});

it("tenants take turns, beginning after the one served last", () => {
  const lanes = ["a", "a", "a", "b", "c", "c"].map((tenant, at) => ({ tenant, at }));
  const order = (last: string | undefined): string =>
    inTurns(lanes, last)
      .map(({ tenant }) => tenant)
      .join("");
  expect(order(undefined)).toBe("abcaca");
  expect(order("a")).toBe("bcacaa");
  expect(order("c")).toBe("abcaca");
});

describe("a pace of one a second after a burst of three", () => {
  it("lets three go at once and then one each second", () => {
    const pacer = openPacer({ everyMs: 1_000, burst: 3 });
    const went: number[] = [];
    let now = NOW;
    while (went.length < 6) {
      now = Math.max(now, pacer.readyAt("C1"));
      pacer.take("C1", now);
      went.push(now - NOW);
    }
    expect(went).toEqual([0, 0, 0, 1_000, 2_000, 3_000]);
    expect(pacer.readyAt("C2")).toBeLessThan(NOW);
  });
  it("is whole again after a rest", () => {
    const pacer = openPacer({ everyMs: 1_000, burst: 3 });
    for (let each = 0; each < 3; each += 1) pacer.take("C1", NOW);
    expect(pacer.readyAt("C1")).toBe(NOW + 1_000);
    pacer.take("C1", NOW + 60_000);
    expect(pacer.readyAt("C1")).toBeLessThanOrEqual(NOW + 60_000);
  });
});

describe("the breaker", () => {
  it("opens after five failures in a minute, rests 30 s, then twice as long, up to ten minutes", () => {
    const breaker = openBreaker();
    for (let each = 0; each < 4; each += 1) breaker.failed(NOW);
    expect(breaker.readyAt(0)).toBe(0);
    breaker.failed(NOW);
    const rests: number[] = [];
    let now = NOW;
    for (let each = 0; each < 7; each += 1) {
      rests.push(breaker.readyAt(0) - now);
      now = breaker.readyAt(0);
      breaker.failed(now);
    }
    expect(rests).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
  });
  it("does not open for failures far apart", () => {
    const breaker = openBreaker();
    for (let each = 0; each < 20; each += 1) breaker.failed(NOW + each * 60_000);
    expect(breaker.readyAt(0)).toBe(0);
  });
  it("half open asks one at a time, and one answer closes it", () => {
    const breaker = openBreaker();
    for (let each = 0; each < 5; each += 1) breaker.failed(NOW);
    expect(breaker.readyAt(1)).toBe(Infinity);
    breaker.answered(NOW + 30_000);
    expect([breaker.readyAt(1), breaker.backSince]).toEqual([0, NOW + 30_000]);
  });
  it("hears nothing new from those that were under way when it opened", () => {
    const breaker = openBreaker();
    for (let each = 0; each < 16; each += 1) breaker.failed(NOW);
    expect(breaker.readyAt(0)).toBe(NOW + 30_000);
  });
});
