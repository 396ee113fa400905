import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { cite, Fault } from "../fault.ts";
import { isDay, later } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import { openFactsLog, type FactChange, type FactsLog } from "../stores/facts-log.ts";
import { CATALOGUE, sourcesOf } from "./catalogue.ts";
import { latestDay } from "./cells.ts";
import { beginningOf } from "./decoded-text.ts";
import { fileSample, looksJson } from "./file-sample.ts";
import { csvFile } from "./csv/file.ts";
import { cutFault, cutNotice } from "./csv/cut.ts";
import type { CsvColumns } from "./csv/reader.ts";
import { dayInName, lastDay } from "./file-day.ts";
import {
  LAYOFF_COLUMNS_NEEDED,
  LAYOFF_TRACKER,
  layoffLayout,
  layoffPlaces,
  readLayoffRows,
  type LayoffLayout,
} from "./layoffs-csv.ts";
import { quietNotices, refuseCutEnd } from "./list-end.ts";
import { matchEntries } from "./match-entries.ts";
import type { ToldChange } from "./match-sightings.ts";
import { PAY_DUMPS, payLayout, payPlaces, readPayRows, type PayLayout } from "./pay-csv.ts";
import { recognised, type SourceFile } from "./read-source-file.ts";
import { openReading, type Reading } from "./reading.ts";
import { rowFaultText } from "./row-fault.ts";
import type { RowFault } from "./row-fault.ts";
import { matchTable, type MatchedTable } from "./table.ts";
import { openFile, type OpenedFile } from "./text-file.ts";

export interface ImportOptions {
  /** The data folder. */
  readonly dir: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** The day the file speaks for; else the date in its name, else the last day in it. */
  readonly asOf?: Day;
  /** The file that exports the sources a file may be an answer of, as `SOURCES`. */
  readonly catalogue?: URL;
  /** What reads answers of that catalogue's sources, for several files; without it one is opened for this file. */
  readonly reading?: Reading;
  /** Bytes of the file read so far, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ImportReport {
  readonly file: string;
  /** A tracker's layoffs, a pay dump, or the answer of a source in the catalogue. */
  readonly kind: "layoffs" | "pay" | "source";
  readonly layout: string;
  /** Source id. */
  readonly source: string;
  readonly asOfOn: Day;
  /** Rows in the file, its header and blank lines not counted. */
  readonly rows: number;
  readonly accepted: number;
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  /** Known rows a newer whole export no longer lists. */
  readonly withdrawn: number;
  /** Known rows of which a day or a detail is now known. */
  readonly refined: number;
  readonly rejected: readonly RowFault[];
  /** Rows that could be read and give no fact, with the reason, where that needs to be told. */
  readonly passedOver: readonly RowFault[];
  readonly changes: readonly ToldChange[];
  readonly notices: readonly string[];
  /** True when every row was taken. */
  readonly ok: boolean;
}

/**
 * Takes a file into the facts log, all of it or nothing, and tells what it brought. Rows that cannot be taken are left out
 * and listed; a file that cannot be taken is a Fault, and then nothing has changed on disk.
 */
export async function importFile(path: string, options: ImportOptions): Promise<ImportReport> {
  const file = basename(path);
  const today = new Date(options.now).toISOString().slice(0, 10);
  if (options.asOf !== undefined && !(isDay(options.asOf) && options.asOf <= today)) {
    throw new Fault(
      "bad_argument",
      `${cite(options.asOf)} is not a day up to today.`,
      "Write it as 2024-03-17.",
    );
  }
  const opened = await openWithProgress(path, options);
  try {
    return await importOpened(opened, file, today, options);
  } finally {
    await opened.close();
  }
}

async function importOpened(
  opened: OpenedFile,
  file: string,
  today: Day,
  options: ImportOptions,
): Promise<ImportReport> {
  const catalogue = options.catalogue ?? CATALOGUE;
  // Reading the sources themselves takes longer than most tables do, and none of them answers with one of these.
  const ofSource = isKnownTable(file, opened)
    ? undefined
    : await recognised(file, opened, await sourcesOf(catalogue));
  const reading = options.reading ?? openReading({ catalogue });
  const log = await openFactsLog(options.dir);
  try {
    const about = { file, today, asOf: options.asOf };
    const read =
      ofSource === undefined
        ? readRows(await csvFile(opened, tablePlaces), about, log)
        : await readSource(ofSource, reading, about, log);
    const sha256 = opened.sha256();
    const record = {
      file,
      layout: read.layout,
      source: read.source,
      sha256,
      asOfOn: read.asOfOn,
      rows: read.accepted,
      importedAt: new Date(options.now).toISOString(),
      ...read.reach,
    };
    const before = log
      .stored()
      .imports.some((each) => each.sha256 === sha256 && each.asOfOn === read.asOfOn);
    if (read.factChanges.length > 0 || !before)
      await log.append({ record, changes: read.factChanges });
    const { factChanges: _written, reach: _recorded, ...told } = read;
    return {
      file,
      ...told,
      notices: [...log.notices, ...read.notices],
      ok: read.rejected.length === 0,
    };
  } finally {
    if (options.reading === undefined) await reading.close();
    await log.close();
  }
}

async function openWithProgress(path: string, { onProgress }: ImportOptions): Promise<OpenedFile> {
  if (!onProgress) return openFile(path);
  const total = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  return openFile(path, (done) => onProgress(done, total));
}

type ReadRows = Omit<ImportReport, "file" | "ok"> & {
  readonly factChanges: readonly FactChange[];
  readonly reach: MatchedTable["reach"];
};

interface About {
  readonly file: string;
  readonly today: Day;
  readonly asOf: Day | undefined;
}

function isKnownTable(file: string, { start }: OpenedFile): boolean {
  const text = beginningOf(start);
  // Its head alone: JSON is no table, and is not to be read for this.
  const header = looksJson(text) ? [] : fileSample(file, text).header;
  return payLayout(header) !== undefined || layoffLayout(header) !== undefined;
}

/** The places of the columns that are read of a table. Throws a Fault (`bad_file`, `unsupported`) for one I do not know. */
function tablePlaces(header: readonly string[]): ReadonlySet<number> {
  const places = payLayout(header) ? payPlaces(header) : layoffPlaces(header);
  if (places.size > 0) return places;
  const found = header.slice(0, 12).map(cite).join(", ");
  throw new Fault(
    "bad_file",
    `I do not know this file: its columns are ${found}${header.length > 12 ? ` and ${header.length - 12} more` : ""}.`,
    `A layoff tracker export has ${LAYOFF_COLUMNS_NEEDED}; docs/sources.md lists what else I read.`,
  );
}

function readRows(csv: CsvColumns, about: About, log: FactsLog): ReadRows {
  const pay = payLayout(csv.header);
  return pay
    ? readPay(csv, pay, about, log)
    : readLayoffs(csv, layoffLayout(csv.header)!, about, log);
}

async function readSource(
  file: SourceFile,
  reading: Reading,
  about: About,
  log: FactsLog,
): Promise<ReadRows> {
  const { today } = about;
  const parsed = await file.read(reading, { today, url: null, file: about.file });
  const accepted = parsed.entries.length + parsed.layoffs.length;
  refuseNothing(parsed.rows, parsed.faults, accepted);
  const { id } = file.def;
  const savedOn = about.asOf ?? dayInName(about.file, today);
  const asOfOn = about.asOf ?? parsed.asOfOn ?? savedOn ?? today;
  const stored = log.stored();
  const isOlder = stored.imports.some((each) => each.source === id && each.asOfOn > asOfOn);
  // A list may speak for the newest day in it; what changed or went is learned when it was saved, or now where nobody says.
  const learnedOn = savedOn === undefined ? (isOlder ? null : today) : later(savedOn, asOfOn);
  const matched = matchEntries(id, parsed, asOfOn, stored, learnedOn);
  return {
    kind: "source",
    layout: `${file.def.publisher}, ${file.def.title}`,
    source: id,
    asOfOn,
    rows: parsed.rows,
    accepted,
    rejected: parsed.faults,
    passedOver: parsed.passedOver ?? [],
    notices: parsed.notices,
    ...outcomeOf({ ...matched, refined: 0, told: [], reach: {} }),
  };
}

function readLayoffs(csv: CsvColumns, layout: LayoffLayout, about: About, log: FactsLog): ReadRows {
  const { rows: taken, faults, notices } = readLayoffRows(csv, layout, latestDay(about.today));
  const rows = csv.size + csv.ragged.length;
  const rejected = [...csv.ragged, ...faults].sort((a, b) => a.row - b.row);
  refuseNothing(rows, rejected, taken.size);
  const source = LAYOFF_TRACKER.id;
  const asOfOn = about.asOf ?? dayInName(about.file, about.today) ?? lastDay(taken, about.today);
  const isCut = csv.cutIn !== null;
  const table = { kind: "layoffs", rows: taken, given: layout.given, isCut } as const;
  if (about.asOf === undefined) refuseCutEnd(source, table, about, log.stored());
  const matched = matchTable(source, table, asOfOn, log.stored());
  return {
    kind: "layoffs",
    layout: layout.name,
    source,
    asOfOn,
    rows,
    accepted: taken.size,
    rejected,
    passedOver: [],
    notices: [
      ...(csv.cutIn === null ? [] : [cutNotice(csv.cutIn)]),
      ...quietNotices(lastDay(taken, about.today), asOfOn),
      ...notices,
      ...matched.notices,
    ],
    ...outcomeOf(matched),
  };
}

function readPay(csv: CsvColumns, layout: PayLayout, about: About, log: FactsLog): ReadRows {
  const asOfOn = about.asOf ?? dayInName(about.file, about.today);
  if (asOfOn === undefined) {
    throw new Fault(
      "missing_argument",
      "When this salary dump was published is not in its name.",
      "Give the day, or name the file like salaries_2023-12-31.csv.",
    );
  }
  // What a dump lacks would look like new salaries in the next one.
  if (csv.cutIn !== null) throw cutFault(csv.cutIn);
  const read = readPayRows(csv, layout, Number(about.today.slice(0, 4)));
  const rows = csv.size + csv.ragged.length;
  const { accepted } = read;
  const rejected = [...csv.ragged, ...read.faults].sort((a, b) => a.row - b.row);
  refuseNothing(rows, rejected, accepted);
  const table = { kind: "pay", rows: read.rows } as const;
  const matched = matchTable(PAY_DUMPS.id, table, asOfOn, log.stored());
  return {
    kind: "pay",
    layout: layout.name,
    source: PAY_DUMPS.id,
    asOfOn,
    rows,
    accepted,
    rejected,
    passedOver: [],
    notices: matched.notices,
    ...outcomeOf(matched),
  };
}

/** What was found beside what is known, as a report names it. */
function outcomeOf({
  new: added,
  changed,
  same,
  withdrawn,
  refined,
  told,
  changes,
  reach,
}: Omit<MatchedTable, "notices">) {
  const counts = { new: added, changed, same, withdrawn, refined };
  return { ...counts, changes: told, factChanges: changes, reach };
}

/** Empty is suspicious: a file that brings nothing is refused and not counted as read. */
function refuseNothing(rows: number, rejected: readonly RowFault[], accepted: number): void {
  if (rows === 0)
    throw new Fault(
      "bad_file",
      "No rows found (the file has a header and nothing else).",
      "Export it again.",
    );
  const [first] = rejected;
  if (accepted === 0 && first) {
    throw new Fault(
      "bad_file",
      `None of its ${rows} rows can be taken; ${rowFaultText(first)}.`,
      "Correct the file and import it again.",
    );
  }
}
