import { createHash } from "node:crypto";
import type { Book, Change, Stored } from "../stores/book.ts";
import type { Audit, Digest, Pause, Rule, Settings } from "../stores/records.ts";
import { auditChange, rewrittenAudit } from "./audit.ts";
import type { AuditEntry } from "./audit.ts";
import { ID_WORDS, deletions, heldAbout, heldFor, isPrivateDigest, isPrivateRule } from "./held.ts";
import { settingsKey } from "./settings.ts";
import { isPersonal, keysOf } from "../stores/tenant.ts";

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

/** Who is to be forgotten, and what stands for them afterwards. */
export interface Leaving {
  readonly tenant: string;
  readonly person: string;
  readonly alias: string;
}

/**
 * The changes that take a person out of a tenant, with the line that tells of it. Deleted: their direct message
 * subscriptions, their settings, and what was or is to be posted to them. What a channel or the workspace uses stays,
 * under the alias. `withoutOwner` gives the text of a rule that no longer tells its owner, null where it told nobody else.
 * A tenant that is one person is deleted whole, its log too.
 */
export function forgetPerson(
  book: Book,
  leaving: Leaving,
  at: number,
  withoutOwner: (ruleText: string) => string | null,
): readonly Change[] {
  const { tenant, person, alias } = leaving;
  const held = heldAbout(book, tenant, person);
  if (isPersonal(tenant)) return deletions(held);
  const isMine = (key: string) => key === settingsKey(tenant, "me", person);
  return [
    ...deletions({
      ...held,
      rules: [],
      digests: held.digests.filter(({ value }) => isPrivateDigest(value, person)),
      settings: held.settings.filter(({ key }) => isMine(key)),
      watches: [],
      marks: [],
      audit: [],
    }),
    ...held.rules.flatMap((stored) => ruleChanges(book, stored, leaving, withoutOwner)),
    ...held.digests
      .filter(({ value }) => !isPrivateDigest(value, person))
      .map(({ key, version, value }) => ({
        table: "digests" as const,
        key,
        value: withoutPersonInDigest(value, leaving),
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
      (line) => withoutPersonInLine(line, leaving),
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
  { tenant, alias }: Pick<Leaving, "tenant" | "alias">,
  at: number,
): readonly Change[] {
  const everything = deletions(heldFor(book, tenant));
  return isPersonal(tenant)
    ? everything
    : [...everything, auditChange(book, noteOf(tenant, alias, "delete-all", at))];
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

/** A rule that spoke to its owner alone goes, with what it last told; any other loses them and stays. */
function ruleChanges(
  book: Book,
  { key, version, value }: Stored<Rule>,
  leaving: Leaving,
  withoutOwner: (ruleText: string) => string | null,
): readonly Change[] {
  const { tenant, person } = leaving;
  const isOwner = value.owner === person;
  const text = isOwner ? withoutOwner(value.text) : value.text;
  const expect = { version };
  if (text === null || isPrivateRule(value, person))
    return [
      { table: "rules", key, value: null, expect },
      ...book
        .list("marks", keysOf(tenant, value.id))
        .map((mark): Change => ({ table: "marks", key: mark.key, value: null })),
    ];
  return [{ table: "rules", key, value: withoutPersonInRule({ ...value, text }, leaving), expect }];
}

function withoutPersonInRule(rule: Rule, leaving: Leaving): Rule {
  const { owner, mutedBy, snooze, paused, text } = rule;
  const { person, alias } = leaving;
  return {
    ...rule,
    text: saidWithout(text, leaving),
    owner: owner === person ? alias : owner,
    mutedBy: mutedBy === person ? alias : mutedBy,
    snooze: snooze?.by === person ? { ...snooze, by: alias } : snooze,
    paused: withoutPersonInPause(paused, leaving),
  };
}

function withoutPersonInDigest(digest: Digest, leaving: Leaving): Digest {
  return {
    ...digest,
    owner: digest.owner === leaving.person ? leaving.alias : digest.owner,
    paused: withoutPersonInPause(digest.paused, leaving),
  };
}

function withoutPersonInPause(pause: Pause | null, { person, alias }: Leaving): Pause | null {
  return pause?.by === person ? { ...pause, by: alias } : pause;
}

/** Somebody who is gone manages nothing: a list just loses them. */
function withoutManager(settings: Settings, person: string): Settings {
  const { managers } = settings;
  if (typeof managers !== "object") return settings;
  return { ...settings, managers: managers.filter((id) => id !== person) };
}

function withoutPersonInLine(line: Audit, leaving: Leaving): Audit {
  return {
    ...line,
    actor: line.actor === leaving.person ? leaving.alias : line.actor,
    object: saidWithout(line.object, leaving),
    before: line.before === null ? null : saidWithout(line.before, leaving),
    after: line.after === null ? null : saidWithout(line.after, leaving),
  };
}

function saidWithout(text: string, { person, alias }: Leaving): string {
  return text.replace(ID_WORDS, (word) => (word === person ? alias : word));
}
