import { decideEvent, eventTruth } from "../alerts/events.ts";
import { isHushed, stateIn } from "../alerts/kept-rule.ts";
import type { NewFact } from "../alerts/new-fact.ts";
import type { EventRule } from "../alerts/rule.ts";
import { correctionReply, eventsReply } from "../alerts/say-events.ts";
import type { AlertState } from "../alerts/state.ts";
import { MAYBE, NO } from "../alerts/truth.ts";
import { dayOf } from "../clock.ts";
import { addDays } from "../market/calendar.ts";
import type { Change, Stored } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Mark, Rule } from "../stores/records.ts";
import { alertPosts, markChange, sameState } from "./alert-posts.ts";
import type { Looking } from "./alerts.ts";

/** A tracker may be read so many days after it learned: what it learned shortly before a rule was made may be news to us. */
const REPORTED_WITHIN_DAYS = 14;
/** The mark that says a rule on events has been looked at: what was known before it was made is nothing new. */
const SEEN = "seen";
const UNSEEN: AlertState = {
  phase: "ok",
  since: "",
  episode: 0,
  quietUntil: null,
  lastValue: null,
  toldValue: null,
  told: null,
  interrupted: null,
};

interface Seen {
  readonly fact: NewFact;
  readonly key: string;
  readonly mark: Stored<Mark> | undefined;
  readonly state: AlertState;
}

/** Facts learned since the rule was made: each is told once by a rule, all that are new now in one message; what changes later is said in its thread. */
export function eventChanges(
  rule: Rule,
  spec: EventRule,
  { book, market, now, learnedFrom }: Looking,
): readonly Change[] {
  const today = dayOf(now);
  const seenKey = keyOf(rule.tenant, rule.id, SEEN);
  const isFirstLook = book.get("marks", seenKey) === undefined;
  const saying = { id: rule.id, market, today, text: rule.text };
  const changes: Change[] = isFirstLook
    ? [markChange(seenKey, rule, SEEN, { ...UNSEEN, since: today }, null, undefined)]
    : [];
  const fresh: Seen[] = [];
  let keptInMind = 0;
  for (const fact of learnedFrom(addDays(dayOf(rule.createdAt), -REPORTED_WITHIN_DAYS))) {
    if (fact.event !== spec.event) continue;
    const key = keyOf(rule.tenant, rule.id, fact.id);
    const mark = book.get("marks", key);
    const before = stateIn(mark?.value);
    const truth = isTooOld(fact, spec, today) ? NO : eventTruth(spec, fact, market.companies);
    const decided = decideEvent(spec, fact, truth, before, { today, now });
    // What was known before, or came while the rule was to be still, counts as told: it is not made up for later.
    const isSilent = isFirstLook || isHushed(rule, now, before);
    if (truth === MAYBE && spec.options.unknown === "quiet" && mark === undefined && !isSilent)
      keptInMind += 1;
    const notice = isSilent ? null : decided.notice;
    if (notice?.reason === "first") {
      fresh.push({ fact, key, mark, state: decided.state });
      continue;
    }
    if (notice === null && mark !== undefined && sameState(before, decided.state)) continue;
    const opened = mark?.value.openedBy ?? null;
    changes.push(markChange(key, rule, fact.id, decided.state, opened, mark));
    if (notice !== null)
      changes.push(
        ...alertPosts({
          rule,
          options: spec.options,
          subject: fact.id,
          notice,
          reply: correctionReply(spec, fact, notice, saying),
          opened: { subject: opened ?? fact.id, step: "opened" },
          book,
          now,
        }),
      );
  }
  return [...changes, ...freshChanges(fresh, keptInMind)];

  /** One message for all that is new; each remembers which message told of it. */
  function freshChanges(told: readonly Seen[], unknownSize: number): readonly Change[] {
    const [first] = told;
    if (first === undefined) return [];
    const subject = first.fact.id;
    const reply = eventsReply(
      { rule: spec, facts: told.map(({ fact }) => fact), unknownSize },
      saying,
    );
    const notice = {
      reason: "first",
      step: "opened",
      episode: 1,
      authorOnly: false,
      inThread: false,
    } as const;
    return [
      ...told.map(({ fact, key, mark, state }) =>
        markChange(key, rule, fact.id, state, subject, mark),
      ),
      ...alertPosts({
        rule,
        options: spec.options,
        subject,
        notice,
        reply,
        opened: { subject, step: "opened" },
        book,
        now,
      }),
    ];
  }
}

function isTooOld({ row }: NewFact, { options }: EventRule, today: string): boolean {
  return options.maxAgeDays !== null && row.announcedOn < addDays(today, -options.maxAgeDays);
}
