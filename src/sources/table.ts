import type { Day } from "../market/facts.ts";
import type { ImportRecord, Stored } from "../stores/facts-log.ts";
import type { LayoffField } from "./layoff-values.ts";
import type { LayoffRows } from "./layoffs-csv.ts";
import type { MatchedEntries } from "./match-entries.ts";
import { matchPay } from "./match-pay.ts";
import { matchSightings, type ToldChange } from "./match-sightings.ts";
import type { PayRows } from "./pay-csv.ts";

/** A whole list that is compared row by row with what is known of it: a tracker's export, or a dump of salaries. */
export type SourceTable =
  | {
      readonly kind: "layoffs";
      readonly rows: LayoffRows;
      /** Fields its layout has a column for. */
      readonly given: ReadonlySet<LayoffField>;
      /** Its last row breaks off. */
      readonly isCut: boolean;
    }
  | { readonly kind: "pay"; readonly rows: PayRows };

export interface MatchedTable extends MatchedEntries {
  /** Known rows of which a day or a detail is now known. */
  readonly refined: number;
  readonly told: readonly ToldChange[];
  /** For the record of the import: how far its word goes about what it lacks. */
  readonly reach: Pick<ImportRecord, "days" | "part">;
  readonly notices: readonly string[];
}

/** What a list of a day adds to what is known of its source. Throws a Fault (`conflict`) for a second dump of a day. */
export function matchTable(
  source: string,
  table: SourceTable,
  asOfOn: Day,
  stored: Stored,
): MatchedTable {
  if (table.kind === "pay") {
    const matched = matchPay(asOfOn, table.rows, stored.payLedger);
    return { ...matched, changed: 0, withdrawn: 0, told: [], reach: {} };
  }
  const { rows, given, isCut } = table;
  return matchSightings(
    { source, asOfOn, rows, given, isCut },
    stored.layoffs.filter((sighting) => sighting.source === source),
    stored.imports.filter((record) => record.source === source),
  );
}

/** Rows of a list, copies counted. */
export function tableSize(table: SourceTable): number {
  return table.kind === "layoffs"
    ? table.rows.size
    : table.rows.counts.reduce((sum, count) => sum + count, 0);
}
