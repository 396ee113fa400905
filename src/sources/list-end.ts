import { Fault } from "../fault.ts";
import { daysBetween, later } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Stored } from "../stores/facts-log.ts";
import { daysInName, daysOfRows } from "./file-day.ts";
import type { SourceTable } from "./table.ts";

/** A list without rows of so many days up to the last known one was cut off rather than thinned out. */
const SILENT_DAYS_MAX = 14;

/**
 * Where a list that should reach to a day ends instead, as one that lost its newest rows does; null where nothing says so.
 *
 * @param upTo the day the list should reach to
 */
export function cutAtNewEnd(
  source: string,
  table: SourceTable,
  upTo: Day,
  { layoffs }: Pick<Stored, "layoffs">,
): { readonly endsOn: Day; readonly clause: string } | null {
  const end = table.kind === "layoffs" ? (daysOfRows(table.rows)?.to ?? null) : null;
  if (end === null) return null;
  const after = layoffs
    .filter((sighting) => sighting.source === source && sighting.withdrawnOn === null)
    .map(({ versions }) => versions.at(-1)!.values.announcedOn)
    .filter((on) => on > end && on <= upTo);
  const last = after.reduce((newest, on) => later(newest, on), end);
  if (daysBetween(end, last) <= SILENT_DAYS_MAX) return null;
  const rows =
    after.length === 1
      ? "1 known row is"
      : `${after.length.toLocaleString("en-US")} known rows are`;
  return {
    endsOn: end,
    clause: `its rows end on ${end}, and ${rows} of later days, up to ${last}`,
  };
}

/** A list that stops long before the day in its name is more likely cut off than whole; a day the operator gives is believed. */
export function refuseCutEnd(
  source: string,
  table: SourceTable,
  { file, today }: { readonly file: string; readonly today: Day },
  stored: Pick<Stored, "layoffs">,
): void {
  const named = daysInName(file, today);
  if (named === undefined) return;
  const cut = cutAtNewEnd(source, table, named.from, stored);
  if (cut === null) return;
  throw new Fault(
    "bad_file",
    `It seems cut off: ${cut.clause}, while its name says ${named.to}.`,
    `Export it again. If it is whole, say the day it speaks for: npm run -s import -- ${file} --asof ${cut.endsOn}`,
  );
}

/** No tracker is silent for so long. */
const QUIET_DAYS_MAX = 60;

/** For a list that nothing known can be held against: that its rows end long before the day it is said to speak for. */
export function quietNotices(endsOn: Day, asOfOn: Day): string[] {
  return daysBetween(endsOn, asOfOn) <= QUIET_DAYS_MAX
    ? []
    : [
        `Its last row is of ${endsOn}, long before ${asOfOn}: if it is older than that, import it with --asof ${endsOn}.`,
      ];
}
