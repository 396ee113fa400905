import type { Day, LayoffValues } from "../market/facts.ts";
import {
  dayCell,
  millionsCell,
  peopleCell,
  percentIn,
  percentOn,
  percentScale,
  textCell,
  type Cell,
  type WrittenPercent,
} from "./cells.ts";
import { columnName } from "./csv/reader.ts";
import type { CsvColumns } from "./csv/reader.ts";
import type { LayoffField } from "./layoff-values.ts";
import type { RowFault } from "./row-fault.ts";
import { linesOf, textOf } from "./csv/text-column.ts";
import type { TextColumn } from "./csv/text-column.ts";
import {
  mapTold,
  pickedColumns,
  pickedRows,
  placesUnmarked,
  toldColumn,
} from "./csv/told-column.ts";
import type { Told } from "./csv/told-column.ts";

/** The tracker all these layouts are exports or copies of. */
export const LAYOFF_TRACKER = {
  id: "layoffs-fyi",
  publisher: "Layoffs.fyi",
  title: "tracker export",
  licence: "unclear; figures cited, file not redistributed",
  url: "https://layoffs.fyi/",
} as const;

/** One row of an export. */
export interface LayoffReport {
  readonly values: LayoffValues;
  /** The tracker's own "date added", UTC day. */
  readonly addedOn: Day | null;
}

type Meaning =
  | "company"
  | "location"
  | "industry"
  | "people"
  | "percent"
  | "date"
  | "added"
  | "page"
  | "raised"
  | "stage"
  | "country"
  | "ignored";

/** Column names of every layout seen, folded by `columnName`. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  company: "company",
  location: "location",
  "location hq": "location",
  industry: "industry",
  "total laid off": "people",
  "laid off count": "people",
  "# laid off": "people",
  "percentage laid off": "percent",
  percentage: "percent",
  "%": "percent",
  date: "date",
  "date added": "added",
  source: "page",
  "funds raised": "raised",
  "funds raised millions": "raised",
  "$ raised mm": "raised",
  stage: "stage",
  country: "country",
  id: "ignored",
  "list of employees laid off": "ignored",
  "list of emploees laid": "ignored",
};

const FIELDS = [
  ["location", "location"],
  ["industry", "industry"],
  ["people", "headcount"],
  ["percent", "percentOfStaff"],
  ["page", "url"],
  ["raised", "raisedUsdM"],
  ["stage", "stage"],
  ["country", "country"],
] as const satisfies readonly (readonly [Meaning, LayoffField])[];

export interface LayoffLayout {
  readonly name: string;
  readonly header: readonly string[];
  /** Position of each meaning in a row. */
  readonly at: Readonly<Partial<Record<Meaning, number>>>;
  /** Fields the layout has a column for. */
  readonly given: ReadonlySet<LayoffField>;
  readonly unknownColumns: readonly string[];
}

/** What a header must have, in words for the person whose file has not. */
export const LAYOFF_COLUMNS_NEEDED =
  "company, date and total_laid_off (location, industry, percentage_laid_off, stage, country, source, date_added when there)";

/** The layout a header belongs to, whatever the case, blanks and order of its columns; undefined when it is none of ours. */
export function layoffLayout(header: readonly string[]): LayoffLayout | undefined {
  const at: Partial<Record<Meaning, number>> = {};
  const unknownColumns: string[] = [];
  for (const [position, column] of header.entries()) {
    const name = columnName(column);
    const meaning = Object.hasOwn(MEANINGS, name) ? MEANINGS[name] : undefined;
    if (meaning === undefined) unknownColumns.push(column);
    else at[meaning] ??= position;
  }
  if (at.company === undefined || at.date === undefined || at.people === undefined)
    return undefined;
  const given = FIELDS.flatMap(([meaning, field]) => (at[meaning] === undefined ? [] : [field]));
  return {
    name: `layoff tracker, ${header.length} columns`,
    header,
    at,
    given: new Set(given),
    unknownColumns,
  };
}

/** The places of the columns that are read of a header; names of people are not among them. None where it is of no layout. */
export function layoffPlaces(header: readonly string[]): ReadonlySet<number> {
  const { ignored: _ignored, ...read } = layoffLayout(header)?.at ?? {};
  return new Set(Object.values(read));
}

/** Many rows of an export, column by column; plain data, so that a thread can hand it on. */
export interface LayoffRows {
  readonly size: number;
  readonly told: {
    readonly [Field in Exclude<LayoffField, "url" | "reason" | "filedOn" | "effectiveOn">]: Told<
      LayoffValues[Field]
    >;
  };
  readonly addedOn: Told<Day | null>;
  /** The cells that may hold a page's address (`pageOf`); nearly each has its own. Null without such a column. */
  readonly pages: TextColumn | null;
}

export function reportAt(rows: LayoffRows, row: number): LayoffReport {
  const { told, addedOn, pages } = rows;
  const at = <Value>({ codes, values }: Told<Value>): Value => values[codes[row]!]!;
  return {
    values: {
      company: at(told.company),
      announcedOn: at(told.announcedOn),
      filedOn: null,
      effectiveOn: null,
      headcount: at(told.headcount),
      percentOfStaff: at(told.percentOfStaff),
      industry: at(told.industry),
      country: at(told.country),
      location: at(told.location),
      stage: at(told.stage),
      reason: null,
      raisedUsdM: at(told.raisedUsdM),
      url: pages === null ? null : pageOf(pages, pages.codes[row]!),
    },
    addedOn: at(addedOn),
  };
}

/**
 * Reads the rows of a layout: those that can be taken, and what is wrong with the others, which are left out. What a bare
 * percentage means is told by its whole column. `latestOn` is the last day an event may lie on.
 */
export function readLayoffRows(
  csv: CsvColumns,
  layout: LayoffLayout,
  latestOn: Day,
): {
  readonly rows: LayoffRows;
  readonly faults: readonly RowFault[];
  readonly notices: readonly string[];
} {
  const name = (meaning: Meaning) => layout.header[layout.at[meaning] ?? -1] ?? meaning;
  const faults: RowFault[] = [];
  const isRefused = new Uint8Array(csv.size);
  const refuse = (meaning: Meaning) => (row: number, value: string, reason: string) => {
    faults.push({ row: csv.rows[row]!, column: name(meaning), value, reason });
    isRefused[row] = 1;
  };
  const of = <Value>(meaning: Meaning, read: (text: string) => Cell<Value>) =>
    toldColumn(csv, layout.at[meaning], read, refuse(meaning));
  const plain = (text: string): Cell<string> => ({ value: textCell(text) });

  const company = of("company", companyCell);
  const announcedOn = of("date", (text) => {
    const cell = dayCell(text, latestOn);
    return "value" in cell && cell.value === null ? { fault: "has no date" } : cell;
  });
  const headcount = of("people", peopleCell);
  const written = of("percent", percentIn);
  const raisedUsdM = of("raised", millionsCell);
  const addedOn = of("added", (text) => dayCell(text, latestOn));
  const percentOfStaff = percentsOf(written, isRefused, refuse("percent"));
  const industry = of("industry", plain);
  const country = of("country", plain);
  const location = of("location", (text) => plain(text.replace(/\s*Non-U\.S\.\s*$/, "")));
  const stage = of("stage", plain);

  // In order of rows; the sort keeps the order of columns within each.
  faults.sort((a, b) => a.row - b.row);
  // Rows without a company or a date are refused, so no row that is taken has the stand-in.
  const needed = (column: Told<string | null>) => mapTold(column, (text) => text ?? "");
  const mended = (column: Told<string | null>, mend: (text: string) => string | null) =>
    mapTold(column, (text) => (text === null ? null : mend(text)));
  const all: LayoffRows = {
    size: csv.size,
    told: {
      company: needed(company),
      announcedOn: needed(announcedOn),
      headcount,
      percentOfStaff,
      industry: mended(industry, industryNamed),
      country: mended(country, (name) => name.replace(/\.$/, "")),
      location,
      stage: mended(stage, stageNamed),
      raisedUsdM,
    },
    addedOn,
    pages: csv.columns[layout.at.page ?? -1] ?? null,
  };
  return {
    rows: faults.length === 0 ? all : pickedLayoffs(all, placesUnmarked(isRefused)),
    faults,
    notices: [...columnNotices(layout), ...setAsideNotices(csv, industry, name("industry"))],
  };
}

/** Some of the rows, in the order of their places. */
export function pickedLayoffs(
  { told, addedOn, pages }: LayoffRows,
  places: Int32Array<ArrayBuffer>,
): LayoffRows {
  return {
    size: places.length,
    told: pickedColumns(told, places),
    addedOn: pickedRows(addedOn, places),
    pages: pages === null ? null : pickedRows(pages, places),
  };
}

function companyCell(text: string): Cell<string> {
  const company = textCell(text);
  if (company === null) return { fault: "names no company" };
  return company.length > 200 ? { fault: "is longer than any company's name" } : { value: company };
}

/** Percent of staff: whether a column's bare numbers are fractions is told by the rows that are not refused for another reason. */
function percentsOf(
  { codes, values }: Told<WrittenPercent | null>,
  isRefused: Uint8Array,
  refuse: (row: number, value: string, reason: string) => void,
): Told<number | null> {
  const rows = new Int32Array(values.length);
  for (let row = 0; row < codes.length; row++) if (isRefused[row] === 0) rows[codes[row]!]!++;
  const scale = percentScale(
    values.flatMap((written, code) =>
      written === null || written.signed ? [] : [[written.number, rows[code]!] as const],
    ),
  );
  const cells = values.map((written): Cell<number> =>
    written === null ? { value: null } : percentOn(scale, written),
  );
  if (cells.some((cell) => "fault" in cell))
    for (let row = 0; row < codes.length; row++) {
      const cell = cells[codes[row]!]!;
      if ("fault" in cell && isRefused[row] === 0)
        refuse(row, String(values[codes[row]!]!.number), cell.fault);
    }
  return { codes, values: cells.map((cell) => ("value" in cell ? cell.value : null)) };
}

const INDUSTRIES: Readonly<Record<string, string>> = {
  "fin-tech": "Finance",
  fintech: "Finance",
  "crypto currency": "Crypto",
  cryptocurrency: "Crypto",
};

function industryNamed(industry: string): string | null {
  if (isLink(industry)) return null;
  const folded = industry.toLowerCase();
  return Object.hasOwn(INDUSTRIES, folded) ? INDUSTRIES[folded]! : industry;
}

function stageNamed(stage: string): string {
  return stage.toLowerCase() === "ipo" ? "Post-IPO" : stage;
}

/** An address nothing can be wrong with, told faster than by parsing it: no foreign name in disguise, no number for a host. */
const PLAIN = String.raw`https?:\/\/(?:(?!xn--)[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}(?:[/?#][!-~]*)?$`;
const PLAIN_PAGE = new RegExp(`^${PLAIN}`);
const OTHER_LINE = new RegExp(`^(?!${PLAIN})`, "m");

/** The address in a cell, where it is one of the web; "Internal memo" says where it was heard, which nobody can open. */
export function pageOf(pages: TextColumn, code: number): string | null {
  const plain = textOf(pages, code).trim();
  if (PLAIN_PAGE.test(plain)) return plain;
  return /^https?:\/\/\S+$/i.test(plain) && URL.canParse(plain) ? plain : null;
}

/** The addresses in the cells of some rows as lines, where each row has one of its own and all are plain; undefined elsewhere. */
export function plainPages(pages: TextColumn, from: number, to: number): string | undefined {
  const lines = linesOf(pages, from, to);
  return lines === undefined || OTHER_LINE.test(lines) ? undefined : lines;
}

function columnNotices({ unknownColumns }: LayoffLayout): string[] {
  return unknownColumns.length === 0
    ? []
    : [`Columns I do not know were left out: ${unknownColumns.slice(0, 10).join(", ")}.`];
}

function setAsideNotices(
  { rows }: CsvColumns,
  { codes, values }: Told<string | null>,
  column: string,
): string[] {
  if (!values.some(isLink)) return [];
  return [
    ...codes
      .entries()
      .filter(([, code]) => isLink(values[code]!))
      .take(10),
  ].map(
    ([row]) =>
      `Row ${rows[row]!}: the ${column} cell is a link, not an industry; the row was kept without it.`,
  );
}

function isLink(industry: string | null): boolean {
  return industry !== null && /^https?:/i.test(industry);
}
