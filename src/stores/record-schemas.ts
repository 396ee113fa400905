import { z } from "zod";
import type { Change } from "./book.ts";
import { replyPart } from "./reply-schema.ts";
import { sealedPart } from "./sealed-part.ts";

const instant = z.number().int();
const text = z.string().max(10_000);
const name = z.string().max(1_000);

const target = z.strictObject({
  platform: z.enum(["slack", "discord", "local"]),
  tenant: name,
  kind: z.enum(["channel", "dm"]),
  id: name,
});
const pause = z.strictObject({
  reason: z.enum([
    "by-owner",
    "channel-gone",
    "not-in-channel",
    "token-revoked",
    "dm-closed",
    "quota",
    "broken",
  ]),
  since: instant,
  by: name.nullable(),
});
const density = z.enum(["brief", "standard", "deep", "leadership"]);

const rule = z.strictObject({
  id: name,
  tenant: name,
  owner: name,
  home: target,
  text,
  createdAt: instant,
  changedAt: instant,
  revision: z.number().int(),
  paused: pause.nullable(),
  mutedBy: name.nullable(),
  snooze: z.strictObject({ until: z.union([instant, z.literal("resolved")]), by: name }).nullable(),
  expiresAt: instant.nullable(),
});

const digest = z.strictObject({
  id: name,
  tenant: name,
  owner: name,
  target,
  schedule: name,
  sections: z.array(name),
  density,
  filter: text,
  createdAt: instant,
  changedAt: instant,
  revision: z.number().int(),
  paused: pause.nullable(),
  mutedUntil: instant.nullable(),
});

const watch = z.strictObject({
  name,
  tenant: name,
  companies: z.array(name),
  owner: name,
  changedAt: instant,
});

const settings = z.strictObject({
  tenant: name,
  scope: z.enum(["me", "channel", "workspace"]),
  id: name,
  zone: z.exactOptional(name),
  density: z.exactOptional(density),
  quiet: z.exactOptional(
    z.strictObject({ from: name, to: name, mode: z.enum(["hold", "drop", "silent"]) }),
  ),
  managers: z.exactOptional(z.union([z.enum(["anyone", "admins"]), z.array(name)])),
  changedAt: instant,
});

const mark = z.strictObject({
  rule: name,
  tenant: name,
  subject: name,
  phase: z.enum(["ok", "pending", "firing", "resolved", "no-data"]),
  since: name,
  episode: z.number().int(),
  quietUntil: name.nullable(),
  lastValue: z.number().nullable(),
  toldValue: z.number().nullable(),
  told: z
    .strictObject({
      on: name,
      at: instant,
      times: z.number(),
      corrections: z.number().int(),
    })
    .nullable()
    .exactOptional(),
  interrupted: z
    .strictObject({ phase: z.enum(["ok", "pending", "firing", "resolved"]), since: name })
    .nullable()
    .exactOptional(),
  openedBy: name.nullable(),
  cursor: name,
  revision: z.number().int(),
});

const slot = z.strictObject({
  digest: name,
  tenant: name,
  period: name,
  dueAt: instant,
  status: z.enum(["posted", "skipped"]),
  reason: name.nullable(),
  at: instant,
});

export const toldPart = sealedPart(
  z.strictObject({
    from: name,
    to: name,
    filter: text,
    said: z
      .strictObject({
        people: z.number(),
        events: z.number().int(),
        companies: z.number().int(),
        unknownSize: z.number().int(),
        byCompany: z.array(z.tuple([name, name, z.number(), z.number().int(), z.number().int()])),
      })
      .nullable(),
    seen: z.strictObject({ people: z.number(), events: z.number().int() }),
  }),
);

const post = z.strictObject({
  postKey: name,
  tenant: name,
  target,
  kind: z.enum(["digest", "alert", "correction", "notice"]),
  reply: replyPart,
  status: z.enum([
    "planned",
    "sending",
    "looking",
    "waiting",
    "shown",
    "held",
    "expired",
    "skipped",
    "dead",
  ]),
  reason: name.nullable(),
  attempts: z.number().int(),
  crashes: z.number().int(),
  notBefore: instant,
  expiresAt: instant,
  lease: z.strictObject({ token: name, until: instant }).nullable(),
  firstTryAt: instant.nullable(),
  lastTryAt: instant.nullable(),
  providerKey: name,
  generation: z.number().int(),
  receipt: z.strictObject({ channel: name, message: name, link: text.nullable() }).nullable(),
  inReplyTo: name.nullable(),
  repeat: z.enum(["at-most-once", "at-least-once"]),
  subscription: name.nullable(),
  folds: z.exactOptional(z.array(name)),
  silent: z.exactOptional(z.literal(true)),
  told: z.exactOptional(toldPart),
  createdAt: instant,
  settledAt: instant.nullable(),
});

const audit = z.strictObject({
  at: instant,
  tenant: name,
  actor: name,
  act: name,
  object: name,
  before: text.nullable(),
  after: text.nullable(),
  outcome: z.enum(["done", "refused"]),
  previous: name,
});

const button = z.strictObject({ tenant: name, command: text, at: instant });

const key = z.string().min(1).max(2_000);

/**
 * One record with its table and key, or what becomes of it (`value: null`: it goes): checked on the way in, and again
 * when the book is read.
 */
export const recordSchema = z.discriminatedUnion("table", [
  z.strictObject({ table: z.literal("rules"), key, value: rule.nullable() }),
  z.strictObject({ table: z.literal("digests"), key, value: digest.nullable() }),
  z.strictObject({ table: z.literal("watches"), key, value: watch.nullable() }),
  z.strictObject({ table: z.literal("settings"), key, value: settings.nullable() }),
  z.strictObject({ table: z.literal("marks"), key, value: mark.nullable() }),
  z.strictObject({ table: z.literal("slots"), key, value: slot.nullable() }),
  z.strictObject({ table: z.literal("posts"), key, value: post.nullable() }),
  z.strictObject({ table: z.literal("audit"), key, value: audit.nullable() }),
  z.strictObject({ table: z.literal("buttons"), key, value: button.nullable() }),
]) satisfies z.ZodType<Change>;

/** Every table, in the order snapshots are written. */
export const tableNames = recordSchema.options.flatMap(({ shape }) => shape.table.value);
