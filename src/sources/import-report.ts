import type { ImportReport } from "./import.ts";
import type { ToldChange } from "./match-sightings.ts";
import { rowFaultText } from "./row-fault.ts";

const LISTED_MAX = 10;

/** An import told in plain text: the counts, then rejected and changed rows, the first ten of each and how many more. */
export function importReportText(report: ImportReport): string {
  const lines = [
    `${report.file}: ${report.layout}, as of ${report.asOfOn}`,
    `${count(report.rows)} rows: ${count(report.accepted)} taken${rejectedRows(report)}`,
    `${count(report.new)} new · ${count(report.changed)} changed · ${count(report.same)} same · ${count(report.refined)} refined · ${count(report.withdrawn)} no longer listed`,
    ...report.notices.map((notice) => `Note: ${notice}`),
    ...listed("Rejected", report.rejected.map(rowFaultText)),
    ...listed("Give no fact", report.passedOver.map(rowFaultText)),
    ...listed("Changed", report.changes.map(changedLine)),
  ];
  return lines.join("\n");
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}

function rejectedRows({ rejected }: ImportReport): string {
  const rows = new Set(rejected.map((fault) => fault.row)).size;
  return rows === 0 ? "" : `, ${count(rows)} rejected`;
}

function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - LISTED_MAX;
  return [
    `${title}:`,
    ...lines.slice(0, LISTED_MAX).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${count(more)} more`] : []),
  ];
}

const FIELD_NAMES: Readonly<Partial<Record<ToldChange["field"], string>>> = {
  announcedOn: "date",
  headcount: "people",
  percentOfStaff: "percent of staff",
  raisedUsdM: "raised, millions of USD",
  url: "page",
  listed: "",
};

function changedLine({ company, on, field, from, to }: ToldChange): string {
  const name = FIELD_NAMES[field] ?? field;
  return `${company} ${on}${name ? ` ${name}` : ""}: ${said(from)} → ${said(to)}`;
}

function said(value: string | number | null): string {
  if (value === null) return "not reported";
  return typeof value === "number" ? count(value) : value;
}
