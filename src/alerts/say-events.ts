import { eventsTable } from "../answers/events-table.ts";
import { daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import type { Action, Block, Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { age, count, list, longDay, percent, plural } from "../reply/words.ts";
import type { Notice } from "./decide.ts";
import { lateDays } from "./new-fact.ts";
import type { NewFact } from "./new-fact.ts";
import type { EventRule } from "./rule.ts";
import { ruleText } from "./rule-text.ts";
import { sourcesWords, withSeverity } from "./say.ts";
import type { Saying } from "./say.ts";

/** Events a message lists by name unless the rule says `max`. */
const LISTED = 10;
/** Events its headline names. */
const NAMED = 3;

/** What one rule tells of at once: its events, and how many of unknown size it kept in mind since the last message. */
export interface EventBatch {
  readonly rule: EventRule;
  readonly facts: readonly NewFact[];
  readonly unknownSize: number;
}

/** One message for the events of one rule: each by name, the largest first, what is too many as "+28 more". */
export function eventsReply({ rule, facts, unknownSize }: EventBatch, saying: Saying): Reply {
  const most = rule.options.group?.most ?? LISTED;
  const sorted = bySize(facts);
  const shown = sorted.slice(0, most);
  const [first] = sorted;
  const more = facts.length - shown.length;
  const late = facts.filter((fact) => lateDays(fact) !== null);
  const title =
    first === undefined
      ? "Nothing new for this alert"
      : facts.length === 1
        ? factSentence(first)
        : `${plural(facts.length, "new layoff")}: ${factsWords(facts, Math.min(NAMED, most))}`;
  return reply(withSeverity(rule, title), {
    audience: "everyone",
    blocks: [
      { kind: "text", words: ["Rule: ", { code: saying.text ?? ruleText(rule) }] },
      ...(rule.options.note === null
        ? []
        : [{ kind: "text", words: rule.options.note } satisfies Block]),
      ...(facts.some(({ event }) => event === "revision")
        ? [{ kind: "bullets", items: shown.map(factSentence) } satisfies Block]
        : [
            eventsTable(
              shown.map(({ row }) => row),
              facts.length,
              "The layoffs this rule found",
            ),
          ]),
      ...(more > 0 ? [{ kind: "text", words: `+${count(more)} more` } satisfies Block] : []),
    ],
    actions: eventActions(shown, saying),
    figures: {
      rule: saying.id,
      reason: "first",
      events: facts.length,
      people: facts.reduce((sum, { row }) => sum + (row.people ?? 0), 0),
      unknownSize: facts.filter(({ row }) => row.people === null).length,
      late: late.length,
    },
    notes: [
      ...(late.length === 0 ? [] : [`Learned late: ${list(late.slice(0, 3).map(lateWords))}.`]),
      ...(unknownSize > 0
        ? [
            `${plural(unknownSize, "layoff")} of unknown size may belong here too (unknown include shows them).`,
          ]
        : []),
      sourceNote(saying.market, saying.today),
    ],
  });
}

/** The thread's answer when a told event changed: its size, or that it is no longer what the rule asks for. */
export function correctionReply(
  rule: EventRule,
  fact: NewFact,
  notice: Notice,
  saying: Saying,
): Reply {
  const size = (people: number | null) =>
    people === null ? "size not reported" : plural(people, "person", "people");
  const ending = fact.withdrawn
    ? "its source no longer lists it"
    : notice.closes
      ? "it no longer fits the rule"
      : "";
  const change =
    notice.toldBefore === notice.value
      ? ""
      : `${size(notice.toldBefore)} was told, it is now ${size(notice.value)}`;
  return reply(
    `Correction: ${fact.row.company}, ${longDay(fact.row.announcedOn)}: ${[change, ending].filter((part) => part !== "").join("; ")}`,
    {
      audience: "everyone",
      blocks: [
        { kind: "text", words: ["Rule: ", { code: saying.text ?? ruleText(rule) }] },
        ...(fact.withdrawn ? [] : [eventsTable([fact.row], 1, "The layoff as it now stands")]),
      ],
      actions: eventActions([fact], saying),
      figures: {
        rule: saying.id,
        reason: "corrected",
        value: notice.value,
        toldBefore: notice.toldBefore,
        withdrawn: fact.withdrawn,
      },
      notes: [sourceNote(saying.market, saying.today)],
    },
  );
}

/** "Northwind: 1,200 people (12 % of staff), announced 17 Mar 2024". */
export function factSentence(fact: NewFact): string {
  const { row, was, withdrawn } = fact;
  const size = row.people === null ? "size not reported" : plural(row.people, "person", "people");
  const share = row.percent === null ? "" : ` (${percent(row.percent)} of staff)`;
  const late = lateDays(fact);
  const told = `announced ${longDay(row.announcedOn)}${late === null ? "" : `, learned ${plural(late, "day")} later`}`;
  if (withdrawn) return `${row.company}: no longer listed by its source (was ${size}), ${told}`;
  if (was === null || was.people === row.people) return `${row.company}: ${size}${share}, ${told}`;
  return `${row.company}: ${size}${share}, before ${was.people === null ? "not reported" : count(was.people)}, ${told}`;
}

/** "Northwind 1,200, Contoso 900 and Fabrikam (size not reported) (+4 more)": the largest by name. */
export function factsWords(facts: readonly NewFact[], most = NAMED): string {
  const named = bySize(facts).slice(0, most);
  const more = facts.length - named.length;
  return `${list(named.map(shortFact))}${more > 0 ? ` (+${count(more)} more)` : ""}`;
}

function shortFact({ row }: NewFact): string {
  return `${row.company} ${row.people === null ? "(size not reported)" : count(row.people)}`;
}

function lateWords(fact: NewFact): string {
  return `${fact.row.company} (announced ${longDay(fact.row.announcedOn)}, ${plural(lateDays(fact) ?? 0, "day")} before)`;
}

function bySize(facts: readonly NewFact[]): readonly NewFact[] {
  return [...facts].sort(
    (a, b) =>
      (b.row.people ?? -1) - (a.row.people ?? -1) || (a.row.company < b.row.company ? -1 : 1),
  );
}

function eventActions(facts: readonly NewFact[], { id }: Saying): readonly Action[] {
  const [first] = facts;
  return [
    { label: "Explain", run: `/alert explain ${id}` },
    ...(first === undefined
      ? []
      : [{ label: first.row.company, run: `/layoffs "${first.row.company.replaceAll('"', "")}"` }]),
    { label: "Snooze 8 h", run: `/alert snooze ${id} 8h` },
    { label: "Mute", run: `/alert mute ${id}` },
  ];
}

function sourceNote(market: Market, today: Day): string {
  const days = daysBetween(market.asOfOn, today);
  const old = days > 0 ? ` (${age(days)} old)` : "";
  return `Data to ${longDay(market.asOfOn)}${old} · ${sourcesWords(market)}`;
}
