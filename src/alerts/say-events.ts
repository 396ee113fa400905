import { daysBetween } from "../market/calendar.ts";
import type { Action, Block, Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { age, count, list, longDay, plural } from "../reply/words.ts";
import type { Notice } from "./decide.ts";
import { eventsAsOf, eventSources } from "./event-sources.ts";
import { lateDays } from "./new-fact.ts";
import type { NewFact } from "./new-fact.ts";
import type { EventName, EventRule } from "./rule.ts";
import { ruleText } from "./rule-text.ts";
import {
  changeWords,
  eventNotes,
  factAction,
  factsBlock,
  factSentence,
  factsWords,
  inOrder,
  standingFact,
  thingName,
  thingsWords,
} from "./say-facts.ts";
import { sourcesWords, withSeverity } from "./say.ts";
import type { Saying } from "./say.ts";

/** Events a message lists by name unless the rule says `max`. */
const LISTED = 10;
/** Events its headline names. */
export const NAMED = 3;

/** What one rule tells of at once: its events, and how many of unknown size it kept in mind since the last message. */
export interface EventBatch {
  readonly rule: EventRule;
  readonly facts: readonly NewFact[];
  readonly unknownSize: number;
}

/** One message for the events of one rule: each by name, the largest first, what is too many as "+28 more". */
export function eventsReply({ rule, facts, unknownSize }: EventBatch, saying: Saying): Reply {
  const most = rule.options.group?.most ?? LISTED;
  const { event } = rule;
  const sorted = inOrder(facts);
  const shown = sorted.slice(0, most);
  const [first] = sorted;
  const more = facts.length - shown.length;
  const late = facts.filter((fact) => lateDays(fact) !== null);
  const title =
    first === undefined
      ? "Nothing new for this alert"
      : facts.length === 1
        ? factSentence(first)
        : `${newWords(event, facts.length)}: ${factsWords(facts, Math.min(NAMED, most))}`;
  return reply(withSeverity(rule, title), {
    audience: "everyone",
    blocks: [
      { kind: "text", words: ["Rule: ", { code: saying.text ?? ruleText(rule) }] },
      ...(rule.options.note === null
        ? []
        : [{ kind: "text", words: rule.options.note } satisfies Block]),
      factsBlock(shown, facts.length),
      ...(more > 0 ? [{ kind: "text", words: `+${count(more)} more` } satisfies Block] : []),
    ],
    actions: eventActions(shown, saying),
    figures: {
      rule: saying.id,
      reason: "first",
      events: facts.length,
      ...peopleFigures(event, facts),
      late: late.length,
    },
    notes: [
      ...(late.length === 0 ? [] : [`Learned late: ${list(late.slice(0, 3).map(lateWords))}.`]),
      ...(unknownSize > 0
        ? [
            `${thingsWords(event, unknownSize)} of unknown size may belong here too (unknown include shows them).`,
          ]
        : []),
      ...eventNotes(event),
      ...sourceNotes(event, saying),
    ],
  });
}

/** "3 new layoffs", "2 sources in trouble". */
function newWords(event: EventName, number: number): string {
  return event === "source_down"
    ? thingsWords(event, number)
    : `${count(number)} new ${thingName(event, number)}`;
}

/** The thread's answer when a told event changed: its size, or that it is no longer what the rule asks for. */
export function correctionReply(
  rule: EventRule,
  fact: NewFact,
  notice: Notice,
  saying: Saying,
): Reply {
  return reply(
    changeWords(fact, {
      before: notice.toldBefore,
      now: notice.value,
      closes: notice.closes,
    }),
    {
      audience: "everyone",
      blocks: [
        { kind: "text", words: ["Rule: ", { code: saying.text ?? ruleText(rule) }] },
        ...standingFact(fact),
      ],
      actions: eventActions([fact], saying),
      figures: {
        rule: saying.id,
        reason: "corrected",
        value: notice.value,
        toldBefore: notice.toldBefore,
        withdrawn: fact.withdrawn,
      },
      notes: sourceNotes(rule.event, saying),
    },
  );
}

function lateWords(fact: NewFact): string {
  const told = fact.event === "warn_notice" ? "noticed" : "announced";
  return `${fact.name} (${told} ${longDay(fact.on)}, ${plural(lateDays(fact) ?? 0, "day")} before)`;
}

function eventActions(facts: readonly NewFact[], { id }: Saying): readonly Action[] {
  const [first] = facts;
  return [
    { label: "Explain", run: `/alert explain ${id}` },
    ...(first === undefined ? [] : [factAction(first)]),
    { label: "Snooze 8 h", run: `/alert snooze ${id} 8h` },
    { label: "Mute", run: `/alert mute ${id}` },
  ];
}

/** People of these facts and how many did not say; nothing of postings and sources, which have none. */
export function peopleFigures(
  event: EventName,
  facts: readonly NewFact[],
): { readonly people?: number; readonly unknownSize?: number } {
  if (event === "posting" || event === "source_down") return {};
  return {
    people: facts.reduce((sum, { size }) => sum + (size ?? 0), 0),
    unknownSize: facts.filter(({ size }) => size === null).length,
  };
}

function sourceNotes(event: EventName, { market, today }: Saying): readonly string[] {
  const sources = eventSources(event, market);
  if (sources.length === 0) return [];
  const asOf = eventsAsOf(event, market);
  const days = daysBetween(asOf, today);
  const old = days > 0 ? ` (${age(days)} old)` : "";
  return [`Data to ${longDay(asOf)}${old} · ${sourcesWords(sources)}`];
}
