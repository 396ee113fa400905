import { z } from "zod";
import { checkedLine, linesIn, parseCheckedLine } from "./checked-line.ts";
import { tableNames } from "./record-schemas.ts";
import { RECORD_PARTS } from "./sealed-part.ts";
import type { Written } from "./shelf.ts";
import { BOOK_VERSION, versionOf } from "./snapshot-file.ts";

/** What a journal begins with: it holds the commits after `from`. */
export interface JournalHead {
  readonly instance: string;
  readonly epoch: number;
  readonly generation: number;
  readonly from: number;
}

const HEAD = z.strictObject({
  format: z.literal("market-pulse journal"),
  v: z.literal(BOOK_VERSION),
  instance: z.string(),
  epoch: z.number().int(),
  generation: z.number().int(),
  from: z.number().int(),
});
const COMMIT = z.strictObject({
  seq: z.number().int().positive(),
  changes: z.array(
    z.strictObject({
      table: z.enum(tableNames),
      key: z.string(),
      version: z.number().int().nonnegative(),
      value: z.unknown(),
    }),
  ),
});
export type JournalCommit = z.infer<typeof COMMIT>;

export function journalHeadLine(head: JournalHead): string {
  return checkedLine({ format: "market-pulse journal", v: BOOK_VERSION, ...head });
}

/** Its changes, and one of them. */
const CHANGES = 2;

/** One commit as one line: it is there whole or not at all. A record that is gone has version 0 and no value. */
export function commitLine(seq: number, changes: readonly Written[]): string {
  const written = changes.map(({ change: { table, key, value }, version }) => ({
    table,
    key,
    version,
    value,
  }));
  return checkedLine({ seq, changes: written }, CHANGES + RECORD_PARTS);
}

export interface JournalRead {
  /** Undefined when the first line is damaged; the commits still have their numbers. */
  readonly head: JournalHead | undefined;
  /** Every commit whose line is whole, wherever it stands. */
  readonly commits: readonly JournalCommit[];
  /** Where the first line stands that is not what was written; undefined when all are. */
  readonly damagedAt: number | undefined;
  readonly bytes: number;
  /** Set when a later version of this program wrote it. */
  readonly newer?: number;
}

/** Everything that can be read of a journal. What a damaged or torn line means is for the reader of all files to say. */
export function readJournal(bytes: Buffer): JournalRead {
  let head: JournalHead | undefined;
  const commits: JournalCommit[] = [];
  let damagedAt: number | undefined;
  let newer = 0;
  for (const { at, line, whole } of linesIn(bytes)) {
    const value = whole ? parseCheckedLine(line) : undefined;
    if (at === 0) {
      newer = versionOf(value);
      const parsed = HEAD.safeParse(value);
      if (parsed.success) {
        const { instance, epoch, generation, from } = parsed.data;
        head = { instance, epoch, generation, from };
        continue;
      }
    }
    const commit = COMMIT.safeParse(value);
    if (commit.success) commits.push(commit.data);
    else damagedAt ??= at;
  }
  if (bytes.length === 0) damagedAt = 0;
  return {
    head,
    commits,
    damagedAt,
    bytes: bytes.length,
    ...(newer > BOOK_VERSION && { newer }),
  };
}
