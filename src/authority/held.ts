import type { Book, Change, Stored, TableName, Tables } from "../stores/book.ts";
import type { Audit, Digest, Rule } from "../stores/records.ts";
import { auditLines } from "./audit.ts";
import { settingsKey } from "./settings.ts";
import { isPersonal, keysOf } from "../stores/tenant.ts";

/** Records the book holds, by table. */
export type Held = { readonly [Name in TableName]: readonly Stored<Tables[Name]>[] };

/** Everything kept for one workspace or server. */
export function heldFor(book: Book, tenant: string): Held {
  const all = <Name extends TableName>(table: Name) => book.list(table, keysOf(tenant));
  return {
    rules: all("rules"),
    digests: all("digests"),
    watches: all("watches"),
    settings: all("settings"),
    marks: all("marks"),
    slots: all("slots"),
    posts: all("posts"),
    audit: auditLines(book, tenant),
    buttons: all("buttons"),
  };
}

/**
 * Everything kept about one person in a tenant: what is theirs, what was posted to them, and every record and line that
 * has their id. Of a tenant that is one person, all of it.
 */
export function heldAbout(book: Book, tenant: string, person: string): Held {
  const all = heldFor(book, tenant);
  if (isPersonal(tenant)) return all;
  const own = new Set([
    ...all.rules.filter(({ value }) => isPrivateRule(value, person)).map(({ value }) => value.id),
    ...all.digests
      .filter(({ value }) => isPrivateDigest(value, person))
      .map(({ value }) => value.id),
  ]);
  return {
    rules: all.rules.filter(({ value }) => own.has(value.id) || isInRule(value, person)),
    digests: all.digests.filter(({ value }) => own.has(value.id) || isInDigest(value, person)),
    watches: all.watches.filter(({ value }) => value.owner === person),
    settings: all.settings.filter(
      ({ key, value }) =>
        key === settingsKey(tenant, "me", person) ||
        (Array.isArray(value.managers) && value.managers.includes(person)),
    ),
    marks: all.marks.filter(({ value }) => own.has(value.rule)),
    slots: all.slots.filter(({ value }) => own.has(value.digest)),
    posts: all.posts.filter(
      ({ value: { target, subscription } }) =>
        target.kind === "dm" &&
        (target.id === person || (subscription !== null && own.has(subscription))),
    ),
    audit: all.audit.filter(({ value }) => isInLine(value, person)),
    buttons: [],
  };
}

/** The tables in the order they are told to people. */
export const HELD_TABLES: readonly TableName[] = [
  "rules",
  "digests",
  "watches",
  "settings",
  "marks",
  "slots",
  "posts",
  "audit",
  "buttons",
];

/** How many records are held in all. */
export function heldCount(held: Held): number {
  return HELD_TABLES.reduce((sum, table) => sum + held[table].length, 0);
}

/** Changes that delete every record held. */
export function deletions(held: Held): readonly Change[] {
  return HELD_TABLES.flatMap((table) =>
    held[table].map(({ key, version }) => ({ table, key, value: null, expect: { version } })),
  );
}

/** A rule that speaks to one person alone. */
export function isPrivateRule({ owner, home }: Rule, person: string): boolean {
  return home.kind === "dm" && (owner === person || home.id === person);
}

export function isPrivateDigest({ owner, target }: Digest, person: string): boolean {
  return target.kind === "dm" && (owner === person || target.id === person);
}

/** The words of a text that can be an id: an id inside a longer word is not that id. */
export const ID_WORDS = /[\w-]+/g;

function isInRule({ owner, mutedBy, snooze, paused, text }: Rule, person: string): boolean {
  return [owner, mutedBy, snooze?.by, paused?.by, ...idsIn(text)].includes(person);
}

function isInDigest({ owner, paused }: Digest, person: string): boolean {
  return [owner, paused?.by].includes(person);
}

function idsIn(text: string): readonly string[] {
  return text.match(ID_WORDS) ?? [];
}

function isInLine({ actor, object, before, after }: Audit, person: string): boolean {
  return [actor, object, before ?? "", after ?? ""].some((text) => idsIn(text).includes(person));
}
