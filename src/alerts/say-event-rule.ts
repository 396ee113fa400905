import type { Day } from "../market/facts.ts";
import type { Action, Block, Inline, Reply, Words } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { count, longDay, plural, upperFirst } from "../reply/words.ts";
import { GROUPED_MINUTES } from "./kept-rule.ts";
import { lateDays } from "./new-fact.ts";
import type { NewFact } from "./new-fact.ts";
import { PREVIEW_DAYS } from "./past-events.ts";
import type { EventPreview } from "./past-events.ts";
import { leavesOf } from "./rule.ts";
import type { EventName, EventRule, Options } from "./rule.ts";
import { ruleText } from "./rule-text.ts";
import { lastingWords } from "./say-escalation.ts";
import { eventsReply, NAMED, peopleFigures } from "./say-events.ts";
import { factSentence, factsWords, thingName, thingsWords } from "./say-facts.ts";
import { instantWords } from "./say.ts";
import type { Saying } from "./say.ts";

/** A message of a rule, as the log of what was sent knows it. */
export interface Message {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly title: string;
  /** What became of it ("sent", "queued", "skipped" …), and why. */
  readonly word: string;
  readonly why: string | null;
  readonly target: string;
  readonly link: string | null;
}

/** What a kept rule on events has done. */
export interface EventHistory {
  readonly isLookedAt: boolean;
  /** When it last told of events, ms since 1970 UTC; null while it did not. */
  readonly lastToldAt: number | null;
  /** Layoffs of unknown size since then, which the next message counts. */
  readonly keptInMind: number;
  /** Its messages, the newest first. */
  readonly messages: readonly Message[];
}

/** Messages an explanation shows; the log has them all. */
const SHOWN = 3;

/** What a rule on events would have told of in the last 30 days of the data, as the message it would send. */
export function eventPreviewReply(
  rule: EventRule,
  { from, to, told, keptInMind, newest }: EventPreview,
  saying: Saying,
): Reply {
  const text = saying.text ?? ruleText(rule);
  const span = `in the ${PREVIEW_DAYS} days to ${longDay(to)}`;
  const message = eventsReply({ rule, facts: told, unknownSize: keptInMind }, saying);
  const { unknownSize = 0 } = peopleFigures(rule.event, told);
  const days = new Set(told.map(({ learnedOn }) => learnedOn)).size;
  const shown: readonly Block[] =
    told.length === 0
      ? [
          { kind: "code", text },
          ...(rule.event === "source_down"
            ? []
            : [{ kind: "text", words: beforeWords(newest, to) } satisfies Block]),
        ]
      : [
          ...message.blocks,
          ...(days < 2
            ? []
            : [
                {
                  kind: "text",
                  words: `Learned on ${count(days)} days; what is learned together is one message.`,
                } satisfies Block,
              ]),
        ];
  const would =
    told.length === 0
      ? `Would have told of nothing ${span}`
      : `Would have told of ${thingsWords(rule.event, told.length)} ${span}: ${factsWords(told, NAMED)}`;
  return reply(rule.event === "source_down" ? troubleTitle(told) : would, {
    blocks: [...shown, { kind: "bullets", items: stepsOf(rule) }],
    actions: backtestAction(rule.event, text),
    figures: {
      events: told.length,
      ...peopleFigures(rule.event, told),
      late: told.filter((fact) => lateDays(fact) !== null).length,
      keptInMind,
      from,
      to,
      newest: newest?.learnedOn ?? null,
    },
    notes: [
      ...(unknownSize === 0 ? [] : [`${count(unknownSize)} of them did not say how many.`]),
      ...message.notes,
    ],
  });
}

/** A sample of its message, made from the newest event that fits; undefined where there is none. */
export function eventSampleReply(
  rule: EventRule,
  { newest }: EventPreview,
  saying: Saying,
): Reply | undefined {
  if (newest === null) return undefined;
  const message = eventsReply({ rule, facts: [newest], unknownSize: 0 }, saying);
  const note =
    rule.event === "source_down"
      ? "A sample made from a source that is in trouble now."
      : `A sample made from the newest that fits, learned on ${longDay(newest.learnedOn)}.`;
  return { ...message, notes: [note, ...message.notes] };
}

/** What is said where no event of the last year fits. */
export function noSampleReply(rule: EventRule, { to }: EventPreview, saying: Saying): Reply {
  const text = saying.text ?? ruleText(rule);
  const title =
    rule.event === "source_down"
      ? "No sample: no source that fits is in trouble now"
      : `No sample: nothing that fits was learned in the year to ${longDay(to)}`;
  return reply(title, {
    blocks: [{ kind: "code", text }],
    actions: backtestAction(rule.event, text),
    figures: { rule: saying.id },
  });
}

/** The sources a rule would tell of now: how they fared before is not kept. */
function troubleTitle(told: readonly NewFact[]): string {
  return told.length === 0
    ? "Would tell of nothing now: no source that fits is in trouble"
    : `Would tell of ${thingsWords("source_down", told.length)} now: ${factsWords(told, NAMED)}`;
}

/** A replay, of what can be replayed. */
function backtestAction(event: EventName, named: string): readonly Action[] {
  return event === "source_down" ? [] : [{ label: "Backtest", run: `/alert backtest ${named}` }];
}

/** What a kept rule on events has said, and how it goes about it. */
export function eventExplainReply(
  rule: EventRule,
  history: EventHistory,
  { id, text }: Saying,
): Reply {
  const { messages, isLookedAt, lastToldAt, keptInMind } = history;
  return reply(`Alert ${id} ${lastWords(history)}`, {
    blocks: [
      { kind: "code", text: text ?? ruleText(rule) },
      ...(messages.length === 0
        ? []
        : [
            {
              kind: "bullets",
              items: messages.slice(0, SHOWN).map((message) => messageWords(message)),
            } satisfies Block,
          ]),
      {
        kind: "bullets",
        items: [
          ...stepsOf(rule),
          ...(keptInMind === 0
            ? []
            : [
                `Kept in mind for the next message: ${thingsWords(rule.event, keptInMind)} of unknown size.`,
              ]),
          ...(isLookedAt
            ? []
            : ["It has not been looked at yet: what is known when it is counts as told."]),
        ],
      },
    ],
    actions: [
      { label: "Log", run: `/alert log ${id}` },
      { label: "Preview", run: `/alert preview ${id}` },
      ...backtestAction(rule.event, id),
    ],
    figures: {
      rule: id,
      lookedAt: isLookedAt,
      lastToldAt,
      keptInMind,
      messages: messages.slice(0, SHOWN).map(({ at, title, word }) => ({ at, title, word })),
    },
  });
}

function beforeWords(newest: NewFact | null, to: Day): string {
  return newest === null
    ? `Nor of anything in the year to ${longDay(to)}.`
    : `The newest before that, learned on ${longDay(newest.learnedOn)}: ${factSentence(newest)}.`;
}

function lastWords({ messages, lastToldAt }: EventHistory): string {
  const [last] = messages;
  if (last !== undefined)
    return `${isSent(last) ? "last spoke" : "last had something to say"} on ${instantWords(last.at)}: ${last.title}`;
  if (lastToldAt !== null) return `last told of events on ${instantWords(lastToldAt)}`;
  return "has told of nothing yet: it looks at each new fact once, as it is learned";
}

function messageWords(message: Message): Words {
  const { at, title, word, why, target, link } = message;
  const status = isSent(message) ? "" : ` (${why === null ? word : `${word}: ${why}`})`;
  const said: Inline = link === null ? title : { link, text: title };
  return [`${instantWords(at)} to ${target}${status}: `, said];
}

function isSent({ word }: Message): boolean {
  return word === "sent" || word === "edited";
}

function stepsOf({ event, filter, options }: EventRule): readonly Words[] {
  const unknown = {
    include: "are told too",
    exclude: "are left out",
    quiet: "are kept in mind, and told when their size turns out to fit",
  }[options.unknown];
  return [
    event === "source_down"
      ? "A source in trouble is told once, and that it is well again in the same thread."
      : "A fact is told once, and again only as a correction in the same thread.",
    ...([...leavesOf(filter)].some(({ kind }) => kind === "compare")
      ? [`${upperFirst(thingName(event, 2))} whose size is not known ${unknown}.`]
      : []),
    ...ageSteps(event, options),
    `What comes within ${lastingWords(options.group?.minutes ?? GROUPED_MINUTES)} of a message waits and is told together.`,
  ];
}

/** What becomes of facts that come late. */
function ageSteps(event: EventName, { maxAgeDays }: Options): readonly string[] {
  if (event === "source_down") return [];
  const [thing, dated] =
    event === "warn_notice"
      ? ["notice", "dated"]
      : event === "posting"
        ? ["posting", "posted"]
        : ["layoff", "announced"];
  if (maxAgeDays !== null)
    return [
      `${upperFirst(thing)}s ${dated} more than ${plural(maxAgeDays, "day")} ago are left out.`,
    ];
  return event === "posting"
    ? ["What a board listed when it was first read is not told: nobody knows when it appeared."]
    : [`A ${thing} learned late is told and marked late.`];
}
