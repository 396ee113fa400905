import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  begun,
  buried,
  claimed,
  diedInFlight,
  edited,
  expired,
  heldBack,
  lifeOf,
  lookClaimed,
  looked,
  moved,
  pardoned,
  MOVES,
  redriven,
  released,
  settled,
  skipped,
} from "../../src/delivery/moves.ts";
import { isDoubtful, isOpen, REASON } from "../../src/delivery/post.ts";
import type { Found, Refusal, SendOutcome } from "../../src/delivery/sender.ts";
import { PAUSES, REFUSALS, refused } from "../../src/delivery/sender.ts";
import type { Post, PostStatus } from "../../src/stores/records.ts";
import { NOW, samplePost } from "./sample-post.ts";

const half = (): number => 0.5;
const receipt = { channel: "C1", message: "1.2", link: null };
const shown: SendOutcome = { status: "shown", receipt };
const unknown: SendOutcome = { status: "unknown", reason: "TimeoutError" };
const later: SendOutcome = {
  status: "wait",
  reason: "rate_limited",
  retryAfterMs: 30_000,
  scope: "channel",
};
const away: SendOutcome = {
  status: "wait",
  reason: "unreachable",
  retryAfterMs: null,
  scope: "app",
};
const absent: Found = { status: "absent" };
const blind: Found = { status: "cannot-look" };
const claim = { now: NOW, token: "me", leaseMs: 30_000 };
const tried = (post: Post): Post => begun(claimed(post, claim), NOW);
const sending = (more: Partial<Post> = {}): Post => tried(samplePost(more));

describe("a claim", () => {
  const owned = claimed(samplePost(), claim);
  it("is a lease and one more possible crash, written before anything is dressed", () => {
    expect(owned).toMatchObject({
      status: "planned",
      lease: { token: "me", until: NOW + 30_000 },
      attempts: 0,
      crashes: 1,
      firstTryAt: null,
    });
  });
  it("of a suspect keeps it from being met again soon, longer each time, until it begins", () => {
    const waits = [0, 1, 2, 3, 4].map(
      (crashes) => claimed(samplePost({ crashes }), claim).notBefore - NOW,
    );
    expect(waits).toEqual([0, 60_000, 120_000, 240_000, 480_000]);
    expect(begun(claimed(samplePost({ crashes: 4 }), claim), NOW).notBefore).toBe(NOW);
  });
  it("that begins is a try, and the words are no poison", () => {
    expect(begun(owned, NOW)).toMatchObject({
      status: "sending",
      lease: { token: "me", until: NOW + 30_000 },
      attempts: 1,
      crashes: 0,
      firstTryAt: NOW,
      lastTryAt: NOW,
    });
  });
  it("of a repeat keeps when it was first tried, and is later even when the clock stands", () => {
    const again = tried(settled(sending(), unknown, NOW, half));
    expect(again).toMatchObject({ firstTryAt: NOW, lastTryAt: NOW + 1, attempts: 2 });
  });
});

describe("a try", () => {
  it.each<[string, SendOutcome, Partial<Post>]>([
    ["shown ends", shown, { status: "shown", receipt, settledAt: NOW, crashes: 0, lease: null }],
    [
      "rate limited waits and uses up no try",
      later,
      {
        status: "waiting",
        reason: "rate_limited",
        attempts: 0,
        notBefore: NOW + 31_500,
        firstTryAt: null,
      },
    ],
    [
      "that never left waits by the back-off",
      away,
      {
        status: "waiting",
        reason: "unreachable",
        attempts: 1,
        notBefore: NOW + 2_000,
        firstTryAt: null,
      },
    ],
    [
      "of which nobody knows is to be looked for",
      unknown,
      { status: "looking", reason: "TimeoutError", firstTryAt: NOW },
    ],
    [
      "refused for its form is planned plainer under a new key",
      refused("bad-form"),
      { status: "planned", generation: 2, firstTryAt: null },
    ],
    [
      "refused with its channel is held",
      refused("channel-gone"),
      { status: "held", reason: "channel-gone", firstTryAt: null },
    ],
    [
      "refused by a filter is dead",
      refused("blocked"),
      { status: "dead", reason: "blocked", settledAt: NOW },
    ],
  ])("%s", (_, outcome, expected) => {
    expect(settled(sending(), outcome, NOW, half)).toMatchObject({
      ...expected,
      lease: null,
      crashes: 0,
    });
  });

  it("refused for its form a second time is dead", () => {
    const plain = settled(sending(), refused("bad-form"), NOW, half);
    expect(plain.providerKey).not.toBe(samplePost().providerKey);
    expect(settled(tried(plain), refused("bad-form"), NOW, half)).toMatchObject({
      status: "dead",
      reason: "bad-form",
    });
  });

  it("that waits after one of which nobody knows stays in doubt", () => {
    const again = tried(settled(sending(), unknown, NOW, half));
    expect(settled(again, later, NOW, half)).toMatchObject({ status: "looking", firstTryAt: NOW });
  });

  it.each(
    REFUSALS.filter((reason) => PAUSES[reason] !== null && PAUSES[reason] !== "token-revoked"),
  )("of a notice refused with %s is dead, since there is nothing to resume", (reason) => {
    expect(
      settled(tried(samplePost({}, { kind: "notice" })), refused(reason), NOW, half).status,
    ).toBe("dead");
  });
});

describe("a look", () => {
  const doubtful = settled(sending(), unknown, NOW, half);
  const looking = lookClaimed(doubtful, claim);
  it("that finds it ends", () => {
    expect(looked(looking, { status: "found", receipt }, NOW, half)).toMatchObject({
      status: "shown",
      receipt,
    });
  });
  it("that finds nothing sends it as if for the first time", () => {
    expect(looked(looking, absent, NOW, half)).toMatchObject({
      status: "planned",
      firstTryAt: null,
      generation: 1,
    });
  });
  it("that cannot be had allows one marked repeat, and never a third", () => {
    const repeat = looked(looking, blind, NOW, half);
    expect(repeat).toMatchObject({ status: "planned", reason: REASON.mayRepeat });
    expect(isDoubtful(repeat)).toBe(false);
    const third = lookClaimed(settled(tried(repeat), unknown, NOW, half), claim);
    expect(third.reason).toBe(REASON.mayRepeat);
    expect(looked(third, blind, NOW, half)).toMatchObject({
      status: "held",
      reason: REASON.ambiguous,
    });
  });
  it("that cannot be had leaves what may be shown once at most where it is", () => {
    const once = lookClaimed({ ...doubtful, repeat: "at-most-once" }, claim);
    const held = looked(once, blind, NOW, half);
    expect(held).toMatchObject({ status: "held", reason: REASON.ambiguous, settledAt: NOW });
    expect(isOpen(held)).toBe(false);
  });
  it("that is refused keeps the doubt", () => {
    const held = looked(looking, refused("not-in-channel"), NOW, half);
    expect(held).toMatchObject({ status: "held", reason: "not-in-channel", firstTryAt: NOW });
    expect(isDoubtful(held)).toBe(true);
  });
  it("obeys a platform that asks for patience", () => {
    const found: Found = {
      status: "wait",
      reason: "rate_limited",
      retryAfterMs: 60_000,
      scope: "channel",
    };
    expect(looked(looking, found, NOW, half)).toMatchObject({
      status: "looking",
      notBefore: NOW + 63_000,
    });
  });
});

describe("a correction", () => {
  const correction = samplePost({}, { kind: "correction", inReplyTo: "alert:r1:google:1:opened" });
  const due = settled(tried(correction), shown, NOW, half);
  it("that is shown has its parent still to change", () => {
    expect(due).toMatchObject({ status: "shown", reason: REASON.editDue });
    expect(isOpen(due)).toBe(true);
  });
  it.each<[SendOutcome, string | null]>([
    [shown, null],
    [refused("not-editable"), REASON.editRefused],
    [unknown, REASON.editDue],
    [later, REASON.editDue],
  ])("after %o says %s", (outcome, reason) => {
    expect(edited(due, outcome, NOW, half)).toMatchObject({ status: "shown", reason });
  });
});

it("a lease given back leaves what was being sent in doubt, and is no crash", () => {
  expect(released(sending())).toMatchObject({ status: "looking", lease: null, crashes: 0 });
});

it.each<[Partial<Post>, boolean]>([
  [{}, true],
  [{ status: "looking" }, true],
  [{ status: "looking", lease: null }, false],
  [{ status: "planned" }, false],
])("a lease left behind by a post %o tells of a death with another cause: %s", (more, isTold) => {
  expect(diedInFlight({ ...sending(), ...more })).toBe(isTold);
});

it("a pardoned post is a suspect still, and one that was none stays none", () => {
  expect([0, 1, 4].map((crashes) => pardoned(samplePost({ crashes })).crashes)).toEqual([0, 1, 1]);
});

it("a dead post redriven has a new life and a new key", () => {
  const dead = settled(sending(), refused("blocked"), NOW, half);
  expect(redriven(dead, NOW + 9)).toMatchObject({
    status: "planned",
    reason: null,
    generation: 3,
    attempts: 0,
    settledAt: null,
    expiresAt: NOW + 9 + 24 * 3_600_000,
  });
  expect(redriven(dead, NOW).providerKey).not.toBe(dead.providerKey);
  expect(
    [dead, redriven(dead, NOW), redriven(buried(redriven(dead, NOW), "poison", NOW), NOW)].map(
      lifeOf,
    ),
  ).toEqual([1, 2, 3]);
});

it("a dead post of whose earlier try nobody knows is redriven as a possible repeat", () => {
  const twice = tried(settled(sending(), unknown, NOW, half));
  const dead = settled(twice, refused("blocked"), NOW, half);
  expect(redriven(dead, NOW)).toMatchObject({ status: "planned", reason: REASON.mayRepeat });
  expect(isDoubtful(redriven(dead, NOW))).toBe(false);
});

describe("the table of moves", () => {
  const ALL = [
    "planned",
    "sending",
    "looking",
    "waiting",
    "shown",
    "held",
    "expired",
    "skipped",
    "dead",
  ] as const satisfies readonly PostStatus[];
  it("has every status", () => expect(Object.keys(MOVES).sort()).toEqual([...ALL].sort()));
  it.each(ALL.flatMap((from) => ALL.map((to) => [from, to] as const)))(
    "%s → %s is held",
    (from, to) => {
      const post = samplePost({ status: from });
      const may: readonly PostStatus[] = MOVES[from];
      if (may.includes(to)) expect(moved(post, to).status).toBe(to);
      else expect(() => moved(post, to)).toThrow(`A post ${from} never becomes ${to}.`);
    },
  );
  it("knows no way back from an end", () => {
    expect([MOVES.expired, MOVES.skipped, MOVES.shown]).toEqual([[], [], ["shown"]]);
  });
  it.each<[string, (post: Post) => Post]>([
    ["held", (post) => heldBack(post, "by-owner")],
    ["skipped", (post) => skipped(post, "unsubscribed", NOW)],
    ["expired", (post) => expired(post, NOW)],
    ["dead", (post) => buried(post, "poison", NOW)],
  ])("lets a post that waits be %s", (status, act) => {
    expect(act(samplePost())).toMatchObject({ status });
  });
});

const outcomes = fc.oneof(
  fc.constantFrom(shown, unknown, later, away),
  fc.constantFrom<Refusal[]>(...REFUSALS).map(refused),
);
const founds = fc.constantFrom<Found[]>(
  { status: "found", receipt },
  absent,
  blind,
  refused("channel-gone"),
);

it("whatever happens in whatever order, a post that may stand there is never sent blindly", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(outcomes, founds), { maxLength: 12 }), (story) => {
      let post = samplePost();
      let copies = 0;
      let blindRepeats = 0;
      for (const [outcome, found] of story) {
        if (!isOpen(post) || post.status === "shown") break;
        if (isDoubtful(post)) {
          post = looked(lookClaimed(post, claim), found, NOW, half);
          if (found.status === "absent") copies = 0;
          continue;
        }
        post = settled(tried(post), outcome, NOW, half);
        if (outcome.status !== "shown" && outcome.status !== "unknown") continue;
        if (copies > 0) blindRepeats += 1;
        copies += 1;
      }
      // One marked repeat at most, and only where nobody could look.
      expect(blindRepeats).toBeLessThanOrEqual(story.some(([, found]) => found === blind) ? 1 : 0);
    }),
  );
});
