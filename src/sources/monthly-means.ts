import { endOf } from "../market/calendar.ts";
import type { Day, PointValues } from "../market/facts.ts";
import { dayCell, numberIn } from "./cells.ts";
import type { NamedRow } from "./csv/text.ts";
import type { RowFault } from "./row-fault.ts";
import type { NewEntry, Parsed } from "./source.ts";

/** One day's value of a series; null for a row that is not wanted. */
export interface DailyValue extends Pick<PointValues, "series" | "place"> {
  readonly day: string;
  readonly value: string;
}

/**
 * Daily values as points by month: the plain mean of the days that are listed, to `digits` decimals. A month is preliminary
 * while its days begin after the 1st or end before the last. Publishers revise every past day with each edition, by amounts
 * that only whole months make readable. Blank values are unknown and count nowhere; what cannot be read is a fault.
 */
export function monthlyMeans(
  {
    rows,
    faults: ragged,
  }: { readonly rows: readonly NamedRow[]; readonly faults: readonly RowFault[] },
  { today, unit, digits }: { readonly today: Day; readonly unit: string; readonly digits: number },
  valueOf: (row: NamedRow) => DailyValue | null,
): Parsed {
  const faults: RowFault[] = [...ragged];
  const months = new Map<string, { readonly of: DailyValue; readonly days: Map<Day, number> }>();
  let newest: Day | null = null;
  for (const row of rows) {
    const of = valueOf(row);
    if (of === null) continue;
    const fault = (column: string, value: string, reason: string) =>
      faults.push({ row: row.row, column, value, reason });
    const day = dayCell(of.day, today);
    const value = numberIn(of.value);
    if ("fault" in day) fault("date", of.day, day.fault);
    else if (day.value === null) fault("date", of.day, "is missing");
    else if (Number.isNaN(value) || (value !== null && value < 0))
      fault("value", of.value, "is not a plain number");
    else if (value !== null) {
      const key = `${of.series}|${of.place}|${day.value.slice(0, 7)}`;
      const month = months.get(key) ?? { of, days: new Map<Day, number>() };
      months.set(key, month);
      if (month.days.has(day.value)) fault("date", of.day, "is there twice");
      else month.days.set(day.value, value);
      if (newest === null || day.value > newest) newest = day.value;
    }
  }
  const entries = [...months.values()].map(({ of, days }): NewEntry => {
    const listed = [...days.keys()].sort();
    const [first = "", last = ""] = [listed[0], listed.at(-1)];
    const period = first.slice(0, 7);
    const sum = [...days.values()].reduce((total, value) => total + value, 0);
    return {
      shelf: "points",
      id: `${of.series}|${of.place}|${period}`,
      values: {
        series: of.series,
        place: of.place,
        period,
        value: Number((sum / days.size).toFixed(digits)),
        unit,
        preliminary: first !== `${period}-01` || last !== endOf("month", first),
      },
    };
  });
  return {
    rows: rows.length + ragged.length,
    entries,
    layoffs: [],
    faults,
    notices: [
      `Daily values are kept as ${entries.length.toLocaleString("en-US")} monthly means, by series and place.`,
    ],
    asOfOn: newest,
    wholeOf: null,
  };
}
