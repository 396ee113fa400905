import { Fault } from "../fault.ts";
import type { Reply } from "../reply/reply.ts";
import type { Book, Change } from "../stores/book.ts";
import type { Target } from "../stores/records.ts";
import { auditChange, auditLines } from "./audit.ts";
import type { At } from "./may.ts";
import { requireMay } from "./may.ts";
import { knownCaller } from "./standing.ts";
import type { Act } from "./table.ts";

/** What changing needs to know of who acts, where and when; a command's context has it all. */
export interface Acting extends At {
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** What is to change, and how it is told: in the log, and to the asker. */
export interface Plan {
  readonly changes: readonly Change[];
  /** Left out where the changes have a line of their own. */
  readonly line?: {
    readonly act: string;
    readonly object: string;
    readonly before: string | null;
    readonly after: string | null;
  };
  /** Made after the commit, so that it shows what is then kept. */
  readonly reply: () => Reply;
}

/** Whoever waits their turn may still meet others who have not met anyone yet. */
const ATTEMPTS_MAX = 5;

/**
 * Commits a plan with its line in the log: both or neither. When somebody else changed something in between, the plan is
 * made anew from what is there now; in the end it is a Fault (`conflict`). A plan that is a reply has nothing to change.
 */
export async function commitPlan(acting: Acting, plan: () => Plan | Reply): Promise<Reply> {
  const first = await committed(acting, plan);
  if (first !== "conflict") return first;
  // Everybody in a tenant takes the next number of one log: of a crowd that saves at once, one would get through a sync.
  return inTurn(acting, async () => {
    for (let attempt = 1; attempt < ATTEMPTS_MAX; attempt++) {
      const outcome = await committed(acting, plan);
      if (outcome !== "conflict") return outcome;
    }
    throw new Fault(
      "conflict",
      "Somebody else changed that at the same moment. Nothing was changed.",
      "Look at what it is now, then try again.",
    );
  });
}

async function committed(acting: Acting, plan: () => Plan | Reply): Promise<Reply | "conflict"> {
  const planned = plan();
  if (!("changes" in planned)) return planned;
  const { changes, line, reply } = planned;
  const outcome = await acting.book.commit([
    ...changes,
    ...(line === undefined
      ? []
      : [auditChange(acting.book, { ...lineOf(acting), ...line, outcome: "done" })]),
  ]);
  return outcome === "done" ? reply() : outcome;
}

/** The last in the line of each tenant of a book. */
const turns = new WeakMap<Book, Map<string, Promise<unknown>>>();

/** Does the work after that of everybody of the tenant who waits already. */
async function inTurn<Value>(
  { book, caller: { tenant } }: Acting,
  work: () => Promise<Value>,
): Promise<Value> {
  const lines = turns.get(book) ?? new Map<string, Promise<unknown>>();
  turns.set(book, lines);
  const mine = (lines.get(tenant) ?? Promise.resolve()).then(work);
  const over: Promise<unknown> = mine
    .catch(() => undefined)
    .finally(() => {
      if (lines.get(tenant) === over) lines.delete(tenant);
    });
  lines.set(tenant, over);
  return mine;
}

/**
 * Throws a Fault unless the caller may, and writes the refusal down. The same refusal twice in a row is one line, so
 * that nobody fills the log by trying.
 */
export async function authorise(acting: Acting, act: Act, object: string): Promise<void> {
  const caller = await knownCaller(act, acting);
  try {
    requireMay(act, { ...acting, caller });
  } catch (fault) {
    const { book } = acting;
    const last = auditLines(book, caller.tenant).at(-1)?.value;
    const known =
      last?.outcome === "refused" &&
      last.actor === caller.id &&
      last.act === act &&
      last.object === object;
    const line = { ...lineOf(acting), act, object, before: null, after: null } as const;
    // A refusal stands even where the log cannot be written.
    if (!known)
      await book.commit([auditChange(book, { ...line, outcome: "refused" })]).catch(() => {});
    throw fault;
  }
}

/** Like `authorise`, for what will be posted in these places: each of them has to allow it. */
export async function authorisePosts(
  acting: Acting,
  targets: readonly Target[],
  object: string,
): Promise<void> {
  for (const { kind, id } of targets)
    await (kind === "dm"
      ? authorise(acting, "subscribe-self", object)
      : authorise({ ...acting, channel: id }, "subscribe-channel", object));
}

function lineOf({ now, caller }: Acting) {
  return { at: now, tenant: caller.tenant, actor: caller.id };
}
