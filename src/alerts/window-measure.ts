import { addDays, dayNumber } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import { rowAt } from "../market/layoff-row.ts";
import type { LayoffRow } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { lowerBound } from "../market/texts.ts";
import { traitsCursor } from "./ledger-traits.ts";
import type { LevelRule } from "./rule.ts";
import { MAYBE, NO, truthOf } from "./truth.ts";
import { windowFigure } from "./window-figures.ts";
import type { Level } from "./window-levels.ts";

const ROWS_SHOWN = 10;

export interface WindowMeasure extends Level {
  /** First and last day of the window, both included. */
  readonly from: Day;
  readonly to: Day;
  /** The largest layoffs of the window, at most ten. */
  readonly rows: readonly LayoffRow[];
  /** Layoffs in the window, shown or not. */
  readonly total: number;
}

/** The figure of the window that ends on a day (its first day is `windowDays − 1` earlier), as known on `knownOn`, with the layoffs it rests on. */
export function windowMeasure(
  rule: LevelRule,
  market: Market,
  onDay: Day,
  knownOn: Day,
): WindowMeasure {
  const table = market.layoffs(knownOn);
  const from = addDays(onDay, 1 - (rule.metric.windowDays ?? 1));
  const days = table.rows.day;
  const low = lowerBound(days, dayNumber(from));
  const high = lowerBound(days, dayNumber(onDay) + 1, low);
  const truth = truthOf(rule.filter, market.companies);
  const traits = traitsCursor(table.ledger);
  const figure = windowFigure(rule.metric, market, table.ledger);
  const counted: { readonly row: number; readonly people: number }[] = [];
  let unknownSize = 0;
  for (let row = low; row < high; row++) {
    const passed = truth(traits.at(table.rows.version.at(row)));
    if (passed === NO) continue;
    const people = table.rows.people.at(row);
    if (people < 0) unknownSize++;
    if (passed === MAYBE && rule.options.unknown !== "include") continue;
    figure.add(people, table.rows.company.at(row));
    counted.push({ row, people });
  }
  const largest = counted.sort((a, b) => b.people - a.people || b.row - a.row).slice(0, ROWS_SHOWN);
  return {
    value: figure.value(dayNumber(onDay)),
    n: figure.n(),
    unknownSize,
    from,
    to: onDay,
    rows: largest.map(({ row }) => rowAt(table, row)),
    total: counted.length,
  };
}
