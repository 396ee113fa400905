import {
  LEVEL,
  SEEN,
  keptRule,
  readyRule,
  stateIn,
  watchNames,
} from "../../src/alerts/kept-rule.ts";
import { parseRule } from "../../src/alerts/parse-rule.ts";
import { ruleText } from "../../src/alerts/rule-text.ts";
import type { RuleSpec } from "../../src/alerts/rule.ts";
import { ruleFaultReply } from "../../src/alerts/say-rule.ts";
import type { AlertState } from "../../src/alerts/state.ts";
import { authorise } from "../../src/authority/change.ts";
import { subscriptionNamed } from "../../src/authority/not-found.ts";
import { watchSets } from "../../src/authority/watch-set.ts";
import type { Context } from "../../src/command/define.ts";
import { outboxLines } from "../../src/delivery/outbox.ts";
import type { OutboxLine } from "../../src/delivery/outbox.ts";
import { postKeys } from "../../src/delivery/post-key.ts";
import { Fault } from "../../src/fault.ts";
import type { Reply } from "../../src/reply/reply.ts";
import type { Change, Stored } from "../../src/stores/book.ts";
import { keyOf } from "../../src/stores/book.ts";
import type { Rule } from "../../src/stores/records.ts";
import { keysOf } from "../../src/stores/tenant.ts";

/** A rule typed in words, or kept under an id; a fault in it points at the place. */
export async function worded(
  typed: string,
  context: Context,
  then: (text: string, spec: RuleSpec) => Reply | Promise<Reply>,
): Promise<Reply> {
  if (typed === "")
    throw new Fault("missing_argument", "Which rule?", "It begins with when or on.", [
      "/alert new when people(7d) > 10000 clear < 5000 notify me",
    ]);
  const kept = /^r[0-9a-f]{4}$/i.test(typed) ? one(typed, context).value.text : typed;
  let spec: RuleSpec;
  try {
    spec = parseRule(kept);
  } catch (fault) {
    if (fault instanceof Fault) return ruleFaultReply(fault);
    throw fault;
  }
  const text = ruleText(spec);
  return then(text, readyRule(spec, watches(context)));
}

/** The rules of this place, and the asker's own. */
export function visible({ book, caller, place }: Context): readonly Stored<Rule>[] {
  return book
    .list("rules", keysOf(caller.tenant))
    .filter(({ value }) => value.home.id === place.id || value.owner === caller.id);
}

/** One of them by its id; a Fault where it is not to be seen from here. */
export function one(id: string | undefined, context: Context): Stored<Rule> {
  return subscriptionNamed(id, visible(context), "alert");
}

/** A kept rule as data, with its watch sets put in; a Fault (`stale`) where one is gone. */
export function specOf(rule: Rule, context: Context): RuleSpec {
  const spec = keptRule(rule, watches(context));
  if (spec === undefined)
    throw new Fault(
      "stale",
      `Alert ${rule.id} cannot be read any more: a watch set it names is gone.`,
      "Make the set again, or edit the rule.",
      ["/watch list", `/alert delete ${rule.id}`],
    );
  return spec;
}

/** How a kept rule stands: its figure, or that it looks out for events; null while nobody looked at it. */
export function stateOf({ tenant, id }: Rule, { book }: Context): AlertState | null {
  const mark = (subject: string) => book.get("marks", keyOf(tenant, id, subject))?.value;
  return stateIn(mark(LEVEL) ?? mark(SEEN));
}

/** What it has said, and what became of each message, the newest first. */
export function messagesOf({ id }: Rule, { book, caller, now }: Context): readonly OutboxLine[] {
  return outboxLines(book, now, caller.tenant).filter(({ postKey }) =>
    postKey.startsWith(postKeys.alerts(id)),
  );
}

function watches({ book, caller, market }: Context) {
  return watchNames(
    watchSets(book, caller.tenant).map(({ value }) => value),
    market,
  );
}

/** Throws a Fault unless the caller may change a rule: their own in direct messages, a channel's as its settings say. */
export function authoriseFor(
  rule: Rule,
  context: Context,
  act: "mute-channel-24h" | "delete-channel" | "subscribe-channel",
): Promise<void> {
  const own = rule.home.kind === "dm" && rule.owner === context.caller.id;
  return authorise(context, own ? "subscribe-self" : act, rule.id);
}

/** A changed rule, refused as a conflict when somebody else changed it meanwhile. */
export function put(value: Rule, before: Stored<Rule>): Change {
  return { table: "rules", key: before.key, value, expect: { version: before.version } };
}
