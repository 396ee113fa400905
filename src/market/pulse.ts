import { dayNumber } from "./calendar.ts";
import type { Column } from "./column.ts";
import type { Day } from "./facts.ts";
import type { Ledger } from "./layoff-ledger.ts";
import type { GroupTotals, Pulse, Totals } from "./layoffs.ts";
import type { Market } from "./market.ts";
import { dayName, yearEarlier } from "./period-index.ts";
import { CELL_WIDTH, STATE_WIDTH } from "./pulse-columns.ts";
import type { PulseColumns } from "./pulse-columns.ts";
import { robustZ } from "./stats.ts";

const WEEKS_BEFORE = 52;
const WEEKS_NEEDED = 26;
const NOTHING: Totals = { people: 0, events: 0, companies: 0, unknownSize: 0 };

/**
 * The whole market on one day, by the announced date, as known on `asof` (all that is known when left out), read from
 * prepared totals: no event is touched. Windows end on the day and include it; groups and companies are those of the last
 * 30 days, most people first. Ask for a day the facts speak for (`market.asOfOn` at most): later days miss what nobody has
 * reported yet.
 */
export function pulse(market: Pick<Market, "layoffs">, on: Day, asof?: Day): Pulse {
  const { pulse: columns, ledger } = market.layoffs(asof);
  const day = dayNumber(on);
  const state = stateOn(columns, day);
  return {
    on,
    last7: totalsAt(columns, state, 0),
    last30: totalsAt(columns, state, 1),
    yearToDate: totalsAt(columns, state, 2),
    previousYearToDate: totalsAt(columns, stateOn(columns, yearEarlier(day)), 2),
    z: weekZ(columns, day),
    byIndustry: groupsAt(
      columns.industryEnds,
      columns.industryCells,
      state,
      coded(ledger, "industry"),
    ),
    byCountry: groupsAt(columns.countryEnds, columns.countryCells, state, coded(ledger, "country")),
    byStage: groupsAt(columns.stageEnds, columns.stageCells, state, coded(ledger, "stage")),
    top: groupsAt(columns.companyEnds, columns.companyCells, state, (code) => ledger.company(code)),
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
function weekZ(columns: PulseColumns, day: number): number | null {
  const peopleOf7 = (on: number) => totalsAt(columns, stateOn(columns, on), 0).people;
  const earlier: number[] = [];
  if (columns.changeDay.length === 0) return null;
  const historyFrom = columns.changeDay.at(0);
  for (let week = 1; week <= WEEKS_BEFORE && day - 7 * week - 6 >= historyFrom; week++)
    earlier.push(peopleOf7(day - 7 * week));
  return earlier.length < WEEKS_NEEDED ? null : robustZ(peopleOf7(day), earlier);
}

interface Named {
  readonly group: string;
  readonly name: string;
}

function coded(
  ledger: Ledger,
  dimension: "industry" | "country" | "stage",
): (code: number) => Named {
  const names = ledger.names(dimension);
  return (code) => {
    const name = names[code]! || "Unknown";
    return { group: name, name };
  };
}

function groupsAt(
  ends: Column<Int32Array<ArrayBuffer>>,
  cells: Column<Float64Array<ArrayBuffer>>,
  state: number,
  nameOf: (code: number) => Named,
): GroupTotals[] {
  if (state < 0) return [];
  const from = state === 0 ? 0 : ends.at(state - 1);
  const values = cells.slice(from * CELL_WIDTH, ends.at(state) * CELL_WIDTH);
  const groups: GroupTotals[] = [];
  for (let at = 0; at < values.length; at += CELL_WIDTH) {
    const { group, name } = nameOf(values[at]!);
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
