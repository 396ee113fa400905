import { createHash } from "node:crypto";
import type { Book, Change } from "../stores/book.ts";
import type { Audit, Digest, Pause, Rule, Settings } from "../stores/records.ts";
import { rewrittenAudit } from "./audit.ts";
import type { AuditEntry } from "./audit.ts";
import { ID_WORDS, deletions, heldAbout, heldFor, isPrivateDigest, isPrivateRule } from "./held.ts";
import { settingsKey } from "./settings.ts";
import { isPersonal } from "./tenant.ts";

const FORGOTTEN = "forgotten-";

/**
 * What stands in the place of a person's id from now on: a hash with a salt that is used once and kept nowhere, so
 * that nobody finds the id by trying them all.
 */
export function aliasOf(person: string, salt: Uint8Array): string {
  const hash = createHash("sha256").update(salt).update(person).digest("hex");
  return `${FORGOTTEN}${hash.slice(0, 16)}`;
}

/** Whether an id stands for somebody who asked to be forgotten: nothing can be sent to them. */
export function isForgotten(id: string): boolean {
  return id.startsWith(FORGOTTEN);
}

/**
 * The changes that take a person out of a tenant, with the line that tells of it. Deleted: their direct message
 * subscriptions, their settings, and what was or is to be posted to them. What a channel or the workspace uses stays,
 * under the alias. A tenant that is one person is deleted whole, its log too.
 */
export function forgetPerson(
  book: Book,
  who: { readonly tenant: string; readonly person: string; readonly alias: string },
  at: number,
): readonly Change[] {
  const { tenant, person, alias } = who;
  const held = heldAbout(book, tenant, person);
  if (isPersonal(tenant)) return deletions(held);
  const isMine = (key: string) => key === settingsKey(tenant, "me", person);
  return [
    ...deletions({
      ...held,
      rules: held.rules.filter(({ value }) => isPrivateRule(value, person)),
      digests: held.digests.filter(({ value }) => isPrivateDigest(value, person)),
      settings: held.settings.filter(({ key }) => isMine(key)),
      watches: [],
      audit: [],
    }),
    ...held.rules
      .filter(({ value }) => !isPrivateRule(value, person))
      .map(({ key, version, value }) => ({
        table: "rules" as const,
        key,
        value: withoutPersonInRule(value, person, alias),
        expect: { version },
      })),
    ...held.digests
      .filter(({ value }) => !isPrivateDigest(value, person))
      .map(({ key, version, value }) => ({
        table: "digests" as const,
        key,
        value: withoutPersonInDigest(value, person, alias),
        expect: { version },
      })),
    ...held.watches.map(({ key, version, value }) => ({
      table: "watches" as const,
      key,
      value: { ...value, owner: alias },
      expect: { version },
    })),
    ...held.settings
      .filter(({ key }) => !isMine(key))
      .map(({ key, version, value }) => ({
        table: "settings" as const,
        key,
        value: withoutManager(value, person),
        expect: { version },
      })),
    ...rewrittenAudit(
      book,
      (line) => withoutPersonInLine(line, person, alias),
      noteOf(tenant, alias, "privacy-me", at),
    ),
  ];
}

/**
 * The changes that delete everything of a tenant. One line stays, which says when it was done and by whom under an
 * alias; where the tenant is one person, nothing stays.
 */
export function forgetTenant(
  book: Book,
  who: { readonly tenant: string; readonly alias: string },
  at: number,
): readonly Change[] {
  const held = heldFor(book, who.tenant);
  if (isPersonal(who.tenant)) return deletions(held);
  const note = rewrittenAudit(
    book,
    (line) => line,
    noteOf(who.tenant, who.alias, "delete-all", at),
  ).slice(-1);
  return [...deletions(held), ...note];
}

function noteOf(tenant: string, alias: string, act: string, at: number): AuditEntry {
  return {
    at,
    tenant,
    actor: alias,
    act,
    object: alias,
    before: null,
    after: null,
    outcome: "done",
  };
}

function withoutPersonInRule(rule: Rule, person: string, alias: string): Rule {
  const { owner, mutedBy, snooze, paused } = rule;
  return {
    ...rule,
    owner: owner === person ? alias : owner,
    mutedBy: mutedBy === person ? alias : mutedBy,
    snooze: snooze?.by === person ? { ...snooze, by: alias } : snooze,
    paused: withoutPersonInPause(paused, person, alias),
  };
}

function withoutPersonInDigest(digest: Digest, person: string, alias: string): Digest {
  return {
    ...digest,
    owner: digest.owner === person ? alias : digest.owner,
    paused: withoutPersonInPause(digest.paused, person, alias),
  };
}

function withoutPersonInPause(pause: Pause | null, person: string, alias: string): Pause | null {
  return pause?.by === person ? { ...pause, by: alias } : pause;
}

/** Somebody who is gone manages nothing: a list just loses them. */
function withoutManager(settings: Settings, person: string): Settings {
  const { managers } = settings;
  if (typeof managers !== "object") return settings;
  return { ...settings, managers: managers.filter((id) => id !== person) };
}

function withoutPersonInLine(line: Audit, person: string, alias: string): Audit {
  const said = (text: string) => text.replace(ID_WORDS, (word) => (word === person ? alias : word));
  return {
    ...line,
    actor: line.actor === person ? alias : line.actor,
    object: said(line.object),
    before: line.before === null ? null : said(line.before),
    after: line.after === null ? null : said(line.after),
  };
}
