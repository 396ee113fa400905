import type { Day, PayRow } from "../market/facts.ts";
import { valueIn } from "./coded-rows.ts";
import type { CodedRows } from "./coded-rows.ts";

/** What a dump says of one salary; when it appeared follows from the dumps it stands in. */
export type PayFacts = Omit<PayRow, "appearedOn" | "appearedAfter">;

export interface PayDump {
  readonly source: string;
  readonly asOfOn: Day;
  /** How often each distinct row stands in the dump, by row number; rows past the end stand in it 0 times. */
  readonly counts: readonly number[];
}

/** The distinct pay rows ever met and the dumps they stood in. */
export interface PayLedger {
  readonly rows: readonly PayFacts[];
  readonly dumps: readonly PayDump[];
}

/** Every salary with the dump it first stood in, see `eachSalary`. */
export function payRowsOf({ rows, dumps }: PayLedger): PayRow[] {
  const salaries: PayRow[] = [];
  eachSalary(dumps, (number, copies, appearedAfter, appearedOn) => {
    for (let copy = 0; copy < copies; copy++)
      salaries.push({ ...rows[number]!, appearedOn, appearedAfter });
  });
  return salaries;
}

/**
 * Tells of each row how many copies of it appeared between two dumps; nulls for the first dump of a source. Equal rows are
 * different people, so the k-th copy of a row appeared with the first dump, by day, that holds k of them; a row that later
 * vanished still counts. Depends on the dumps' days and not on the order they were imported in.
 */
export function eachSalary(
  dumps: readonly PayDump[],
  take: (number: number, copies: number, after: Day | null, on: Day | null) => void,
): void {
  const inOrder = [...dumps].sort((a, b) => (a.asOfOn < b.asOfOn ? -1 : 1));
  const met = new Map<string, Day>();
  const most = new Int32Array(dumps.reduce((size, { counts }) => Math.max(size, counts.length), 0));
  for (const { source, asOfOn, counts } of inOrder) {
    const previous = met.get(source) ?? null;
    met.set(source, asOfOn);
    for (let number = 0; number < counts.length; number++) {
      const before = most[number]!;
      const count = counts[number]!;
      if (count <= before) continue;
      most[number] = count;
      take(number, count - before, previous, previous && asOfOn);
    }
  }
}

export function* payFactsIn({ size, columns }: CodedRows<PayFacts>): Generator<PayFacts> {
  for (let row = 0; row < size; row++)
    yield {
      source: valueIn(columns.source, row)!,
      title: valueIn(columns.title, row)!,
      level: valueIn(columns.level, row)!,
      employment: valueIn(columns.employment, row)!,
      usdPerYear: valueIn(columns.usdPerYear, row)!,
      salary: valueIn(columns.salary, row)!,
      currency: valueIn(columns.currency, row)!,
      workYear: valueIn(columns.workYear, row)!,
      employerCountry: valueIn(columns.employerCountry, row)!,
      residenceCountry: valueIn(columns.residenceCountry, row)!,
      remotePct: valueIn(columns.remotePct, row)!,
      companySize: valueIn(columns.companySize, row),
    };
}
