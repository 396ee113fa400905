import { isForgotten } from "../authority/forget.ts";
import type { Log } from "../log.ts";
import type { Market } from "../market/market.ts";
import type { SourceStanding } from "../market/source-health.ts";
import type { Book, Change, Stored } from "../stores/book.ts";
import type { Rule } from "../stores/records.ts";
import { dueEscalations } from "./escalation.ts";
import { eventLook } from "./event-alerts.ts";
import { rememberedRules } from "./kept-rules.ts";
import type { Kept } from "./kept-rules.ts";
import { levelLook } from "./level-alerts.ts";

/** What a look sees. */
export interface Moment {
  readonly book: Book;
  readonly market: Market;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly log: Log;
  /** How the sources that are asked by themselves fare; asked only where a rule wants to know. */
  readonly standings?: () => Promise<readonly SourceStanding[]>;
}

/**
 * Opens the looks at alert rules. Each look asks every rule once and writes down what it has to say: the new state of the
 * rule and its messages in one commit, so that neither is there without the other. Looking twice at the same facts says
 * nothing twice. What looks remember of each other only spares them work: all that counts is in the book.
 *
 * @returns a look, which gives how many messages it planned
 */
export function openAlerts(): (moment: Moment) => Promise<number> {
  const rulesOf = rememberedRules();
  const eventsAt = eventLook();
  const levelsAt = levelLook();

  return async (moment) => {
    const { book, market, now } = moment;
    const awake = book.list("rules").filter(({ value }) => isAwake(value, now));
    const rules = rulesOf(awake, book, market);
    const wantsStandings = rules.events.some(({ rule }) => rule.event === "source_down");
    const standings = wantsStandings ? ((await moment.standings?.()) ?? []) : [];
    const events = eventsAt(rules, moment, standings);
    const levels = levelsAt(moment);
    let planned = 0;
    for (const kept of rules.events)
      planned += await told(kept, async () => {
        const posts = await written(kept, events.changes(kept), moment);
        if (posts !== "conflict") events.done(kept);
        return posts;
      });
    for (const kept of rules.levels)
      planned += await told(kept, () => written(kept, levels.changes(kept), moment));
    for (const kept of [...rules.events, ...rules.levels])
      for (const due of dueEscalations(kept, moment))
        planned += await told(kept, () => written(kept, due(), moment));
    return planned;

    async function told(kept: Kept, work: () => Promise<number | "conflict">): Promise<number> {
      try {
        const posts = await work();
        return posts === "conflict" ? 0 : posts;
      } catch (error) {
        // One rule that cannot be looked at must not keep the others from speaking.
        moment.log.error(
          {
            event: "alert.failed",
            rule: kept.stored.value.id,
            error: error instanceof Error ? error.message : "unknown",
          },
          "a rule could not be looked at",
        );
        return 0;
      }
    }
  };
}

function isAwake({ paused, owner, expiresAt }: Rule, now: number): boolean {
  return paused === null && !isForgotten(owner) && (expiresAt === null || expiresAt > now);
}

/** Writes what one rule has to say; the number of its messages. */
async function written(
  { stored, rule }: Kept,
  changes: readonly Change[],
  { book, now }: Moment,
): Promise<number | "conflict"> {
  if (changes.length === 0) return 0;
  const posts = changes.filter(({ table }) => table === "posts").length;
  const outcome = await book.commit([
    ...changes,
    ...(rule.options.once && posts > 0 ? [doneWith(stored, now)] : []),
  ]);
  return outcome === "done" ? posts : "conflict";
}

/** A rule that was to speak once has spoken. */
function doneWith({ key, version, value }: Stored<Rule>, now: number): Change {
  return { table: "rules", key, value: { ...value, expiresAt: now }, expect: { version } };
}
