import { dayNumber } from "../market/calendar.ts";
import { companyKey } from "../market/company-key.ts";
import type { LayoffValues } from "../market/facts.ts";
import type { StoredSighting } from "../stores/facts-log.ts";
import { foldedText, samePercent, samePlace } from "./layoff-values.ts";
import type { LayoffReport } from "./layoffs-csv.ts";

/** A tracker that corrects a date moves the row by days; farther apart it is another round of layoffs. */
const REDATED_DAYS_MAX = 14;

/** Leftover rows of one company and day beyond this many pairs are matched in order: no tracker has them, a hostile file may. */
const COMPARED_MAX = 250_000;

/**
 * Which known sighting each row of a file is, by row position; rows left out are new. Every sighting is taken once.
 *
 * Same company and day, then: equal figures and place first, the k-th repeat with the k-th; what is left over pairs with
 * what is left over, likest first, unless they have neither count, place nor page in common. Then rows whose date was
 * corrected: same company and place with the same count, or the same page, at most 14 days apart.
 */
export function pairRows(
  rows: readonly LayoffReport[],
  known: readonly StoredSighting[],
): Map<number, StoredSighting> {
  const pairs = new Map<number, StoredSighting>();
  if (known.length === 0) return pairs;
  const taken = new Set<StoredSighting>();
  function pair(position: number, sighting: StoredSighting): void {
    pairs.set(position, sighting);
    taken.add(sighting);
  }

  const byPlace = knownByPlace(known);
  for (const [place, positions] of rowsByPlace(rows)) {
    const here = byPlace.get(place);
    if (!here) continue;
    pairEqual(rows, positions, here, taken, pair);
    pairLikest(
      rows,
      positions.filter((position) => !pairs.has(position)),
      here.filter((sighting) => !taken.has(sighting)),
      pair,
    );
  }
  pairRedated(rows, known, pairs, taken, pair);
  return pairs;
}

type Pair = (position: number, sighting: StoredSighting) => void;

/** What the source says of it now. */
export function currentValues(sighting: StoredSighting): LayoffValues {
  return sighting.versions.at(-1)!.values;
}

/** Every day a version gives counts, since an older file still has the uncorrected one. Listed rows come before withdrawn ones. */
function knownByPlace(known: readonly StoredSighting[]): Map<string, StoredSighting[]> {
  const places = new Map<string, StoredSighting[]>();
  for (const withdrawn of [false, true]) {
    for (const sighting of known) {
      if ((sighting.withdrawnOn !== null) !== withdrawn) continue;
      const days = new Set(sighting.versions.map((version) => version.values.announcedOn));
      for (const day of days)
        pushTo(places, `${companyKey(currentValues(sighting).company)}|${day}`, sighting);
    }
  }
  return places;
}

function rowsByPlace(rows: readonly LayoffReport[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [position, { values }] of rows.entries())
    pushTo(places, `${companyKey(values.company)}|${values.announcedOn}`, position);
  return places;
}

/**
 * Any version of the sighting may be the equal one; queues keep a file of a million repeats from being compared pair by pair.
 * Of equal rows the one added on the same day is the same one, whatever the order of the files.
 */
function pairEqual(
  rows: readonly LayoffReport[],
  positions: readonly number[],
  here: readonly StoredSighting[],
  taken: ReadonlySet<StoredSighting>,
  pair: Pair,
): void {
  const queues = new Map<string, Version[]>();
  // Where there is only one of each, the day it was added cannot tell two apart.
  const mayDiffer = here.length > 1 || positions.length > 1;
  for (const sighting of here) {
    const { learnedIsAssumed, learnedOn, versions } = sighting;
    for (const { values } of versions.toReversed()) {
      pushTo(queues, figures(values), { sighting, values });
      if (mayDiffer && !learnedIsAssumed)
        pushTo(queues, `${figures(values)}|${learnedOn}`, { sighting, values });
    }
  }
  for (const queue of queues.values()) queue.reverse();
  /** Whether the row was paired with the next free one of a queue. */
  function takeFrom(queue: Version[], position: number): boolean {
    const { percentOfStaff } = rows[position]!.values;
    for (let last = queue.at(-1); last && taken.has(last.sighting); last = queue.at(-1))
      queue.pop();
    const equal = queue.findLast(
      (each) =>
        !taken.has(each.sighting) && samePercent(each.values.percentOfStaff, percentOfStaff),
    );
    if (equal) pair(position, equal.sighting);
    return equal !== undefined;
  }
  const left = positions.filter((position) => {
    const { values, addedOn } = rows[position]!;
    const queue =
      addedOn === null || !mayDiffer ? undefined : queues.get(`${figures(values)}|${addedOn}`);
    return queue === undefined || !takeFrom(queue, position);
  });
  for (const position of left)
    takeFrom(queues.get(figures(rows[position]!.values)) ?? [], position);
}

interface Version {
  readonly sighting: StoredSighting;
  readonly values: LayoffValues;
}

function figures({ headcount, location }: LayoffValues): string {
  return `${headcount}|${foldedText(location ?? "")}`;
}

function pairLikest(
  rows: readonly LayoffReport[],
  positions: readonly number[],
  left: readonly StoredSighting[],
  pair: Pair,
): void {
  if (positions.length * left.length > COMPARED_MAX) {
    for (const [at, position] of positions.entries()) if (left[at]) pair(position, left[at]);
    return;
  }
  const likely: { position: number; sighting: StoredSighting; likeness: number }[] = [];
  for (const position of positions) {
    for (const sighting of left) {
      const likeness = likenessOf(currentValues(sighting), rows[position]!.values);
      if (likeness > 0) likely.push({ position, sighting, likeness });
    }
  }
  likely.sort((a, b) => b.likeness - a.likeness);
  const done = new Set<number | StoredSighting>();
  for (const { position, sighting } of likely) {
    if (done.has(position) || done.has(sighting)) continue;
    done.add(position).add(sighting);
    pair(position, sighting);
  }
}

/** 0 for two rows that cannot be the same: count, place and page are all known on both sides and differ. */
function likenessOf(known: LayoffValues, row: LayoffValues): number {
  const page = agreement(known.url, row.url);
  const place =
    known.location !== null && row.location !== null
      ? samePlace(known.location, row.location)
        ? 1
        : 0
      : 0.5;
  const count = agreement(known.headcount, row.headcount);
  if (page < 1 && place === 0 && count === 0) return 0;
  return (
    8 * page +
    4 * place +
    2 * count +
    (samePercent(known.percentOfStaff, row.percentOfStaff) ? 1 : 0) +
    0.5
  );
}

function agreement(a: string | number | null, b: string | number | null): 0 | 0.5 | 1 {
  if (a === null || b === null) return 0.5;
  return a === b ? 1 : 0;
}

function pairRedated(
  rows: readonly LayoffReport[],
  known: readonly StoredSighting[],
  pairs: ReadonlyMap<number, StoredSighting>,
  taken: ReadonlySet<StoredSighting>,
  pair: Pair,
): void {
  const byTrace = new Map<string, StoredSighting[]>();
  for (const sighting of known) {
    if (taken.has(sighting)) continue;
    for (const trace of traces(currentValues(sighting))) pushTo(byTrace, trace, sighting);
  }
  if (byTrace.size === 0) return;
  for (const [position, { values }] of rows.entries()) {
    if (pairs.has(position)) continue;
    const near = traces(values)
      .flatMap((trace) => byTrace.get(trace) ?? [])
      .filter((sighting) => !taken.has(sighting) && daysApart(sighting, values) <= REDATED_DAYS_MAX)
      .sort((a, b) => daysApart(a, values) - daysApart(b, values))[0];
    if (near) pair(position, near);
  }
}

/** What would betray the same row under another date. Two rows without a count share nothing by lacking it. */
function traces({ company, location, headcount, url }: LayoffValues): string[] {
  const key = companyKey(company);
  const found: string[] = [];
  if (url !== null) found.push(`${key}|${url}`);
  if (headcount !== null) found.push(`${key}|${foldedText(location ?? "")}|${headcount}`);
  return found;
}

function daysApart(sighting: StoredSighting, { announcedOn }: LayoffValues): number {
  return Math.abs(dayNumber(currentValues(sighting).announcedOn) - dayNumber(announcedOn));
}

function pushTo<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
