import { createHash } from "node:crypto";
import type { Book } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import { keysOf } from "../stores/tenant.ts";
import { auditLines } from "./audit.ts";

const KINDS = {
  alert: { table: "rules", letter: "r" },
  digest: { table: "digests", letter: "d" },
} as const;

/** As many as four hexadecimal digits tell apart: thirty times what a workspace may keep. */
const IDS = 0x1_0000;

/**
 * An id for a new alert rule or digest that no other of its tenant has: a letter and four hexadecimal digits, from what
 * makes it or, where that is taken, the next one. To be asked inside the plan that takes it, so that nobody takes it first.
 * An id that is gone stays so while the log of changes or a message kept names it (400 days): a button under an old message
 * must not change something new, nor a message be held for one that was sent. Only where all are so named the first that is
 * not in use comes back.
 */
export function freeId(
  book: Book,
  tenant: string,
  kind: keyof typeof KINDS,
  madeOf: readonly string[],
): string {
  const { table, letter } = KINDS[kind];
  const first = createHash("sha256").update(madeOf.join("|")).digest().readUInt16BE();
  const logged = new Set(auditLines(book, tenant).map(({ value }) => value.object));
  const isNamed = (id: string) =>
    logged.has(id) ||
    book.list("slots", keysOf(tenant, id)).length > 0 ||
    book.list("posts", keyOf(tenant, `${kind}:${id}:`)).length > 0;
  let gone: string | undefined;
  for (let step = 0; step < IDS; step++) {
    const id = letter + ((first + step) % IDS).toString(16).padStart(4, "0");
    if (book.get(table, keyOf(tenant, id)) !== undefined) continue;
    if (!isNamed(id)) return id;
    gone ??= id;
  }
  if (gone === undefined) throw new Error(`Every id for a ${kind} of ${tenant} is in use.`);
  return gone;
}
