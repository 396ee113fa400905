import type { Day, PayRow } from "../market/facts.ts";

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

/**
 * Every salary with the dump it first stood in. Equal rows are different people, so the k-th copy of a row appeared with the
 * first dump, by day, that holds k of them; a row that later vanished still counts. Depends on the dumps' days and not on
 * the order they were imported in.
 */
export function payRowsOf({ rows, dumps }: PayLedger): PayRow[] {
  const inOrder = [...dumps].sort((a, b) => (a.asOfOn < b.asOfOn ? -1 : 1));
  const salaries: PayRow[] = [];
  const met = new Map<string, Day>();
  const most = rows.map(() => 0);
  for (const dump of inOrder) {
    const previous = met.get(dump.source) ?? null;
    met.set(dump.source, dump.asOfOn);
    for (const [number, count] of dump.counts.entries()) {
      const row = rows[number];
      if (!row) continue;
      for (let copy = most[number]!; copy < count; copy++) {
        salaries.push({ ...row, appearedOn: previous && dump.asOfOn, appearedAfter: previous });
      }
      most[number] = Math.max(most[number]!, count);
    }
  }
  return salaries;
}
