import { createHash } from "node:crypto";
import { cite } from "../fault.ts";
import { isDay } from "../market/calendar.ts";
import type { Day, NoticeValues } from "../market/facts.ts";
import { peopleCell, textCell } from "./cells.ts";
import { cutNotice } from "./csv/cut.ts";
import type { CsvText, NamedRow } from "./csv/text.ts";
import type { RowFault } from "./row-fault.ts";
import type { NewEntry, Parsed } from "./source.ts";
import { isMarked, unmarked, withUpdates } from "./warn-updates.ts";
import type { ReadNotice } from "./warn-updates.ts";

/** The first WARN act is of 1975; notices name a day some years ahead at most. */
const DAY_MIN = "1975-01-01";
const YEARS_AHEAD = 5;

/** What a row of a notice list says, before it is checked. */
export interface NoticeCells {
  readonly state: string;
  readonly company: string;
  /** The employer as it was filed, with the marks of a list; the company where the list knows no other name. */
  readonly filedAs?: string;
  readonly noticedOn: string;
  readonly effectiveOn: string;
  readonly people: string;
  readonly kind: NoticeValues["kind"];
  readonly temporary: boolean | null;
  readonly place: string;
  readonly url: string;
  /** The list's own id of the notice; made from what the row says where it has none. */
  readonly id: string | null;
  /** The day the list learned of it. */
  readonly learnedOn: string;
}

/**
 * Rows of a notice list as entries. A row that `cellsOf` says nothing of (a superseded version, a note) is left out; what
 * cannot be read is a fault. Ids of rows that say the same are numbered, so that equal notices stay two.
 */
export function noticesOf(
  { rows, faults: ragged, cutIn }: CsvText,
  today: Day,
  cellsOf: (row: NamedRow) => NoticeCells | null,
): Parsed {
  const read: ReadNotice[] = [];
  const faults: RowFault[] = [...ragged];
  const unread: string[] = [];
  let left = 0;
  const met = new Map<string, number>();
  const states = new Set<string>();
  for (const row of rows) {
    const cells = cellsOf(row);
    if (cells === null) {
      left += 1;
      continue;
    }
    const people = peopleCell(cells.people.replace(/^0+(?:\.0*)?$/, ""));
    const notice = noticeOf(cells, "fault" in people ? null : people.value, row.row, today);
    if ("reason" in notice) {
      faults.push(notice);
      continue;
    }
    if ("fault" in people) unread.push(cells.people);
    const filedAs = cells.filedAs ?? cells.company;
    const name = cells.id ?? digest({ ...notice, company: textCell(cells.company) ?? "" });
    const repeat = (met.get(name) ?? 0) + 1;
    met.set(name, repeat);
    states.add(notice.state);
    const learned = dayIn(cells.learnedOn);
    read.push({
      id: `${notice.state}|${name}${repeat > 1 ? `|${repeat}` : ""}`,
      on: learned !== null && learned <= today ? learned : undefined,
      values: notice,
      isUpdate: isMarked(filedAs),
    });
  }
  const current = withUpdates(read);
  const replaced = read.length - current.filter(({ until }) => until === undefined).length;
  const entries = current.map(({ notice: { id, on, values }, until }): NewEntry => ({
    shelf: "notices",
    id,
    ...(on !== undefined && { on }),
    ...(until !== undefined && { until }),
    values,
  }));
  const [only, ...others] = states;
  const newest = entries
    .flatMap(({ on }) => on ?? [])
    .sort()
    .at(-1);
  return {
    rows: rows.length + ragged.length,
    entries,
    layoffs: [],
    faults,
    notices: [
      ...(cutIn === null ? [] : [cutNotice(cutIn)]),
      ...(replaced === 0
        ? []
        : [
            `${replaced.toLocaleString("en-US")} ${replaced === 1 ? "notice counts" : "notices count"} only until the update that replaces ${replaced === 1 ? "it" : "them"} (same employer, place and effective day).`,
          ]),
      ...(left === 0
        ? []
        : [
            `${left.toLocaleString("en-US")} ${left === 1 ? "row was" : "rows were"} left out: gone from the state's page or replaced there by a newer version, mostly listed anew in another row.`,
          ]),
      ...(unread.length === 0
        ? []
        : [
            `${unread.length} ${unread.length === 1 ? "notice says" : "notices say"} how many in words (${cite(unread[0]!)}): kept, as of unknown size.`,
          ]),
    ],
    asOfOn: newest ?? null,
    // A list of one state says nothing of the others, and one that breaks off nothing of what it lacks.
    wholeOf: only === undefined || cutIn !== null ? null : others.length === 0 ? `${only}|` : "",
  };
}

function noticeOf(
  cells: NoticeCells,
  people: number | null,
  row: number,
  today: Day,
): NoticeValues | RowFault {
  const fault = (column: string, value: string, reason: string) => ({ row, column, value, reason });
  const filed = textCell(cells.company);
  const company = filed === null ? null : unmarked(filed);
  if (company === null) return fault("company", cells.company, "is missing");
  if (!/^[A-Z]{2}$/.test(cells.state)) return fault("state", cells.state, "is no state");
  const noticedOn = dayIn(cells.noticedOn);
  const effectiveOn = dayIn(cells.effectiveOn);
  if (noticedOn === null && effectiveOn === null)
    return fault(
      "notice date",
      cells.noticedOn,
      "gives no day, and no effective date is there either",
    );
  const latest = `${Number(today.slice(0, 4)) + YEARS_AHEAD}${today.slice(4)}`;
  for (const day of [noticedOn, effectiveOn])
    if (day !== null && (day < DAY_MIN || day > latest))
      return fault("date", day, "is no day of a notice");
  const place = textCell(cells.place);
  // A figure for the whole country on one state's notice is not that place's.
  const isNational = place !== null && /^nation-?wide$/i.test(place) && people !== null;
  return {
    state: cells.state,
    company,
    noticedOn,
    effectiveOn,
    people: isNational ? null : people,
    kind: cells.kind,
    temporary: cells.temporary,
    place: isNational ? `nationwide, ${people.toLocaleString("en-US")} in all` : place,
    url: /^https?:\/\//.test(cells.url) ? cells.url : null,
  };
}

/** `2026-08-08`, `2026-08-08T…`, `3/7/2022` or `3/7/22`; the first day where a cell goes on in words. Null for anything else. */
export function dayIn(text: string): Day | null {
  const iso = /^(\d{4}-\d{2}-\d{2})(?!\d)/.exec(text.trim())?.[1];
  if (iso !== undefined) return isDay(iso) ? iso : null;
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?!\d)/.exec(text.trim());
  if (american === null) return null;
  const [, month = "", day = "", year = ""] = american;
  const full = year.length === 2 ? `20${year}` : year;
  const found = `${full}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(found) ? found : null;
}

function digest(values: NoticeValues): string {
  const { state, company, noticedOn, effectiveOn, place } = values;
  return createHash("sha256")
    .update(JSON.stringify([state, company, noticedOn, effectiveOn, place]))
    .digest("hex")
    .slice(0, 20);
}
