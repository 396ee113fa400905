import { totals } from "../market/layoffs.ts";
import type { Totals } from "../market/layoffs.ts";
import { count, daySpan, longDay, plural } from "../reply/words.ts";
import type { About, Claim } from "./claim.ts";
import { oneEvent, unconfirmedIn } from "./events.ts";
import { cannotCheck, filterOf, isRunning, outsideFacts, rowsCommand } from "./finding.ts";
import type { Finding, Ground } from "./finding.ts";
import { missingTotal, publishedFinding } from "./published.ts";
import { said, unitOf } from "./say.ts";
import type { Counted } from "./say.ts";
import { verdictOn } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

/** People, events or companies against a claimed figure. */
export function countFinding(
  claim: Claim,
  about: Extract<About, { kind: "count" }>,
  ground: Ground,
): Finding {
  const { amount, time, subject } = claim;
  const { market } = ground;
  if (amount === undefined) return cannotCheck("It states no figure.");
  const published = publishedFinding(claim, about, ground);
  if (subject.topic !== "tech" || subject.publisher !== undefined)
    return published ?? cannotCheck(missingTotal(claim), unitOf(about));
  if (time === undefined && subject.companies.length === 0)
    return cannotCheck("It does not say of which time.", unitOf(about));
  const outside = time && outsideFacts(market, time.days);
  const filter = filterOf(subject, time?.days, ground);
  const sum = totals(market, filter);
  const run = rowsCommand(claim, ground);
  // A single report may tell of a company after the lists end; of the market it tells nothing.
  if (outside !== undefined && (subject.companies.length === 0 || sum.events === 0))
    return published ?? cannotCheck(outside, unitOf(about));
  if (sum.events === 0 && subject.companies.length > 0 && subject.countries.length > 0)
    return cannotCheck(
      "Rows keep the country of a company, not where its people were.",
      unitOf(about),
    );
  if (sum.events === 0)
    return published ?? cannotCheck(noEvents(subject.companies.length > 0), unitOf(about), { run });
  const of = about.of === "either" ? nearer(amount.value, sum) : about.of;
  if (of === "people" && sum.people === 0)
    return cannotCheck(`${plural(sum.events, "known event")}, and none says how many.`, of, {
      run,
    });

  const isOfCompany = subject.companies.length > 0;
  const single =
    subject.companies.length === 1 && of === "people"
      ? oneEvent(claim, filter, sum, ground)
      : undefined;
  if (single) return { ...single, run };
  const plain = verdictOn(sum[of], amount.value, amount.accepts);
  const isBelow = amount.accepts.low !== null && sum[of] < amount.accepts.low;
  const finding: Finding = {
    verdict: plain,
    measured: sum[of],
    unit: of,
    says: said(of, sum),
    beside: beside(claim, of, sum, plain, ground),
    run,
  };
  const alone = isOfCompany ? unconfirmedIn(filter, ground) : [];
  if (plain === "supported" && of === "people" && alone.length > 0)
    return { ...finding, beside: [...finding.beside, ...alone] };
  if (plain === "supported") {
    const isOpenAbove =
      of === "people" &&
      amount.accepts.high !== null &&
      amount.bound === "at most" &&
      sum.unknownSize > 0;
    return isOpenAbove
      ? {
          ...finding,
          verdict: "cannot check",
          beside: [`${plural(sum.unknownSize, "event")} of unknown size could take it past that`],
        }
      : finding;
  }
  if (published?.verdict === "supported")
    return { ...published, beside: [...published.beside, `the rows here: ${finding.says}`] };
  if (plain === "not supported" && subject.isPlace && subject.companies.length === 0)
    return { ...finding, verdict: "cannot check" };
  if (plain === "not supported" && time === undefined && sum[of] > amount.value)
    return {
      ...finding,
      verdict: "cannot check",
      beside: ["it does not say of which time, and no single known event has that size"],
    };
  if (!isBelow) return finding;
  if (market.sample && subject.companies.length === 0)
    return {
      ...finding,
      verdict: "cannot check",
      beside: ["only the bundled sample is loaded, which holds the best-known events alone"],
    };
  if (
    plain === "not supported" &&
    subject.companies.length === 0 &&
    (!subject.saysTech || subject.industries.length > 0)
  )
    return {
      ...finding,
      verdict: "cannot check",
      beside: [
        subject.industries.length > 0
          ? "the rows here are of tech companies, which are not the whole of that industry"
          : "the rows here are of tech companies, and it does not say that tech is meant",
        ...finding.beside,
      ],
    };
  if (time && !time.running && ground.asof === undefined && isRunning(time, ground))
    return {
      ...finding,
      verdict: "cannot check",
      beside: [`the facts end ${longDay(market.listedTo)}, before that time does`],
    };
  if (of === "people" && sum.unknownSize > 0)
    return {
      ...finding,
      beside: [
        `not by known sizes; ${plural(sum.unknownSize, "event")} of unknown size could add to it`,
        ...finding.beside,
      ],
    };
  return finding;
}

/** "Layoffs" are people to the press and events to a tracker: whichever is nearer by ratio is meant. */
function nearer(value: number, sum: Totals): "people" | "events" {
  const far = (measured: number) =>
    Math.abs(Math.log(Math.max(measured, 0.5) / Math.max(value, 0.5)));
  return far(sum.events) < far(sum.people) ? "events" : "people";
}

function beside(
  claim: Claim,
  of: Counted,
  sum: Totals,
  verdict: Verdict,
  { market, asof }: Ground,
): readonly string[] {
  const { amount, time, subject } = claim;
  const notes: string[] = [];
  if (subject.countries.length > 0 && subject.companies.length === 0)
    notes.push("counted by the country of the company, not by where its people were");
  const isShort = verdict !== "supported" && amount?.bound === "at least";
  if (of === "companies" && isShort && sum.events >= amount.value)
    notes.push(`${plural(sum.events, "event")} did pass ${count(amount.value)}`);
  if (
    asof !== undefined &&
    time !== undefined &&
    time.until > time.days.to &&
    time.until <= market.asOfOn
  ) {
    const whole = totals(
      market,
      filterOf(subject, { from: time.days.from, to: time.until }, { market }),
    );
    notes.push(
      `a part of its time: ${daySpan(time.days.from, time.until)} closed at ${count(whole[of])}`,
    );
  }
  return notes;
}

function noEvents(isCompany: boolean): string {
  return isCompany
    ? "No known event of it then, which is not the same as none."
    : "No event is known of that.";
}
