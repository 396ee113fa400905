import type { Column } from "./column.ts";
import type { Day } from "./facts.ts";
import type { Ledger } from "./layoff-ledger.ts";
import type { Dimension, GroupTotals, Pulse, Totals } from "./layoffs.ts";
import type { Market } from "./market.ts";
import { dayName, dayNumberOf, yearEarlier } from "./period-index.ts";
import { CELL_WIDTH, STATE_WIDTH } from "./pulse-columns.ts";
import type { PulseColumns } from "./pulse-columns.ts";
import { robustZ } from "./stats.ts";

const WEEKS_BEFORE = 52;
const WEEKS_NEEDED = 26;
const NOTHING: Totals = { people: 0, events: 0, companies: 0, unknownSize: 0 };

/**
 * The whole market on one day, by the announced date, as known on `asof` (all that is known when left out), read from
 * prepared totals: no event is touched. Windows end on the day and include it; groups and companies are those of the last
 * 30 days, most people first. Ask for a day the lists speak for (`market.listedTo` at most): later days miss what nobody has
 * reported yet.
 */
export function pulse(market: Pick<Market, "layoffs">, on: Day, asof?: Day): Pulse {
  const { pulse: columns, ledger } = market.layoffs(asof);
  const day = dayNumberOf(on);
  const state = stateOn(columns, day);
  return {
    on,
    last7: totalsAt(columns, state, 0),
    last30: totalsAt(columns, state, 1),
    yearToDate: totalsAt(columns, state, 2),
    previousYearToDate: totalsAt(columns, stateOn(columns, yearEarlier(day)), 2),
    z: weekZ(columns, day, state),
    byIndustry: groupsAt(columns.industryEnds, columns.industryCells, state, ledger, "industry"),
    byCountry: groupsAt(columns.countryEnds, columns.countryCells, state, ledger, "country"),
    byStage: groupsAt(columns.stageEnds, columns.stageCells, state, ledger, "stage"),
    top: groupsAt(columns.companyEnds, columns.companyCells, state, ledger, "company"),
  };
}

/** The state a day is in; -1 before the first event. */
function stateOn({ changeDay }: PulseColumns, day: number): number {
  const days = changeDay.all();
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function totalsAt({ totals }: PulseColumns, state: number, window: 0 | 1 | 2): Totals {
  if (state < 0) return NOTHING;
  const at = state * STATE_WIDTH + 4 * window;
  return {
    people: totals.at(at),
    events: totals.at(at + 1),
    companies: totals.at(at + 2),
    unknownSize: totals.at(at + 3),
  };
}

/** Against the seven-day windows that end 7, 14, … days earlier and lie wholly in the history. */
function weekZ({ changeDay, totals }: PulseColumns, day: number, state: number): number | null {
  if (state < 0) return null;
  const days = changeDay.all();
  const windows = Math.min(WEEKS_BEFORE, Math.floor((day - 6 - days[0]!) / 7));
  if (windows < WEEKS_NEEDED) return null;
  const earlier = new Float64Array(windows);
  for (let week = 1, at = state; week <= windows; week++) {
    // A week has at most seven changes: walking back beats searching anew.
    while (days[at]! > day - 7 * week) at--;
    earlier[week - 1] = totals.at(at * STATE_WIDTH);
  }
  return robustZ(totals.at(state * STATE_WIDTH), earlier);
}

function groupsAt(
  ends: Column<Int32Array<ArrayBuffer>>,
  cells: Column<Float64Array<ArrayBuffer>>,
  state: number,
  ledger: Ledger,
  by: Dimension,
): GroupTotals[] {
  if (state < 0) return [];
  const from = state === 0 ? 0 : ends.at(state - 1);
  const values = cells.slice(from * CELL_WIDTH, ends.at(state) * CELL_WIDTH);
  const groups: GroupTotals[] = [];
  for (let at = 0; at < values.length; at += CELL_WIDTH) {
    const { group, name } = ledger.label(by, values[at]!);
    groups.push({
      group,
      name,
      people: values[at + 1]!,
      events: values[at + 2]!,
      companies: values[at + 3]!,
      unknownSize: values[at + 4]!,
      lastOn: dayName(values[at + 5]!),
      largest: values[at + 6]! < 0 ? null : values[at + 6]!,
    });
  }
  return groups;
}
