import { backtest } from "../../src/alerts/backtest.ts";
import { checkRule } from "../../src/alerts/check-rule.ts";
import { measure } from "../../src/alerts/metrics.ts";
import type { RuleSpec } from "../../src/alerts/rule.ts";
import { backtestReply } from "../../src/alerts/say-backtest.ts";
import { explainReply } from "../../src/alerts/say-rule.ts";
import { noticeReply } from "../../src/alerts/say.ts";
import { newState } from "../../src/alerts/state.ts";
import { authorise, commitPlan } from "../../src/authority/change.ts";
import type { Context } from "../../src/command/define.ts";
import { anchorDay } from "../../src/command/scope.ts";
import { targetOf } from "../../src/command/target.ts";
import { newPost, plannedChange } from "../../src/delivery/post.ts";
import { Fault } from "../../src/fault.ts";
import { addYears } from "../../src/market/calendar.ts";
import { parseDay } from "../../src/market/period.ts";
import type { Reply } from "../../src/reply/reply.ts";
import type { Stored } from "../../src/stores/book.ts";
import type { Rule } from "../../src/stores/records.ts";
import { specOf, stateOf } from "./rules.ts";

/** What the rule would do now, before it is kept. */
export function previewed(text: string, spec: RuleSpec, context: Context): Reply {
  checkRule(spec, context.market);
  const today = anchorDay(context.market, context.today);
  return explainReply(
    spec,
    spec.kind === "event" ? null : measure(spec, context.market, today),
    null,
    { id: "preview", market: context.market, today, text },
  );
}

/** The rule day by day over the past, a year of it unless days are given. */
export function replayed(
  text: string,
  spec: RuleSpec,
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  context: Context,
): Reply {
  checkRule(spec, context.market);
  const { market } = context;
  const last = anchorDay(market, context.today);
  const to = asked.to === undefined ? last : parseDay(asked.to, last, "end");
  const from = asked.from === undefined ? addYears(to, -1) : parseDay(asked.from, last, "start");
  if (from > to)
    throw new Fault(
      "bad_argument",
      `It starts after it ends: from ${from} to ${to}.`,
      "The earlier day goes first.",
      [`/alert backtest ${text} from:${to} to:${from}`],
    );
  return backtestReply(spec, backtest(spec, market, from, to), {
    id: "backtest",
    market,
    today: last,
    text,
  });
}

/** Why a kept rule is as it is. */
export function explained(stored: Stored<Rule>, context: Context): Reply {
  const spec = specOf(stored.value, context);
  const today = anchorDay(context.market, context.today);
  return explainReply(
    spec,
    spec.kind === "event" ? null : measure(spec, context.market, today),
    stateOf(stored.value, context),
    { id: stored.value.id, market: context.market, today, text: stored.value.text },
  );
}

/** A sample of what it would say, to the asker alone. */
export async function tested(stored: Stored<Rule>, context: Context): Promise<Reply> {
  await authorise(context, "subscribe-self", stored.value.id);
  const { market, now, caller, place } = context;
  const spec = specOf(stored.value, context);
  const today = anchorDay(market, context.today);
  const saying = { id: stored.value.id, market, today, text: stored.value.text };
  const measured = spec.kind === "event" ? null : measure(spec, market, today);
  const sample =
    spec.kind === "event" || measured === null
      ? explainReply(spec, null, null, saying)
      : noticeReply(
          spec,
          {
            reason: "first",
            step: "opened",
            episode: 1,
            value: measured.value,
            toldBefore: null,
            since: today,
            authorOnly: true,
            inThread: false,
            closes: false,
          },
          measured,
          newState(today),
          saying,
        );
  const said = { ...sample, title: `Sample: ${sample.title}`, audience: "asker" as const };
  const post = newPost({
    postKey: `sample:${stored.value.id}:${caller.id}:${Math.floor(now / 60_000)}`,
    target: targetOf("me", caller, place),
    kind: "notice",
    reply: said,
    subscription: null,
    now,
  });
  return commitPlan(context, () => ({ changes: [plannedChange(post)], reply: () => said }));
}
