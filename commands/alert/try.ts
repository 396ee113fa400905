import { backtest } from "../../src/alerts/backtest.ts";
import { checkRule } from "../../src/alerts/check-rule.ts";
import { measure } from "../../src/alerts/metrics.ts";
import { SEEN } from "../../src/alerts/kept-rule.ts";
import { eventsAsOf } from "../../src/alerts/event-sources.ts";
import { outagesOf } from "../../src/alerts/outages.ts";
import { eventPreview } from "../../src/alerts/past-events.ts";
import type { EventPreview } from "../../src/alerts/past-events.ts";
import type { EventRule, LevelRule, RuleSpec } from "../../src/alerts/rule.ts";
import {
  eventExplainReply,
  eventPreviewReply,
  eventSampleReply,
  noSampleReply,
} from "../../src/alerts/say-event-rule.ts";
import { backtestReply } from "../../src/alerts/say-backtest.ts";
import { explainReply } from "../../src/alerts/say-rule.ts";
import { noticeReply } from "../../src/alerts/say.ts";
import type { Saying } from "../../src/alerts/say.ts";
import { newState } from "../../src/alerts/state.ts";
import { authorise, commitPlan } from "../../src/authority/change.ts";
import type { Context } from "../../src/command/define.ts";
import { anchorDay } from "../../src/command/scope.ts";
import { targetOf } from "../../src/command/target.ts";
import { keyOfPost, newPost, plannedChange } from "../../src/delivery/post.ts";
import { Fault } from "../../src/fault.ts";
import { addYears } from "../../src/market/calendar.ts";
import type { Day } from "../../src/market/facts.ts";
import { parseDay } from "../../src/market/period.ts";
import type { SourceStanding } from "../../src/market/source-health.ts";
import type { Reply } from "../../src/reply/reply.ts";
import type { Stored } from "../../src/stores/book.ts";
import { keyOf } from "../../src/stores/book.ts";
import type { Rule } from "../../src/stores/records.ts";
import { messagesOf, specOf, stateOf, visible } from "./rules.ts";

/** What the rule would do now, before it is kept. */
export async function previewed(text: string, spec: RuleSpec, context: Context): Promise<Reply> {
  const { market, today } = context;
  checkRule(spec, market, await standingsFor(spec, context));
  const anchor = lastDay(spec, context);
  const shown =
    spec.kind === "event"
      ? eventPreviewReply(spec, await previewOf(spec, context), {
          id: "preview",
          market,
          today,
          text,
        })
      : explainReply(
          spec,
          measure(spec, market, anchor),
          null,
          { id: "preview", market, today: anchor, text },
          text,
        );
  const isKept = visible(context).some(({ value }) => value.text === text);
  const keep = { label: "Keep it", run: `/alert new ${text}` };
  return isKept ? shown : { ...shown, actions: [...shown.actions, keep] };
}

/** The rule day by day over the past, a year of it unless days are given. */
export async function replayed(
  text: string,
  spec: RuleSpec,
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  context: Context,
): Promise<Reply> {
  const { market } = context;
  checkRule(spec, market, await standingsFor(spec, context));
  if (spec.kind === "event" && spec.event === "source_down")
    throw new Fault(
      "unsupported",
      "How sources fared is not kept day by day, so there is nothing to replay.",
      "A preview shows which are in trouble now.",
      [`/alert preview ${text}`, "/sources"],
    );
  const last = lastDay(spec, context);
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

/** The day the past ends on for a rule: today while its facts are fresh, and where their age itself is watched. */
function lastDay(spec: RuleSpec, { market, today }: Context): Day {
  if (spec.kind === "event") return anchorDay({ listedTo: eventsAsOf(spec.event, market) }, today);
  return spec.test.kind === "no-data" ? today : anchorDay(market, today);
}

/** What a rule on events would have told of lately. */
async function previewOf(spec: EventRule, context: Context): Promise<EventPreview> {
  const { market, now, today } = context;
  return spec.event === "source_down"
    ? eventPreview(spec, market, today, outagesOf(await context.standings(), now))
    : eventPreview(spec, market, lastDay(spec, context));
}

/** How sources fare, for a rule that asks for it. */
export async function standingsFor(
  spec: RuleSpec,
  context: Context,
): Promise<readonly SourceStanding[]> {
  return spec.kind === "event" && spec.event === "source_down" ? context.standings() : [];
}

/** Why a kept rule is as it is: the figure behind it, or what it has told of. */
export function explained({ value }: Stored<Rule>, context: Context): Reply {
  const { market, today, book } = context;
  const spec = specOf(value, context);
  const { id, text } = value;
  if (spec.kind === "event") {
    const seen = book.get("marks", keyOf(value.tenant, id, SEEN))?.value;
    const history = {
      isLookedAt: seen !== undefined,
      lastToldAt: seen?.told?.at ?? null,
      keptInMind: seen?.lastValue ?? 0,
      messages: messagesOf(value, context),
    };
    return eventExplainReply(spec, history, { id, market, today, text });
  }
  const anchor = lastDay(spec, context);
  const measured = measure(spec, market, anchor);
  return explainReply(spec, measured, stateOf(value, context), {
    id,
    market,
    today: anchor,
    text,
  });
}

/** A sample of what it would say, to the asker alone. */
export async function tested({ value }: Stored<Rule>, context: Context): Promise<Reply> {
  await authorise(context, "subscribe-self", value.id);
  const { book, market, today, now, caller, place } = context;
  const spec = specOf(value, context);
  const anchor = lastDay(spec, context);
  const saying = { id: value.id, market, today, text: value.text };
  let sample: Reply | undefined;
  if (spec.kind === "event") {
    const preview = await previewOf(spec, context);
    sample = eventSampleReply(spec, preview, saying);
    if (sample === undefined) return noSampleReply(spec, preview, saying);
  } else sample = levelSample(spec, { ...saying, today: anchor });
  const said = { ...sample, title: `Sample: ${sample.title}`, audience: "asker" as const };
  const post = newPost({
    postKey: `sample:${value.id}:${caller.id}:${Math.floor(now / 60_000)}`,
    target: targetOf("me", caller, place),
    kind: "notice",
    reply: said,
    subscription: null,
    now,
  });
  return commitPlan(context, () => ({
    // Asked for again within the minute it is the same message.
    changes: book.get("posts", keyOfPost(post)) === undefined ? [plannedChange(post)] : [],
    reply: () => said,
  }));
}

/** What a rule on a figure would say had it just fired, with the figure of today. */
function levelSample(spec: LevelRule, saying: Saying): Reply {
  const { market, today } = saying;
  const measured = measure(spec, market, today);
  const notice = {
    reason: "first",
    step: "opened",
    episode: 1,
    value: measured.value,
    toldBefore: null,
    since: today,
    authorOnly: true,
    inThread: false,
    closes: false,
  } as const;
  return noticeReply(spec, notice, measured, newState(today), saying);
}
