import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import { mapped, once, zeros } from "../market/column.ts";
import type { Column, ColumnsOf, Kind, Layout, Values } from "../market/column.ts";
import { WEIGHT_LAYOUT } from "../market/company-search.ts";
import type { CompanyNames } from "../market/company-search.ts";
import {
  openLedger,
  SIGHTING_LAYOUT,
  TEXT_LAYOUTS,
  VERSION_LAYOUT,
} from "../market/layoff-ledger.ts";
import { COMPANY_LAYOUT, ROW_LAYOUT } from "../market/layoff-table.ts";
import type { LayoffTable } from "../market/layoff-table.ts";
import type { LayoffAbout, MarketFacts } from "../market/build.ts";
import type { Entries, Entry, EntryShelves, ShelfName } from "../market/facts.ts";
import { HOLDER_LAYOUT, NAME_LENGTH_LAYOUT, TERM_LAYOUT } from "../market/name-terms.ts";
import {
  openPayTable,
  PAY_ARRIVAL_LAYOUT,
  PAY_GROUP_LAYOUT,
  PAY_GROUP_USD_LAYOUT,
  PAY_ROW_LAYOUT,
  PAY_RUN_LAYOUT,
  PAY_TEXT_LAYOUTS,
} from "../market/pay-table.ts";
import type { PayParts, PayTable } from "../market/pay-table.ts";
import { PULSE_LAYOUT } from "../market/pulse-columns.ts";
import { checksumOf } from "./checksum.ts";
import { textAt, textColumns, TEXTS_LAYOUT } from "../market/texts.ts";
import type { Texts } from "../market/texts.ts";
import { fileColumn } from "./file-column.ts";
import type { ColumnFile } from "./file-column.ts";

/** Counted up whenever a column, its meaning or its order changes; an older snapshot is then built anew. */
const VERSION = 11;
const MAGIC = 0x504c_5345;
/** Magic, length of the header, its checksum; read natively, so that a machine of the other byte order sees another magic. */
const LEAD_BYTES = 16;
const FIRST_READ = 32_768;
const ALIGNED = 8;

/** What a snapshot holds, and gives back as it was built, read piece by piece. */
export interface Snapshot {
  readonly table: LayoffTable;
  readonly about: LayoffAbout;
  readonly pay: () => PayTable;
  /** The facts that are neither layoffs nor salaries. */
  readonly facts: () => MarketFacts;
  /** What companies are found by. */
  readonly names: () => CompanyNames;
}

export interface OpenedSnapshot extends Snapshot {
  /** Reads names, notices, postings, series and totals with pauses in which others may have their turn; who asks for them first does otherwise. */
  readonly readAhead: () => Generator<void, void>;
}

interface Header {
  readonly version: number;
  /** What the snapshot was built from; another one means it is stale. */
  readonly fingerprint: string;
  readonly bytes: number;
  readonly about: LayoffAbout;
  /** Name → kind, first byte after the header, number of values. */
  readonly sections: Readonly<
    Record<string, readonly [kind: Kind, offset: number, length: number]>
  >;
}

/**
 * Opens the snapshot in a file. Undefined when there is none, it was built from something else, or it is damaged: a
 * snapshot is a cache and is built anew rather than repaired.
 */
export function openSnapshot(path: string, fingerprint: string): OpenedSnapshot | undefined {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch {
    return undefined;
  }
  const read = readHeader(fd);
  if (
    read === undefined ||
    read.header.version !== VERSION ||
    read.header.fingerprint !== fingerprint
  ) {
    closeSync(fd);
    return undefined;
  }
  const file = { fd };
  // Columns read from the file for as long as anybody holds one of them.
  forgotten.register(file, fd);
  return snapshotOf(file, read.header, read.end);
}

const forgotten = new FinalizationRegistry<number>((fd) => closeSync(fd));

/** Writes a snapshot beside its place and moves it there; an unwritable folder is nobody's error, so it says whether it did. */
export async function saveSnapshot(
  path: string,
  fingerprint: string,
  { table, about, pay, facts, names }: Snapshot,
): Promise<boolean> {
  // Writing is rare, and a start that only reads does without its module.
  const { mkdir, open, rename, rm } = await import("node:fs/promises");
  const beside = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(beside, "w", 0o600);
    try {
      const sections = sectionsOf(table, pay(), facts(), names());
      for (const piece of piecesOf(fingerprint, about, sections)) await file.writeFile(piece);
      // Without this a power cut could leave the new name on an empty file.
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    return true;
  } catch {
    await rm(beside, { force: true }).catch(() => undefined);
    return false;
  }
}

function readHeader(fd: number): { readonly header: Header; readonly end: number } | undefined {
  const first = new Uint8Array(FIRST_READ);
  const got = readSync(fd, first, 0, FIRST_READ, 0);
  if (got < LEAD_BYTES) return undefined;
  const [magic, length, checksum] = new Uint32Array(first.buffer, 0, 3);
  const { size } = fstatSync(fd);
  if (magic !== MAGIC || length === undefined || LEAD_BYTES + length > size) return undefined;
  let text = first.subarray(LEAD_BYTES, LEAD_BYTES + length);
  if (LEAD_BYTES + length > got) {
    text = new Uint8Array(length);
    if (readSync(fd, text, 0, length, LEAD_BYTES) < length) return undefined;
  }
  if (checksumOf(text) !== checksum) return undefined;
  const header: Header = JSON.parse(new TextDecoder().decode(text));
  return header.bytes === size - LEAD_BYTES - length
    ? { header, end: LEAD_BYTES + length }
    : undefined;
}

function snapshotOf(file: ColumnFile, { about, sections }: Header, start: number): OpenedSnapshot {
  const column = <K extends Kind>(name: string, kind: K) => {
    const section = sections[name];
    if (section === undefined || section[0] !== kind)
      throw new Error(`the snapshot has no section ${name}`);
    return fileColumn(file, kind, start + section[1], section[2]);
  };
  function group<L extends Layout>(prefix: string, layout: L): ColumnsOf<L>;
  function group(prefix: string, layout: Layout): ColumnsOf<Layout> {
    return mapped(layout, (kind, name) => column(`${prefix}.${name}`, kind));
  }
  const ledger = openLedger({
    sightings: group("sightings", SIGHTING_LAYOUT),
    versions: group("versions", VERSION_LAYOUT),
    texts: mapped(TEXT_LAYOUTS, (layout, name) => group(name, layout)),
    companySlots: column("companySlots", "i32"),
    cards: column("cards", "i32"),
    announcedOrder: column("order.announced", "i32"),
  });
  const rows = group("rows", ROW_LAYOUT);
  const names = once(() => ({
    key: group("names.key", TEXTS_LAYOUT),
    spaced: group("names.spaced", TEXTS_LAYOUT),
    bare: group("names.bare", TEXTS_LAYOUT),
    weights: group("names.weights", WEIGHT_LAYOUT),
    terms: group("names.terms", TERM_LAYOUT),
    holders: group("names.holders", HOLDER_LAYOUT),
    lengths: group("names.lengths", NAME_LENGTH_LAYOUT),
  }));
  const shelf = <Shelf extends ShelfName>(name: Shelf) =>
    openShelf<EntryShelves[Shelf]>(() => group(`entries.${name}`, TEXTS_LAYOUT));
  const shelves = {
    notices: shelf("notices"),
    postings: shelf("postings"),
    points: shelf("points"),
    totals: shelf("totals"),
  };
  const entries: Entries = {
    get notices() {
      return shelves.notices.all();
    },
    get postings() {
      return shelves.postings.all();
    },
    get points() {
      return shelves.points.all();
    },
    get totals() {
      return shelves.totals.all();
    },
  };
  return {
    table: {
      size: rows.day.length,
      ledger,
      rows,
      byCompany: group("byCompany", COMPANY_LAYOUT),
      pulse: group("pulse", PULSE_LAYOUT),
    },
    about,
    pay: once(() =>
      openPayTable({
        rows: group("pay", PAY_ROW_LAYOUT),
        arrived: group("pay.arrived", PAY_ROW_LAYOUT),
        runs: group("pay.runs", PAY_RUN_LAYOUT),
        arrivals: group("pay.arrivals", PAY_ARRIVAL_LAYOUT),
        groups: group("pay.groups", PAY_GROUP_LAYOUT),
        groupUsd: group("pay.byGroup", PAY_GROUP_USD_LAYOUT),
        texts: mapped(PAY_TEXT_LAYOUTS, (layout, name) => group(`pay.${name}`, layout)),
      }),
    ),
    facts: once((): MarketFacts => {
      const bytes = column("facts.json", "u8").all();
      const others: Omit<MarketFacts, "entries"> = JSON.parse(new TextDecoder().decode(bytes));
      return { ...others, entries };
    }),
    *readAhead() {
      for (const columns of Object.values(names()))
        for (const each of Object.values(columns)) {
          each.all();
          yield;
        }
      for (const each of Object.values(shelves)) yield* each.read();
    },
    names,
  };
}

/** So many entries stand in one piece of JSON: to read it is about a millisecond's work. */
const ENTRIES_A_PIECE = 300;

interface Shelf<Values> {
  readonly read: () => Generator<void, void>;
  readonly all: () => readonly Entry<Values>[];
}

/** Entries that rest as pieces of JSON; however many read them, each piece is read once. */
function openShelf<Values>(pieces: () => Texts): Shelf<Values> {
  const found: Entry<Values>[] = [];
  let next = 0;
  let isRead = false;
  function* read(): Generator<void, void> {
    for (const count = isRead ? 0 : pieces().ends.length; next < count;) {
      // Opened anew, since a column keeps what was read and nobody asks for these bytes again.
      const piece: readonly Entry<Values>[] = JSON.parse(textAt(pieces(), next++));
      for (const entry of piece) found.push(entry);
      yield;
    }
    isRead = true;
  }
  return {
    read,
    all: () => {
      if (!isRead) for (const _ of read()) continue;
      return found;
    },
  };
}

function piecesOfShelf(entries: readonly Entry<unknown>[]): Texts {
  return textColumns(
    Array.from({ length: Math.ceil(entries.length / ENTRIES_A_PIECE) }, (_, piece) =>
      JSON.stringify(entries.slice(piece * ENTRIES_A_PIECE, (piece + 1) * ENTRIES_A_PIECE)),
    ),
  );
}

type Sections = readonly (readonly [name: string, kind: Kind, values: Values])[];

function sectionsOf(
  { ledger, rows, byCompany, pulse }: LayoffTable,
  pay: PayParts,
  { entries, ...facts }: MarketFacts,
  names: CompanyNames,
): Sections {
  const group = <L extends Layout>(prefix: string, layout: L, columns: ColumnsOf<L>) =>
    Object.entries(layout).map(([name, kind]) => {
      const column: Column<Values> = columns[name]!;
      return [`${prefix}.${name}`, kind, column.all()] as const;
    });
  return [
    ...group("sightings", SIGHTING_LAYOUT, ledger.sightings),
    ...group("versions", VERSION_LAYOUT, ledger.versions),
    ...Object.entries(ledger.texts).flatMap(([name, texts]) => group(name, TEXTS_LAYOUT, texts)),
    ["companySlots", "i32", ledger.companySlots.all()],
    ["cards", "i32", ledger.cards.all()],
    ["order.announced", "i32", ledger.announcedOrder.all()],
    ...group("rows", ROW_LAYOUT, rows),
    ...group("byCompany", COMPANY_LAYOUT, byCompany),
    ...group("pulse", PULSE_LAYOUT, pulse),
    ...group("pay", PAY_ROW_LAYOUT, pay.rows),
    ...group("pay.arrived", PAY_ROW_LAYOUT, pay.arrived),
    ...group("pay.runs", PAY_RUN_LAYOUT, pay.runs),
    ...group("pay.arrivals", PAY_ARRIVAL_LAYOUT, pay.arrivals),
    ...group("pay.groups", PAY_GROUP_LAYOUT, pay.groups),
    ...group("pay.byGroup", PAY_GROUP_USD_LAYOUT, pay.groupUsd),
    ...Object.entries(pay.texts).flatMap(([name, texts]) =>
      group(`pay.${name}`, TEXTS_LAYOUT, texts),
    ),
    ...group("names.key", TEXTS_LAYOUT, names.key),
    ...group("names.spaced", TEXTS_LAYOUT, names.spaced),
    ...group("names.bare", TEXTS_LAYOUT, names.bare),
    ...group("names.weights", WEIGHT_LAYOUT, names.weights),
    ...group("names.terms", TERM_LAYOUT, names.terms),
    ...group("names.holders", HOLDER_LAYOUT, names.holders),
    ...group("names.lengths", NAME_LENGTH_LAYOUT, names.lengths),
    ...Object.entries(entries).flatMap(([shelf, each]) =>
      group(`entries.${shelf}`, TEXTS_LAYOUT, piecesOfShelf(each)),
    ),
    ["facts.json", "u8", new TextEncoder().encode(JSON.stringify(facts))],
  ];
}

function* piecesOf(
  fingerprint: string,
  about: LayoffAbout,
  sections: Sections,
): Generator<Uint8Array> {
  const placed: Record<string, readonly [Kind, number, number]> = {};
  let bytes = 0;
  for (const [name, kind, values] of sections) {
    placed[name] = [kind, bytes, values.length];
    bytes += padded(values.byteLength);
  }
  const header: Header = { version: VERSION, fingerprint, bytes, about, sections: placed };
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Blanks after JSON are JSON: sections begin where every kind may be read.
  const filled = new Uint8Array(padded(text.length)).fill(0x20);
  filled.set(text);
  const lead = new Uint32Array(LEAD_BYTES / 4);
  lead.set([MAGIC, filled.length, checksumOf(filled)]);
  yield new Uint8Array(lead.buffer);
  yield filled;
  for (const [, , values] of sections) {
    yield new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    yield zeros("u8", padded(values.byteLength) - values.byteLength);
  }
}

function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGNED) * ALIGNED;
}
