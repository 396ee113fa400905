import { dayNumber } from "./calendar.ts";
import { blankArrays, mapped, memoryColumn, memoryColumns, once } from "./column.ts";
import type { Column, ColumnsOf } from "./column.ts";
import type { Company, CompanyBook } from "./company.ts";
import type { Basis, Facts, LayoffSighting } from "./facts.ts";
import type { Dimension } from "./layoffs.ts";
import {
  allTexts,
  indexOf,
  openDictionary,
  slotsOf,
  textAt,
  textColumns,
  TEXTS_LAYOUT,
} from "./texts.ts";
import type { Texts } from "./texts.ts";

/** Days are numbers since 1970-01-01; these two stand for "no such day" and "not yet". */
export const NO_DAY = -(2 ** 31);
export const NEVER = 2 ** 31 - 1;
/** People when the size was not reported. */
export const UNKNOWN = -1;

export const SIGHTING_LAYOUT = {
  learned: "i32",
  withdrawn: "i32",
  source: "i32",
  /** Whose report was the first: what an event is known by stays when another's word counts later. */
  firstSource: "i32",
  /** Reports that make the event; negative while its figure comes from a sentence nobody confirmed. */
  witnesses: "i32",
  /** Its versions are numbered from here up to the next sighting's first; one entry more than there are sightings. */
  firstVersion: "i32",
} as const;

export const VERSION_LAYOUT = {
  sighting: "i32",
  from: "i32",
  company: "i32",
  spelling: "i32",
  announced: "i32",
  filed: "i32",
  effective: "i32",
  people: "i32",
  percent: "f64",
  industry: "i32",
  country: "i32",
  stage: "i32",
  reason: "i32",
  location: "i32",
  url: "i32",
} as const;

/** What a list shows of a version, in this order. */
export const CARD = [
  "company",
  "spelling",
  "announced",
  "people",
  "industry",
  "country",
  "location",
  "stage",
  "url",
] as const satisfies readonly (keyof typeof VERSION_LAYOUT)[];
/** A card's numbers: those of its version, then when the sighting was learned and its source. */
export const CARD_WIDTH = CARD.length + 2;

/** Company keys are sorted, so that codes of equal facts are equal; number 0 of the others is "not reported". */
export const TEXT_LAYOUTS = {
  companyKey: TEXTS_LAYOUT,
  companyName: TEXTS_LAYOUT,
  spelling: TEXTS_LAYOUT,
  location: TEXTS_LAYOUT,
  url: TEXTS_LAYOUT,
  source: TEXTS_LAYOUT,
  industry: TEXTS_LAYOUT,
  country: TEXTS_LAYOUT,
  stage: TEXTS_LAYOUT,
  reason: TEXTS_LAYOUT,
} as const;
export type TextName = keyof typeof TEXT_LAYOUTS;
type Coded = "industry" | "country" | "stage" | "reason" | "source";

export type Sightings = ColumnsOf<typeof SIGHTING_LAYOUT>;
export type Versions = ColumnsOf<typeof VERSION_LAYOUT>;
type Ints = Int32Array<ArrayBuffer>;

/** What a ledger is made of: columns only, so that it can rest in a file. */
export interface LedgerParts {
  readonly sightings: Sightings;
  readonly versions: Versions;
  readonly texts: Readonly<Record<TextName, Texts>>;
  /** Finds a company key's code, see `slotsOf`. */
  readonly companySlots: Column<Ints>;
  /** One card a version, side by side: a row of a list is one look into memory, or into the file, and not fourteen. */
  readonly cards: Column<Ints>;
  /** Every version, ordered by the announced day as `order` gives it. */
  readonly announcedOrder: Column<Ints>;
}

export interface Label {
  readonly group: string;
  readonly name: string;
}

/** Every version of every sighting, by number; tables of one day's knowledge are read from it. */
export interface Ledger extends LedgerParts {
  /** The last day on which anything was learned, changed or withdrawn: as known after it is all that is known. */
  readonly lastChange: () => number;
  /** Version numbers ordered by the basis day, then the smaller first and companies backwards: read backwards, a day's largest comes first. */
  order(basis: Basis): Ints;
  /** The day a version counts on; NO_DAY when the source does not give it. */
  dayOf(basis: Basis): (version: number) => number;
  /** The code of a company key; -1 when no event is its. */
  companyCode(key: string): number;
  /** What a code is counted as and shown as: a company's key and name, a dimension's name twice. */
  label(by: Dimension, code: number): Label;
  /** What the codes of a dimension stand for; "" is not reported. */
  names(dimension: Coded): readonly string[];
}

export function openLedger(parts: LedgerParts): Ledger {
  const { sightings, versions, texts } = parts;
  const dayOf = (basis: Basis) => {
    const days = basis === "learned" ? sightings.learned.all() : versions[basis].all();
    if (basis !== "learned") return (version: number) => days[version]!;
    const sightingOf = versions.sighting.all();
    return (version: number) => days[sightingOf[version]!]!;
  };
  const ordered = (basis: Basis) => once(() => orderBy(dayOf(basis), versions));
  const orders = {
    announced: () => parts.announcedOrder.all(),
    learned: ordered("learned"),
    filed: ordered("filed"),
    effective: ordered("effective"),
  };
  const named = (dimension: Coded) => once(() => allTexts(texts[dimension]));
  const names = {
    industry: named("industry"),
    country: named("country"),
    stage: named("stage"),
    reason: named("reason"),
    source: named("source"),
  };
  const sameName = (dimension: "industry" | "country" | "stage") =>
    once(() =>
      names[dimension]().map((text) => ({ group: text || "Unknown", name: text || "Unknown" })),
    );
  const labels = {
    industry: sameName("industry"),
    country: sameName("country"),
    stage: sameName("stage"),
  };
  const companies = new Map<number, Label>();
  const company = (code: number) => {
    const known = companies.get(code);
    if (known !== undefined) return known;
    const made = { group: textAt(texts.companyKey, code), name: textAt(texts.companyName, code) };
    companies.set(code, made);
    return made;
  };
  const label = (by: Dimension, code: number) =>
    by === "company" ? company(code) : labels[by]()[code]!;
  return {
    ...parts,
    dayOf,
    order: (basis) => orders[basis](),
    names: (dimension) => names[dimension](),
    lastChange: once(() => lastChange(sightings, versions)),
    label,
    companyCode: (key) =>
      indexOf(parts.companySlots, key.toWellFormed(), (code) => label("company", code).group),
  };
}

/** The ledger of all sightings, companies joined by the book. */
export function ledgerOf(
  layoffs: readonly LayoffSighting[],
  book: CompanyBook,
  witnesses: Facts["witnesses"] = {},
): Ledger {
  const companies = companiesOf(layoffs, book);
  const codeOf = new Map(companies.sorted.map((company, code) => [company.key, code]));
  const versionCount = layoffs.reduce((sum, { versions }) => sum + versions.length, 0);
  const sightings = {
    ...blankArrays(SIGHTING_LAYOUT, layoffs.length),
    firstVersion: new Int32Array(layoffs.length + 1),
  };
  const versions = blankArrays(VERSION_LAYOUT, versionCount);
  const words = {
    spelling: openDictionary(),
    location: openDictionary(),
    url: openDictionary(),
    source: openDictionary(),
    industry: openDictionary(),
    country: openDictionary(),
    stage: openDictionary(),
    reason: openDictionary(),
  };
  const number = dayNumbers();
  let at = 0;
  layoffs.forEach((layoff, index) => {
    sightings.learned[index] = number(layoff.learnedOn);
    sightings.withdrawn[index] = layoff.withdrawnOn === null ? NEVER : number(layoff.withdrawnOn);
    sightings.source[index] = words.source.codeOf(layoff.source);
    sightings.firstSource[index] = words.source.codeOf(layoff.firstSource ?? layoff.source);
    const reports = witnesses[index]?.length ?? 1;
    sightings.witnesses[index] = layoff.sentence === undefined ? reports : -reports;
    for (const { from, values } of layoff.versions) {
      versions.sighting[at] = index;
      versions.from[at] = number(from);
      versions.company[at] = codeOf.get(companies.bySpelling.get(values.company)!.key)!;
      versions.announced[at] = number(values.announcedOn);
      versions.filed[at] = values.filedOn === null ? NO_DAY : number(values.filedOn);
      versions.effective[at] = values.effectiveOn === null ? NO_DAY : number(values.effectiveOn);
      versions.people[at] = values.headcount ?? UNKNOWN;
      versions.percent[at] = values.percentOfStaff ?? Number.NaN;
      versions.spelling[at] = words.spelling.codeOf(values.company);
      for (const word of ["industry", "country", "stage", "reason", "location", "url"] as const) {
        versions[word][at] = words[word].codeOf(values[word]);
      }
      at++;
    }
    sightings.firstVersion[index + 1] = at;
  });
  const columns = {
    sightings: memoryColumns<typeof SIGHTING_LAYOUT>(sightings),
    versions: memoryColumns<typeof VERSION_LAYOUT>(versions),
  };
  return openLedger({
    ...columns,
    companySlots: memoryColumn(slotsOf(companies.sorted.map(({ key }) => key))),
    cards: memoryColumn(cardsOf(columns)),
    texts: {
      companyKey: textColumns(companies.sorted.map(({ key }) => key)),
      companyName: textColumns(companies.sorted.map(({ name }) => name)),
      ...mapped(words, ({ texts }) => textColumns(texts)),
    },
    announcedOrder: memoryColumn(
      orderBy((version) => versions.announced[version]!, columns.versions),
    ),
  });
}

function cardsOf({ sightings, versions }: Pick<LedgerParts, "sightings" | "versions">): Ints {
  const sighting = versions.sighting.all();
  const [learned, source] = [sightings.learned.all(), sightings.source.all()];
  const fields = CARD.map((name) => versions[name].all());
  const cards = new Int32Array(sighting.length * CARD_WIDTH);
  for (let version = 0, at = 0; version < sighting.length; version++) {
    for (const field of fields) cards[at++] = field[version]!;
    cards[at++] = learned[sighting[version]!]!;
    cards[at++] = source[sighting[version]!]!;
  }
  return cards;
}

function orderBy(dayOf: (version: number) => number, versions: Versions): Ints {
  const people = versions.people.all();
  const company = versions.company.all();
  const day = new Int32Array(people.length).map((_, version) => dayOf(version));
  return Int32Array.from(day.keys()).sort(
    (a, b) => day[a]! - day[b]! || people[a]! - people[b]! || company[b]! - company[a]! || a - b,
  );
}

function lastChange({ learned, withdrawn }: Sightings, { from }: Versions): number {
  let last = NO_DAY;
  for (const day of learned.all()) if (day > last) last = day;
  for (const day of from.all()) if (day > last) last = day;
  for (const day of withdrawn.all()) if (day > last && day !== NEVER) last = day;
  return last;
}

function companiesOf(
  layoffs: readonly LayoffSighting[],
  book: CompanyBook,
): { bySpelling: ReadonlyMap<string, Company>; sorted: readonly Company[] } {
  const bySpelling = new Map<string, Company>();
  const byKey = new Map<string, Company>();
  for (const { versions } of layoffs) {
    for (const { values } of versions) {
      if (bySpelling.has(values.company)) continue;
      const company = book.of(values.company);
      bySpelling.set(values.company, company);
      if (!byKey.has(company.key)) byKey.set(company.key, company);
    }
  }
  return { bySpelling, sorted: [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

/** Day numbers remembered by text, since a file repeats a few thousand days. */
function dayNumbers(): (day: string) => number {
  const known = new Map<string, number>();
  return (day) => {
    const seen = known.get(day);
    if (seen !== undefined) return seen;
    const number = dayNumber(day);
    known.set(day, Number.isNaN(number) ? NO_DAY : number);
    return Number.isNaN(number) ? NO_DAY : number;
  };
}
