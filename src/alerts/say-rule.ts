import { DAY_MS, dayText } from "../market/calendar.ts";
import { faultParts } from "./pointed-fault.ts";
import type { Fault } from "../fault.ts";
import type { Action, Block, Reply, Words } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { longDay, plural, upperFirst } from "../reply/words.ts";
import { eventsTable } from "../answers/events-table.ts";
import type { Loudness } from "./fires-per-day.ts";
import type { Measured } from "./measured.ts";
import type { LevelRule, Options, RuleSpec } from "./rule.ts";
import { rowsCommand } from "./rows-command.ts";
import { ruleText } from "./rule-text.ts";
import { dataWords, gapNote, instantWords, nextWords } from "./say.ts";
import type { Saying } from "./say.ts";
import { lastingWords } from "./say-escalation.ts";
import { TELLS_OF } from "./say-facts.ts";
import {
  clearWords,
  figureSentence,
  levelWords,
  againstWords,
  testWords,
  valueWords,
  whenWords,
} from "./say-values.ts";
import type { AlertState } from "./state.ts";

/** What a card shows of a kept rule besides its text. */
export interface RuleFacts {
  readonly id: string;
  readonly text: string;
  readonly createdAt: number;
  readonly paused: { readonly reason: string } | null;
  readonly mutedBy: string | null;
  readonly snooze: { readonly until: number | "resolved"; readonly by: string } | null;
  readonly expiresAt: number | null;
}

/** A rule on one card: its text, how it stands, whom it tells, and what can be done with it. */
export function ruleCard(
  kept: RuleFacts,
  rule: RuleSpec,
  state: AlertState | null,
  loudness?: Loudness,
): Reply {
  const { id } = kept;
  const stands = standing(kept, state);
  return reply(`Alert ${id}: ${stands}`, {
    blocks: [
      { kind: "code", text: kept.text },
      {
        kind: "figures",
        items: [
          ...(rule.kind === "level"
            ? [
                {
                  label: "Waits for",
                  value: `${testWords(rule)}${rule.forDays > 0 ? ` for ${plural(rule.forDays, "day")}` : ""}`,
                },
              ]
            : [
                {
                  label: "Tells of",
                  value: TELLS_OF[rule.event],
                },
              ]),
          ...(rule.kind === "level" && clearWords(rule) !== undefined
            ? [{ label: "Over when", value: clearWords(rule)! }]
            : []),
          {
            label: "Tells",
            value: rule.options.notify.length === 0 ? "here" : rule.options.notify.join(", "),
          },
          ...optionItems(rule),
          { label: "Made", value: longDay(dayText(Math.floor(kept.createdAt / DAY_MS))) },
          ...(kept.expiresAt === null
            ? []
            : [{ label: "Ends", value: instantWords(kept.expiresAt) }]),
        ],
      },
      ...(loudness === undefined
        ? []
        : [{ kind: "text", words: loudness.sentence } satisfies Block]),
    ],
    actions: cardActions(kept, rule),
    figures: {
      rule: id,
      phase: state?.phase ?? null,
      episode: state?.episode ?? 0,
      ...(loudness && { perDay: loudness.perDay, daysTrue: loudness.daysTrue }),
    },
  });
}

const QUIET_MODES = {
  hold: "messages wait until they end",
  drop: "nothing is said",
  silent: "messages come without a sound",
} as const satisfies Record<NonNullable<Options["quiet"]>["mode"], string>;

/** The options a person set that change what comes and how, each in words. */
function optionItems({
  kind,
  options: { severity, escalate, digestOnly, quiet, group },
}: RuleSpec): readonly { readonly label: string; readonly value: string }[] {
  return [
    ...(severity === null ? [] : [{ label: "Severity", value: severity }]),
    ...(digestOnly ? [{ label: "Speaks", value: "in digests only" }] : []),
    ...(escalate === null
      ? []
      : [
          {
            label: "Escalates",
            value: `to ${escalate.to} after ${lastingWords(escalate.afterMinutes)} if nobody snoozes or mutes it`,
          },
        ]),
    ...(group === null || kind === "level"
      ? []
      : [
          {
            label: "Groups",
            value: `what comes within ${lastingWords(group.minutes)} of a message${group.most === null ? "" : `, ${group.most} by name`}`,
          },
        ]),
    ...(quiet === null
      ? []
      : [
          {
            label: "Quiet hours",
            value: `${quiet.from}–${quiet.to} ${quiet.zone}: ${QUIET_MODES[quiet.mode]}`,
          },
        ]),
  ];
}

/** "ok", "firing since 24 Jan 2024", "snoozed until … by …": the first that keeps it from speaking. */
export function standing(kept: RuleFacts, state: AlertState | null): string {
  if (kept.paused !== null) return `paused (${kept.paused.reason})`;
  if (kept.mutedBy !== null) return `muted by ${kept.mutedBy}`;
  if (kept.snooze !== null)
    return `snoozed ${kept.snooze.until === "resolved" ? "until it is over" : `until ${instantWords(kept.snooze.until)}`} by ${kept.snooze.by}`;
  if (state === null) return "not looked at yet";
  if (state.phase === "ok") return "ok";
  return `${state.phase === "no-data" ? "no data" : state.phase} since ${longDay(state.since)}`;
}

function cardActions(
  { id, mutedBy, paused, snooze }: RuleFacts,
  rule: RuleSpec,
): readonly Action[] {
  const still = mutedBy !== null || paused !== null || snooze !== null;
  const canReplay = rule.kind === "level" || rule.event !== "source_down";
  return [
    ...(canReplay ? [{ label: "Backtest", run: `/alert backtest ${id}` }] : []),
    { label: "Explain", run: `/alert explain ${id}` },
    { label: "Test", run: `/alert test ${id}` },
    { label: "Edit…", run: `/alert build ${id}` },
    ...(still
      ? [{ label: "Resume", run: `/alert resume ${id}`, style: "primary" as const }]
      : [
          { label: "Snooze 8 h", run: `/alert snooze ${id} 8h` },
          { label: "Mute", run: `/alert mute ${id}` },
        ]),
    { label: "Delete", run: `/alert delete ${id}`, style: "danger" },
  ];
}

/**
 * Why a rule on a figure is as it is: the figure on a day, what it was held against, and whether that is enough. `named` is
 * what to call it by in a command: its id, or its text while it is not kept.
 */
export function explainReply(
  rule: LevelRule,
  measured: Measured,
  state: AlertState | null,
  saying: Saying,
  named = saying.id,
): Reply {
  const gap = gapNote(rule, measured);
  const rows = rowsCommand(rule, measured);
  return reply(
    gap ??
      `${upperFirst(figureSentence(rule, measured))}: ${measured.holds ? "the test holds" : "the test does not hold"}`,
    {
      blocks: [
        { kind: "code", text: saying.text ?? ruleText(rule) },
        { kind: "bullets", items: steps(rule, measured, state) },
        ...(measured.rows.length === 0
          ? []
          : [
              eventsTable(
                measured.rows,
                measured.total,
                `Largest layoffs ${whenWords(rule, measured)}`,
              ),
            ]),
        ...(state === null
          ? []
          : [
              {
                kind: "text",
                words: nextWords(rule, { reason: "reminder", closes: false }, state),
              } satisfies Block,
            ]),
      ],
      actions: [
        ...(rows === undefined ? [] : [rows]),
        { label: "Backtest", run: `/alert backtest ${named}` },
      ],
      figures: {
        rule: saying.id,
        phase: state?.phase ?? null,
        value: measured.value,
        level: measured.level,
        before: measured.before,
        holds: measured.holds,
        n: measured.n,
        unknownSize: measured.unknownSize,
        reason: measured.reason,
        from: measured.from,
        to: measured.to,
      },
      notes: [dataWords(measured, saying, rule)],
    },
  );
}

function steps(rule: LevelRule, measured: Measured, state: AlertState | null): readonly Words[] {
  const clear = clearWords(rule);
  const { value, before } = measured;
  return [
    ...(value === null
      ? []
      : [
          `Value: ${valueWords(rule, value)}; the test is ${testWords(rule)}: ${measured.holds ? "yes" : "no"}.`,
        ]),
    ...(before === null
      ? []
      : [
          `Held against ${rule.test.kind === "record" ? "the record before" : againstWords(rule)}: ${levelWords(rule.metric, before)}.`,
        ]),
    ...(measured.n > 0 && rule.metric.windowDays !== null
      ? [
          `It rests on ${plural(measured.n, "layoff")}${measured.unknownSize === 0 ? "" : `; ${plural(measured.unknownSize, "layoff")} did not say how many`}.`,
        ]
      : []),
    ...(measured.n > 0 && rule.metric.windowDays === null
      ? [`It rests on ${plural(measured.n, "salary", "salaries")}.`]
      : []),
    ...(clear === undefined
      ? ["It ends by itself when the test no longer holds."]
      : [`An episode is over when the value is ${clear}.`]),
    ...(rule.forDays > 0
      ? [`It must hold for ${plural(rule.forDays, "day")} of data before it is told.`]
      : []),
    ...(state === null
      ? ["It has not been looked at yet."]
      : [
          `State: ${state.phase} since ${longDay(state.since)}, ${state.episode === 0 ? "no episode yet" : `episode ${state.episode}`}.`,
        ]),
    ...(state?.quietUntil == null ? [] : [`Cooling down until ${instantWords(state.quietUntil)}.`]),
  ];
}

/** A rule that would speak too often, before it is kept: what it would do, and the same rule with `confirm`. */
export function tooLoudReply(text: string, { sentence, perDay, daysTrue }: Loudness): Reply {
  return reply(sentence, {
    reason: "too_many",
    blocks: [
      { kind: "code", text },
      {
        kind: "text",
        words: ["Raise the threshold, or add ", { code: "confirm:yes" }, " to keep it as it is."],
      },
    ],
    actions: [
      { label: "Keep it", run: `/alert new ${text} confirm:yes` },
      { label: "See when it would fire", run: `/alert backtest ${text}` },
    ],
    figures: { perDay, daysTrue },
  });
}

/** A rule that cannot be taken: what is wrong, the line with the place marked, what would be right. */
export function ruleFaultReply(fault: Fault): Reply {
  const { wrong, place } = faultParts(fault);
  const [first] = fault.tries;
  return reply(wrong, {
    reason: fault.reason,
    blocks: [
      ...(place === null ? [] : [{ kind: "code", text: place } satisfies Block]),
      {
        kind: "text",
        words: [fault.right, ...(first === undefined ? [] : [" Try ", { code: first }])],
      },
    ],
    actions: fault.tries.map((run) => ({ label: run, run })),
  });
}
