import { countryNamed } from "../market/country.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import type { PayQuery } from "../market/pay-rows.ts";
import { payPremium } from "../market/pay-premium.ts";
import { payStats } from "../market/pay.ts";
import type { PayFigures } from "../market/pay.ts";
import { spanLabel } from "../market/period.ts";
import { AI_POSTINGS, seriesPoints } from "../market/series-points.ts";
import { count, list, plural, round, signedPercent, usd } from "../reply/words.ts";
import type { About, Claim } from "./claim.ts";
import { cannotCheck, countryOf, timeWords } from "./finding.ts";
import { signedTo, usualDecimals } from "./say.ts";
import type { Finding, Ground, Origin } from "./finding.ts";
import type { Days } from "./word-days.ts";
import { accepted, decimalsToTell, verdictOn } from "./verdict.ts";

const UNIT = "USD a year";

/** Reported pay of a role against a claimed figure: the mean where the average is said, else the median. */
export function payFinding(
  claim: Claim,
  { stat }: Extract<About, { kind: "pay" }>,
  { market }: Ground,
): Finding {
  const { amount, subject, time } = claim;
  if (amount === undefined || subject.role === undefined)
    return cannotCheck("It names no role whose pay is known here.", UNIT);
  const run = salaryCommand(claim, timeWords(time?.days, time?.label));
  const answer = payStats(market, payQuery(claim, time?.days));
  if (answer.tooFew)
    return cannotCheck(
      answer.n === 0
        ? "No pay of that role, level, country and time is known."
        : `Only ${plural(answer.n, "salary", "salaries")} known: too few to show.`,
      UNIT,
    );
  const measured = stat === "mean" ? answer.mean : answer.median;
  const part = partOf(answer, time?.days);
  return {
    verdict:
      part === undefined ? verdictOn(measured, amount.value, amount.accepts) : "cannot check",
    measured,
    unit: UNIT,
    says: `median ${usd(answer.median)}, mean ${usd(answer.mean)}, n ${count(answer.n)}${part === undefined ? "" : ` in ${part}`}`,
    beside: [
      ...(part === undefined
        ? []
        : [`${part} is all that is known of that time as one figure; ask about a quarter`]),
      ...(stat === null ? ["judged by the median, as it does not say average or median"] : []),
      ...(time === undefined ? ["of all imported times, as it does not say which"] : []),
    ],
    origins: [payOrigin(answer)],
    run,
  };
}

/** Whose the pay of an answer is, and of which days. */
export function payOrigin({ basis, from, to }: Pick<PayFigures, "basis" | "from" | "to">): Origin {
  return {
    kind: "pay",
    quarter: from === null || to === null ? "all imported rows" : spanLabel(from, to),
    answer: { basis, from, to },
  };
}

/** The days a figure speaks for, where they are only a part of those asked about: of a year only its last quarter is known. */
export function partOf(answer: PayFigures, days: Days | undefined): string | undefined {
  const { from, to } = answer;
  if (days === undefined || from === null || to === null) return undefined;
  return from > days.from || to < days.to ? spanLabel(from, to) : undefined;
}

/** What AI engineers are paid above other engineers at the same level, percent: the medians where both are known. */
export function premiumFinding(claim: Claim, { market }: Ground): Finding {
  const { amount, subject, time } = claim;
  const unit = "percent above";
  const { level } = subject;
  const country = countryOf(subject);
  const answer = payPremium(market, { pair: "engineer", level, country, ...time?.days });
  const lead = answer.median ?? answer.mean;
  if (amount === undefined || lead === null)
    return cannotCheck(
      "Too few salaries are known of AI and other engineers at that level and time.",
      unit,
    );
  const decimals = decimalsToTell(lead.pct, amount.accepts, usualDecimals(lead.pct));
  const run = [
    "/premium engineer",
    ...(level ? [`level:${level}`] : []),
    `country:${country}`,
    ...(time ? [`period:${time.label}`] : []),
  ].join(" ");
  return {
    verdict: verdictOn(lead.pct, amount.value, amount.accepts),
    measured: round(lead.pct, Math.max(1, decimals)),
    unit,
    says: `${usd(lead.ai)} against ${usd(lead.other)} in the ${answer.median === null ? "mean" : "median"} (${signedTo(lead.pct, decimals)}), n ${count(answer.nAi)} and ${count(answer.nOther)}`,
    beside: [`95 % interval ${signedPercent(lead.lowPct)} to ${signedPercent(lead.highPct)}`],
    origins: [payOrigin(answer)],
    run,
  };
}

/** A posted range: "up to" names its upper end. */
export function postedFinding(claim: Claim): Finding {
  const { amount, subject } = claim;
  const known = subject.postings.filter(({ currency }) => currency === "USD");
  if (amount === undefined || known.length === 0)
    return cannotCheck("No posting it could mean is known here.", UNIT);
  const posting = known.reduce((best, other) =>
    Math.abs(other.max - amount.value) < Math.abs(best.max - amount.value) ? other : best,
  );
  const accepts = amount.bound === "at most" ? accepted("bare", amount.value) : amount.accepts;
  return {
    verdict: verdictOn(posting.max, amount.value, accepts),
    measured: posting.max,
    unit: UNIT,
    says: `up to ${usd(posting.max)} posted for ${posting.title} at ${posting.company}, ${posting.postedOn}`,
    beside: ["posted base pay, not paid"],
    origins: [{ kind: "posted pay", source: posting.source }],
    run: `/salary kind:posted company:${posting.company.includes(" ") ? `"${posting.company}"` : posting.company}`,
  };
}

/** The share of postings that mention AI: of one month, or the mean of the months of a longer time. */
export function shareOfPostings(
  market: Market,
  claim: Claim,
  days: Days | undefined,
  asof?: Day,
):
  | {
      readonly share: number;
      readonly months: readonly string[];
      readonly origins: readonly Origin[];
    }
  | undefined {
  const known = seriesPoints(market, AI_POSTINGS, countryOf(claim.subject), asof).filter(
    ({ preliminary }) => !preliminary,
  );
  const points =
    days === undefined
      ? known.slice(-1)
      : known.filter(
          ({ period }) => period >= days.from.slice(0, 7) && period <= days.to.slice(0, 7),
        );
  return points.length === 0
    ? undefined
    : {
        share: points.reduce((sum, { value }) => sum + value, 0) / points.length,
        months: points.map(({ period }) => period),
        origins: [...new Set(points.map(({ source }) => source))].map((source) => ({
          kind: "series",
          source,
        })),
      };
}

export function postingsFinding(claim: Claim, { market, asof }: Ground): Finding {
  const { amount, time } = claim;
  const unit = "percent of postings";
  const found = shareOfPostings(market, claim, time?.days, asof);
  if (amount === undefined || found === undefined)
    return cannotCheck("The AI share of postings is not known for that place and time.", unit);
  // A claim of two decimals is supported by the share as it is printed with two, too.
  const printed = round(found.share, 2);
  const isPrinted =
    round(amount.value, 2) === amount.value &&
    verdictOn(printed, amount.value, amount.accepts) === "supported";
  const share = isPrinted
    ? printed
    : round(found.share, decimalsToTell(found.share, amount.accepts, 2));
  return {
    verdict: verdictOn(isPrinted ? printed : found.share, amount.value, amount.accepts),
    measured: share,
    unit,
    says: `${share} % of postings mention AI in ${countryNamed(countryOf(claim.subject)) ?? countryOf(claim.subject)}, ${found.months.length === 1 ? found.months[0] : `mean of ${list([found.months[0]!, found.months.at(-1)!]).replace(" and ", " to ")}`}`,
    beside: [],
    origins: found.origins,
    run: postingsCommand(claim, found.months),
  };
}

export function postingsCommand({ subject }: Claim, months: readonly string[]): string {
  return `/trend ai-postings country:${countryOf(subject)} from:${months[0]} to:${months.at(-1)}`;
}

export function payQuery({ subject }: Claim, days: Days | undefined): PayQuery {
  const { role, level } = subject;
  return {
    ...(role && { role: role.family }),
    ...(role?.titleWords && { titleWords: role.titleWords }),
    ...(level && { level }),
    ...(subject.withoutAi && { ai: false }),
    country: countryOf(subject),
    ...(days && { from: days.from, to: days.to }),
  };
}

export function salaryCommand({ subject }: Claim, time: readonly string[]): string {
  return [
    "/salary",
    (subject.role?.name ?? "all").toLowerCase().replaceAll(" ", "-"),
    ...(subject.level ? [`level:${subject.level}`] : []),
    ...(subject.withoutAi ? ["ai:no"] : []),
    `country:${countryOf(subject)}`,
    ...time,
  ].join(" ");
}
