import { largest, medianCut, rows, totals } from "../market/layoffs.ts";
import type { LayoffFilter, LayoffRow, Totals } from "../market/layoffs.ts";
import type { PublishedTotal } from "../market/facts.ts";
import {
  count,
  daySpan,
  eventsWords,
  floor,
  list,
  longDay,
  percent,
  plural,
} from "../reply/words.ts";
import type { Amount } from "./amounts.ts";
import type { About, Claim } from "./claim.ts";
import { cannotCheck, filterOf, isRunning, outsideFacts, rowsCommand } from "./finding.ts";
import type { Finding, Ground } from "./finding.ts";
import { isOfUnitedStates, isQuoted, publishedOf, reconcileCommand } from "./published.ts";
import { verdictOn } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

type Counted = "people" | "events" | "companies";

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

/** The middle size of the cuts whose size is known. */
export function medianFinding(claim: Claim, ground: Ground): Finding {
  const { amount, time, subject } = claim;
  if (amount === undefined || time === undefined)
    return cannotCheck("It does not say of which time.", "people");
  const outside = outsideFacts(ground.market, time.days);
  if (outside !== undefined) return cannotCheck(outside, "people");
  const middle = medianCut(ground.market, filterOf(subject, time.days, ground));
  const run = rowsCommand(claim, ground);
  if (middle === null)
    return cannotCheck("No known event of that time says how many.", "people", { run });
  return {
    verdict: verdictOn(middle.median, amount.value, amount.accepts),
    measured: middle.median,
    unit: "people, the median cut",
    says: `median ${count(middle.median)} people, of ${plural(middle.n, "event")} whose size is known`,
    beside: [],
    run,
  };
}

/** The largest event of a time: its size, and whose it was where the claim names a company. */
export function largestFinding(claim: Claim, ground: Ground): Finding {
  const { amount, time, subject } = claim;
  if (amount === undefined || time === undefined)
    return cannotCheck("It does not say of which time.", "people");
  const outside = outsideFacts(ground.market, time.days);
  if (outside !== undefined) return cannotCheck(outside, "people");
  const everyone = { ...subject, companies: [] };
  const filter = filterOf(everyone, time.days, ground);
  const [row] = largest(ground.market, filter, 1);
  const run = rowsCommand({ ...claim, subject: everyone }, ground);
  if (row === undefined || row.people === null)
    return cannotCheck("No known event of that time says how many.", "people", { run });
  const { companies } = filterOf(subject, undefined, ground);
  const isTheirs = companies === undefined || companies.includes(row.companyKey);
  return {
    verdict: isTheirs ? verdictOn(row.people, amount.value, amount.accepts) : "not supported",
    measured: row.people,
    unit: "people, the largest event",
    says: `the largest known event was ${count(row.people)} people at ${row.company}, ${longDay(row.on)}`,
    beside: [],
    run,
  };
}

/** The share of staff one company's cut was, as a source states it. */
export function shareFinding(claim: Claim, ground: Ground): Finding {
  const { amount, time, subject } = claim;
  const unit = "percent of staff";
  if (amount === undefined || subject.companies.length === 0)
    return cannotCheck(
      "A share of staff is known for single companies only, and it names none that is known here.",
      unit,
    );
  const filter = filterOf(subject, time?.days, ground);
  const run = rowsCommand(claim, ground);
  const known = rows(ground.market, filter).rows.filter((row) => row.percent !== null);
  if (known.length === 0)
    return cannotCheck("No known event of it says what share of staff it was.", unit, { run });
  const row = nearest(known, amount, ({ percent: share }) => share ?? 0);
  const verdict = verdictOn(row.percent ?? 0, amount.value, amount.accepts);
  const { events } = totals(ground.market, filter);
  const isMore = verdict === "not supported" && (row.percent ?? 0) < (amount.accepts.low ?? 0);
  return {
    verdict: isMore && events > 1 ? "cannot check" : verdict,
    measured: row.percent,
    unit,
    says: `${percent(row.percent ?? 0)} of staff on ${longDay(row.on)}${row.people === null ? "" : `, ${plural(row.people, "person", "people")}`} (${row.company})`,
    beside:
      isMore && events > 1
        ? [`${plural(events, "known event")} of it, whose shares do not add up here`]
        : [],
    run,
  };
}

/** It happened at all: every company named has a known event then. */
export function happenedFinding(claim: Claim, ground: Ground): Finding {
  const { time, subject } = claim;
  const outside = time && outsideFacts(ground.market, time.days);
  if (outside !== undefined) return cannotCheck(outside, "events");
  const each = subject.companies.map((company) => {
    const sum = totals(
      ground.market,
      filterOf({ ...subject, companies: [company], withUnits: true }, time?.days, ground),
    );
    return { company, sum };
  });
  const missing = each.filter(({ sum }) => sum.events === 0).map(({ company }) => company.name);
  return {
    verdict: missing.length === 0 ? "supported" : "cannot check",
    measured: each.reduce((events, { sum }) => events + sum.events, 0),
    unit: "events",
    says: list(
      each
        .filter(({ sum }) => sum.events > 0)
        .map(
          ({ company, sum }) =>
            `${company.name} ${floor(sum).replace("at least ", "≥ ")} in ${eventsWords(sum)}`,
        ),
    ),
    beside:
      missing.length === 0
        ? []
        : [`no known event of ${list(missing)}, which is not the same as none`],
    run: rowsCommand({ ...claim, subject: { ...subject, withUnits: true } }, ground),
  };
}

/** A cut is often told of one event: where the sum is not what is claimed, the event that is. */
function oneEvent(
  claim: Claim,
  filter: LayoffFilter,
  sum: Totals,
  { market }: Ground,
): Finding | undefined {
  const amount = claim.amount!;
  if (verdictOn(sum.people, amount.value, amount.accepts) === "supported") return undefined;
  // Every company has a small event: it proves no "fewer than".
  if (amount.accepts.low === null) return undefined;
  const known = rows(market, filter).rows.filter((row) => row.people !== null);
  if (known.length === 0 || sum.events === 1) return undefined;
  const row = nearest(known, amount, ({ people }) => people ?? 0);
  const verdict = verdictOn(row.people ?? 0, amount.value, amount.accepts);
  const isCloser = Math.abs((row.people ?? 0) - amount.value) < Math.abs(sum.people - amount.value);
  if (verdict !== "supported" && (verdict === "not supported" || !isCloser)) return undefined;
  return {
    verdict,
    measured: row.people,
    unit: "people",
    says: `${plural(row.people ?? 0, "person", "people")} in the event of ${longDay(row.on)} (${row.company})`,
    beside: [
      `${said("people", sum)} in all of ${plural(sum.events, "event")}`,
      ...(row.unconfirmed ? [UNCONFIRMED] : []),
    ],
  };
}

const UNCONFIRMED = "unconfirmed: one report alone says so";

/** What is read from one headline or filing is said to be, wherever it decides. */
function unconfirmedIn(filter: LayoffFilter, { market }: Ground): readonly string[] {
  const read = rows(market, filter).rows.filter((row) => row.unconfirmed && row.people !== null);
  return read.length === 0 ? [] : [UNCONFIRMED];
}

/** The row that is nearest to what is accepted; of several that are in it, to the figure itself. */
function nearest(
  known: readonly LayoffRow[],
  { value, accepts: { low, high } }: Amount,
  of: (row: LayoffRow) => number,
): LayoffRow {
  const off = (row: LayoffRow) =>
    Math.max(0, (low ?? -Infinity) - of(row), of(row) - (high ?? Infinity));
  return known.reduce((best, row) => {
    const closer = off(row) - off(best) || Math.abs(of(row) - value) - Math.abs(of(best) - value);
    return closer < 0 ? row : best;
  });
}

/** "Layoffs" are people to the press and events to a tracker: whichever is nearer by ratio is meant. */
function nearer(value: number, sum: Totals): "people" | "events" {
  const far = (measured: number) =>
    Math.abs(Math.log(Math.max(measured, 0.5) / Math.max(value, 0.5)));
  return far(sum.events) < far(sum.people) ? "events" : "people";
}

function said(of: Counted, sum: Totals): string {
  switch (of) {
    case "people":
      return `at least ${plural(sum.people, "person", "people")}${sum.unknownSize > 0 ? ` (${plural(sum.unknownSize, "event")} of unknown size)` : ""}`;
    case "events":
      return plural(sum.events, "event");
    case "companies":
      return plural(sum.companies, "company", "companies");
  }
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

function unitOf({ of }: Extract<About, { kind: "count" }>): string {
  return of === "either" ? "people" : of;
}

function missingTotal({ subject }: Claim): string {
  if (subject.publisher !== undefined)
    return `No total that ${subject.publisher} published for that time is known here.`;
  return subject.topic === "ai"
    ? "No source here states reasons, and no published total for that time is known."
    : "The rows here are of tech, and no published total of all sectors for that time is known.";
}

/** A survey's own total against the claimed figure, where one was published for just that time and place. */
function publishedFinding(
  claim: Claim,
  about: Extract<About, { kind: "count" }>,
  { market, asof }: Ground,
): Finding | undefined {
  const { amount, time, subject } = claim;
  if (
    amount === undefined ||
    time === undefined ||
    subject.companies.length > 0 ||
    subject.industries.length > 0
  )
    return undefined;
  const measure = unitOf(about);
  const isElsewhere = subject.countries.some((country) => country !== "United States");
  const days = { from: time.days.from, to: time.running ? time.days.to : time.until };
  const totalsOf = publishedOf(market, subject.topic, days, asof).filter(
    (total) =>
      total.measure === measure &&
      !isQuoted(total) &&
      !isElsewhere &&
      (subject.countries.length === 0 || isOfUnitedStates(total)) &&
      (subject.publisher === undefined || total.publisher.startsWith(subject.publisher)),
  );
  const judged = totalsOf.map((total) => ({ total, verdict: publishedVerdict(total, claim) }));
  const best = judged.find(({ verdict }) => verdict === "supported") ?? judged[0];
  if (best === undefined) return undefined;
  const { total, verdict } = best;
  return {
    verdict,
    measured: total.value,
    unit: measure,
    says: `${total.bound === "over" ? "over " : ""}${count(total.value)} by ${total.publisher} (${total.scope})`,
    beside: [],
    run: reconcileCommand(subject.topic, time.label),
  };
}

/** "Over 191,000" proves "over 150,000" and disproves nothing above it. */
function publishedVerdict(total: PublishedTotal, { amount }: Claim): Verdict {
  if (amount === undefined) return "cannot check";
  const verdict = verdictOn(total.value, amount.value, amount.accepts);
  return total.bound === "over" &&
    verdict !== "supported" &&
    amount.accepts.low !== null &&
    total.value < amount.accepts.low
    ? "cannot check"
    : verdict;
}
