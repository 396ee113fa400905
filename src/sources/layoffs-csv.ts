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
import { columnName } from "./csv-file.ts";
import type { LayoffField } from "./layoff-values.ts";
import type { RowFault } from "./row-fault.ts";

/** The tracker all these layouts are exports or copies of. */
export const LAYOFF_TRACKER = {
  id: "layoffs-fyi",
  publisher: "Layoffs.fyi",
  title: "tracker export",
  licence: "unclear; figures cited, file not redistributed",
  url: "https://layoffs.fyi/",
} as const;

/** One row of an export, taken. */
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

/** A row whose percentage is filled in once its whole column is known. */
interface HeldReport {
  readonly values: Mutable<LayoffValues>;
  readonly addedOn: Day | null;
  readonly row: number;
  readonly percent: WrittenPercent | null;
}
type Mutable<Values> = { -readonly [name in keyof Values]: Values[name] };

export interface LayoffRows {
  /** Takes one record; `row` as a spreadsheet counts. A row with a fault is left out and told. */
  take(row: number, cells: readonly string[]): void;
  /** The rows, once all are in: what a bare percentage means needs its whole column. */
  done(): {
    readonly reports: readonly LayoffReport[];
    readonly faults: readonly RowFault[];
    readonly notices: readonly string[];
  };
}

/** Reads the rows of a layout one by one. `latestOn` is the last day an event may lie on. */
export function openLayoffRows(layout: LayoffLayout, latestOn: Day): LayoffRows {
  const held: HeldReport[] = [];
  const faults: RowFault[] = [];
  const setAside: RowFault[] = [];
  const textOf = openTexts();

  function take(row: number, cells: readonly string[]): void {
    const rowFaults: RowFault[] = [];
    const raw = (meaning: Meaning) => cells[layout.at[meaning] ?? -1] ?? "";
    const column = (meaning: Meaning) => layout.header[layout.at[meaning] ?? -1] ?? meaning;
    const fault = (meaning: Meaning, reason: string) =>
      rowFaults.push({ row, column: column(meaning), value: raw(meaning), reason });
    function of<Value>(meaning: Meaning, cell: Cell<Value>): Value | null {
      if ("value" in cell) return cell.value;
      fault(meaning, cell.fault);
      return null;
    }

    const company = textOf(raw("company"));
    if (company === null) fault("company", "names no company");
    else if (company.length > 200) fault("company", "is longer than any company's name");
    const announcedOn = of("date", dayCell(raw("date"), latestOn));
    if (announcedOn === null && rowFaults.every((each) => each.column !== column("date")))
      fault("date", "has no date");
    const headcount = of("people", peopleCell(raw("people")));
    const percent = of("percent", percentIn(raw("percent")));
    const raisedUsdM = of("raised", millionsCell(raw("raised")));
    const addedOn = of("added", dayCell(raw("added"), latestOn));
    const industry = textOf(raw("industry"));
    if (industry !== null && /^https?:/i.test(industry)) {
      setAside.push({
        row,
        column: column("industry"),
        value: industry,
        reason: "is a link, not an industry",
      });
    }
    if (rowFaults.length > 0 || company === null || announcedOn === null) {
      faults.push(...rowFaults);
      return;
    }
    const values: HeldReport["values"] = {
      company,
      announcedOn,
      filedOn: null,
      effectiveOn: null,
      headcount,
      percentOfStaff: null,
      industry: industryNamed(industry),
      country: textOf(raw("country"))?.replace(/\.$/, "") ?? null,
      location: textOf(raw("location").replace(/\s*Non-U\.S\.\s*$/, "")),
      stage: stageNamed(textOf(raw("stage"))),
      reason: null,
      raisedUsdM,
      url: pageAt(raw("page")),
    };
    held.push({ row, values, addedOn, percent });
  }

  return {
    take,
    done() {
      const scale = percentScale(
        held
          .values()
          .flatMap(({ percent }) => (percent && !percent.signed ? [percent.number] : [])),
      );
      // Each row is told in place: a million of them would otherwise stand in memory twice.
      const reports = held.filter(({ row, values, percent }) => {
        const cell: Cell<number> = percent ? percentOn(scale, percent) : { value: null };
        if ("value" in cell) {
          values.percentOfStaff = cell.value;
          return true;
        }
        faults.push({
          row,
          column: layout.header[layout.at.percent!]!,
          value: String(percent!.number),
          reason: cell.fault,
        });
        return false;
      });
      faults.sort((a, b) => a.row - b.row);
      return { reports, faults, notices: [...columnNotices(layout), ...setAsideNotices(setAside)] };
    },
  };
}

/** Texts remembered at most; a file repeats its companies, places and sectors. */
const TEXTS_MAX = 1 << 16;

/** `textCell`, each text cleaned and kept once. */
function openTexts(): (cell: string) => string | null {
  const known = new Map<string, string | null>();
  return (cell) => {
    const seen = known.get(cell);
    if (seen !== undefined) return seen;
    const text = textCell(cell);
    if (known.size < TEXTS_MAX) known.set(cell, text);
    return text;
  };
}

const INDUSTRIES: Readonly<Record<string, string>> = {
  "fin-tech": "Finance",
  fintech: "Finance",
  "crypto currency": "Crypto",
  cryptocurrency: "Crypto",
};

function industryNamed(industry: string | null): string | null {
  if (industry === null || /^https?:/i.test(industry)) return null;
  const folded = industry.toLowerCase();
  return Object.hasOwn(INDUSTRIES, folded) ? INDUSTRIES[folded]! : industry;
}

function stageNamed(stage: string | null): string | null {
  return stage?.toLowerCase() === "ipo" ? "Post-IPO" : stage;
}

/** Only a web address is a page; "Internal memo" says where it was heard, which nobody can open. */
function pageAt(text: string): string | null {
  const plain = text.trim();
  return /^https?:\/\/\S+$/i.test(plain) && URL.canParse(plain) ? plain : null;
}

function columnNotices({ unknownColumns }: LayoffLayout): string[] {
  return unknownColumns.length === 0
    ? []
    : [`Columns I do not know were left out: ${unknownColumns.slice(0, 10).join(", ")}.`];
}

function setAsideNotices(cells: readonly RowFault[]): string[] {
  return cells
    .slice(0, 10)
    .map(
      ({ row, column }) =>
        `Row ${row}: the ${column} cell is a link, not an industry; the row was kept without it.`,
    );
}
