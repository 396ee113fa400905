import { daysBetween } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Measured } from "./measured.ts";
import { clearOf, holds } from "./rule.ts";
import type { LevelRule } from "./rule.ts";
import { newState } from "./state.ts";
import type { AlertState, Told } from "./state.ts";

/** Why somebody is told something. */
export type NoticeReason =
  | "first"
  | "already-true"
  | "grew"
  | "corrected"
  | "cleared"
  | "reminder"
  | "no-data";

/** That something is to be said; `say.ts` finds the words. */
export interface Notice {
  readonly reason: NoticeReason;
  /** The tail of the message's key: `opened`, `grew-4`, `corrected-1`, `closed`, `reminded-<day>`, `no-data-<day>`. */
  readonly step: string;
  readonly episode: number;
  /** The value that is told, and the one told before it in this episode. */
  readonly value: number | null;
  readonly toldBefore: number | null;
  /** The first day of the episode. */
  readonly since: Day;
  /** Only the author is told: the rule was already true when it was made. */
  readonly authorOnly: boolean;
  /** It goes into the thread of the message that opened the episode. */
  readonly inThread: boolean;
  /** The episode is over with this. */
  readonly closes: boolean;
}

/** The moment of a look. */
export interface Moment {
  /** The day that is looked at, the last one of the data. */
  readonly today: Day;
  /** Ms since 1970, for cool-down and reminders. */
  readonly now: number;
  /** The told day's value as known now (`measure(rule, market, state.told.on, today)`); left out where it cannot have changed. */
  readonly retold?: number | null;
  /** Snoozed or muted: the state goes on, nothing is said. */
  readonly hushed?: boolean;
}

export interface Decision {
  readonly state: AlertState;
  readonly notice: Notice | null;
}

/** A told value that moves by more than this share is told again. */
const CORRECTED_FROM = 0.05;
const MINUTE_MS = 60_000;

/**
 * What becomes of a rule after a look, and whether anything is to be said. `state` is null at the first look: it then only
 * notes how things are, and the author learns if it is already true.
 *
 * ok → pending (it holds, not yet for `for`, in days of data) → firing → resolved; and no-data, from which every phase comes
 * back as it was. An episode that began unheard (snoozed, muted, cooling down) is told once that is over and it still
 * holds; one that nobody heard of ends unheard.
 */
export function decide(
  rule: LevelRule,
  measured: Measured,
  state: AlertState | null,
  moment: Moment,
): Decision {
  if (state === null) return firstLook(rule, measured, moment);
  if (measured.reason === "stale") return withoutData(state, moment);
  const back = resumed(state);
  // Without a value (no baseline, a composition break) nothing is known to have begun or ended.
  if (measured.value === null) return silent(back);
  const seen = { ...back, lastValue: measured.value };
  if (seen.phase === "firing") return whileFiring(rule, measured, seen, moment);
  if (!measured.holds)
    return silent(seen.phase === "pending" ? turned(seen, "ok", moment.today) : seen);
  const pending = seen.phase === "pending" ? seen : turned(seen, "pending", moment.today);
  if (daysBetween(pending.since, moment.today) < rule.forDays) return silent(pending);
  return opened(rule, pending, moment);
}

function firstLook(rule: LevelRule, measured: Measured, moment: Moment): Decision {
  const fresh = { ...newState(moment.today), lastValue: measured.value };
  if (measured.reason === "stale")
    return silent({
      ...turned(fresh, "no-data", moment.today),
      interrupted: { phase: "ok", since: moment.today },
    });
  if (!measured.holds) return silent(fresh);
  if (rule.forDays > 0) return silent(turned(fresh, "pending", moment.today));
  const firing = { ...turned(fresh, "firing", moment.today), episode: 1 };
  return tell(rule, firing, "already-true", "already-true", moment);
}

function withoutData(state: AlertState, moment: Moment): Decision {
  if (state.phase === "no-data") return silent(state);
  const next: AlertState = {
    ...turned(state, "no-data", moment.today),
    interrupted: { phase: state.phase, since: state.since },
  };
  return {
    state: next,
    notice:
      moment.hushed === true ? null : notice(next, "no-data", `no-data-${moment.today}`, null),
  };
}

/** The phase that the end of the data interrupted; a `for` that was running starts anew, since days are missing in it. */
function resumed(state: AlertState): AlertState {
  if (state.phase !== "no-data") return state;
  const { phase, since } = state.interrupted ?? { phase: "ok", since: state.since };
  return { ...state, phase: phase === "pending" ? "ok" : phase, since, interrupted: null };
}

function opened(rule: LevelRule, before: AlertState, moment: Moment): Decision {
  const firing: AlertState = {
    ...turned(before, "firing", moment.today),
    episode: before.episode + 1,
    toldValue: null,
    told: null,
  };
  return mayOpen(firing, moment) ? tell(rule, firing, "first", "opened", moment) : silent(firing);
}

function whileFiring(
  rule: LevelRule,
  measured: Measured,
  state: AlertState,
  moment: Moment,
): Decision {
  const over = hasEnded(rule, measured);
  const next = over ? turned(state, "resolved", moment.today) : state;
  const { told } = state;
  if (told === null || told === undefined || state.toldValue === null) {
    if (over || !mayOpen(state, moment)) return silent(next);
    return tell(rule, state, "first", "opened", moment);
  }
  const corrected = correction(rule, state.toldValue, moment);
  if (corrected !== null) {
    const corrections = told.corrections + 1;
    const redone = {
      ...next,
      toldValue: corrected,
      // What the correction says is told with it: the next look must not call it grown.
      told: {
        ...told,
        corrections,
        times: Math.max(told.times, timesThreshold(rule, corrected)),
        at: moment.now,
      },
    };
    return spoken(redone, state, "corrected", `corrected-${corrections}`, moment, corrected, over);
  }
  if (over)
    // Crossings and records are over the day after they were told; that is no news.
    return endsInWords(rule)
      ? spoken(next, state, "cleared", "closed", moment, measured.value, true)
      : silent(next);
  const times = timesThreshold(rule, measured.value!);
  if (times > told.times) {
    const grown = { ...told, times, on: moment.today, at: moment.now };
    return spoken(
      { ...next, toldValue: measured.value, told: grown },
      state,
      "grew",
      `grew-${times}`,
      moment,
      measured.value,
      false,
    );
  }
  if (
    rule.options.repeatMinutes !== null &&
    moment.now >= told.at + rule.options.repeatMinutes * MINUTE_MS
  )
    return spoken(
      { ...next, told: { ...told, at: moment.now } },
      state,
      "reminder",
      `reminded-${moment.today}-${moment.now}`,
      moment,
      measured.value,
      false,
    );
  return silent(next);
}

/** Over when the value has passed the clear line, not merely come back below the threshold; a test without one ends itself. */
function hasEnded(rule: LevelRule, measured: Measured): boolean {
  const clear = clearOf(rule);
  return clear === undefined ? !measured.holds : holds(clear, measured.value!);
}

/** The told day's value as known now, when it moved by more than 5 % or no longer passes the threshold it had passed. */
function correction({ test }: LevelRule, toldValue: number, { retold }: Moment): number | null {
  if (retold === null || retold === undefined || test.kind !== "compare") return null;
  const moved = Math.abs(retold - toldValue) > CORRECTED_FROM * Math.abs(toldValue);
  const fell = holds(test.comparison, toldValue) && !holds(test.comparison, retold);
  return moved || fell ? retold : null;
}

/** How many times the threshold a value is, as a power of two; 1 where that means nothing. */
export function timesThreshold({ test }: LevelRule, value: number): number {
  if (test.kind !== "compare" || test.comparison.value <= 0) return 1;
  const { operator, value: threshold } = test.comparison;
  if (operator === "=") return 1;
  const ratio = operator.startsWith(">") ? value / threshold : threshold / value;
  return Number.isFinite(ratio) && ratio >= 2 ? 2 ** Math.floor(Math.log2(ratio)) : 1;
}

function endsInWords({ test }: LevelRule): boolean {
  return test.kind !== "crosses" && test.kind !== "record";
}

function mayOpen({ quietUntil }: AlertState, { now, hushed }: Moment): boolean {
  return hushed !== true && (quietUntil === null || now >= Date.parse(quietUntil));
}

/** The first word of an episode, which starts the cool-down. */
function tell(
  rule: LevelRule,
  state: AlertState,
  reason: "first" | "already-true",
  step: string,
  moment: Moment,
): Decision {
  const { cooldownMinutes } = rule.options;
  const value = state.lastValue;
  const told: Told = {
    on: moment.today,
    at: moment.now,
    times: value === null ? 1 : timesThreshold(rule, value),
    corrections: 0,
  };
  const quietUntil =
    cooldownMinutes === null || reason === "already-true"
      ? state.quietUntil
      : new Date(moment.now + cooldownMinutes * MINUTE_MS).toISOString();
  const next = { ...state, toldValue: value, told, quietUntil };
  return { state: next, notice: notice(next, reason, step, null) };
}

/** A later word of an episode: kept as told even when nobody hears it, so that it is not said late. */
function spoken(
  next: AlertState,
  before: AlertState,
  reason: NoticeReason,
  step: string,
  moment: Moment,
  value: number | null,
  closes: boolean,
): Decision {
  return {
    state: next,
    notice:
      moment.hushed === true
        ? null
        : { ...notice(next, reason, step, before.toldValue), since: before.since, value, closes },
  };
}

function notice(
  state: AlertState,
  reason: NoticeReason,
  step: string,
  toldBefore: number | null,
): Notice {
  return {
    reason,
    step,
    episode: state.episode,
    value: state.lastValue,
    toldBefore,
    since: state.interrupted?.since ?? state.since,
    authorOnly: reason === "already-true",
    inThread:
      reason !== "first" &&
      reason !== "already-true" &&
      !(reason === "no-data" && state.toldValue === null),
    closes: false,
  };
}

function turned(state: AlertState, phase: AlertState["phase"], today: Day): AlertState {
  return { ...state, phase, since: today };
}

function silent(state: AlertState): Decision {
  return { state, notice: null };
}
