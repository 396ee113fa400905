import type { Day, Entry, NoticeValues } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { employerKey, employerName, noticeRank } from "../market/notices.ts";
import type { NoticeFact } from "./new-fact.ts";

type NoticeEntry = Entry<NoticeValues>;

/**
 * WARN notices on the day they were first known, as `learnedFacts` gives them. A notice on several lists is one, and so is one
 * that a list took down and gave anew under another key, as lists do when a notice is amended. Its id is the key of the entry
 * that came first.
 */
export function learnedNotices(
  market: Market,
  from: Day,
  to: Day,
  as: "now" | "then",
): readonly NoticeFact[] {
  const places = placesOf(market.entries.notices);
  const found: NoticeFact[] = [];
  const done = new Set<string>();
  for (const entry of market.entries.notices) {
    const learned = firstOf(entry)?.from;
    if (learned === undefined || learned < from || learned > to) continue;
    const place = placeOf(entry);
    if (done.has(place)) continue;
    done.add(place);
    for (const alike of byEmployer(places.get(place)!))
      for (const notice of joined(alike)) {
        const { from: learnedOn } = firstOf(earliestOf(notice))!;
        if (learnedOn >= from && learnedOn <= to) found.push(factOf(notice, market, as));
      }
  }
  return found;
}

function factOf(
  reports: readonly [NoticeEntry, ...NoticeEntry[]],
  { companies }: Market,
  as: "now" | "then",
): NoticeFact {
  const earliest = earliestOf(reports);
  const learnedOn = firstOf(earliest)!.from;
  const listed = reports
    .filter(({ versions }) => versions.at(-1)!.values !== null)
    .toSorted((a, b) => noticeRank(a.source) - noticeRank(b.source));
  const shown = as === "then" ? earliest : (listed[0] ?? reports.at(-1)!);
  const values = as === "then" ? firstOf(shown)!.values : lastOf(shown).values;
  const people =
    as === "then" || values.people !== null
      ? values.people
      : (listed.map((entry) => lastOf(entry).values.people).find((size) => size !== null) ?? null);
  const companyKey = employerKey(values.company, companies);
  return {
    event: "warn_notice",
    id: reports[0].key,
    name: values.company,
    on: values.noticedOn ?? learnedOn,
    learnedOn,
    size: people,
    was: null,
    withdrawn: as === "now" && listed.length === 0,
    traits: {
      companyKey,
      sector: null,
      country: "United States",
      state: values.state,
      stage: null,
      reason: null,
      // Of the list that had it first: another that has it too must not end what was told.
      source: reports[0].source,
      people,
      percent: null,
    },
    notice: { ...values, people, source: shown.source, learnedOn },
  };
}

/** The entry that was known first; of several on one day, the one that came first. */
function earliestOf(reports: readonly NoticeEntry[]): NoticeEntry {
  return reports.reduce((a, b) => (firstOf(b)!.from < firstOf(a)!.from ? b : a));
}

function byEmployer(entries: readonly NoticeEntry[]): Iterable<readonly NoticeEntry[]> {
  const employers = new Map<string, NoticeEntry[]>();
  for (const entry of entries) {
    const name = employerName(firstOf(entry)!.values.company);
    const own = employers.get(name);
    if (own === undefined) employers.set(name, [entry]);
    else own.push(entry);
  }
  return employers.values();
}

/** The entries of one employer, state and day of notice as single notices, in the order they came. */
function joined(
  entries: readonly NoticeEntry[],
): readonly (readonly [NoticeEntry, ...NoticeEntry[]])[] {
  const notices: [NoticeEntry, ...NoticeEntry[]][] = [];
  for (const entry of entries) {
    const same = notices.find((notice) => isTwin(notice, entry) || isAnew(notice, entry));
    if (same === undefined) notices.push([entry]);
    else same.push(entry);
  }
  return notices;
}

/** Another list's word of the same notice: it takes effect on the same day, and is of no other size. */
function isTwin(notice: readonly NoticeEntry[], entry: NoticeEntry): boolean {
  const { effectiveOn, people } = firstOf(entry)!.values;
  return notice.every((other) => {
    const { values } = firstOf(other)!;
    return (
      other.source !== entry.source &&
      values.effectiveOn === effectiveOn &&
      (values.people === null || people === null || values.people === people)
    );
  });
}

/** The same list's notice under another key: what it had before is no longer listed. */
function isAnew(notice: readonly NoticeEntry[], entry: NoticeEntry): boolean {
  const before = notice.filter(({ source }) => source === entry.source);
  return before.length > 0 && before.every(({ versions }) => versions.at(-1)!.values === null);
}

/** Entries by state and day of notice, in the order they came; worked out once for one state of the facts. */
function placesOf(notices: readonly NoticeEntry[]): ReadonlyMap<string, readonly NoticeEntry[]> {
  const ready = known.get(notices);
  if (ready !== undefined) return ready;
  const places = new Map<string, NoticeEntry[]>();
  for (const entry of notices) {
    if (firstOf(entry) === undefined) continue;
    const place = placeOf(entry);
    const own = places.get(place);
    if (own === undefined) places.set(place, [entry]);
    else own.push(entry);
  }
  known.set(notices, places);
  return places;
}

const known = new WeakMap<readonly NoticeEntry[], ReadonlyMap<string, readonly NoticeEntry[]>>();

function placeOf(entry: NoticeEntry): string {
  const { state, noticedOn, effectiveOn } = firstOf(entry)!.values;
  return `${state}|${noticedOn ?? `effective ${effectiveOn}`}`;
}

type Said = { readonly from: Day; readonly values: NoticeValues };

/** What an entry said first; undefined for one that was gone on the day it came. */
function firstOf({ versions }: NoticeEntry): Said | undefined {
  return versions.find(isSaid);
}

function lastOf({ versions }: NoticeEntry): Said {
  return versions.findLast(isSaid)!;
}

function isSaid(version: NoticeEntry["versions"][number]): version is Said {
  return version.values !== null;
}
