import { addYears, later } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import { medianCut, totals } from "../market/layoffs.ts";
import { payChange } from "../market/pay-series.ts";
import { payStats } from "../market/pay.ts";
import { periodBetween, previousSpan, sameSpanAYearEarlier, spanLabel } from "../market/period.ts";
import type { Market } from "../market/market.ts";
import {
  changePct,
  count,
  daySpan,
  percent,
  plural,
  round,
  signedPercent,
  usd,
} from "../reply/words.ts";
import type { Claim, Moving } from "./claim.ts";
import { cannotCheck, filterOf, outsideFacts, rowsCommand } from "./finding.ts";
import type { Finding, Ground, Origin } from "./finding.ts";
import {
  partOf,
  payOrigin,
  payQuery,
  postingsCommand,
  salaryCommand,
  shareOfPostings,
} from "./pay.ts";
import { publishedOf, publishedPay, reconcileCommand } from "./published.ts";
import type { Time } from "./times.ts";
import type { Days } from "./word-days.ts";
import { signedTo, usualDecimals } from "./say.ts";
import { decimalsToTell, verdictOn } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

/** Below this a movement is none, percent: the bound of "flat" wherever this bot says it. */
const FLAT_BELOW = 1;

/** A change between two times, measured. Several readings of it may stand side by side: mean and median, now and at the same age. */
interface Change {
  /** Percent, unrounded, the usual reading first. */
  readonly readings: readonly { readonly pct: number; readonly name: string }[];
  readonly says: string;
  readonly beside: readonly string[];
  readonly origins?: readonly Origin[];
  readonly run: string;
}

/** A change in percent in words. */
type Say = (pct: number) => string;

interface Sides {
  readonly before: Days;
  readonly after: Days;
}

/** A claimed rise or fall in percent. */
export function changeFinding(
  claim: Claim,
  about: { readonly of: Moving; readonly direction: -1 | 0 | 1; readonly yearly: boolean },
  ground: Ground,
): Finding {
  const { amount } = claim;
  const signed = (pct: number) => (about.direction === 0 ? Math.abs(pct) : about.direction * pct);
  const decimals = (pct: number) =>
    amount === undefined
      ? usualDecimals(pct)
      : decimalsToTell(signed(pct), amount.accepts, usualDecimals(pct));
  const change = changeOf(claim, about, ground, (pct) => signedTo(pct, decimals(pct)));
  if (typeof change === "string" || amount === undefined)
    return cannotCheck(typeof change === "string" ? change : "It states no figure.", "percent");
  const judged = change.readings.map((reading) => ({
    ...reading,
    verdict: verdictOn(signed(reading.pct), amount.value, amount.accepts),
  }));
  const best = judged.find(({ verdict }) => verdict === "supported") ?? judged[0]!;
  return found(best.verdict, round(best.pct, Math.max(1, decimals(best.pct))), change);
}

/** A claimed movement without a figure: up, down, or (0) stood still. */
export function movedFinding(
  claim: Claim,
  about: { readonly of: Moving; readonly direction: -1 | 0 | 1; readonly yearly: boolean },
  ground: Ground,
): Finding {
  const change = changeOf(claim, about, ground);
  if (typeof change === "string") return cannotCheck(change, "percent");
  const holds = (pct: number) =>
    about.direction === 0 ? Math.abs(pct) < FLAT_BELOW : about.direction * pct >= FLAT_BELOW;
  // Pay stands still where its median does: a mean moves with a few high salaries.
  const usual =
    (about.of === "pay" ? change.readings.find(({ name }) => name === "median") : undefined) ??
    change.readings[0]!;
  return found(holds(usual.pct) ? "supported" : "not supported", round(usual.pct, 1), change);
}

/** Layoffs go on as long as there are events. */
export function continuesFinding(claim: Claim, ground: Ground): Finding {
  const { time } = claim;
  if (time === undefined) return cannotCheck("It does not say until when.", "events");
  const outside = outsideFacts(ground.market, time.days);
  if (outside !== undefined) return cannotCheck(outside, "events");
  const change = changeOf(claim, { of: "events", yearly: true }, ground);
  const sum = totals(ground.market, filterOf(claim.subject, time.days, ground));
  return {
    verdict: sum.events > 0 ? "supported" : "not supported",
    measured: sum.events,
    unit: "events",
    says: `${plural(sum.events, "event")}, ${daySpan(time.days.from, time.days.to)}`,
    beside: typeof change === "string" ? [] : [change.says],
    run: rowsCommand(claim, ground),
  };
}

function found(verdict: Verdict, pct: number, change: Change): Finding {
  return {
    verdict,
    measured: pct,
    unit: "percent",
    says: change.says,
    beside: change.beside,
    ...(change.origins && { origins: change.origins }),
    run: change.run,
  };
}

function changeOf(
  claim: Claim,
  { of, yearly }: { readonly of: Moving; readonly yearly: boolean },
  ground: Ground,
  say: Say = signedPercent,
): Change | string {
  const { time } = claim;
  if (time === undefined) return "It does not say between which times.";
  const sides = sidesOf(
    time,
    yearly || (time.running && of !== "pay" && of !== "AI share"),
    ground.asof ?? ground.market.listedTo,
  );
  if (sides === undefined) return "It does not say between which times.";
  switch (of) {
    case "pay":
      return changeOfPay(claim, sides, ground.market, say);
    case "AI share":
      return changeOfShare(claim, sides, ground, say);
    case "people":
    case "events":
    case "companies":
    case "cut size":
      if (claim.subject.topic !== "tech" || claim.subject.publisher !== undefined)
        return changeOfPublished(claim, of, sides, ground, say);
      return (
        outsideFacts(ground.market, sides.after) ?? changeOfLayoffs(claim, of, sides, ground, say)
      );
  }
}

/** The two times named; else the time before the one named, or the same a year earlier. A part of a year is laid beside the same part. */
function sidesOf(time: Time, yearly: boolean, now: Day): Sides | undefined {
  const part = isPart(time);
  if (time.isSince) return undefined;
  if (time.sides) {
    const { before, after } = time.sides;
    const years = Number(after.from.slice(0, 4)) - Number(before.from.slice(0, 4));
    const isWholeYear =
      before.from.endsWith("-01-01") && before.to === `${before.from.slice(0, 4)}-12-31`;
    return part && years > 0 && isWholeYear && after.from.endsWith("-01-01")
      ? { before: { from: before.from, to: addYears(after.to, -years) }, after }
      : { before, after };
  }
  const today = later(now, time.days.to);
  const period = periodBetween(time.days.from, time.days.to, today);
  const earlier = yearly
    ? sameSpanAYearEarlier({ ...period, partial: part })
    : previousSpan(part ? { ...period, end: time.until, partial: true } : period);
  return earlier?.from === undefined || earlier.to === undefined
    ? undefined
    : { before: { from: earlier.from, to: earlier.to }, after: time.days };
}

function isPart(time: Time): boolean {
  return time.running || time.until > time.days.to;
}

function changeOfLayoffs(
  claim: Claim,
  of: "people" | "events" | "companies" | "cut size",
  { before, after }: Sides,
  ground: Ground,
  say: Say,
): Change | string {
  const { market, asof } = ground;
  const measured = (days: Days, known: Day | undefined) => {
    const filter = filterOf(claim.subject, days, {
      market,
      ...(known !== undefined && { asof: known }),
    });
    return of === "cut size"
      ? (medianCut(market, filter)?.median ?? 0)
      : totals(market, filter)[of];
  };
  const [then, now] = [measured(before, asof), measured(after, asof)];
  const pct = changePct(now, then);
  if (pct === null) return "Nothing is known of the earlier time.";
  const years = Number(after.from.slice(0, 4)) - Number(before.from.slice(0, 4));
  const isYearOn = years > 0 && addYears(before.from, years) === after.from;
  // What is learned late makes an older time look fuller: each as known at its own end.
  const knownBy = (day: Day): Day => (asof !== undefined && asof < day ? asof : day);
  const aged = isYearOn
    ? changePct(measured(after, knownBy(after.to)), measured(before, knownBy(before.to)))
    : null;
  const unit = of === "cut size" ? "people in the median cut" : of;
  const others =
    of === "cut size"
      ? (["people", "events"] as const).flatMap((other) =>
          otherChange(claim, other, { before, after }, ground),
        )
      : [];
  return {
    readings: [{ pct, name: of }, ...(aged === null ? [] : [{ pct: aged, name: "same age" }])],
    says: `${count(then)} → ${count(now)} ${unit} (${say(pct)}), ${said(before)} → ${said(after)}`,
    beside: [
      ...(aged === null || of === "cut size"
        ? []
        : [`${say(aged)} when each is taken as known at its own end`]),
      ...others,
    ],
    run: `/compare ${before.from}..${before.to},${after.from}..${after.to}${asof === undefined ? "" : ` asof:${asof}`}`,
  };
}

/** A survey's own totals of both times: rows are of tech alone. */
function changeOfPublished(
  { subject, time }: Claim,
  of: Moving,
  { before, after }: Sides,
  { market, asof }: Ground,
  say: Say,
): Change | string {
  const total = (days: Days) =>
    publishedOf(market, subject.topic, days, asof).find(
      ({ publisher, measure, bound }) =>
        measure === of &&
        bound === "exact" &&
        (subject.publisher === undefined || publisher.startsWith(subject.publisher)),
    );
  const [then, now] = [total(before), total(after)];
  const pct =
    then && now && then.publisher === now.publisher ? changePct(now.value, then.value) : null;
  if (!then || !now || pct === null)
    return "No totals that were published for both times are known here.";
  return {
    readings: [{ pct, name: of }],
    says: `${count(then.value)} → ${count(now.value)} ${of} (${say(pct)}), ${said(before)} → ${said(after)}, by ${now.publisher} (${now.scope})`,
    beside: [],
    origins: [then, now].map((total) => ({ kind: "published", total })),
    run: reconcileCommand(subject.topic, time?.label ?? label(after)),
  };
}

function otherChange(
  claim: Claim,
  of: "people" | "events",
  { before, after }: Sides,
  ground: Ground,
): readonly string[] {
  const [then, now] = [before, after].map(
    (days) => totals(ground.market, filterOf(claim.subject, days, ground))[of],
  );
  return [`${of} ${count(then!)} → ${count(now!)}`];
}

function changeOfPay(
  claim: Claim,
  { before, after }: Sides,
  market: Market,
  say: Say,
): Change | string {
  if (claim.subject.role === undefined) return "It names no role whose pay is known here.";
  const [then, now] = [
    payStats(market, payQuery(claim, before)),
    payStats(market, payQuery(claim, after)),
  ];
  const change = payChange(then, now);
  if (change === null || then.tooFew || now.tooFew)
    return "Pay of that role is not known at both times.";
  const part = partOf(then, before) ?? partOf(now, after);
  if (part !== undefined)
    return `Of a time so long only ${part} is known as one figure; ask about two quarters.`;
  const mean = { pct: change.meanPct, name: "mean" };
  const median = { pct: change.medianPct, name: "median" };
  // What the press quotes is of AI engineers: of another role it says nothing.
  const published =
    claim.subject.role.family === "ai-engineer"
      ? publishedPay(market, { from: before.from, to: after.to }).filter(({ measure }) =>
          /\bchange\b/.test(measure),
        )
      : [];
  return {
    readings: [mean, median],
    says: `mean ${usd(then.mean)} → ${usd(now.mean)} (${say(mean.pct)}), median ${usd(then.median)} → ${usd(now.median)} (${say(median.pct)}), n ${count(then.n)} and ${count(now.n)}`,
    beside: [
      ...(change.compositionBreak
        ? ["so different or so small samples that the mix may have changed, not the pay"]
        : []),
      ...(then.basis === now.basis
        ? []
        : ["the two sides come from different sources: imported rows and published quarters"]),
      ...published.map(
        ({ publisher, value, scope }) =>
          `${publisher} put it at ${percent(value)} (${scope}): another source, not reproduced here`,
      ),
    ],
    origins: [
      payOrigin(then),
      payOrigin(now),
      ...published.map((total) => ({ kind: "published" as const, total })),
    ],
    run: salaryCommand(claim, [`compare:${label(before)},${label(after)}`]),
  };
}

function changeOfShare(
  claim: Claim,
  { before, after }: Sides,
  { market, asof }: Ground,
  say: Say,
): Change | string {
  const [then, now] = [
    shareOfPostings(market, claim, before, asof),
    shareOfPostings(market, claim, after, asof),
  ];
  const pct = then && now && changePct(now.share, then.share);
  if (!then || !now || pct === undefined || pct === null)
    return "The AI share of postings is not known at both times.";
  return {
    readings: [{ pct, name: "share" }],
    says: `${percent(then.share, true)} → ${percent(now.share, true)} of postings mention AI (${say(pct)})`,
    beside: [],
    origins: [...then.origins, ...now.origins],
    run: postingsCommand(claim, [then.months[0]!, now.months.at(-1)!]),
  };
}

function said(days: Days): string {
  const short = label(days);
  return short.includes("..") ? daySpan(days.from, days.to) : short;
}

function label({ from, to }: Days): string {
  return spanLabel(from, to);
}
