import type { Reply } from "../reply/reply.ts";

/** UTC instants are milliseconds since 1970; days are YYYY-MM-DD. */
type Instant = number;

/** Where a message goes. */
export interface Target {
  readonly platform: "slack" | "discord" | "local";
  readonly tenant: string;
  /** A channel's id, or a person's for a direct message. */
  readonly kind: "channel" | "dm";
  readonly id: string;
}

/** Why something of a person's does not run for now. */
export interface Pause {
  readonly reason:
    | "by-owner"
    | "channel-gone"
    | "not-in-channel"
    | "token-revoked"
    | "dm-closed"
    | "quota"
    | "broken";
  readonly since: Instant;
  readonly by: string | null;
}

/** An alert rule as somebody asked for it. Key: tenant | id. */
export interface Rule {
  readonly id: string;
  readonly tenant: string;
  readonly owner: string;
  /** Where it was made, and where "here" is. */
  readonly home: Target;
  /** The rule as one line of text: the truth everything else is read from. */
  readonly text: string;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly revision: number;
  readonly paused: Pause | null;
  readonly mutedBy: string | null;
  readonly snooze: { readonly until: Instant | "resolved"; readonly by: string } | null;
  readonly expiresAt: Instant | null;
}

/** A standing summary. Key: tenant | id. */
export interface Digest {
  readonly id: string;
  readonly tenant: string;
  readonly owner: string;
  readonly target: Target;
  /** The schedule in words, with its zone: `every monday 09:00 Europe/Berlin`. */
  readonly schedule: string;
  readonly sections: readonly string[];
  readonly density: "brief" | "standard" | "deep" | "leadership";
  /** Only these companies or sectors, as the text of a filter; "" for the whole market. */
  readonly filter: string;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly revision: number;
  readonly paused: Pause | null;
  readonly mutedUntil: Instant | null;
}

/** Key: tenant | name. */
export interface Watch {
  readonly name: string;
  readonly tenant: string;
  readonly companies: readonly string[];
  readonly owner: string;
  readonly changedAt: Instant;
}

/** Key: tenant | me/channel/workspace | id. Absent values fall back to the wider scope, then to defaults. */
export interface Settings {
  readonly tenant: string;
  readonly scope: "me" | "channel" | "workspace";
  readonly id: string;
  readonly zone?: string;
  readonly density?: Digest["density"];
  readonly quiet?: {
    readonly from: string;
    readonly to: string;
    readonly mode: "hold" | "drop" | "silent";
  };
  readonly managers?: "anyone" | "admins" | readonly string[];
  readonly changedAt: Instant;
}

/** What was last told of one subject of a rule. Key: tenant | rule id | subject. */
export interface Mark {
  readonly rule: string;
  readonly tenant: string;
  readonly subject: string;
  readonly phase: "ok" | "pending" | "firing" | "resolved" | "no-data";
  readonly since: string;
  readonly episode: number;
  readonly quietUntil: string | null;
  readonly lastValue: number | null;
  /** The value told in this episode, as last corrected or grown; null while it is untold. */
  readonly toldValue: number | null;
  /** More of what was told: the day it stands for, when it was last spoken of, its growth step, its corrections. */
  readonly told?: {
    readonly on: string;
    readonly at: Instant;
    readonly times: number;
    readonly corrections: number;
  } | null;
  /** The phase that the end of the data interrupted. */
  readonly interrupted?: {
    readonly phase: "ok" | "pending" | "firing" | "resolved";
    readonly since: string;
  } | null;
  /** The post that opened the episode: later words go into its thread. */
  readonly openedBy: string | null;
  /** The newest learned day and fact this rule has been tested against. */
  readonly cursor: string;
  readonly revision: number;
}

/** Key: tenant | digest id | period ("2026-W10", "2026-03-08"). */
export interface Slot {
  readonly digest: string;
  readonly tenant: string;
  readonly period: string;
  readonly dueAt: Instant;
  readonly status: "posted" | "skipped";
  readonly reason: string | null;
  readonly at: Instant;
}

export type PostStatus =
  | "planned"
  | "sending"
  | "looking"
  | "waiting"
  | "shown"
  | "held"
  | "expired"
  | "skipped"
  | "dead";

/** The counts of a digest's days, and of each company in them. */
export interface DigestCounts {
  readonly people: number;
  readonly events: number;
  readonly companies: number;
  readonly unknownSize: number;
  readonly byCompany: readonly CompanyCounts[];
}

/** Short, since every digest keeps one for each company of its days: key, name, people, events, events of unknown size. */
export type CompanyCounts = readonly [
  key: string,
  name: string,
  people: number,
  events: number,
  unknownSize: number,
];

/** What a digest, or its last correction, told of its days: what a later look at them is compared with. */
export interface DigestTold {
  /** The days, both included, and the digest's filter as it then was. */
  readonly from: string;
  readonly to: string;
  readonly filter: string;
  /** As the message says it; null when it said that nothing is known yet. */
  readonly said: DigestCounts | null;
  /** People and events of the days as known when it was written: only what came later corrects it. */
  readonly seen: { readonly people: number; readonly events: number };
}

/**
 * One message we decided to show. Key: tenant | post key, whose recipe names the fact, never the attempt:
 * `digest:<id>:<revision>:<period>[:corrected-<n>]` or `alert:<rule>:<subject>:<episode>:<opened|grew-2|corrected-1|closed>`.
 */
export interface Post {
  readonly postKey: string;
  readonly tenant: string;
  readonly target: Target;
  readonly kind: "digest" | "alert" | "correction" | "notice";
  readonly reply: Reply;
  readonly status: PostStatus;
  readonly reason: string | null;
  readonly attempts: number;
  /** Raised before the work, so that a post that kills the process is found out. */
  readonly crashes: number;
  readonly notBefore: Instant;
  readonly expiresAt: Instant;
  readonly lease: { readonly token: string; readonly until: Instant } | null;
  readonly firstTryAt: Instant | null;
  readonly lastTryAt: Instant | null;
  /** What the platform knows it by: a nonce on Discord, metadata on Slack. Made from the key and the generation. */
  readonly providerKey: string;
  readonly generation: number;
  /** Where it stands: the channel and the message's id there. */
  readonly receipt: {
    readonly channel: string;
    readonly message: string;
    readonly link: string | null;
  } | null;
  /** Answer in the thread of that post, and (`edit`) change its words too. */
  readonly inReplyTo: string | null;
  readonly repeat: "at-most-once" | "at-least-once";
  readonly subscription: string | null;
  /** The keys of the posts it stands for, where many for one place became one; its words grow with them. */
  readonly folds?: readonly string[];
  /** It comes in quiet hours and must not ring, where the platform knows that. */
  readonly silent?: true;
  /** Of a digest and its corrections, from the version on that corrects them. */
  readonly told?: DigestTold;
  readonly createdAt: Instant;
  readonly settledAt: Instant | null;
}

/** Key: tenant | number, from 1 in order of writing. Each line carries the hash of the one before. */
export interface Audit {
  readonly at: Instant;
  readonly tenant: string;
  readonly actor: string;
  readonly act: string;
  readonly object: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly outcome: "done" | "refused";
  readonly previous: string;
}

/** Key: tenant | key. Short keys of commands that are too long for a button. */
export interface Button {
  readonly tenant: string;
  readonly command: string;
  readonly at: Instant;
}
