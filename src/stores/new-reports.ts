import type { Day, LayoffValues } from "../market/facts.ts";
import { valueIn } from "./coded-rows.ts";
import type { CodedRows } from "./coded-rows.ts";

/** What a list says of a happening the first time. */
export interface NewReport {
  readonly values: LayoffValues;
  /** The day the list itself names as that of adding it. */
  readonly addedOn: Day | null;
  /** The key of the company, by which its reports are told apart. */
  readonly companyKey: string;
  /** Counts the reports of a company and day, from 1. */
  readonly repeat: number;
}

/** Many of them, column by column; a company's key is null where `otherKey` says so. */
export type NewReports = CodedRows<
  LayoffValues & Pick<NewReport, "addedOn" | "repeat"> & { readonly companyKey: string | null }
>;

/** The key of a company where it is not just the name in lower case, as most are. */
export function otherKey(company: string, key: string): string | null {
  return key === company.toLowerCase() ? null : key;
}

export function newReportAt({ columns }: NewReports, row: number): NewReport {
  const company = valueIn(columns.company, row)!;
  return {
    values: {
      company,
      announcedOn: valueIn(columns.announcedOn, row)!,
      filedOn: valueIn(columns.filedOn, row),
      effectiveOn: valueIn(columns.effectiveOn, row),
      headcount: valueIn(columns.headcount, row),
      percentOfStaff: valueIn(columns.percentOfStaff, row),
      industry: valueIn(columns.industry, row),
      country: valueIn(columns.country, row),
      location: valueIn(columns.location, row),
      stage: valueIn(columns.stage, row),
      reason: valueIn(columns.reason, row),
      raisedUsdM: valueIn(columns.raisedUsdM, row),
      url: valueIn(columns.url, row),
    },
    addedOn: valueIn(columns.addedOn, row),
    companyKey: valueIn(columns.companyKey, row) ?? company.toLowerCase(),
    repeat: valueIn(columns.repeat, row)!,
  };
}
