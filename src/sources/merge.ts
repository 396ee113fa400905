import { daysBetween } from "../market/calendar.ts";
import type { Day, LayoffSighting, LayoffValues, UnsurePair, Witness } from "../market/facts.ts";

/** What merging knows of sources. */
export interface MergeRules {
  /** Joins the spellings of a company. */
  readonly companyKey: (company: string) => string;
  /** Whose word counts first: the smaller number. */
  readonly rankOf: (source: string) => number;
  /** Each row of such a source is an event of its own, however alike two are; others report one event several times. */
  readonly isList: (source: string) => boolean;
  /** What people decided, by `pairKey`. */
  readonly verdicts: ReadonlyMap<string, "same" | "different">;
  /** Keys of reports whose figure a person confirmed. */
  readonly confirmed: ReadonlySet<string>;
}

export interface Merged {
  /** One an event, in the order their first reports stood in. */
  readonly layoffs: readonly LayoffSighting[];
  /** Of events more than one reports, by their place in `layoffs`. */
  readonly witnesses: Readonly<Record<number, readonly Witness[]>>;
  /** Perhaps the same, perhaps not: for a person to say. */
  readonly unsure: readonly UnsurePair[];
  /** Reports whose figure was read from a sentence that nobody confirmed. */
  readonly unconfirmed: readonly Witness[];
}

/** Announced so many days apart, two reports are of one happening unless their sizes contradict each other. */
const NEAR_DAYS = 3;
/** And so many days apart where the company has no other event within the far days that it could be. */
const WEEK_DAYS = 7;
/** So many days apart only when they give the same size. */
const FAR_DAYS = 14;
/** Sizes are the same from this ratio of the smaller to the larger on, and contradict each other below the other. */
const SAME_FROM = 0.9;
const CONTRADICTS_BELOW = 0.5;

/**
 * Reports of the same happening by several sources as one event with its witnesses: the same company, announced within days,
 * of sizes that fit. Every report keeps its figures; the event shows those of the first in rank that gives one, as they were
 * known on each day. A person's verdict comes before all of this.
 */
export function mergeSightings(layoffs: readonly LayoffSighting[], rules: MergeRules): Merged {
  const byCompany = reportedCompanies(layoffs, rules);
  const groups = openGroups(layoffs, rules);
  const unsure: UnsurePair[] = [];
  for (const places of byCompany.values()) {
    const pairs = pairsOf(places, layoffs, rules);
    for (const { a, b, grade } of pairs) if (grade !== "unsure") groups.join(a, b);
    for (const { a, b, grade } of pairs)
      if (grade === "unsure" && groups.mayJoin(a, b))
        unsure.push({ a: witnessOf(layoffs[a]!), b: witnessOf(layoffs[b]!) });
  }
  const merged: LayoffSighting[] = [];
  const witnesses: Record<number, readonly Witness[]> = {};
  for (const [at, sighting] of layoffs.entries()) {
    const members = groups.of(at);
    if (members === undefined) {
      merged.push(withConfirmation(sighting, rules));
      continue;
    }
    const reports = members.map((place) => layoffs[place]!);
    if (firstKnown(reports) !== sighting) continue;
    witnesses[merged.length] = ranked(reports, rules).map(witnessOf);
    merged.push(withConfirmation(eventOf(reports, rules), rules));
  }
  const unconfirmed = merged.flatMap((event, at) => {
    if (event.sentence === undefined) return [];
    // Whose figure it is; what a person says of it is said of the event.
    const telling = witnesses[at]?.find(
      ({ people, percent }) => people !== null || percent !== null,
    );
    return [{ ...(telling ?? witnessOf(event)), key: event.key }];
  });
  return { layoffs: merged, witnesses, unsure, unconfirmed };
}

/** What a filing adds to the name a tracker uses: Expedia Group is Expedia, where no Expedia Group is listed. */
const ADDED = /[\s,]+(?:group|holdings?|technologies|international|platforms|systems|labs|com)$/i;

/** Reports by their company, for companies that others than a list report; nothing is asked where there is only a list. */
function reportedCompanies(
  layoffs: readonly LayoffSighting[],
  { companyKey, isList }: MergeRules,
): ReadonlyMap<string, readonly number[]> {
  if (layoffs.every(({ source }) => isList(source))) return new Map();
  const names = layoffs.map((sighting) => latest(sighting).company);
  const keys = names.map(companyKey);
  const listed = new Set(keys.filter((_, at) => isList(layoffs[at]!.source)));
  const joined = keys.map((key, at) => {
    if (listed.has(key)) return key;
    const shorter = companyKey(names[at]!.replace(ADDED, ""));
    return listed.has(shorter) ? shorter : key;
  });
  const others = new Set(joined.filter((_, at) => !isList(layoffs[at]!.source)));
  return Map.groupBy(
    layoffs.keys().filter((at) => others.has(joined[at]!)),
    (at) => joined[at]!,
  );
}

/** The name of a pair of reports, whichever comes first. */
export function pairKey(a: string, b: string): string {
  return [a, b].sort().join("\n");
}

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly grade: "decided" | "sure" | "unsure";
  /** The smaller, the likelier. */
  readonly distance: number;
}

/** Every two reports of a company that may be of one happening, the likeliest first. */
function pairsOf(
  places: readonly number[],
  layoffs: readonly LayoffSighting[],
  rules: MergeRules,
): readonly Pair[] {
  const sorted = places.toSorted((a, b) =>
    latest(layoffs[a]!).announcedOn < latest(layoffs[b]!).announcedOn ? -1 : 1,
  );
  const eventDays = places
    .filter((at) => rules.isList(layoffs[at]!.source))
    .map((at) => latest(layoffs[at]!).announcedOn);
  const isOnly = (...days: readonly Day[]) =>
    eventDays.filter((event) => days.some((day) => apart(event, day) <= FAR_DAYS)).length <= 1;
  const pairs: Pair[] = [];
  for (const [index, a] of sorted.entries())
    for (const b of sorted.slice(index + 1)) {
      const [one, other] = [layoffs[a]!, layoffs[b]!];
      const verdict = rules.verdicts.get(pairKey(one.key, other.key));
      if (verdict === "same") pairs.push({ a, b, grade: "decided", distance: -1 });
      if (verdict !== undefined) continue;
      if (rules.isList(one.source) && rules.isList(other.source)) continue;
      const likeness = likenessOf(one, other, isOnly);
      if (likeness !== null) pairs.push({ a, b, ...likeness });
    }
  return pairs.toSorted((one, other) => one.distance - other.distance);
}

function gradeOf(
  days: number,
  near: number,
  one: LayoffValues,
  other: LayoffValues,
): Pair["grade"] | null {
  const ratio = ratioOf(one, other);
  if (days <= near) return ratio === null || ratio >= CONTRADICTS_BELOW ? "sure" : "unsure";
  if (ratio !== null && ratio >= SAME_FROM) return "sure";
  return ratio === null || ratio >= CONTRADICTS_BELOW ? "unsure" : null;
}

/** How alike two sizes are, by people or else by share of staff: 1 is equal; null when one does not say. */
function ratioOf(one: LayoffValues, other: LayoffValues): number | null {
  const ratio = (a: number | null, b: number | null) =>
    a === null || b === null ? null : Math.min(a, b) / Math.max(a, b, 1);
  return ratio(one.headcount, other.headcount) ?? ratio(one.percentOfStaff, other.percentOfStaff);
}

/**
 * How much two reports are alike at their most alike: what was one happening stays one when a source gives it another day or
 * size later. Null where they never could be.
 */
function likenessOf(
  one: LayoffSighting,
  other: LayoffSighting,
  isOnly: (...days: readonly Day[]) => boolean,
): Pick<Pair, "grade" | "distance"> | null {
  let best: Pick<Pair, "grade" | "distance"> | null = null;
  for (const { values: a } of one.versions)
    for (const { values: b } of other.versions) {
      const days = apart(a.announcedOn, b.announcedOn);
      if (days > FAR_DAYS) continue;
      const near = isOnly(a.announcedOn, b.announcedOn) ? WEEK_DAYS : NEAR_DAYS;
      const grade = gradeOf(days, near, a, b);
      if (grade === null) continue;
      // Days apart, and up to a day more for sizes that differ.
      const distance = days + 1 - (ratioOf(a, b) ?? CONTRADICTS_BELOW);
      const isBetter = best?.grade === grade ? distance < best.distance : grade === "sure";
      if (best === null || isBetter) best = { grade, distance };
    }
  return best;
}

function apart(one: Day, other: Day): number {
  return Math.abs(daysBetween(one, other));
}

function openGroups(layoffs: readonly LayoffSighting[], rules: MergeRules) {
  const groups = new Map<number, readonly number[]>();
  const membersOf = (at: number) => groups.get(at) ?? [at];
  /** A list's rows are different events, and what a person told apart stays apart. */
  const mayJoin = (a: number, b: number): boolean => {
    const [some, more] = [membersOf(a), membersOf(b)];
    if (some.includes(b)) return false;
    const lists = [...some, ...more].filter((at) => rules.isList(layoffs[at]!.source));
    return (
      lists.length <= 1 &&
      some.every((one) =>
        more.every(
          (other) =>
            rules.verdicts.get(pairKey(layoffs[one]!.key, layoffs[other]!.key)) !== "different",
        ),
      )
    );
  };
  return {
    mayJoin,
    of: (at: number) => groups.get(at),
    join(a: number, b: number): void {
      if (!mayJoin(a, b)) return;
      const all = [...membersOf(a), ...membersOf(b)].sort((one, other) => one - other);
      for (const at of all) groups.set(at, all);
    },
  };
}

/** One event of several reports: its values on each day are those its reports gave by then. */
function eventOf(reports: readonly LayoffSighting[], rules: MergeRules): LayoffSighting {
  const first = firstKnown(reports);
  const order = ranked(reports, rules);
  const days = reports
    .flatMap(({ versions, withdrawnOn }) => [
      ...versions.map(({ from }) => from),
      ...(withdrawnOn === null ? [] : [withdrawnOn]),
    ])
    .sort();
  const versions: { from: Day; values: LayoffValues }[] = [];
  let withdrawnOn: Day | null = null;
  for (const day of new Set(days)) {
    const known = order.flatMap((report) => knownOn(report, day) ?? []);
    withdrawnOn = known.length > 0 ? null : (withdrawnOn ?? day);
    if (known.length === 0) continue;
    const values = resolved(known);
    if (JSON.stringify(versions.at(-1)?.values) !== JSON.stringify(values))
      versions.push({ from: day, values });
  }
  // A report that gives no figure confirms none.
  const telling = order.filter(givesSize);
  const isConfirmed = publishers(telling.length > 0 ? telling : reports, rules).size > 1;
  const read = (telling[0] ?? first).sentence;
  const { sentence: _sentence, ...told } = first;
  return {
    ...told,
    source: order[0]!.source,
    ...(order[0]!.source !== first.source && { firstSource: first.source }),
    versions,
    withdrawnOn,
    ...(!isConfirmed && read !== undefined && { sentence: read }),
  };
}

/** What a report said on a day; undefined before it was known and after it was taken back. */
function knownOn(
  { learnedOn, withdrawnOn, versions }: LayoffSighting,
  day: Day,
): LayoffValues | undefined {
  if (learnedOn > day || (withdrawnOn !== null && withdrawnOn <= day)) return undefined;
  return versions.findLast(({ from }) => from <= day)?.values;
}

/** The first in rank has the word; what it does not say, the next one may. The page shown is one that gives the size shown. */
function resolved(reports: readonly LayoffValues[]): LayoffValues {
  const [first, ...others] = reports;
  const values = others.reduce(
    (values, other) => ({
      ...values,
      filedOn: values.filedOn ?? other.filedOn,
      effectiveOn: values.effectiveOn ?? other.effectiveOn,
      headcount: values.headcount ?? other.headcount,
      percentOfStaff: values.percentOfStaff ?? other.percentOfStaff,
      industry: values.industry ?? other.industry,
      country: values.country ?? other.country,
      location: values.location ?? other.location,
      stage: values.stage ?? other.stage,
      reason: values.reason ?? other.reason,
      raisedUsdM: values.raisedUsdM ?? other.raisedUsdM,
    }),
    first!,
  );
  const { headcount, percentOfStaff } = values;
  const saysIt = (report: LayoffValues) =>
    headcount === null ? report.percentOfStaff === percentOfStaff : report.headcount === headcount;
  return { ...values, url: reports.find((one) => saysIt(one) && one.url !== null)?.url ?? null };
}

function ranked(reports: readonly LayoffSighting[], { rankOf }: MergeRules): LayoffSighting[] {
  return reports.toSorted(
    (a, b) => rankOf(a.source) - rankOf(b.source) || (a.learnedOn < b.learnedOn ? -1 : 1),
  );
}

function firstKnown(reports: readonly LayoffSighting[]): LayoffSighting {
  return reports.reduce((first, report) => (report.learnedOn < first.learnedOn ? report : first));
}

/** Two pages of one publisher are one witness; a list that links to the page has read it for itself. */
function publishers(
  reports: readonly LayoffSighting[],
  { isList }: MergeRules,
): ReadonlySet<string> {
  return new Set(
    reports.map((report) => {
      const { url } = latest(report);
      const isPage = !isList(report.source) && url !== null && URL.canParse(url);
      return isPage ? new URL(url).host : report.source;
    }),
  );
}

function withConfirmation(sighting: LayoffSighting, { confirmed }: MergeRules): LayoffSighting {
  if (sighting.sentence === undefined || !confirmed.has(sighting.key)) return sighting;
  const { sentence: _sentence, ...told } = sighting;
  return told;
}

function witnessOf(sighting: LayoffSighting): Witness {
  const { key, source, learnedOn, sentence } = sighting;
  const { company, announcedOn, headcount, percentOfStaff, url } = latest(sighting);
  return {
    key,
    source,
    company,
    announcedOn,
    learnedOn,
    people: headcount,
    percent: percentOfStaff,
    url,
    sentence: sentence ?? null,
  };
}

function givesSize(sighting: LayoffSighting): boolean {
  const { headcount, percentOfStaff } = latest(sighting);
  return headcount !== null || percentOfStaff !== null;
}

function latest({ versions }: LayoffSighting): LayoffValues {
  return versions.at(-1)!.values;
}
