import { isDay, lastDayOfMonth } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { LayoffReport } from "./layoffs-csv.ts";

/** "layoffs_2024-04-25.csv", or the last day of the month in "layoffs_2023-06.csv"; never a day after today. */
export function dayInName(file: string, today: Day): Day | undefined {
  const found = /(?<!\d)(20\d{2})-(\d{2})(?:-(\d{2}))?(?!\d)/.exec(file);
  if (!found) return undefined;
  const [, year = "", month = "", dayOfMonth] = found;
  const day = `${year}-${month}-${dayOfMonth ?? String(lastDayOfMonth(Number(year), Number(month)))}`;
  if (!isDay(day)) return undefined;
  return day > today ? today : day;
}

/** The last day up to today that a tracker's export speaks of; today where it speaks of none. */
export function lastDay(reports: readonly LayoffReport[], today: Day): Day {
  let last = "";
  for (const { values, addedOn } of reports) {
    for (const day of [values.announcedOn, addedOn ?? ""])
      if (day > last && day <= today) last = day;
  }
  return last || today;
}
