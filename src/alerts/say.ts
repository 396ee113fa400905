import { eventsTable } from "../answers/events-table.ts";
import type { Day, Source } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { daysBetween } from "../market/calendar.ts";
import type { Action, Block, Figures, Reply, Words } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { age, list, longDay, plural, upperFirst } from "../reply/words.ts";
import { timesThreshold } from "./decide.ts";
import type { Notice } from "./decide.ts";
import { rowsCommand } from "./rows-command.ts";
import type { LevelRule, RuleSpec } from "./rule.ts";
import { ruleText } from "./rule-text.ts";
import {
  againstWords,
  clearWords,
  figureSentence,
  levelWords,
  noValueWords,
  sourceWords,
  testWords,
  valueWords,
  whenWords,
} from "./say-values.ts";
import type { Measured } from "./measured.ts";
import type { AlertState } from "./state.ts";

/** What a message needs to know besides the figures. */
export interface Saying {
  /** The rule's id, for its buttons. */
  readonly id: string;
  readonly market: Market;
  readonly today: Day;
  /** The text as it is kept, with its watch sets by name; made from the rule when left out. */
  readonly text?: string;
}

/** The message of a notice: what happened, the figure and its threshold, the rows, how old the data are, what comes next. */
export function noticeReply(
  rule: LevelRule,
  notice: Notice,
  measured: Measured,
  state: AlertState,
  saying: Saying,
): Reply {
  const next = nextWords(rule, notice, state);
  const dataNote = dataWords(measured, saying, rule);
  return reply(withSeverity(rule, titleOf(rule, notice, measured)), {
    audience: "everyone",
    blocks: [
      { kind: "text", words: ["Rule: ", { code: saying.text ?? ruleText(rule) }] },
      figuresBlock(rule, notice, measured),
      ...(rule.options.note === null
        ? []
        : [{ kind: "text", words: rule.options.note } satisfies Block]),
      ...(measured.rows.length === 0 || notice.reason === "cleared"
        ? []
        : [
            eventsTable(
              measured.rows,
              measured.total,
              `Largest layoffs ${whenWords(rule, measured)}`,
            ),
          ]),
      { kind: "text", words: next },
    ],
    actions: alertActions(rule, notice, measured, saying),
    figures: noticeFigures(rule, notice, measured, saying),
    notes: [
      ...(measured.unknownSize > 0 && rule.metric.name === "people"
        ? [
            `${plural(measured.unknownSize, "layoff")} of unknown size on top: the figure is a floor.`,
          ]
        : []),
      dataNote,
      ...(saying.market.sample
        ? ["Bundled sample: best-known events only, far below a full tracker."]
        : []),
    ],
  });
}

/** "[critical] …" where the rule names a severity: a notification on a telephone shows the headline alone. */
export function withSeverity({ options: { severity } }: RuleSpec, title: string): string {
  return severity === null ? title : `[${severity}] ${title}`;
}

function titleOf(rule: LevelRule, notice: Notice, measured: Measured): string {
  const figure = figureSentence(rule, measured);
  const compared = rule.test.kind === "change" || rule.test.kind === "anomaly";
  const value = compared && measured.value !== null ? `${valueWords(rule, measured.value)}: ` : "";
  const words = (amount: number | null) =>
    amount === null ? "not known" : valueWords(rule, amount);
  switch (notice.reason) {
    case "first":
      return upperFirst(`${value}${figure}, ${passedWords(rule)}`);
    case "already-true":
      return `Already true now: ${value}${figure}, ${passedWords(rule)}`;
    case "grew":
      return `${timesThreshold(rule, notice.value ?? 0)} times the threshold: ${figure}`;
    case "corrected":
      return `Correction: ${words(notice.toldBefore)} was told, it is now ${words(notice.value)}${notice.closes ? "; the alert is over" : ""}`;
    case "cleared": {
      const clear = clearWords(rule);
      return `Over: ${value}${figure}${clear === undefined ? "" : `, ${clear}`}`;
    }
    case "reminder":
      return `Still so since ${longDay(notice.since)}: ${value}${figure}`;
    case "no-data":
      return `No data for this alert after ${longDay(measured.asOf)}: it is neither on nor over`;
  }
}

/** "above 10,000 people", "a record high": what makes the figure worth a message. */
function passedWords(rule: LevelRule): string {
  if (rule.test.kind === "crosses")
    return `${rule.test.direction === "up" ? "up" : "down"} through ${levelWords(rule.metric, rule.test.value)}`;
  return rule.test.kind === "no-data"
    ? `the limit is ${plural(rule.test.days, "day")}`
    : testWords(rule);
}

function figuresBlock(rule: LevelRule, notice: Notice, measured: Measured): Block {
  const clear = clearWords(rule);
  const value = notice.reason === "corrected" ? notice.value : measured.value;
  const told =
    notice.toldBefore !== null
      ? [{ label: "Told before", value: valueWords(rule, notice.toldBefore) }]
      : [];
  return {
    kind: "figures",
    items: [
      { label: "Value", value: value === null ? "none" : valueWords(rule, value) },
      {
        label: "Threshold",
        value: `${testWords(rule)}${clear === undefined ? "" : `; over when ${clear}`}`,
      },
      ...(rule.test.kind === "no-data"
        ? []
        : [{ label: "Window", value: windowOf(rule, measured) }]),
      ...(measured.before === null
        ? []
        : [
            {
              label: rule.test.kind === "record" ? "Record before" : upperFirst(againstWords(rule)),
              value: levelWords(rule.metric, measured.before),
            },
          ]),
      ...told,
    ],
  };
}

function windowOf({ metric }: LevelRule, { from, to }: Measured): string {
  return metric.windowDays === null
    ? `${longDay(from)} – ${longDay(to)}`
    : `${plural(metric.windowDays, "day")}, ${longDay(from)} – ${longDay(to)}`;
}

/** When it can speak again, and about what. */
export function nextWords(
  rule: LevelRule,
  notice: Pick<Notice, "reason" | "closes">,
  state: AlertState,
): Words {
  if (rule.options.once && notice.reason === "first") return "It was to fire once: it is done now.";
  const clear = clearWords(rule);
  const cooled = state.quietUntil === null ? "" : `, not before ${instantWords(state.quietUntil)}`;
  if (notice.reason === "no-data") return "Next: when newer data come, it goes on as it was.";
  if (notice.closes || state.phase !== "firing")
    return `Next: when it is ${testWords(rule)}${holdWords(rule)}${cooled}.`;
  const grows = growthWords(rule, state);
  const over =
    clear === undefined
      ? `Next: once this no longer holds, when it does again${cooled}`
      : `Next: once it has been ${clear} and then is ${testWords(rule)} again${holdWords(rule)}${cooled}`;
  return `${over}${grows}.`;
}

function holdWords({ forDays }: LevelRule): string {
  return forDays === 0 ? "" : ` for ${plural(forDays, "day")}`;
}

function growthWords(rule: LevelRule, { told }: AlertState): string {
  if (
    rule.test.kind !== "compare" ||
    rule.test.comparison.value <= 0 ||
    rule.test.comparison.operator === "="
  )
    return "";
  const { operator, value } = rule.test.comparison;
  const times = 2 * (told?.times ?? 1);
  const upward = operator.startsWith(">");
  return `; or here in the thread at ${valueWords(rule, upward ? value * times : value / times)}`;
}

/** "27 Jan 2024 09:00 UTC". */
export function instantWords(instant: string | number): string {
  const iso = new Date(instant).toISOString();
  return `${longDay(iso.slice(0, 10))} ${iso.slice(11, 16)} UTC`;
}

/** How old the data of a figure are, and whose they are; of a source that is watched by name, its own last word. */
export function dataWords(
  { asOf }: Pick<Measured, "asOf">,
  { market, today }: Saying,
  { test }: LevelRule,
): string {
  const days = daysBetween(asOf, today);
  const old = days > 0 ? ` (${age(days)} old)` : "";
  const whose =
    test.kind === "no-data" && test.source !== ""
      ? `source: ${test.source}`
      : `by date announced, as known then · ${sourcesWords(market.layoffSources)}`;
  return `Data to ${longDay(asOf)}${old} · ${whose}`;
}

/** "source: A tracker's export and B". */
export function sourcesWords(sources: readonly Source[]): string {
  const names = sources.map(({ publisher, title, sample }) =>
    sample ? title : `${publisher} ${title}`,
  );
  return `source: ${list(names)}`;
}

function alertActions(
  rule: LevelRule,
  notice: Notice,
  measured: Measured,
  saying: Saying,
): readonly Action[] {
  const rows = rowsCommand(rule, measured);
  return [
    { label: "Explain", run: `/alert explain ${saying.id}` },
    ...(rows === undefined || measured.total === 0 ? [] : [rows]),
    ...(notice.closes ? [] : [{ label: "Snooze 8 h", run: `/alert snooze ${saying.id} 8h` }]),
    { label: "Mute", run: `/alert mute ${saying.id}` },
  ];
}

function noticeFigures(
  rule: LevelRule,
  notice: Notice,
  measured: Measured,
  { id }: Saying,
): Figures {
  return {
    rule: id,
    reason: notice.reason,
    episode: notice.episode,
    value: notice.reason === "corrected" ? notice.value : measured.value,
    before: measured.before,
    toldBefore: notice.toldBefore,
    threshold: rule.test.kind === "compare" ? rule.test.comparison.value : null,
    from: measured.from,
    to: measured.to,
    asOf: measured.asOf,
    n: measured.n,
    unknownSize: measured.unknownSize,
  };
}

/** The note a person reads where a rule has no value; undefined where it has one. */
export function gapNote(rule: LevelRule, measured: Measured): string | undefined {
  if (measured.reason === "stale" && rule.test.kind === "no-data")
    return `No source ${sourceWords(rule)}.`;
  return noValueWords(rule, measured.reason, measured.asOf);
}
