import { createHash } from "node:crypto";
import type { Book, Change, Stored } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Audit } from "../stores/records.ts";
import { keysOf } from "../stores/tenant.ts";

/** A line of the log of changes before it is chained. Ids and settings only, never the text of a message. */
export type AuditEntry = Omit<Audit, "previous">;

const LONGEST = 200;
const DIGITS = 12;

/**
 * The next line of a tenant's log, to go into the same commit as the change it tells of. Lines are numbered, and the
 * number must be free: of two changes at once the second one conflicts instead of forking the chain. One line a commit.
 */
export function auditChange(book: Book, entry: AuditEntry): Change {
  const last = auditLines(book, entry.tenant).at(-1);
  return {
    table: "audit",
    key: lineKey(entry.tenant, last === undefined ? 1 : numberOf(last) + 1),
    value: {
      ...entry,
      before: clipped(entry.before),
      after: clipped(entry.after),
      previous: last === undefined ? "" : hashOf(last.value),
    },
    expect: "absent",
  };
}

/** A tenant's lines, oldest first. */
export function auditLines(book: Book, tenant: string): readonly Stored<Audit>[] {
  return book.list("audit", keysOf(tenant));
}

export type Verified =
  | { readonly intact: true; readonly lines: number; readonly first: number }
  | { readonly intact: false; readonly key: string; readonly says: string };

/**
 * Looks for lines that were changed, moved or taken out from between others. What is gone from the start is told by
 * `first` (old lines are tidied away after their time); what is gone from the end cannot be seen from the rest.
 */
export function verifyAudit(lines: readonly Stored<Audit>[]): Verified {
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const number = numberOf(line);
    const broken = (says: string): Verified => ({ intact: false, key: line.key, says });
    if (before !== undefined && number !== numberOf(before) + 1)
      return broken(`Lines are missing before number ${number}.`);
    if (before !== undefined && line.value.previous !== hashOf(before.value))
      return broken(`The line before number ${number} is not the one that was written.`);
    if (number === 1 && line.value.previous !== "")
      return broken("The first line says that there was one before it.");
  }
  const [first] = lines;
  return { intact: true, lines: lines.length, first: first === undefined ? 1 : numberOf(first) };
}

/**
 * Every line said anew with `rewrite` and chained again, followed by a line that tells of it. Only for taking a person
 * out of the log: what happened, and when, stays.
 */
export function rewrittenAudit(
  book: Book,
  rewrite: (line: Audit) => Audit,
  note: AuditEntry,
): readonly Change[] {
  let previous: string | undefined;
  let number = 0;
  const changes: Change[] = auditLines(book, note.tenant).map((line) => {
    const value = { ...rewrite(line.value), previous: previous ?? line.value.previous };
    previous = hashOf(value);
    number = numberOf(line);
    return { table: "audit", key: line.key, value, expect: { version: line.version } };
  });
  const last: Audit = { ...note, previous: previous ?? "" };
  return [
    ...changes,
    { table: "audit", key: lineKey(note.tenant, number + 1), value: last, expect: "absent" },
  ];
}

/** SHA-256 over every field in a fixed order, so that it does not depend on how a store keeps them. */
function hashOf(line: Audit): string {
  const { at, tenant, actor, act, object, before, after, outcome, previous } = line;
  return createHash("sha256")
    .update(JSON.stringify([at, tenant, actor, act, object, before, after, outcome, previous]))
    .digest("hex");
}

function lineKey(tenant: string, number: number): string {
  return keyOf(tenant, String(number).padStart(DIGITS, "0"));
}

function numberOf({ key }: Stored<Audit>): number {
  return Number(key.slice(-DIGITS));
}

/** Cut between words, so that no half of an id stays behind that could not be taken out later. */
function clipped(text: string | null): string | null {
  return text === null || text.length <= LONGEST
    ? text
    : `${text.slice(0, LONGEST - 1).replace(/[\w-]+$/, "")}…`;
}
