import { createHash } from "node:crypto";
import { z } from "zod";
import { backtest } from "../src/alerts/backtest.ts";
import { buildReply } from "../src/alerts/build-reply.ts";
import { checkRule } from "../src/alerts/check-rule.ts";
import { firesPerDay } from "../src/alerts/fires-per-day.ts";
import { LEVEL, keptRule, readyRule, stateIn, watchNames } from "../src/alerts/kept-rule.ts";
import { measure } from "../src/alerts/metrics.ts";
import { parseRule } from "../src/alerts/parse-rule.ts";
import { ruleText } from "../src/alerts/rule-text.ts";
import type { RuleSpec } from "../src/alerts/rule.ts";
import { backtestReply } from "../src/alerts/say-backtest.ts";
import {
  explainReply,
  ruleCard,
  ruleFaultReply,
  standing,
  tooLoudReply,
} from "../src/alerts/say-rule.ts";
import { newState } from "../src/alerts/state.ts";
import { noticeReply } from "../src/alerts/say.ts";
import type { AlertState } from "../src/alerts/state.ts";
import { snoozeUntil } from "../src/alerts/snooze.ts";
import { authorise, authorisePosts, commitPlan } from "../src/authority/change.ts";
import { noSubscription } from "../src/authority/not-found.ts";
import { requireRoom } from "../src/authority/quota.ts";
import { channelOf, effectiveSettings } from "../src/authority/settings.ts";
import { watchSets } from "../src/authority/watch-set.ts";
import { choice, words, yesNo } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import { anchorDay } from "../src/command/scope.ts";
import { targetOf } from "../src/command/target.ts";
import { newPost, plannedChange } from "../src/delivery/post.ts";
import { outboxLines } from "../src/delivery/outbox.ts";
import { Fault } from "../src/fault.ts";
import { DAY_MS, addYears } from "../src/market/calendar.ts";
import { parseDay } from "../src/market/period.ts";
import type { Reply } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import { plural } from "../src/reply/words.ts";
import type { Change, Stored } from "../src/stores/book.ts";
import { keyOf } from "../src/stores/book.ts";
import type { Rule } from "../src/stores/records.ts";
import { keysOf } from "../src/stores/tenant.ts";

const DEEDS = [
  "list",
  "new",
  "build",
  "show",
  "edit",
  "test",
  "preview",
  "backtest",
  "explain",
  "snooze",
  "mute",
  "resume",
  "delete",
  "log",
] as const;

const shape = z.object({
  what: choice("What to do; the rules here when left out", DEEDS),
  rest: words(
    "For new, preview and backtest the rule in words; otherwise the rule's id",
    { example: "when people(7d) > 10000 clear < 5000 notify me" },
    1_000,
  ),
  from: words("For backtest: the first day", { example: "2023-01-01" }),
  to: words("For backtest: the last day", { example: "2024-03-17" }),
  confirm: yesNo("Keep a rule that would speak up very often"),
});
type Args = z.infer<typeof shape>;

export const alert = defineCommand({
  name: "alert",
  summary:
    "Rules that speak up by themselves: when a figure passes a threshold, or on each new layoff",
  args: shape,
  bare: ["what", "rest"],
  keepsUnknownKeys: true,
  examples: [
    "/alert list",
    "/alert new when people(7d) > 10000 clear < 5000 notify me",
    "/alert new on layoff where sector = finance and people >= 500 group 10m notify here",
    "/alert backtest when people(7d) > 10000 clear < 5000 from:2023-01-01 to:2024-03-17",
  ],
  run: async (args, context) => {
    switch (args.what) {
      case undefined:
      case "list":
        return listed(context);
      case "new":
        return worded(args.rest ?? "", context, (text, spec) =>
          made(text, spec, args.confirm === true, context),
        );
      case "build":
        return built(args.rest ?? "", context);
      case "edit":
        return edited(args, context);
      case "preview":
        return worded(args.rest ?? "", context, (text, spec) => previewed(text, spec, context));
      case "backtest":
        return worded(args.rest ?? "", context, (text, spec) =>
          replayed(text, spec, args, context),
        );
      case "show":
        return card(one(args.rest, context), context);
      case "explain":
        return explained(one(args.rest, context), context);
      case "test":
        return tested(one(args.rest, context), context);
      case "snooze":
      case "mute":
      case "resume":
        return hushed(args.what, args.rest ?? "", context);
      case "delete":
        return deleted(one(args.rest, context), context);
      case "log":
        return logged(one(args.rest, context), context);
    }
  },
});

/** A rule typed in words, or kept under an id; a fault in it points at the place. */
async function worded(
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

/** The form for a rule: a new one, or the one whose id stands first. */
function built(rest: string, context: Context): Promise<Reply> {
  const [, id, typed = ""] = /^(r[0-9a-f]{4})?(?:\s+|$)?(.*)$/is.exec(rest) ?? [];
  const kept = id === undefined ? null : one(id, context).value;
  return buildReply(typed, kept, (text) =>
    worded(text, context, (line, spec) => previewed(line, spec, context)),
  );
}

async function made(
  text: string,
  spec: RuleSpec,
  confirmed: boolean,
  context: Context,
): Promise<Reply> {
  const { book, caller, place, market } = context;
  const value = newRule(text, spec, context);
  await authorisePosts(context, targetsOf(spec, value, context), "alert");
  checkRule(spec, market);
  const loudness = firesPerDay(spec, market);
  if (loudness.tooLoud && !confirmed) return tooLoudReply(text, loudness);
  return commitPlan(context, () => {
    const twin = visible(context).find(
      ({ value: other }) => other.text === text && other.home.id === value.home.id,
    );
    if (twin !== undefined)
      return { ...card(twin, context), title: `Already there: alert ${twin.value.id}.` };
    requireRoom(book, caller.tenant, {
      kind: "rule",
      owner: caller.id,
      home: targetOf("here", caller, place),
    });
    return {
      changes: [{ table: "rules", key: keyOf(value.tenant, value.id), value, expect: "absent" }],
      line: { act: "alert-new", object: value.id, before: null, after: text },
      reply: () => ruleCard(value, spec, null, loudness),
    };
  });
}

function newRule(text: string, spec: RuleSpec, { caller, place, now }: Context): Rule {
  return {
    id: `r${createHash("sha256").update([caller.tenant, place.id, text, now].join("|")).digest("hex").slice(0, 4)}`,
    tenant: caller.tenant,
    owner: caller.id,
    home: targetOf("here", caller, place),
    text,
    createdAt: now,
    changedAt: now,
    revision: 1,
    paused: null,
    mutedBy: null,
    snooze: null,
    expiresAt: spec.options.expiresDays === null ? null : now + spec.options.expiresDays * DAY_MS,
  };
}

/**
 * Where it may speak: whom it tells, and whom it escalates to. A place that cannot be reached is refused when the rule is
 * made, not when it fires.
 */
function targetsOf({ options }: RuleSpec, { home }: Rule, { caller, place }: Context) {
  const { notify, escalate } = options;
  return [
    ...(notify.length === 0 ? ["here"] : notify),
    ...(escalate === null ? [] : [escalate.to]),
  ].map((word) => (word === "here" ? home : targetOf(word, caller, place)));
}

async function edited(args: Args, context: Context): Promise<Reply> {
  const [id = "", ...rule] = (args.rest ?? "").split(" ");
  const before = one(id, context);
  await authoriseFor(before.value, context, "subscribe-channel");
  return worded(rule.join(" "), context, async (text, spec) => {
    checkRule(spec, context.market);
    await authorisePosts(context, targetsOf(spec, before.value, context), before.value.id);
    const value: Rule = {
      ...before.value,
      text,
      changedAt: context.now,
      revision: before.value.revision + 1,
    };
    return commitPlan(context, () => ({
      // What was told belongs to the old words: the new ones begin afresh.
      changes: [
        put(value, before),
        ...context.book
          .list("marks", keysOf(value.tenant, value.id))
          .map((mark): Change => ({ table: "marks", key: mark.key, value: null })),
      ],
      line: { act: "alert-edit", object: value.id, before: before.value.text, after: text },
      reply: () => ruleCard(value, spec, null, firesPerDay(spec, context.market)),
    }));
  });
}

function previewed(text: string, spec: RuleSpec, context: Context): Reply {
  checkRule(spec, context.market);
  const today = anchorDay(context.market, context.today);
  return explainReply(
    spec,
    spec.kind === "event" ? null : measure(spec, context.market, today),
    null,
    { id: "preview", market: context.market, today, text },
  );
}

function replayed(text: string, spec: RuleSpec, args: Args, context: Context): Reply {
  checkRule(spec, context.market);
  const { market } = context;
  const last = anchorDay(market, context.today);
  const to = args.to === undefined ? last : parseDay(args.to, last, "end");
  const from = args.from === undefined ? addYears(to, -1) : parseDay(args.from, last, "start");
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

function explained(stored: Stored<Rule>, context: Context): Reply {
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
async function tested(stored: Stored<Rule>, context: Context): Promise<Reply> {
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

async function hushed(
  what: "snooze" | "mute" | "resume",
  rest: string,
  context: Context,
): Promise<Reply> {
  const [id = "", ...until] = rest.split(" ");
  const before = one(id, context);
  const { now, caller, book, place } = context;
  const zone = effectiveSettings(book, caller.tenant, channelOf(place), caller.id).zone.value;
  const end = what === "snooze" ? snoozeUntil(until.join(" ") || "8h", now, zone) : null;
  // Everybody may have a day's quiet; longer, or without an end, is for those who manage here.
  const isShort = typeof end === "number" && end - now <= DAY_MS;
  await authoriseFor(before.value, context, isShort ? "mute-channel-24h" : "subscribe-channel");
  const value: Rule = {
    ...before.value,
    changedAt: now,
    ...(end !== null && { snooze: { until: end, by: caller.id } }),
    ...(what === "mute" && { mutedBy: caller.id }),
    ...(what === "resume" && { mutedBy: null, snooze: null, paused: null }),
  };
  return commitPlan(context, () => ({
    changes: [put(value, before)],
    line: {
      act: `alert-${what}`,
      object: value.id,
      before: null,
      after: value.snooze === null ? null : String(value.snooze.until),
    },
    reply: () => ruleCard(value, specOf(value, context), stateOf(value, context)),
  }));
}

async function deleted(before: Stored<Rule>, context: Context): Promise<Reply> {
  const { value } = before;
  await authoriseFor(value, context, "delete-channel");
  return commitPlan(context, () => ({
    changes: [
      { table: "rules", key: before.key, value: null, expect: { version: before.version } },
      ...context.book
        .list("marks", keysOf(value.tenant, value.id))
        .map((mark): Change => ({ table: "marks", key: mark.key, value: null })),
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

function listed(context: Context): Reply {
  const rules = visible(context);
  if (rules.length === 0) {
    return reply("No alert is set here yet.", {
      blocks: [
        {
          kind: "text",
          words: [
            "Make one: ",
            { code: "/alert new when people(7d) > 10000 clear < 5000 notify me" },
          ],
        },
      ],
      figures: { rules: [] },
      actions: [
        { label: "Build one", run: "/alert build", style: "primary" },
        {
          label: "Try it on the past",
          run: "/alert backtest when people(7d) > 10000 clear < 5000",
        },
      ],
    });
  }
  return reply(`${plural(rules.length, "alert")} here`, {
    blocks: [
      {
        kind: "table",
        caption: "Alert rules",
        columns: [
          { title: "Id", align: "left" },
          { title: "Rule", align: "left" },
          { title: "Stands", align: "left" },
        ],
        rows: rules.map(({ value }) => [
          value.id,
          value.text,
          standing(value, stateOf(value, context)),
        ]),
        more: 0,
      },
    ],
    figures: {
      rules: rules.map(({ value }) => ({
        id: value.id,
        text: value.text,
        stands: standing(value, stateOf(value, context)),
      })),
    },
    actions: rules
      .slice(0, 5)
      .map(({ value }) => ({ label: `Show ${value.id}`, run: `/alert show ${value.id}` })),
  });
}

/** What it has said, and what became of each message. */
function logged(stored: Stored<Rule>, { book, caller, now }: Context): Reply {
  const lines = outboxLines(book, now, caller.tenant).filter(({ postKey }) =>
    postKey.startsWith(`alert:${stored.value.id}:`),
  );
  return reply(`Alert ${stored.value.id} has said ${plural(lines.length, "thing")}`, {
    blocks:
      lines.length === 0
        ? [{ kind: "text", words: "Nothing yet." }]
        : [
            {
              kind: "table",
              caption: "Messages, newest first",
              columns: [
                { title: "When", align: "left" },
                { title: "Status", align: "left" },
                { title: "To", align: "left" },
                { title: "Said", align: "left" },
              ],
              rows: lines
                .slice(0, 20)
                .map((line) => [
                  new Date(line.at).toISOString().slice(0, 16).replace("T", " "),
                  [line.word, line.why === null ? "" : `(${line.why})`].filter(Boolean).join(" "),
                  line.target,
                  line.link === null ? line.title : { text: line.title, link: line.link },
                ]),
              more: Math.max(0, lines.length - 20),
            },
          ],
    figures: {
      messages: lines.map(({ at, word, why, target, title }) => ({ at, word, why, target, title })),
    },
    actions: [{ label: "The rule", run: `/alert show ${stored.value.id}` }],
  });
}

function card(stored: Stored<Rule>, context: Context): Reply {
  return ruleCard(stored.value, specOf(stored.value, context), stateOf(stored.value, context));
}

function specOf(rule: Rule, context: Context): RuleSpec {
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

function stateOf(rule: Rule, { book }: Context): AlertState | null {
  return stateIn(book.get("marks", keyOf(rule.tenant, rule.id, LEVEL))?.value);
}

function watches({ book, caller, market }: Context) {
  return watchNames(
    watchSets(book, caller.tenant).map(({ value }) => value),
    market,
  );
}

/** The rules of this place, and the asker's own. */
function visible({ book, caller, place }: Context): readonly Stored<Rule>[] {
  return book
    .list("rules", keysOf(caller.tenant))
    .filter(({ value }) => value.home.id === place.id || value.owner === caller.id);
}

/** One rule by its id; an unknown one and somebody else's are refused in the same words. */
function one(id: string | undefined, context: Context): Stored<Rule> {
  const known = visible(context);
  const [word = ""] = (id ?? "").toLowerCase().split(" ");
  const found =
    word === "" && known.length === 1 ? known[0] : known.find(({ value }) => value.id === word);
  if (found !== undefined) return found;
  if (word === "")
    throw new Fault("missing_argument", "Which alert?", "Its id stands in the list.", [
      "/alert list",
    ]);
  throw noSubscription(word, ["/alert list"]);
}

function authoriseFor(
  rule: Rule,
  context: Context,
  act: "mute-channel-24h" | "delete-channel" | "subscribe-channel",
): Promise<void> {
  const own = rule.home.kind === "dm" && rule.owner === context.caller.id;
  return authorise(context, own ? "subscribe-self" : act, rule.id);
}

function put(value: Rule, before: Stored<Rule>): Change {
  return { table: "rules", key: before.key, value, expect: { version: before.version } };
}
