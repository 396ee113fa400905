import { countryCode } from "../command/country.ts";
import { quoted } from "../command/question-text.ts";
import type { Day, PublishedTotal } from "../market/facts.ts";
import type { LayoffFilter } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import type { PayFigures } from "../market/pay.ts";
import { longDay } from "../reply/words.ts";
import type { Claim, Subject } from "./claim.ts";
import type { Time } from "./times.ts";
import type { Days } from "./word-days.ts";
import type { Verdict } from "./verdict.ts";

/** Which facts a figure that is of no layoff row is made of, so that its source can be named. */
export type Origin =
  | {
      readonly kind: "pay";
      /** Which time it is of, where several stand together. */
      readonly quarter: string;
      readonly answer: Pick<PayFigures, "basis" | "from" | "to">;
    }
  | { readonly kind: "series"; readonly source: string }
  | { readonly kind: "posted pay"; readonly source: string }
  | { readonly kind: "published"; readonly total: PublishedTotal };

/** What was measured for one claim, and what that says of it. */
export interface Finding {
  readonly verdict: Verdict;
  /** Null where nothing could be measured. */
  readonly measured: number | null;
  readonly unit: string;
  /** What was measured, or why nothing was, in words. */
  readonly says: string;
  /** Other measured figures that help to read it, each a phrase. */
  readonly beside: readonly string[];
  /** What it is made of besides layoff rows. */
  readonly origins?: readonly Origin[];
  /** The command that shows the rows behind it. */
  readonly run?: string;
}

/** What a finding is measured on: a market, as known on a day. */
export interface Ground {
  readonly market: Market;
  /** As known then; as known today when left out. */
  readonly asof?: Day;
  /** Claims without a time are of what happened until then. */
  readonly until?: Day;
}

export function cannotCheck(why: string, unit = "", rest: Partial<Finding> = {}): Finding {
  return { verdict: "cannot check", measured: null, unit, says: why, beside: [], ...rest };
}

/** Why nothing can be said of a time; undefined where something can. */
export function outsideFacts(market: Market, days: Days): string | undefined {
  if (days.from > market.listedTo)
    return `The facts end ${longDay(market.listedTo)}, before that time.`;
  return undefined;
}

/** Whether a time had not ended when the facts end, or as they were known. */
export function isRunning({ until }: Time, { market, asof }: Ground): boolean {
  return until > (asof !== undefined && asof < market.listedTo ? asof : market.listedTo);
}

export function filterOf(
  subject: Subject,
  days: Days | undefined,
  { market, asof, until }: Ground,
): LayoffFilter {
  return {
    ...(days ? { from: days.from, to: days.to } : until !== undefined && { to: until }),
    ...(asof !== undefined && { asof }),
    ...(subject.companies.length > 0 && { companies: companyKeys(subject, market) }),
    ...(subject.countries.length > 0 && { country: { any: subject.countries, not: [] } }),
    ...(subject.industries.length > 0 && { industry: { any: subject.industries, not: [] } }),
  };
}

/** A company alone; with its units where they are named, or where nothing is known of it by its own name. */
function companyKeys(subject: Subject, market: Market): readonly string[] {
  return [
    ...new Set(
      subject.companies.flatMap(({ key }) => {
        const family = market.companies.family(key).map((member) => member.key);
        const alone = market.layoffs().ledger.companyCode(key) >= 0;
        return subject.withUnits || !alone ? family : [key];
      }),
    ),
  ];
}

/** `period:2023` or `from:… to:…`. */
export function timeWords(days: Days | undefined, label: string | undefined): string[] {
  if (days === undefined) return [];
  return label !== undefined && !label.includes("..") && !/^\d{4}-\d{2}-\d{2}$/.test(label)
    ? [`period:${label}`]
    : [`from:${days.from}`, `to:${days.to}`];
}

/** The layoff question with the same filter, its rows listed. */
export function rowsCommand(
  { subject, time }: Pick<Claim, "subject" | "time">,
  { asof }: Ground,
): string {
  const names = subject.companies.map(({ name }) => name.replaceAll(",", " "));
  const rest = [
    ...timeWords(time?.days, time?.label),
    ...(subject.countries.length > 0 ? [`country:${quoted(subject.countries.join(","))}`] : []),
    ...(subject.industries.length > 0 ? [`sector:${quoted(subject.industries.join(","))}`] : []),
    ...(subject.withUnits ? ["rollup:yes"] : []),
    ...(asof === undefined ? [] : [`asof:${asof}`]),
  ];
  return names.length > 1
    ? ["/compare", names.join(","), ...rest].join(" ")
    : ["/layoffs", ...names, ...rest, "rows:yes"].join(" ");
}

/** Pay and postings are of the United States unless a country is named. */
export function countryOf(subject: Subject): string {
  const [first] = subject.countries;
  return (first === undefined ? undefined : countryCode(first)) ?? "US";
}
