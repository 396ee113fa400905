import type {
  Day,
  Entries,
  Entry,
  EntryShelves,
  LayoffSighting,
  LayoffValues,
  PayRow,
  ShelfName,
  Verdict,
} from "../market/facts.ts";
import type { CodedRows } from "./coded-rows.ts";
import {
  payFactsIn,
  payRowsOf,
  type PayDump,
  type PayFacts,
  type PayLedger,
} from "./pay-ledger.ts";
import { newReportAt, type NewReports } from "./new-reports.ts";

/** One file that was imported. */
export interface ImportRecord {
  readonly file: string;
  readonly layout: string;
  readonly source: string;
  /** Of the file's bytes as they lay on disk, hex. */
  readonly sha256: string;
  /** The day the file speaks for. */
  readonly asOfOn: Day;
  /** Rows taken from it. */
  readonly rows: number;
  /** UTC instant, ISO 8601. */
  readonly importedAt: string;
  /** Of a list that is compared row by row: the first and the last day its rows speak of. */
  readonly days?: { readonly from: Day; readonly to: Day };
  /** It was taken for a part of such a list, so what it lacks says nothing. */
  readonly part?: true;
}

/** What an import taught us. */
export type FactChange =
  /** Reports of a list that were not known before. */
  | { readonly kind: "sightings"; readonly rows: NewReports }
  | {
      readonly kind: "sighting";
      readonly key: string;
      readonly learnedOn: Day;
      readonly assumed: boolean;
      readonly values: LayoffValues;
      readonly sentence?: string;
    }
  /** From this day the values are these; a version of the same day is replaced. */
  | {
      readonly kind: "version";
      readonly key: string;
      readonly from: Day;
      readonly values: LayoffValues;
    }
  /** The source's own "date added", found later. */
  | { readonly kind: "learned"; readonly key: string; readonly on: Day }
  /** No longer listed since this day; null when it is listed again. */
  | { readonly kind: "withdrawn"; readonly key: string; readonly on: Day | null }
  /** An older file than any before it holds the row too, unchanged. */
  | { readonly kind: "seen"; readonly key: string }
  /** What a source says now under a key; null: it is no longer listed. The same day's is replaced. */
  | EntryChange
  /** What a person says of two reports, or of one's figure; null takes it back. */
  | ({ readonly kind: "verdict" } & Pick<Verdict, "a" | "b"> & {
        readonly says: Verdict["says"] | null;
      })
  /** Pay rows not met before; they get the next numbers. */
  | { readonly kind: "pay-rows"; readonly rows: CodedRows<PayFacts> }
  /** One of them, as versions before this one wrote it. */
  | { readonly kind: "pay-row"; readonly row: PayFacts }
  /** How often each pay row, by number, stands in this import's dump. */
  | { readonly kind: "pay-dump"; readonly counts: readonly number[] };

/** A notice, posting, value of a series or published total, from a day on. */
export type EntryChange = {
  [Shelf in ShelfName]: {
    readonly kind: "entry";
    readonly shelf: Shelf;
    readonly key: string;
    readonly on: Day;
    readonly values: EntryShelves[Shelf] | null;
  };
}[ShelfName];

/** One import: everything or nothing of it is kept. */
export interface Batch {
  readonly record: ImportRecord;
  readonly changes: readonly FactChange[];
}

export interface StoredSighting extends LayoffSighting {
  /** As-of day of the oldest file that held the row: its first values are known only from then on. */
  readonly seenOn: Day;
}

/** Everything imported so far. */
export interface Stored {
  readonly layoffs: readonly StoredSighting[];
  readonly payRows: readonly PayRow[];
  readonly payLedger: PayLedger;
  readonly entries: Entries;
  /** What people said of reports, by the reports' keys; the last word on each. */
  readonly verdicts: readonly Verdict[];
  readonly imports: readonly ImportRecord[];
}

export interface FactsState {
  /**
   * What the facts become with this import added; nothing changes until `commit` is called.
   * Throws when a change speaks of a sighting that is not there, or makes one twice.
   */
  prepare(batch: Batch): { readonly commit: () => void };
  stored(): Stored;
}

/** The facts as the imports so far have left them. What `stored` gave once is never changed by a later import. */
export function openFactsState(): FactsState {
  const sightings = new Map<string, StoredSighting>();
  const imports: ImportRecord[] = [];
  const payRows: PayFacts[] = [];
  const payDumps: PayDump[] = [];
  const shelves = openShelves();
  const verdicts = new Map<string, Verdict>();
  let snapshot: Stored | undefined;
  /** What was committed and nobody has asked for yet: an import that ends the process need not work it out. */
  let waiting: (() => void)[] = [];

  function settle(): void {
    const all = waiting;
    waiting = [];
    for (const each of all) each();
  }

  /** Throws when a change speaks of a sighting that is not there, or makes one twice. */
  function check({ record, changes }: Batch): void {
    const made = new Set<string>();
    for (const change of changes) {
      // Those of one list are told apart by their numbers; only what was there before could be met again.
      if (change.kind === "sightings" && sightings.size > 0)
        for (const { key } of sightingsIn(change.rows, record)) refuseKnown(key, sightings);
      if (!isOfSighting(change)) continue;
      const isThere = made.has(change.key) || sightings.has(change.key);
      if (change.kind !== "sighting" && !isThere)
        throw new Error(`a change of ${JSON.stringify(change.key)}, which is not there`);
      if (change.kind !== "sighting") continue;
      refuseKnown(change.key, made);
      refuseKnown(change.key, sightings);
      made.add(change.key);
    }
  }

  function apply({ record, changes }: Batch): void {
    const touched = new Map<string, StoredSighting>();
    for (const change of changes) {
      if (change.kind === "sightings")
        for (const made of sightingsIn(change.rows, record))
          touched.set(made.key, changed(undefined, made, record));
      else if (change.kind === "pay-rows") payRows.push(...payFactsIn(change.rows));
      else if (change.kind === "pay-row") payRows.push(change.row);
      else if (change.kind === "pay-dump")
        payDumps.push({ source: record.source, asOfOn: record.asOfOn, counts: change.counts });
      else if (change.kind === "entry") shelves.put(change, record.source);
      else if (change.kind === "verdict") {
        const { a, b, says } = change;
        if (says === null) verdicts.delete(`${a}\n${b}`);
        else verdicts.set(`${a}\n${b}`, { a, b, says });
      } else
        touched.set(
          change.key,
          changed(touched.get(change.key) ?? sightings.get(change.key), change, record),
        );
    }
    for (const [key, sighting] of touched) sightings.set(key, withoutRepeats(sighting));
    imports.push(record);
  }

  return {
    prepare(batch) {
      settle();
      check(batch);
      return {
        commit() {
          waiting.push(() => apply(batch));
          snapshot = undefined;
        },
      };
    },
    stored() {
      settle();
      if (!snapshot) {
        const payLedger = { rows: [...payRows], dumps: [...payDumps] };
        snapshot = {
          layoffs: [...sightings.values()],
          payRows: payRowsOf(payLedger),
          payLedger,
          entries: shelves.entries(),
          verdicts: [...verdicts.values()],
          imports: [...imports],
        };
      }
      return snapshot;
    },
  };
}

type SightingChange = Exclude<
  FactChange,
  { readonly kind: "sightings" | "pay-rows" | "pay-row" | "pay-dump" | "entry" | "verdict" }
>;

function isOfSighting(change: FactChange): change is SightingChange {
  return !["sightings", "pay-rows", "pay-row", "pay-dump", "entry", "verdict"].includes(
    change.kind,
  );
}

function refuseKnown(key: string, known: { has(key: string): boolean }): void {
  if (known.has(key)) throw new Error(`the sighting ${JSON.stringify(key)} is there already`);
}

/** source id | company key | announced day of the first version | k-th repeat, counted from 1. */
export function sightingKey(source: string, companyKey: string, on: Day, repeat: number): string {
  return `${source}|${companyKey}|${on}|${repeat}`;
}

function* sightingsIn(
  reports: NewReports,
  { source }: ImportRecord,
): Generator<SightingChange & { readonly kind: "sighting" }> {
  for (let row = 0; row < reports.size; row++) {
    const { values, addedOn, companyKey, repeat } = newReportAt(reports, row);
    yield {
      kind: "sighting",
      key: sightingKey(source, companyKey, values.announcedOn, repeat),
      learnedOn: addedOn ?? values.announcedOn,
      assumed: addedOn === null,
      values,
    };
  }
}

function openShelves() {
  const shelves: { readonly [Shelf in ShelfName]: Map<string, Entry<EntryShelves[Shelf]>> } = {
    notices: new Map(),
    postings: new Map(),
    points: new Map(),
    totals: new Map(),
  };
  function put<Shelf extends ShelfName>(
    shelf: Map<string, Entry<EntryShelves[Shelf]>>,
    { key, on, values }: { key: string; on: Day; values: EntryShelves[Shelf] | null },
    source: string,
  ): void {
    const before = shelf.get(key) ?? { key, source, versions: [] };
    const versions = [...before.versions.filter(({ from }) => from !== on), { from: on, values }];
    shelf.set(key, { ...before, versions: versions.sort((a, b) => (a.from < b.from ? -1 : 1)) });
  }
  return {
    put(change: EntryChange, source: string): void {
      switch (change.shelf) {
        case "notices":
          return put(shelves.notices, change, source);
        case "postings":
          return put(shelves.postings, change, source);
        case "points":
          return put(shelves.points, change, source);
        case "totals":
          return put(shelves.totals, change, source);
      }
    },
    entries: (): Entries => ({
      notices: [...shelves.notices.values()],
      postings: [...shelves.postings.values()],
      points: [...shelves.points.values()],
      totals: [...shelves.totals.values()],
    }),
  };
}

function changed(
  known: StoredSighting | undefined,
  change: SightingChange,
  { source, asOfOn }: ImportRecord,
): StoredSighting {
  if (change.kind === "sighting") {
    return {
      key: change.key,
      source,
      learnedOn: change.learnedOn,
      learnedIsAssumed: change.assumed,
      versions: [{ from: change.learnedOn, values: change.values }],
      withdrawnOn: null,
      seenOn: asOfOn,
      ...(change.sentence !== undefined && { sentence: change.sentence }),
    };
  }
  // A batch whose changes do not fit is refused before it comes here.
  const sighting = known!;
  const seenOn = asOfOn < sighting.seenOn ? asOfOn : sighting.seenOn;
  if (change.kind === "withdrawn") return { ...sighting, withdrawnOn: change.on };
  if (change.kind === "learned") {
    const versions = startingOn(sighting.versions, change.on);
    return { ...sighting, learnedOn: change.on, learnedIsAssumed: false, versions, seenOn };
  }
  if (change.kind === "version") {
    const version = { from: change.from, values: change.values };
    const others = sighting.versions.filter(({ from }) => from !== version.from);
    const versions = [...others, version].sort((a, b) => (a.from < b.from ? -1 : 1));
    return { ...sighting, versions, seenOn };
  }
  return { ...sighting, seenOn };
}

/** A version that says what the one before it says is none. Only a whole import tells: half way through, two may be equal. */
function withoutRepeats(sighting: StoredSighting): StoredSighting {
  if (sighting.versions.length === 1) return sighting;
  const said = sighting.versions.map(({ values }) => JSON.stringify(values));
  return { ...sighting, versions: sighting.versions.filter((_, at) => said[at] !== said[at - 1]) };
}

/** The versions when the first of them is known to hold from another day: what that day has outlived is dropped. */
export function startingOn(
  versions: LayoffSighting["versions"],
  day: Day,
): LayoffSighting["versions"] {
  const outlived = versions.filter((version) => version.from <= day).length;
  const [first, ...rest] = versions.slice(Math.max(0, outlived - 1));
  return [{ from: day, values: first!.values }, ...rest];
}
