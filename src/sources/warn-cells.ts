import { createHash } from "node:crypto";
import { cite } from "../fault.ts";
import { isDay } from "../market/calendar.ts";
import type { Day, NoticeValues } from "../market/facts.ts";
import { peopleCell, textCell } from "./cells.ts";
import type { NamedRow } from "./csv/text.ts";
import type { RowFault } from "./row-fault.ts";
import type { NewEntry, Parsed } from "./source.ts";

/** The first WARN act is of 1975; notices name a day some years ahead at most. */
const DAY_MIN = "1975-01-01";
const YEARS_AHEAD = 5;

/** What a row of a notice list says, before it is checked. */
export interface NoticeCells {
  readonly state: string;
  readonly company: string;
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
  rows: readonly NamedRow[],
  ragged: readonly RowFault[],
  today: Day,
  cellsOf: (row: NamedRow) => NoticeCells | null,
): Parsed {
  const entries: NewEntry[] = [];
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
    const read = noticeOf(cells, "fault" in people ? null : people.value, row.row, today);
    if ("reason" in read) {
      faults.push(read);
      continue;
    }
    if ("fault" in people) unread.push(cells.people);
    const name = cells.id ?? digest(read);
    const repeat = (met.get(name) ?? 0) + 1;
    met.set(name, repeat);
    states.add(read.state);
    const learned = dayIn(cells.learnedOn);
    entries.push({
      shelf: "notices",
      id: `${read.state}|${name}${repeat > 1 ? `|${repeat}` : ""}`,
      ...(learned !== null && learned <= today && { on: learned }),
      values: read,
    });
  }
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
    // A list of one state says nothing of the others.
    wholeOf: only === undefined ? null : others.length === 0 ? `${only}|` : "",
  };
}

function noticeOf(
  cells: NoticeCells,
  people: number | null,
  row: number,
  today: Day,
): NoticeValues | RowFault {
  const fault = (column: string, value: string, reason: string) => ({ row, column, value, reason });
  const company = textCell(cells.company);
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
