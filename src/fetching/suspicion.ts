import { addDays } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { FoundLayoff, NewEntry, Parsed } from "../sources/source.ts";
import { rowFaultText } from "../sources/row-fault.ts";
import { tableSize } from "../sources/table.ts";

/** A list of fewer rows may halve by itself. */
const HALVED_FROM = 10;
/** Rows of such a list have no names by which a second copy would be noticed. */
const DOUBLED = 1.8;
const FAULTS_MAX = 0.2;
const FUTURE_MAX = 0.05;
const REPEATS_MAX = 0.4;

export interface Expected {
  readonly mayBeEmpty: boolean;
  /** Rows taken of the last answer to the same question that was believed; null where there was none. */
  readonly before: number | null;
  readonly today: Day;
  /** Why its newest rows seem lost, as a clause (`cutAtNewEnd`). */
  readonly cut?: string | undefined;
}

/**
 * Why an answer should not be believed, as a clause; null when nothing speaks against it. Such an answer is more likely to be a
 * fault of the source than news: empty, half of what it was, of another shape, dated in the future, or repeated.
 */
export function suspicion(
  parsed: Parsed,
  { mayBeEmpty, before, today, cut }: Expected,
): string | null {
  const { rows, entries, layoffs, faults, wholeOf, asOfOn, table } = parsed;
  const found = [...entries, ...layoffs];
  if (rows === 0 && !mayBeEmpty) return "it is empty";
  const listed = taken(parsed);
  const isWhole = wholeOf !== null || table !== undefined;
  if (isWhole && before !== null && before >= HALVED_FROM && listed < before / 2)
    return `it lists ${listed} where the last one listed ${before}`;
  if (table !== undefined && before !== null && before >= HALVED_FROM && listed > before * DOUBLED)
    return `it lists ${listed} where the last one listed ${before}`;
  if (cut !== undefined) return cut;
  const faulty = new Set(faults.map(({ row }) => row)).size;
  if (faulty > rows * FAULTS_MAX)
    return `${faulty} of its ${rows} rows cannot be read (${faults.slice(0, 1).map(rowFaultText).join()})`;
  if (rows > 0 && listed === 0 && !mayBeEmpty) return `nothing of its ${rows} rows is known`;
  const latest = addDays(today, 1);
  if (asOfOn !== null && asOfOn > latest) return `it says it is of ${asOfOn}`;
  const future = found.filter((one) => isFuture(one, latest)).length;
  if (future > found.length * FUTURE_MAX)
    return `${future} of its ${found.length} rows are dated in the future`;
  const different = Math.min(
    new Set(found.map(({ id }) => id)).size,
    new Set(found.map(({ values }) => JSON.stringify(values))).size,
  );
  if (found.length - different > found.length * REPEATS_MAX)
    return `${found.length - different} of its ${found.length} rows are repeats`;
  return null;
}

/** Rows of an answer that were taken. */
export function taken({ entries, layoffs, table }: Parsed): number {
  return table === undefined ? entries.length + layoffs.length : tableSize(table);
}

/**
 * The answer without rows of a day to come: slips, as long as they are few. What is then missing is not gone, so nothing is
 * taken down on its word.
 */
export function withoutSlips(parsed: Parsed, today: Day): Parsed {
  const latest = addDays(today, 1);
  const entries = parsed.entries.filter((entry) => !isFuture(entry, latest));
  const layoffs = parsed.layoffs.filter((layoff) => !isFuture(layoff, latest));
  const left = parsed.entries.length + parsed.layoffs.length - entries.length - layoffs.length;
  if (left === 0) return parsed;
  return {
    ...parsed,
    entries,
    layoffs,
    wholeOf: null,
    notices: [...parsed.notices, `${left} rows are dated in the future and were left out.`],
  };
}

function isFuture(found: NewEntry | FoundLayoff, latest: Day): boolean {
  return datesOf(found).some((day) => day !== null && day !== undefined && day > latest);
}

/** The newest day, up to today, that what was read speaks of; null where it names none. */
export function newestDay({ entries, layoffs }: Parsed, today: Day): Day | null {
  let newest: Day | null = null;
  for (const found of [...entries, ...layoffs])
    for (const day of datesOf(found))
      if (day && day.length === 10 && day <= today && day > (newest ?? "")) newest = day;
  return newest;
}

/** The days of a row that cannot lie in the future; a layoff may take effect, and a total's year may end, later. */
function datesOf(found: NewEntry | FoundLayoff): readonly (Day | null | undefined)[] {
  if (!("shelf" in found)) return [found.learnedOn, found.values.announcedOn];
  switch (found.shelf) {
    case "notices":
      return [found.on, found.values.noticedOn];
    case "postings":
      return [found.on, found.values.postedOn];
    case "points":
      // "2024-03" and "2024Q1" are compared by their beginnings only where they are days or months.
      return [found.on, found.values.period.includes("-") ? found.values.period : null];
    case "totals":
      return [found.on];
  }
}
