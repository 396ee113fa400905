import { keyOf, type Change } from "../../src/stores/book.ts";
import type { Audit, Post, Rule, Slot, Watch } from "../../src/stores/records.ts";
import { reply } from "../../src/reply/reply.ts";

/** Small whole records to write into a book; tests override what matters to them. */
export function watch(name: string, rest: Partial<Watch> = {}): Watch {
  return {
    name,
    tenant: "slack:T1",
    companies: ["Google"],
    owner: "U1",
    changedAt: 1_000,
    ...rest,
  };
}

export function rule(id: string, rest: Partial<Rule> = {}): Rule {
  return {
    id,
    tenant: "slack:T1",
    owner: "U1",
    home: { platform: "slack", tenant: "slack:T1", kind: "channel", id: "C1" },
    text: "people > 1000 in 7 days",
    createdAt: 1_000,
    changedAt: 1_000,
    revision: 1,
    paused: null,
    mutedBy: null,
    snooze: null,
    expiresAt: null,
    ...rest,
  };
}

export function post(postKey: string, rest: Partial<Post> = {}): Post {
  return {
    postKey,
    tenant: "slack:T1",
    target: { platform: "slack", tenant: "slack:T1", kind: "channel", id: "C1" },
    kind: "alert",
    reply: reply("Meta cut 100 people", {
      blocks: [
        { kind: "text", words: ["It is ", { bold: "confirmed" }, "."] },
        {
          kind: "table",
          caption: "Events",
          columns: [{ title: "Company", align: "left" }],
          rows: [["Meta"], [{ text: "100", value: 100 }]],
          more: 2,
        },
        {
          kind: "chart",
          chart: {
            kind: "bars",
            title: "People",
            subtitle: "announced",
            unit: "people",
            categories: ["Jan", "Feb"],
            series: [{ name: "people", values: [1, null] }],
            lastIncomplete: true,
          },
        },
      ],
      actions: [{ label: "Why?", run: "/why meta" }],
      figures: { people: 100, byMonth: { jan: [1, null] } },
      notes: ["As of 8 March 2026"],
    }),
    status: "planned",
    reason: null,
    attempts: 0,
    crashes: 0,
    notBefore: 1_000,
    expiresAt: 90_000_000,
    lease: null,
    firstTryAt: null,
    lastTryAt: null,
    providerKey: "nonce",
    generation: 1,
    receipt: null,
    inReplyTo: null,
    repeat: "at-least-once",
    subscription: "r1",
    createdAt: 1_000,
    settledAt: null,
    ...rest,
  };
}

export function slot(period: string, rest: Partial<Slot> = {}): Slot {
  return {
    digest: "d1",
    tenant: "slack:T1",
    period,
    dueAt: 1_000,
    status: "posted",
    reason: null,
    at: 1_000,
    ...rest,
  };
}

export function audit(at: number, rest: Partial<Audit> = {}): Audit {
  return {
    at,
    tenant: "slack:T1",
    actor: "U1",
    act: "rule.add",
    object: "r1",
    before: null,
    after: "people > 1000",
    outcome: "done",
    previous: "",
    ...rest,
  };
}

type Expect = NonNullable<Change["expect"]>;

/** The change that writes a watch under its own key. */
export function putWatch(value: Watch, expect?: Expect): Change {
  const change = { table: "watches", key: keyOf(value.tenant, value.name), value } as const;
  return expect === undefined ? change : { ...change, expect };
}
