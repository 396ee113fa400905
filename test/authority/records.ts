import type { Digest, Post, Rule } from "../../src/stores/records.ts";
import { reply } from "../../src/reply/reply.ts";

/** Records with everything said that a test does not care about. */
export function ruleOf(part: Partial<Rule> & Pick<Rule, "id" | "tenant" | "owner">): Rule {
  return {
    home: { platform: "slack", tenant: part.tenant, kind: "channel", id: "C1" },
    text: "when people(7d) > 10000 notify here",
    createdAt: 1,
    changedAt: 1,
    revision: 1,
    paused: null,
    mutedBy: null,
    snooze: null,
    expiresAt: null,
    ...part,
  };
}

export function digestOf(part: Partial<Digest> & Pick<Digest, "id" | "tenant" | "owner">): Digest {
  return {
    target: { platform: "slack", tenant: part.tenant, kind: "channel", id: "C1" },
    schedule: "every monday 09:00 UTC",
    sections: [],
    density: "standard",
    filter: "",
    createdAt: 1,
    changedAt: 1,
    revision: 1,
    paused: null,
    mutedUntil: null,
    ...part,
  };
}

export function postOf(part: Partial<Post> & Pick<Post, "postKey" | "tenant" | "target">): Post {
  return {
    kind: "alert",
    reply: reply("Something happened"),
    status: "shown",
    reason: null,
    attempts: 1,
    crashes: 0,
    notBefore: 1,
    expiresAt: 2,
    lease: null,
    firstTryAt: 1,
    lastTryAt: 1,
    providerKey: "k",
    generation: 1,
    receipt: null,
    inReplyTo: null,
    repeat: "at-least-once",
    subscription: null,
    createdAt: 1,
    settledAt: 1,
    ...part,
  };
}
