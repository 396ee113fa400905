import { largest, medianCut, rows, totals } from "../market/layoffs.ts";
import type { LayoffFilter, LayoffRow, Totals } from "../market/layoffs.ts";
import { count, eventsWords, floor, list, longDay, plural } from "../reply/words.ts";
import type { Amount } from "./amounts.ts";
import type { Claim } from "./claim.ts";
import { cannotCheck, filterOf, outsideFacts, rowsCommand } from "./finding.ts";
import type { Finding, Ground } from "./finding.ts";
import { said, usualDecimals } from "./say.ts";
import { decimalsToTell, verdictOn } from "./verdict.ts";

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
  const row = nearest(known, amount, ({ percent }) => percent ?? 0);
  const share = row.percent ?? 0;
  const verdict = verdictOn(share, amount.value, amount.accepts);
  const decimals = decimalsToTell(share, amount.accepts, usualDecimals(share));
  const { events } = totals(ground.market, filter);
  const isMore = verdict === "not supported" && share < (amount.accepts.low ?? 0);
  return {
    verdict: isMore && events > 1 ? "cannot check" : verdict,
    measured: row.percent,
    unit,
    says: `${Number(share.toFixed(decimals))} % of staff on ${longDay(row.on)}${row.people === null ? "" : `, ${plural(row.people, "person", "people")}`} (${row.company})`,
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
export function oneEvent(
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
export function unconfirmedIn(filter: LayoffFilter, { market }: Ground): readonly string[] {
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
