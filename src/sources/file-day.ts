import { isDay, lastDayOfMonth } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { LayoffRows } from "./layoffs-csv.ts";

/** "layoffs_2024-04-25.csv", or the last day of the month in "layoffs_2023-06.csv"; never a day after today. */
export function dayInName(file: string, today: Day): Day | undefined {
  return daysInName(file, today)?.to;
}

/** The day in a file's name, or all days of the month in it, up to today. */
export function daysInName(
  file: string,
  today: Day,
): { readonly from: Day; readonly to: Day } | undefined {
  const found = /(?<!\d)(20\d{2})-(\d{2})(?:-(\d{2}))?(?!\d)/.exec(file);
  if (!found) return undefined;
  const [, year = "", month = "", dayOfMonth] = found;
  const to = `${year}-${month}-${dayOfMonth ?? String(lastDayOfMonth(Number(year), Number(month)))}`;
  const from = `${year}-${month}-${dayOfMonth ?? "01"}`;
  if (!isDay(to)) return undefined;
  return { from: from > today ? today : from, to: to > today ? today : to };
}

/** The last day up to today that a tracker's export speaks of; today where it speaks of none. */
export function lastDay({ told, addedOn }: LayoffRows, today: Day): Day {
  let last = "";
  for (const { codes, values } of [told.announcedOn, addedOn]) {
    const isTold = new Uint8Array(values.length);
    for (const code of codes) isTold[code] = 1;
    for (const [code, day] of values.entries())
      if (isTold[code] === 1 && day !== null && day > last && day <= today) last = day;
  }
  return last || today;
}

/** The first and last day that the rows of an export speak of; null where it has none. */
export function daysOfRows({
  told: {
    announcedOn: { codes, values },
  },
}: LayoffRows): { readonly from: Day; readonly to: Day } | null {
  const isTold = new Uint8Array(values.length);
  for (const code of codes) isTold[code] = 1;
  let from = "";
  let to = "";
  for (const [code, day] of values.entries()) {
    if (isTold[code] === 0) continue;
    if (from === "" || day < from) from = day;
    if (day > to) to = day;
  }
  return from === "" ? null : { from, to };
}
