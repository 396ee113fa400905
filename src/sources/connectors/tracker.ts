import { Fault } from "../../fault.ts";
import { latestDay } from "../cells.ts";
import { csvColumns } from "../csv/text.ts";
import { dayInName, lastDay } from "../file-day.ts";
import {
  LAYOFF_COLUMNS_NEEDED,
  LAYOFF_TRACKER,
  layoffLayout,
  layoffPlaces,
  readLayoffRows,
} from "../layoffs-csv.ts";
import type { SourceDef } from "../source.ts";
import { cutFault } from "../csv/cut.ts";
import { csvAt } from "./csv-at.ts";

/** A layoff tracker's export at an address of the operator's. */
export const tracker: SourceDef = {
  ...LAYOFF_TRACKER,
  attribution: "Layoffs.fyi",
  gaps: "What the tracker lists; a third of it does not say how many people.",
  everyMinutes: 24 * 60,
  staleAfterHours: 72,
  needs: ["url"],
  mayBeEmpty: false,
  byDefault: false,
  settings: { url: "where the export is, as CSV" },
  fetch: (asking) => csvAt(asking, asking.settings.url, 64 << 20),
  // A file of it may be larger than memory: importing reads it row by row.
  fits: () => false,
  parse(text, { today, url, file }) {
    const csv = csvColumns(text, layoffPlaces);
    const layout = layoffLayout(csv.header);
    if (layout === undefined)
      throw new Fault(
        "bad_file",
        "This is no layoff tracker's export.",
        `One has ${LAYOFF_COLUMNS_NEEDED}.`,
      );
    if (csv.cutIn !== null) throw cutFault(csv.cutIn);
    const { rows, faults, notices } = readLayoffRows(csv, layout, latestDay(today));
    return {
      rows: csv.size + csv.ragged.length,
      entries: [],
      layoffs: [],
      faults: [...csv.ragged, ...faults],
      notices,
      // A copy that nobody renews must not pass for today's.
      asOfOn: dayInName(file ?? url ?? "", today) ?? lastDay(rows, today),
      wholeOf: null,
      table: { kind: "layoffs", rows, given: layout.given, isCut: false },
    };
  },
};
