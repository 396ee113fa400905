import { buildReply } from "../../src/alerts/build-reply.ts";
import { checkRule } from "../../src/alerts/check-rule.ts";
import { firesPerDay } from "../../src/alerts/fires-per-day.ts";
import type { RuleSpec } from "../../src/alerts/rule.ts";
import { ruleCard, tooLoudReply } from "../../src/alerts/say-rule.ts";
import { authorisePosts, commitPlan } from "../../src/authority/change.ts";
import { freeId } from "../../src/authority/free-id.ts";
import { requireRoom } from "../../src/authority/quota.ts";
import type { Context } from "../../src/command/define.ts";
import { targetOf } from "../../src/command/target.ts";
import { DAY_MS } from "../../src/market/calendar.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { reply } from "../../src/reply/reply.ts";
import type { Change, Stored } from "../../src/stores/book.ts";
import { keyOf } from "../../src/stores/book.ts";
import type { Rule, Target } from "../../src/stores/records.ts";
import { keysOf } from "../../src/stores/tenant.ts";
import { card } from "./list.ts";
import { authoriseFor, one, put, visible, worded } from "./rules.ts";
import { previewed, standingsFor } from "./try.ts";

/** The form for a rule: a new one, or the one whose id stands first. */
export function built(rest: string, context: Context): Promise<Reply> {
  const [, id, typed = ""] = /^(r[0-9a-f]{4})?(?:\s+|$)?(.*)$/is.exec(rest) ?? [];
  const kept = id === undefined ? null : one(id, context).value;
  return buildReply(typed, kept, (text) =>
    worded(text, context, (line, spec) => previewed(line, spec, context)),
  );
}

/** Keeps a new rule, unless it is there already; one that would speak very often has to be confirmed. */
export async function made(
  text: string,
  spec: RuleSpec,
  confirmed: boolean,
  context: Context,
): Promise<Reply> {
  const { book, caller, place, market, now } = context;
  const { tenant } = caller;
  const home = targetOf("here", caller, place);
  await authorisePosts(context, targetsOf(spec, home, context), "alert");
  checkRule(spec, market, await standingsFor(spec, context));
  const loudness = firesPerDay(spec, market);
  if (loudness.tooLoud && !confirmed) return tooLoudReply(text, loudness);
  return commitPlan(context, () => {
    const twin = visible(context).find(
      ({ value: other }) => other.text === text && other.home.id === home.id,
    );
    if (twin !== undefined)
      return { ...card(twin, context), title: `Already there: alert ${twin.value.id}.` };
    requireRoom(book, tenant, { kind: "rule", owner: caller.id, home });
    const { expiresDays } = spec.options;
    const value: Rule = {
      id: freeId(book, tenant, "alert", [tenant, place.id, text, String(now)]),
      tenant,
      owner: caller.id,
      home,
      text,
      createdAt: now,
      changedAt: now,
      revision: 1,
      paused: null,
      mutedBy: null,
      snooze: null,
      expiresAt: expiresDays === null ? null : now + expiresDays * DAY_MS,
    };
    return {
      changes: [{ table: "rules", key: keyOf(tenant, value.id), value, expect: "absent" }],
      line: { act: "alert-new", object: value.id, before: null, after: text },
      reply: () => ruleCard(value, spec, null, loudness),
    };
  });
}

/**
 * Where it may speak: whom it tells, and whom it escalates to. A place that cannot be reached is refused when the rule is
 * made, not when it fires.
 */
function targetsOf({ options }: RuleSpec, home: Target, { caller, place }: Context) {
  const { notify, escalate } = options;
  return [
    ...(notify.length === 0 ? ["here"] : notify),
    ...(escalate === null ? [] : [escalate.to]),
  ].map((word) => (word === "here" ? home : targetOf(word, caller, place)));
}

/** Keeps other words under the same id. */
export async function edited(rest: string, context: Context): Promise<Reply> {
  const [id = "", ...rule] = rest.split(" ");
  const before = one(id, context);
  await authoriseFor(before.value, context, "subscribe-channel");
  return worded(rule.join(" "), context, async (text, spec) => {
    checkRule(spec, context.market, await standingsFor(spec, context));
    await authorisePosts(context, targetsOf(spec, before.value.home, context), before.value.id);
    const value: Rule = {
      ...before.value,
      text,
      changedAt: context.now,
      revision: before.value.revision + 1,
    };
    return commitPlan(context, () => ({
      // What was told belongs to the old words: the new ones begin afresh.
      changes: [put(value, before), ...forgotten(value, context)],
      line: { act: "alert-edit", object: value.id, before: before.value.text, after: text },
      reply: () => ruleCard(value, spec, null, firesPerDay(spec, context.market)),
    }));
  });
}

/** Drops a rule and what it remembers; the button makes it anew. */
export async function deleted(before: Stored<Rule>, context: Context): Promise<Reply> {
  const { value } = before;
  await authoriseFor(value, context, "delete-channel");
  return commitPlan(context, () => ({
    changes: [
      { table: "rules", key: before.key, value: null, expect: { version: before.version } },
      ...forgotten(value, context),
    ],
    line: { act: "alert-delete", object: value.id, before: value.text, after: null },
    reply: () =>
      reply(`Alert ${value.id} is gone.`, {
        blocks: [{ kind: "code", text: value.text }],
        figures: { id: value.id },
        actions: [{ label: "Undo", run: `/alert new ${value.text} confirm:yes` }],
      }),
  }));
}

/** Nothing is remembered any more of what the rule has told. */
function forgotten({ tenant, id }: Rule, { book }: Context): readonly Change[] {
  return book
    .list("marks", keysOf(tenant, id))
    .map((mark): Change => ({ table: "marks", key: mark.key, value: null }));
}
