import { daysBetween } from "../market/calendar.ts";
import type { CompanyBook } from "../market/company.ts";
import type { Day } from "../market/facts.ts";
import type { Decision, Moment, Notice } from "./decide.ts";
import { openMatcher } from "./matcher.ts";
import type { Matcher } from "./matcher.ts";
import { lateDays } from "./new-fact.ts";
import type { NewFact } from "./new-fact.ts";
import type { EventRule } from "./rule.ts";
import { newState } from "./state.ts";
import type { AlertState } from "./state.ts";
import { MAYBE, NO, truthOf, YES } from "./truth.ts";
import type { Truth } from "./truth.ts";

/** A rule that an event passes. */
export interface EventMatch<Of> {
  readonly of: Of;
  readonly fact: NewFact;
  /** False when it may pass: it asks for a size that was not reported. */
  readonly certain: boolean;
  /** Of unknown size, and the rule says `unknown quiet`: no message of its own, the next one names it. */
  readonly quiet: boolean;
  /** Days after the announcement that it was learned, where that is late. */
  readonly lateDays: number | null;
}

/** Something that holds an event rule whose watch sets have been put in; whatever else it carries comes back with the match. */
export interface WithEventRule {
  readonly rule: EventRule;
}

/**
 * Which rules tell of which new facts, fact by fact in their order. Facts of unknown size against a least size are left
 * out, kept or kept quiet as the rule says; facts older than its `max_age` and those taken back are left out; late ones are
 * told and said to be late. `matcher` is the rules' own, where it is kept between calls.
 */
export function matchEvents<Of extends WithEventRule>(
  rules: readonly Of[],
  facts: readonly NewFact[],
  book: CompanyBook,
  today: Day,
  matcher: Matcher = openMatcher(
    rules.map(({ rule }) => rule),
    book,
  ),
): readonly EventMatch<Of>[] {
  return facts.flatMap((fact) =>
    matcher
      .hits(fact)
      .flatMap(({ rule, truth }) => matchOf(rules[rule]!, fact, truth, today) ?? []),
  );
}

/** What a rule makes of one fact on a day, when its filter has been asked; undefined where it does not tell of it. */
export function matchOf<Of extends WithEventRule>(
  of: Of,
  fact: NewFact,
  truth: Truth,
  today: Day,
): EventMatch<Of> | undefined {
  const { unknown, maxAgeDays } = of.rule.options;
  if (truth === NO || isTakenBack(fact)) return undefined;
  if (truth === MAYBE && unknown === "exclude") return undefined;
  if (maxAgeDays !== null && daysBetween(fact.on, today) > maxAgeDays) return undefined;
  const certain = truth === YES;
  return { of, fact, certain, quiet: !certain && unknown === "quiet", lateDays: lateDays(fact) };
}

/** Whether one rule's filter lets one fact through, for a fact that changed after it was told of. */
export function eventTruth(rule: EventRule, fact: NewFact, book: CompanyBook): Truth {
  return isTakenBack(fact) ? NO : truthOf(rule.filter, book)(fact.traits);
}

/** What its source no longer lists is none; that a layoff was taken back is a revision. */
function isTakenBack({ withdrawn, event }: NewFact): boolean {
  return withdrawn && event !== "revision";
}

/** A told size that moves by more than this share is told again. */
const CORRECTED_FROM = 0.05;

/**
 * What is said of one event by one rule, whose state is kept by the event's id. It is told once; told again, in the thread,
 * only as a correction: its size became known or moved by more than 5 %, it no longer passes, or it was taken back. One of
 * unknown size is kept in mind and told when its size turns out to pass.
 */
export function decideEvent(
  rule: EventRule,
  fact: NewFact,
  truth: Truth,
  state: AlertState | null,
  moment: Moment,
): Decision {
  const { size } = fact;
  const seen = { ...(state ?? newState(moment.today)), lastValue: size };
  const { told } = seen;
  if (told === null || told === undefined) {
    const passes = truth === YES || (truth === MAYBE && rule.options.unknown === "include");
    if (!passes || moment.hushed === true) return { state: seen, notice: null };
    return {
      state: {
        ...seen,
        phase: "firing",
        since: moment.today,
        episode: 1,
        toldValue: size,
        told: { on: moment.today, at: moment.now, times: 1, corrections: 0 },
      },
      notice: noticeOf("first", "opened", size, null, moment.today, false),
    };
  }
  const turned = (truth === NO) === (seen.phase === "firing");
  if (!turned && !moved(seen.toldValue, size)) return { state: seen, notice: null };
  const corrections = told.corrections + 1;
  const next: AlertState = {
    ...seen,
    phase: truth === NO ? "resolved" : "firing",
    toldValue: size,
    told: { ...told, at: moment.now, corrections },
  };
  const step = `corrected-${corrections}`;
  return {
    state: next,
    notice:
      moment.hushed === true
        ? null
        : noticeOf("corrected", step, size, seen.toldValue, seen.since, truth === NO),
  };
}

function moved(told: number | null, now: number | null): boolean {
  if (told === null || now === null) return told !== now;
  return Math.abs(now - told) > CORRECTED_FROM * told;
}

function noticeOf(
  reason: "first" | "corrected",
  step: string,
  value: number | null,
  toldBefore: number | null,
  since: Day,
  closes: boolean,
): Notice {
  return {
    reason,
    step,
    episode: 1,
    value,
    toldBefore,
    since,
    authorOnly: false,
    inThread: reason === "corrected",
    closes,
  };
}
