import { Fault } from "../fault.ts";
import type { Reply } from "../reply/reply.ts";
import type { Change } from "../stores/book.ts";
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

/**
 * Commits a plan with its line in the log: both or neither. The plan is made when its turn has come, and what it reads in
 * the book is what those before it leave there, so that many at once share one write and none takes another's room or
 * number. It is a Fault (`conflict`) where it builds on something older. A plan that is a reply has nothing to change.
 */
export async function commitPlan(acting: Acting, plan: () => Plan | Reply): Promise<Reply> {
  const made: { last?: Plan | Reply } = {};
  const outcome = await acting.book.commit(() => {
    const planned = (made.last = plan());
    if (!("changes" in planned)) return [];
    const { changes, line } = planned;
    if (line === undefined) return changes;
    return [...changes, auditChange(acting.book, { ...lineOf(acting), ...line, outcome: "done" })];
  });
  if (outcome === "conflict" || made.last === undefined)
    throw new Fault(
      "conflict",
      "Somebody else changed that at the same moment. Nothing was changed.",
      "Look at what it is now, then try again.",
    );
  return "changes" in made.last ? made.last.reply() : made.last;
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
    const line = { ...lineOf(acting), act, object, before: null, after: null } as const;
    // A refusal stands even where the log cannot be written.
    await book
      .commit(() => {
        const last = auditLines(book, caller.tenant).at(-1)?.value;
        const isKnown =
          last?.outcome === "refused" &&
          last.actor === caller.id &&
          last.act === act &&
          last.object === object;
        return isKnown ? [] : [auditChange(book, { ...line, outcome: "refused" })];
      })
      .catch(() => {});
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
