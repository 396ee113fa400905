import { Fault } from "../../fault.ts";
import { cutFault } from "../csv/cut.ts";
import { csvColumns } from "../csv/text.ts";
import { dayInName } from "../file-day.ts";
import { PAY_DUMPS, payLayout, payPlaces, readPayRows } from "../pay-csv.ts";
import type { SourceDef } from "../source.ts";
import { csvAt } from "./csv-at.ts";

/** aijobs.net's dump of reported salaries at an address of the operator's; a row is dated by the dump it first stands in. */
export const aijobs: SourceDef = {
  ...PAY_DUMPS,
  attribution: "aijobs.net",
  gaps: "Self-reported pay, no employers' names.",
  // The dump is renewed each week, and a row is no better dated than the dumps that were seen.
  everyMinutes: 7 * 24 * 60,
  staleAfterHours: 24 * 15,
  needs: ["url"],
  mayBeEmpty: false,
  byDefault: false,
  settings: { url: "where the dump is, as CSV" },
  fetch: (asking) => csvAt(asking, asking.settings.url, 64 << 20),
  // A file of it may be larger than memory: importing reads it row by row.
  fits: () => false,
  parse(text, { today, url, file }) {
    const csv = csvColumns(text, payPlaces);
    const layout = payLayout(csv.header);
    if (layout === undefined)
      throw new Fault(
        "bad_file",
        "This is no salary dump.",
        "One has work_year, experience_level and salary_in_usd.",
      );
    if (csv.cutIn !== null) throw cutFault(csv.cutIn);
    const { rows, faults } = readPayRows(csv, layout, Number(today.slice(0, 4)));
    return {
      rows: csv.size + csv.ragged.length,
      entries: [],
      layoffs: [],
      faults: [...csv.ragged, ...faults],
      notices: [],
      asOfOn: dayInName(file ?? url ?? "", today) ?? null,
      wholeOf: null,
      table: { kind: "pay", rows },
    };
  },
};
