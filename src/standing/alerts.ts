import { decide } from "../alerts/decide.ts";
import { LEVEL, isHushed, keptRule, stateIn, watchNames } from "../alerts/kept-rule.ts";
import { learnedFacts } from "../alerts/learned-facts.ts";
import { measure } from "../alerts/metrics.ts";
import type { NewFact } from "../alerts/new-fact.ts";
import type { LevelRule } from "../alerts/rule.ts";
import { noticeReply } from "../alerts/say.ts";
import { isForgotten } from "../authority/forget.ts";
import { watchSets } from "../authority/watch-set.ts";
import { dayOf } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import type { Book, Change, Stored } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Rule } from "../stores/records.ts";
import { alertPosts, markChange, sameState } from "./alert-posts.ts";
import { eventChanges } from "./event-alerts.ts";

interface Moment {
  readonly book: Book;
  readonly market: Market;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly log: Log;
}

/** One look at all rules; what several of them ask for is worked out once. */
export interface Looking extends Moment {
  /** What was learned from a day on, up to today. */
  readonly learnedFrom: (day: Day) => readonly NewFact[];
  /** The companies of each watch set of a tenant. */
  readonly namesOf: (tenant: string) => ReadonlyMap<string, readonly string[]>;
}

/**
 * Looks at every rule once and writes down what it has to say: the new state of the rule and its messages in one commit,
 * so that neither is there without the other. Looking twice at the same facts says nothing twice.
 *
 * @returns how many messages were planned
 */
export async function planAlerts(moment: Moment): Promise<number> {
  const { book, market, now } = moment;
  const looking: Looking = {
    ...moment,
    learnedFrom: once((day) => learnedFacts(market, day, dayOf(now))),
    namesOf: once((tenant) =>
      watchNames(
        watchSets(book, tenant).map(({ value }) => value),
        market,
      ),
    ),
  };
  let planned = 0;
  for (const stored of book.list("rules")) {
    try {
      planned += await lookAt(stored, looking);
    } catch (error) {
      // One rule that cannot be looked at must not keep the others from speaking.
      moment.log.error(
        {
          event: "alert.failed",
          rule: stored.value.id,
          error: error instanceof Error ? error.message : "unknown",
        },
        "a rule could not be looked at",
      );
    }
  }
  return planned;
}

async function lookAt(stored: Stored<Rule>, looking: Looking): Promise<number> {
  const { book, now, namesOf } = looking;
  const rule = stored.value;
  if (rule.paused !== null || isForgotten(rule.owner)) return 0;
  if (rule.expiresAt !== null && rule.expiresAt <= now) return 0;
  const spec = keptRule(rule, namesOf(rule.tenant));
  if (spec === undefined) return 0;
  const changes =
    spec.kind === "level" ? levelChanges(rule, spec, looking) : eventChanges(rule, spec, looking);
  if (changes.length === 0) return 0;
  const posts = changes.filter(({ table }) => table === "posts").length;
  const outcome = await book.commit([
    ...changes,
    ...(spec.options.once && posts > 0 ? [doneWith(stored, now)] : []),
  ]);
  return outcome === "done" ? posts : 0;
}

/** A rule that was to speak once has spoken. */
function doneWith({ key, version, value }: Stored<Rule>, now: number): Change {
  return { table: "rules", key, value: { ...value, expiresAt: now }, expect: { version } };
}

function levelChanges(
  rule: Rule,
  spec: LevelRule,
  { book, market, now }: Looking,
): readonly Change[] {
  const today = dayOf(now);
  const key = keyOf(rule.tenant, rule.id, LEVEL);
  const mark = book.get("marks", key);
  const state = stateIn(mark?.value);
  const measured = measure(spec, market, today);
  const told = state?.told ?? null;
  const decided = decide(spec, measured, state, {
    today,
    now,
    hushed: isHushed(rule, now, state),
    ...(told !== null && { retold: measure(spec, market, told.on, today).value }),
  });
  const { notice } = decided;
  if (notice === null && mark !== undefined && sameState(state, decided.state)) return [];
  const openedBy =
    notice !== null && !notice.inThread ? notice.step : (mark?.value.openedBy ?? null);
  const changed = markChange(key, rule, LEVEL, decided.state, openedBy, mark);
  if (notice === null) return [changed];
  const reply = noticeReply(spec, notice, measured, decided.state, {
    id: rule.id,
    market,
    today,
    text: rule.text,
  });
  return [
    changed,
    ...alertPosts({
      rule,
      options: spec.options,
      subject: LEVEL,
      notice,
      reply,
      opened: { subject: LEVEL, step: openedBy ?? "opened" },
      book,
      now,
    }),
  ];
}

/** Remembers each answer, for as long as the one look takes. */
function once<Answer>(work: (asked: string) => Answer): (asked: string) => Answer {
  const known = new Map<string, Answer>();
  return (asked) => {
    const answer = known.get(asked) ?? work(asked);
    known.set(asked, answer);
    return answer;
  };
}
