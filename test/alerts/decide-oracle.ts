/**
 * The promises about speaking, told without a state machine: a whole history is read at once and cut into stretches. Slow
 * and plain, so that `decide` can be held against it.
 */
export interface OracleDay {
  readonly day: number;
  /** Null where the data had ended. */
  readonly value: number | null;
  readonly hushed: boolean;
}

export interface OracleRule {
  readonly threshold: number;
  readonly clear: number;
  readonly forDays: number;
  readonly cooldownDays: number;
}

/** "12 first", "15 grew-2", "20 cleared", "22 no-data", "0 already-true": what is said, in order. */
export function wordsOf(rule: OracleRule, history: readonly OracleDay[]): string[] {
  const said: string[] = [];
  let quietUntil = -Infinity;
  for (const episode of episodesOf(rule, history)) {
    let told = episode.atStart ? 1 : 0;
    if (episode.atStart) {
      said.push(`${episode.from} already-true`);
      told = timesOf(rule, history[episode.from]!.value!);
    }
    for (let at = episode.from + (episode.atStart ? 1 : 0); at <= episode.to; at++) {
      const { value, hushed } = history[at]!;
      if (value === null) continue;
      const closing = at === episode.to && episode.closed;
      if (told === 0) {
        if (closing || hushed || at < quietUntil) continue;
        said.push(`${at} first`);
        told = timesOf(rule, value);
        quietUntil = at + rule.cooldownDays;
      } else if (closing) {
        if (!hushed) said.push(`${at} cleared`);
      } else if (timesOf(rule, value) > told) {
        told = timesOf(rule, value);
        if (!hushed) said.push(`${at} grew-${told}`);
      }
    }
  }
  history.forEach(({ value, hushed }, at) => {
    if (at > 0 && value === null && history[at - 1]!.value !== null && !hushed)
      said.push(`${at} no-data`);
  });
  return said.sort((a, b) => parseInt(a) - parseInt(b) || (a < b ? -1 : 1));
}

interface Episode {
  readonly from: number;
  readonly to: number;
  readonly atStart: boolean;
  readonly closed: boolean;
}

/** An episode begins on the day the value has been over the threshold for `forDays` without a gap, and ends below the clear line. */
function episodesOf(rule: OracleRule, history: readonly OracleDay[]): Episode[] {
  const episodes: Episode[] = [];
  let at = 0;
  while (at < history.length) {
    const begins = firstFrom(history, at, (day) => heldFor(rule, history, day, at));
    if (begins === undefined) break;
    const ends = firstFrom(
      history,
      begins + 1,
      (day) => (history[day]!.value ?? Infinity) < rule.clear,
    );
    episodes.push({
      from: begins,
      to: ends ?? history.length - 1,
      atStart: begins === 0,
      closed: ends !== undefined,
    });
    at = (ends ?? history.length) + 1;
  }
  return episodes;
}

/** Whether the value was over the threshold on the day and on each of the days of data before it that `for` asks for. */
function heldFor(
  rule: OracleRule,
  history: readonly OracleDay[],
  day: number,
  since: number,
): boolean {
  const from = day - rule.forDays;
  // The day an episode ended on is over: nothing before the day after it counts.
  if (from < since) return false;
  return history
    .slice(from, day + 1)
    .every(({ value }) => value !== null && value > rule.threshold);
}

function firstFrom(
  history: readonly OracleDay[],
  from: number,
  test: (day: number) => boolean,
): number | undefined {
  for (let day = from; day < history.length; day++) if (test(day)) return day;
  return undefined;
}

function timesOf({ threshold }: OracleRule, value: number): number {
  let times = 1;
  while (value >= 2 * times * threshold) times *= 2;
  return times;
}
