import { describe, expect, it } from "vitest";
import { GRACE_MS, stepOf } from "../../src/delivery/step.ts";
import type { Around } from "../../src/delivery/step.ts";
import type { Post } from "../../src/stores/records.ts";
import { NOW, samplePost } from "./sample-post.ts";

const pace = { everyMs: 1, burst: 1 };
const around = (more: Partial<Around> = {}): Around => ({
  now: NOW,
  ways: { repeatableMs: 0, token: "tenant", pace: { channel: pace, tenant: pace, app: pace } },
  subscription: { paused: null },
  parent: undefined,
  isSilenced: false,
  ...more,
});
const repeatable = { ...around().ways, repeatableMs: 120_000 };
const paused = { paused: { reason: "by-owner" as const, since: 1, by: "U1" } };
const never = { do: "wait", until: Infinity };

describe("what is to be done about a post", () => {
  it.each<[string, Partial<Post>, Partial<Around>, object]>([
    ["due is sent", {}, {}, { do: "send" }],
    ["not yet due waits", { notBefore: NOW + 5 }, {}, { do: "wait", until: NOW + 5 }],
    ["too old is only mentioned", { expiresAt: NOW }, {}, { do: "expire" }],
    [
      "somebody works on waits for the lease",
      { status: "sending", lease: { token: "x", until: NOW + 9 } },
      {},
      { do: "wait", until: NOW + 9 },
    ],
    [
      "that took the process down five times is buried",
      { status: "sending", crashes: 5 },
      {},
      { do: "bury" },
    ],
    [
      "whose subscription is gone is skipped",
      {},
      { subscription: undefined },
      { do: "skip", reason: "unsubscribed" },
    ],
    [
      "whose subscription is paused is held",
      {},
      { subscription: paused },
      { do: "hold", reason: "by-owner" },
    ],
    ["held waits for its subscription", { status: "held" }, { subscription: paused }, never],
    ["held goes on when its subscription does", { status: "held" }, {}, { do: "send" }],
    ["of a tenant without a token waits", {}, { isSilenced: true }, never],
    [
      "of our own needs no subscription",
      { subscription: null },
      { subscription: null },
      { do: "send" },
    ],
    [
      "about a pause does not wait for its end",
      { kind: "notice" },
      { subscription: paused },
      { do: "send" },
    ],
    ["that is settled rests", { status: "shown" }, {}, { do: "nothing" }],
    [
      "whose parent is still to be changed changes it",
      { status: "shown", reason: "edit-due" },
      {},
      { do: "edit" },
    ],
    [
      "whose parent took us down five times lets it be",
      { status: "shown", reason: "edit-due", crashes: 5 },
      {},
      { do: "leave" },
    ],
  ])("%s", (_, more, else_, expected) => {
    expect(stepOf(samplePost(more), around(else_))).toEqual(expected);
  });
});

describe("a post that may stand there already", () => {
  const doubtful = samplePost({ status: "sending", firstTryAt: NOW - 10, lastTryAt: NOW - 10 });
  it("is looked for after the grace time, whatever else is due", () => {
    const lookAt = NOW - 10 + GRACE_MS;
    expect(stepOf(doubtful, around())).toEqual({ do: "wait", until: lookAt });
    expect(
      stepOf({ ...doubtful, expiresAt: 1 }, around({ now: lookAt, subscription: undefined })),
    ).toEqual({ do: "look" });
  });
  it("is sent again at once where its key shows it once", () => {
    expect(stepOf(doubtful, around({ ways: repeatable }))).toEqual({ do: "send" });
    expect(stepOf(doubtful, around({ ways: repeatable, now: NOW - 10 + 120_000 }))).toEqual({
      do: "look",
    });
  });
  it("is left alone while its subscription is paused", () => {
    expect(
      stepOf({ ...doubtful, status: "held" }, around({ subscription: paused, ways: repeatable })),
    ).toEqual(never);
    expect(
      stepOf({ ...doubtful, status: "held" }, around({ now: NOW + GRACE_MS, ways: repeatable })),
    ).toEqual({ do: "look" });
  });
});

describe("an answer in a thread", () => {
  const answer = samplePost({ inReplyTo: "parent", kind: "correction", expiresAt: NOW + 99 });
  it.each<[string, Partial<Post> | undefined, object]>([
    ["waits for its parent", { status: "planned" }, { do: "wait", until: NOW + 99 }],
    ["follows its parent", { status: "shown" }, { do: "send" }],
    [
      "of what nobody saw is skipped",
      { status: "expired" },
      { do: "skip", reason: "parent-not-shown" },
    ],
    [
      "of what is not known any more is skipped",
      undefined,
      { do: "skip", reason: "parent-not-shown" },
    ],
  ])("%s", (_, parent, expected) => {
    expect(stepOf(answer, around({ parent: parent && samplePost(parent) }))).toEqual(expected);
  });
  it("too old as its parent was is skipped with it: one line about both is enough", () => {
    const late = around({ now: NOW + 100, parent: samplePost({ status: "expired" }) });
    expect(stepOf(answer, late)).toEqual({ do: "skip", reason: "parent-not-shown" });
    expect(stepOf({ ...answer, kind: "digest" }, late)).toEqual({
      do: "skip",
      reason: "parent-not-shown",
    });
  });
  it("too old while its parent is in doubt waits for what becomes of it", () => {
    const parent = samplePost({ status: "looking" });
    expect(stepOf(answer, around({ now: NOW + 100, parent }))).toEqual(never);
  });
  it("that corrects nothing stands alone when its parent was not shown", () => {
    expect(
      stepOf({ ...answer, kind: "alert" }, around({ parent: samplePost({ status: "dead" }) })),
    ).toEqual({ do: "send" });
  });
});
