import { Fault } from "../fault.ts";
import type { Day } from "../market/facts.ts";
import { eachSalary, type FactChange, type PayDump, type PayLedger } from "../stores/facts-log.ts";
import { distinctRows } from "./csv/distinct-rows.ts";
import { PAY_DUMPS, PAY_FIELDS, type PayRows } from "./pay-csv.ts";
import { codedColumns, pickedColumns, placesUnmarked } from "./csv/told-column.ts";

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
export function matchPay(asOfOn: Day, dump: PayRows, ledger: PayLedger): MatchedPay {
  // How often each known row stands in it, and after them each that was not known.
  const isKnown = new Uint8Array(dump.size);
  const known = knownCounts(dump, ledger, isKnown);
  const fresh = placesUnmarked(isKnown);
  const counts = Array.from({ length: known.length + fresh.length }, (_, number) =>
    number < known.length ? known[number]! : dump.counts[fresh[number - known.length]!]!,
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  const sameDay = ledger.dumps.find(
    (each) => each.source === PAY_DUMPS.id && each.asOfOn === asOfOn,
  );
  if (sameDay) {
    if (
      fresh.length > 0 ||
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
  const after = [...ledger.dumps, { source: PAY_DUMPS.id, asOfOn, counts }];
  const added = addedByDay(ledger.dumps, after);
  return {
    new: added.rows,
    same: total - added.rows,
    refined: added.moved,
    changes: [
      ...(fresh.length > 0
        ? [
            {
              kind: "pay-rows",
              rows: { size: fresh.length, columns: codedColumns(pickedColumns(dump.told, fresh)) },
            } as const,
          ]
        : []),
      { kind: "pay-dump", counts },
    ],
    notices: vanishedNotice(asOfOn, counts, ledger),
  };
}

/** How often each known row stands in a dump; the dump's rows that are known are marked. */
function knownCounts(dump: PayRows, ledger: PayLedger, isKnown: Uint8Array): number[] {
  if (ledger.rows.length === 0) return [];
  const index = distinctRows(
    PAY_FIELDS.map((name) => dump.told[name]),
    dump.size,
  );
  const codesOf = PAY_FIELDS.map(
    (name) => new Map<unknown, number>(dump.told[name].values.map((value, code) => [value, code])),
  );
  return ledger.rows.map((row) => {
    // A value the dump does not have has a code that no row has.
    const number = index.find(PAY_FIELDS.map((name, at) => codesOf[at]!.get(row[name]) ?? -1));
    if (number < 0) return 0;
    isKnown[number] = 1;
    return dump.counts[number]!;
  });
}

/** Salaries a dump adds, and known ones whose first dump is now known better. */
function addedByDay(
  before: readonly PayDump[],
  after: readonly PayDump[],
): { readonly rows: number; readonly moved: number } {
  const gained = new Map<string, number>();
  let rows = 0;
  for (const [dumps, sign] of [
    [after, 1],
    [before, -1],
  ] as const)
    eachSalary(dumps, (_number, copies, appearedAfter, appearedOn) => {
      const day = `${appearedOn}|${appearedAfter}`;
      gained.set(day, (gained.get(day) ?? 0) + sign * copies);
      rows += sign * copies;
    });
  const appeared = [...gained.values()].filter((count) => count > 0);
  return { rows, moved: appeared.reduce((sum, count) => sum + count, 0) - rows };
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
