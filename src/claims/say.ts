import type { Totals } from "../market/layoffs.ts";
import { list, plural, round, signedPercent } from "../reply/words.ts";
import type { Amount } from "./amounts.ts";
import type { About, Claim, Moving } from "./claim.ts";
import type { Finding } from "./finding.ts";
import { decimalsOfRange } from "./verdict.ts";

const MOVING: Readonly<Record<Moving, string>> = {
  people: "people laid off",
  events: "events",
  companies: "companies",
  "cut size": "the median cut",
  pay: "pay",
  "AI share": "AI share of postings",
};

/** "companies, United States, 2023, ≥ 1,200": how a claim was understood, to be judged by whoever reads it. */
export function readAs(
  { amount, about, time, subject }: Claim,
  { unit, measured, verdict }: Pick<Finding, "unit" | "measured" | "verdict">,
): string {
  // A claimed fall is laid beside how far it fell.
  const isFall = about.kind === "change" && about.direction < 0;
  const isOfEither = about.kind === "change" && about.direction === 0;
  const shown =
    measured === null || verdict === "cannot check"
      ? null
      : isOfEither
        ? Math.abs(measured)
        : isFall
          ? -measured
          : measured;
  return [
    about.kind === "count" && unit !== "" ? unit : unitWords(about),
    ...(subject.role && about.kind !== "premium" ? [subject.role.name] : []),
    ...(subject.level ? [subject.level] : []),
    ...(subject.withoutAi && about.kind !== "premium" ? ["no AI titles"] : []),
    ...(subject.companies.length > 0
      ? [
          `${list(subject.companies.map(({ name }) => name))}${subject.withUnits ? " with its units" : ""}`,
        ]
      : []),
    ...subject.countries,
    ...subject.industries,
    ...(time ? [timeWords(time.label)] : []),
    ...(amount ? [boundWords(amount, shown, verdict === "supported")] : []),
  ].join(", ");
}

/** What a button to the rows says: "companies, 2023". */
export function meantWords({ about, time, subject }: Claim): string {
  return [
    subject.companies[0]?.name ?? unitWords(about),
    ...(time && time.label.length < 12 ? [time.label] : []),
  ].join(", ");
}

export function unitWords(about: About): string {
  switch (about.kind) {
    case "count":
      return about.of === "either" ? "people or events" : about.of;
    case "median cut":
      return "the median cut";
    case "largest cut":
      return "the largest event";
    case "staff share":
      return "share of staff";
    case "pay":
      return about.stat === null ? "reported pay" : `${about.stat} reported pay`;
    case "posted pay":
      return "posted pay";
    case "premium":
      return "AI pay above other pay";
    case "AI share":
      return "AI share of postings";
    case "change":
    case "moved":
      return `change of ${MOVING[about.of]}${about.kind === "moved" && about.direction === 0 ? ", none" : about.direction === 0 ? "" : about.direction > 0 ? ", up" : ", down"}`;
    case "continues":
      return "events go on";
    case "happened":
      return "layoffs happened";
    case "unmeasured":
      return "";
  }
}

function timeWords(label: string): string {
  return label.replace("..", " to ");
}

/** With as many decimals as set a shown figure inside or outside of it. */
function boundWords(
  { bound, value, accepts, kind }: Amount,
  shown: number | null,
  isIn: boolean,
): string {
  const { low, high } = accepts;
  const usual = kind === "percent" ? 2 : 0;
  const decimals = shown === null ? usual : decimalsOfRange(shown, isIn, accepts, usual);
  const say = (number: number) => {
    // A bound is said as it was written, but for a third.
    const isWritten = number === value && round(value, 4) === value;
    if (kind === "percent") return `${isWritten ? value : round(number, decimals)} %`;
    const words = number.toLocaleString("en-US", { maximumFractionDigits: decimals });
    return kind === "money" ? `$${words}` : words;
  };
  switch (bound) {
    case "at least":
      return `≥ ${say(value)}`;
    case "at most":
      return `≤ ${say(value)}`;
    case "exactly":
      return `= ${say(value)}`;
    case "nearly":
    case "just over":
    case "about":
    case "bare":
    case "between":
    case "decade":
      return `${say(low ?? 0)}–${say(high ?? 0)}`;
  }
}

/** What layoff rows count. */
export type Counted = "people" | "events" | "companies";

/** What was counted, in words. */
export function said(of: Counted, sum: Totals): string {
  switch (of) {
    case "people":
      return `at least ${plural(sum.people, "person", "people")}${sum.unknownSize > 0 ? ` (${plural(sum.unknownSize, "event")} of unknown size)` : ""}`;
    case "events":
      return plural(sum.events, "event");
    case "companies":
      return plural(sum.companies, "company", "companies");
  }
}

/** The unit a claimed count is measured in, where nothing was counted yet. */
export function unitOf({ of }: Extract<About, { kind: "count" }>): string {
  return of === "either" ? "people" : of;
}

/** How many decimals a change in percent is usually said with. */
export function usualDecimals(pct: number): number {
  return Math.abs(pct) < 10 ? 1 : 0;
}

/** "+19.7 %": a change with so many decimals; with the usual ones as everywhere. */
export function signedTo(pct: number, decimals: number): string {
  if (decimals <= usualDecimals(pct)) return signedPercent(pct);
  return `${pct > 0 ? "+" : "−"}${Math.abs(round(pct, decimals))} %`;
}
