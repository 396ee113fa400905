import type { PublishedTotal } from "../../market/facts.ts";
import { totalKey } from "../../market/published.ts";
import { periodDays } from "../../market/series-points.ts";
import { numberIn } from "../cells.ts";
import { csvText } from "../csv/text.ts";
import { hasColumns, looksJson } from "../file-sample.ts";
import { jsonText } from "../json-text.ts";
import { ALL_SECTORS, CHALLENGER, isTotalsJson, totalsInJson } from "../published-json.ts";
import type { WrittenTotal } from "../published-json.ts";
import type { RowFault } from "../row-fault.ts";
import type { SourceDef } from "../source.ts";

/** Totals that publishers print in their reports: a table somebody typed, of Challenger unless it says whose. */
export const challenger: SourceDef = {
  id: "challenger",
  publisher: "Challenger, Gray & Christmas and others",
  title: "totals typed from published reports",
  licence: "facts, cited",
  attribution: "Challenger, Gray & Christmas",
  url: "https://www.challengergray.com/blog/",
  gaps: "Only the figures somebody typed; each total has its own definition, so they do not add up with rows.",
  everyMinutes: null,
  staleAfterHours: 24 * 45,
  needs: [],
  mayBeEmpty: false,
  byDefault: false,
  fits: ({ header, json }) =>
    hasColumns(header, ["period", "measure", "value", "scope"]) || isTotalsJson(json),
  parse(text) {
    const { written, faults: ragged } = looksJson(text)
      ? { written: totalsInJson(jsonText(text)), faults: [] }
      : writtenIn(text);
    const totals = new Map<string, PublishedTotal>();
    const faults: RowFault[] = [...ragged];
    for (const each of written) {
      const total = totalOf(each);
      if ("reason" in total) faults.push(total);
      else totals.set(totalKey(total), total);
    }
    return {
      rows: written.length + ragged.length,
      entries: [...totals].map(([id, values]) => ({ shelf: "totals", id, values })),
      layoffs: [],
      faults,
      notices: [],
      asOfOn: null,
      wholeOf: null,
    };
  },
};

function writtenIn(text: string) {
  const { rows, faults } = csvText(text);
  const written = rows.map(({ row, cell }): WrittenTotal => ({
    row,
    publisher: cell("publisher") || CHALLENGER,
    measure: cell("measure"),
    period: cell("period"),
    value: cell("value"),
    scope: cell("scope") || ALL_SECTORS,
  }));
  return { written, faults };
}

function totalOf({
  row,
  publisher,
  measure,
  period,
  value,
  scope,
}: WrittenTotal): PublishedTotal | RowFault {
  const fault = (column: string, cell: string, reason: string) => ({
    row,
    column,
    value: cell,
    reason,
  });
  if (measure === "") return fault("measure", measure, "is missing; write people");
  if (periodDays(period) === undefined)
    return fault(
      "period",
      period,
      "is none I know; write 2024-03, 2024Q1, 2024 or 2024-01..2024-03",
    );
  const isOver = value.startsWith(">");
  const figure = numberIn(isOver ? value.slice(1) : value);
  if (figure === null || Number.isNaN(figure))
    return fault("value", value, "is not a plain number; write 90,309 or > 50,000");
  return { publisher, measure, period, value: figure, bound: isOver ? "over" : "exact", scope };
}
