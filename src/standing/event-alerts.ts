import { decideEvent, eventTruth, matchEvents } from "../alerts/events.ts";
import { GROUPED_MINUTES, isHushed, SEEN, stateIn } from "../alerts/kept-rule.ts";
import { learnedFacts } from "../alerts/learned-facts.ts";
import type { NewFact, OutageFact } from "../alerts/new-fact.ts";
import { outagesOf, sourceOf, troubleNow } from "../alerts/outages.ts";
import type { EventRule } from "../alerts/rule.ts";
import { correctionReply, eventsReply } from "../alerts/say-events.ts";
import { newState } from "../alerts/state.ts";
import type { AlertState } from "../alerts/state.ts";
import { MAYBE, NO, YES } from "../alerts/truth.ts";
import type { Truth } from "../alerts/truth.ts";
import { dayOf } from "../clock.ts";
import { addDays } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { sourceState } from "../market/source-health.ts";
import type { SourceStanding } from "../market/source-health.ts";
import type { Change, Stored } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Mark } from "../stores/records.ts";
import { keysOf } from "../stores/tenant.ts";
import { alertPosts, markChange, sameState } from "./alert-posts.ts";
import type { Moment } from "./alerts.ts";
import type { Kept, KeptRules } from "./kept-rules.ts";

/** A tracker may be read so many days after it learned: what it learned shortly before a rule was made may be news to us. */
const REPORTED_WITHIN_DAYS = 14;
const MINUTE_MS = 60_000;
interface EventLook {
  /** What the facts change for one rule now: its marks, and its messages. */
  changes(kept: Kept<EventRule>): readonly Change[];
  /** What was changed is written down: until the facts change, nothing more is to be said. */
  done(kept: Kept): void;
}

/** Facts learned since the oldest rule was made, and which of them each rule asks for. */
interface News {
  readonly market: Market;
  readonly today: Day;
  readonly rules: KeptRules["events"];
  /** How the sources stood, to see when that changes. */
  readonly sources: string;
  readonly facts: ReadonlyMap<string, NewFact>;
  readonly matches: ReadonlyMap<Kept<EventRule>, readonly Match[]>;
}

interface Match {
  readonly fact: NewFact;
  readonly truth: Truth;
}

/** One fact before one rule, with what was told of it. */
interface Seen extends Match {
  readonly key: string;
  readonly mark: Stored<Mark> | undefined;
  readonly state: AlertState | null;
}

/**
 * Looks at rules on events: the index says which rules a new fact concerns, and those alone are asked. Each fact is told
 * once by a rule; what changes later is said in its thread.
 */
export function eventLook(): (
  rules: KeptRules,
  moment: Moment,
  standings: readonly SourceStanding[],
) => EventLook {
  let news: News | undefined;
  let settled = new WeakSet<Kept>();
  return (rules, moment, standings) => {
    const today = dayOf(moment.now);
    const { market } = moment;
    const outages = outagesOf(standings, moment.now);
    const sources = [
      ...outages.map(({ id }) => id),
      ...standings.map((each) => sourceState(each, moment.now)),
    ].join(" ");
    const isKnown =
      news?.market === market &&
      news.today === today &&
      news.rules === rules.events &&
      news.sources === sources;
    if (!isKnown || news === undefined)
      [news, settled] = [newsFor(rules, market, outages, today, sources), new WeakSet()];
    const known = news;
    const waiting = new Set<Kept>();
    return {
      changes: (kept) => {
        if (settled.has(kept)) return [];
        const found = changesOf(kept, known, standings, moment);
        if (found.waits) waiting.add(kept);
        return found.changes;
      },
      done: (kept) => {
        if (!waiting.has(kept)) settled.add(kept);
      },
    };
  };
}

function newsFor(
  { events, matcher }: KeptRules,
  market: Market,
  outages: readonly OutageFact[],
  today: Day,
  sources: string,
): News {
  const oldest = events.reduce((day, kept) => (fromOf(kept) < day ? fromOf(kept) : day), today);
  const asked = [...new Set(events.map(({ rule }) => rule.event))];
  const facts =
    events.length === 0 ? [] : [...learnedFacts(market, oldest, today, "now", asked), ...outages];
  const matches = new Map<Kept<EventRule>, Match[]>();
  for (const { of, fact, certain } of matchEvents(
    events,
    facts,
    market.companies,
    today,
    matcher,
  )) {
    if (fact.learnedOn < fromOf(of)) continue;
    const own = matches.get(of) ?? [];
    own.push({ fact, truth: certain ? YES : MAYBE });
    matches.set(of, own);
  }
  return {
    market,
    today,
    rules: events,
    sources,
    facts: new Map(facts.map((fact) => [fact.id, fact])),
    matches,
  };
}

function fromOf({ stored: { value } }: Kept): Day {
  return addDays(dayOf(value.createdAt), -REPORTED_WITHIN_DAYS);
}

function changesOf(
  kept: Kept<EventRule>,
  news: News,
  standings: readonly SourceStanding[],
  { book, market, now }: Moment,
): { readonly changes: readonly Change[]; readonly waits: boolean } {
  const { today } = news;
  const { stored, rule: spec } = kept;
  const rule = stored.value;
  const saying = { id: rule.id, market, today, text: rule.text };
  const marks = new Map(
    book.list("marks", keysOf(rule.tenant, rule.id)).map((mark) => [mark.value.subject, mark]),
  );
  const own = marks.get(SEEN);
  const before = stateIn(own?.value) ?? newState(today);
  const lastTold = before.told?.at ?? null;
  const grouped = (spec.options.group?.minutes ?? GROUPED_MINUTES) * MINUTE_MS;
  const mayTell = lastTold === null || now >= lastTold + grouped;

  const changes: Change[] = [];
  const fresh: (Seen & { readonly next: AlertState })[] = [];
  let keptInMind = 0;
  let waits = false;
  const troubles = spec.event === "source_down" ? toldTroubles(marks, standings, now) : NONE;
  for (const seen of seenBy(kept, news, marks, troubles, market)) {
    const { fact, key, mark, state, truth } = seen;
    const decided = decideEvent(spec, fact, truth, state, { today, now });
    // What was known before, or came while the rule was to be still, counts as told: it is not made up for later.
    const isSilent = own === undefined || isHushed(rule, now, state);
    if (truth === MAYBE && spec.options.unknown === "quiet" && mark === undefined && !isSilent)
      keptInMind += 1;
    // Of what no message told, a correction would be the first word.
    const isUntold = decided.notice?.inThread === true && (mark?.value.openedBy ?? null) === null;
    const notice = isSilent || isUntold ? null : decided.notice;
    if (notice?.reason === "first") {
      if (mayTell) fresh.push({ ...seen, next: decided.state });
      else waits = true;
      continue;
    }
    if (notice === null && mark !== undefined && sameState(state, decided.state)) continue;
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
  const unknownSize = (before.lastValue ?? 0) + keptInMind;
  if (own === undefined || fresh.length > 0 || keptInMind > 0) {
    const told =
      fresh.length > 0 ? { on: today, at: now, times: 1, corrections: 0 } : (before.told ?? null);
    const lastValue = fresh.length > 0 ? 0 : unknownSize;
    const key = keyOf(rule.tenant, rule.id, SEEN);
    changes.push(markChange(key, rule, SEEN, { ...before, lastValue, told }, null, own));
  }
  return { changes: [...changes, ...freshChanges()], waits };

  /** One message for all that is new; each remembers which message told of it. */
  function freshChanges(): readonly Change[] {
    const [first] = fresh;
    if (first === undefined) return [];
    const subject = first.fact.id;
    const reply = eventsReply(
      { rule: spec, facts: fresh.map(({ fact }) => fact), unknownSize },
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
      ...fresh.map(({ fact, key, mark, next }) =>
        markChange(key, rule, fact.id, next, subject, mark),
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

/**
 * The facts that concern a rule: those it asks for, and those it has a mark of, as they are now. What was told is asked
 * again whatever its age, since only a change of the fact itself is a correction.
 */
function seenBy(
  kept: Kept<EventRule>,
  { facts, matches, today }: News,
  marks: ReadonlyMap<string, Stored<Mark>>,
  troubles: ReadonlyMap<string, OutageFact | undefined>,
  market: Market,
): readonly Seen[] {
  const rule = kept.stored.value;
  const marked = [...marks.keys()].flatMap(
    (subject) => troubles.get(subject) ?? facts.get(subject) ?? [],
  );
  const open = new Set([...troubles.keys()].map(sourceOf));
  const asked = (matches.get(kept) ?? []).filter(
    ({ fact }) =>
      !marks.has(fact.id) && !(fact.event === "source_down" && open.has(fact.outage.source)),
  );
  return [
    ...marked.map((fact) => ({ fact, truth: eventTruth(kept.rule, fact, market.companies) })),
    ...asked,
  ].map(({ fact, truth }) => {
    const mark = marks.get(fact.id);
    const state = stateIn(mark?.value);
    const isUntold = (state?.told ?? null) === null;
    return {
      fact,
      truth: isUntold && isTooOld(fact, kept.rule, today) ? NO : truth,
      key: keyOf(rule.tenant, rule.id, fact.id),
      mark,
      state,
    };
  });
}

/** The troubles of sources that were told and not said to be over, each as it is now. */
function toldTroubles(
  marks: ReadonlyMap<string, Stored<Mark>>,
  standings: readonly SourceStanding[],
  now: number,
): ReadonlyMap<string, OutageFact | undefined> {
  return new Map(
    [...marks]
      .filter(([subject, { value }]) => subject !== SEEN && value.phase === "firing")
      .map(([subject]) => [subject, troubleNow(subject, standings, now)] as const),
  );
}

const NONE: ReadonlyMap<string, OutageFact | undefined> = new Map();

function isTooOld({ on }: NewFact, { options }: EventRule, today: Day): boolean {
  return options.maxAgeDays !== null && on < addDays(today, -options.maxAgeDays);
}
