import { Fault } from "../fault.ts";
import type { Day, PayRow } from "../market/facts.ts";
import { payRowsOf, type FactChange, type PayLedger } from "../stores/facts-log.ts";
import { PAY_DUMPS, payKey, type PayRows } from "./pay-csv.ts";

export interface MatchedPay {
  readonly new: number;
  readonly same: number;
  /** Known salaries whose first dump is now known better. */
  readonly refined: number;
  readonly changes: readonly FactChange[];
  readonly notices: readonly string[];
}

/**
 * What a dump adds. Dumps may come in any order: what is stored is how often each row stands in each dump, and when a row
 * appeared is worked out from all of them. Throws a Fault (`conflict`) for a second, different dump of a day.
 */
export function matchPay(asOfOn: Day, dump: PayRows["counts"], ledger: PayLedger): MatchedPay {
  const numbers = new Map(ledger.rows.map((row, number) => [payKey(row), number]));
  const changes: FactChange[] = [];
  const counts: number[] = ledger.rows.map(() => 0);
  for (const [key, { row, count }] of dump) {
    const number = numbers.get(key);
    if (number === undefined) {
      changes.push({ kind: "pay-row", row });
      counts.push(count);
    } else counts[number] = count;
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const sameDay = ledger.dumps.find(
    (each) => each.source === PAY_DUMPS.id && each.asOfOn === asOfOn,
  );
  if (sameDay) {
    if (
      changes.length > 0 ||
      counts.some((count, number) => count !== (sameDay.counts[number] ?? 0))
    ) {
      throw new Fault(
        "conflict",
        `Another dump of ${asOfOn} is in already, with other rows.`,
        "Give the day this dump was published.",
      );
    }
    return { new: 0, same: total, refined: 0, changes: [], notices: [] };
  }
  changes.push({ kind: "pay-dump", counts });
  const after: PayLedger = {
    rows: [
      ...ledger.rows,
      ...changes.flatMap((change) => (change.kind === "pay-row" ? [change.row] : [])),
    ],
    dumps: [...ledger.dumps, { source: PAY_DUMPS.id, asOfOn, counts }],
  };
  const added = addedByDay(payRowsOf(ledger), payRowsOf(after));
  return {
    new: added.rows,
    same: total - added.rows,
    refined: added.moved,
    changes,
    notices: vanishedNotice(asOfOn, counts, ledger),
  };
}

function addedByDay(
  before: readonly PayRow[],
  after: readonly PayRow[],
): { readonly rows: number; readonly moved: number } {
  const gained = new Map<string, number>();
  const day = (row: PayRow) => `${row.appearedOn}|${row.appearedAfter}`;
  for (const row of after) gained.set(day(row), (gained.get(day(row)) ?? 0) + 1);
  for (const row of before) gained.set(day(row), (gained.get(day(row)) ?? 0) - 1);
  const rows = after.length - before.length;
  return {
    rows,
    moved:
      [...gained.values()].filter((count) => count > 0).reduce((sum, count) => sum + count, 0) -
      rows,
  };
}

function vanishedNotice(asOfOn: Day, counts: readonly number[], ledger: PayLedger): string[] {
  const previous = ledger.dumps
    .filter((dump) => dump.asOfOn < asOfOn)
    .sort((a, b) => (a.asOfOn < b.asOfOn ? 1 : -1))[0];
  if (!previous) return [];
  const vanished = previous.counts.reduce(
    (sum, count, number) => sum + Math.max(0, count - (counts[number] ?? 0)),
    0,
  );
  return vanished === 0
    ? []
    : [`${vanished} rows of the dump of ${previous.asOfOn} are not in this one; they still count.`];
}
