import { companyKey } from "../market/company-key.ts";
import type { Day } from "../market/facts.ts";
import { groupOrder } from "../market/group-order.ts";
import { otherKey, type NewReports } from "../stores/facts-log.ts";
import { textCount } from "./csv/text-column.ts";
import {
  codedColumn,
  codedColumns,
  mapTold,
  withDistinctValues,
  type Told,
} from "./csv/told-column.ts";
import { pageOf, plainPages, type LayoffRows } from "./layoffs-csv.ts";

/** Rows of a file as reports that were not known, each with a key of its own. */
export function newReports(
  rows: LayoffRows,
  source: string,
  known: readonly { readonly key: string }[],
): NewReports {
  const { told, addedOn, pages, size } = rows;
  const keyed = mapTold(told.company, companyKey);
  const otherKeys = {
    codes: keyed.codes,
    values: keyed.values.map((key, code) => otherKey(told.company.values[code]!, key)),
  };
  const repeats = repeatsOf(keyed, told.announcedOn, source, known);
  return {
    size,
    columns: {
      ...codedColumns(told),
      companyKey: codedColumn(withDistinctValues(otherKeys)),
      addedOn: codedColumn(addedOn),
      repeat: {
        codes: repeats,
        size: repeats.reduce((most, repeat) => Math.max(most, repeat), 0) + 1,
        valueOf: (code) => code,
      },
      ...(pages !== null && {
        url: {
          codes: pages.codes,
          size: textCount(pages),
          valueOf: (code: number) => pageOf(pages, code),
          linesOf: (from: number, to: number) => plainPages(pages, from, to),
        },
      }),
    },
  };
}

/** Which report of its company and day each row is, counted from 1 and on from those that are known. */
function repeatsOf(
  keyed: Told<string>,
  announcedOn: Told<Day>,
  source: string,
  known: readonly { readonly key: string }[],
): Int32Array {
  const companies = withDistinctValues(keyed);
  const days = withDistinctValues(announcedOn);
  const last = lastRepeats(known);
  const repeats = new Int32Array(companies.codes.length).fill(1);
  const mayRepeat = last.size > 0 ? null : companiesWithRepeats(companies, days);
  for (let row = 0; row < repeats.length; row++) {
    const company = companies.codes[row]!;
    if (mayRepeat !== null && mayRepeat[company] === 0) continue;
    const place = placeOf(source, companies.values[company]!, days.values[days.codes[row]!]!);
    repeats[row] = (last.get(place) ?? 0) + 1;
    last.set(place, repeats[row]!);
  }
  return repeats;
}

/** Marks the companies that have several rows of one day: of most, no row needs to be counted by name. */
function companiesWithRepeats(companies: Told<string>, days: Told<Day>): Uint8Array {
  const { order, ends } = groupOrder(companies.codes, companies.values.length);
  const marks = new Uint8Array(companies.values.length);
  const company = new Int32Array(days.values.length).fill(-1);
  for (let group = 0, at = 0; group < ends.length; group++)
    for (; at < ends[group]!; at++) {
      const day = days.codes[order[at]!]!;
      if (company[day] === group) marks[group] = 1;
      company[day] = group;
    }
  return marks;
}

/** What reports of a company and day have in common, as their keys begin. */
export function placeOf(source: string, key: string, day: Day): string {
  return `${source}|${key}|${day}`;
}

/** The last repeat known of each place. */
export function lastRepeats(known: readonly { readonly key: string }[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const { key } of known) {
    const cut = key.lastIndexOf("|");
    const place = key.slice(0, cut);
    last.set(place, Math.max(last.get(place) ?? 0, Number(key.slice(cut + 1))));
  }
  return last;
}
