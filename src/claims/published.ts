import type { Day, PublishedTotal } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { totalKey } from "../market/published.ts";
import { periodDays } from "../market/series-points.ts";
import { count, list, longDay } from "../reply/words.ts";
import type { About, Claim, Topic } from "./claim.ts";
import type { Finding, Ground } from "./finding.ts";
import { unitOf } from "./say.ts";
import { verdictOn } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";
import type { Days } from "./word-days.ts";

/** The totals published of a topic for exactly those days, as known on a day, or today when left out. */
export function publishedOf(
  market: Market,
  topic: Topic,
  days: Days,
  asof?: Day,
): readonly PublishedTotal[] {
  return known(market, asof).filter((total) => topicOf(total) === topic && isOf(total, days));
}

/** What was published of pay for exactly those days. */
export function publishedPay(market: Market, days: Days): readonly PublishedTotal[] {
  return market.published.filter((total) => isOfPay(total) && isOf(total, days));
}

function known(market: Market, asof: Day | undefined): readonly PublishedTotal[] {
  return asof === undefined ? market.published : market.publishedAsKnown(asof);
}

function isOf({ period }: PublishedTotal, { from, to }: Days): boolean {
  const days = periodDays(period);
  return days?.from === from && days.to === to;
}

/** The topics a total may be of; pay is none of them. */
function topicOf(total: PublishedTotal): Topic | undefined {
  if (isOfPay(total)) return undefined;
  if (/\bAI as the reason\b/.test(total.scope)) return "ai";
  return /\ball sectors\b/.test(total.scope) ? "all" : "tech";
}

function isOfPay({ measure }: PublishedTotal): boolean {
  return /\bsalar/.test(measure);
}

/** A figure the press quotes from somebody is the claim itself, never evidence for it. */
export function isQuoted({ publisher }: PublishedTotal): boolean {
  return / via /.test(publisher);
}

function isOfUnitedStates({ scope }: PublishedTotal): boolean {
  return /^US\b/.test(scope);
}

const TOPIC_WORDS: Readonly<Record<Topic, string>> = {
  tech: "tech layoffs",
  all: "layoffs of all sectors",
  ai: "layoffs blamed on AI",
};

/** The question that lays the publishers side by side. */
export function reconcileCommand(topic: Topic, label: string): string {
  return `/reconcile "${TOPIC_WORDS[topic]}" ${label}`;
}

/** "Published: Challenger, Gray & Christmas (2022, 2023) · facts, cited · as of 31 Jul 2026": a line for each source. */
export function publishedNotes(
  totals: readonly PublishedTotal[],
  market: Market,
): readonly string[] {
  const idOf = (total: PublishedTotal) =>
    market.entries.totals.find(({ versions }) =>
      versions.some(({ values }) => values !== null && totalKey(values) === totalKey(total)),
    )?.source ?? "published";
  return [...Map.groupBy(totals, idOf)].map(([id, ofIt]) => {
    const whose = [...Map.groupBy(ofIt, ({ publisher }) => publisher)].map(
      ([publisher, own]) =>
        `${publisher} (${[...new Set(own.map(({ period }) => period))].join(", ")})`,
    );
    const source = market.sources.find((each) => each.id === id);
    const rest = source === undefined ? [] : [source.licence, `as of ${longDay(source.asOfOn)}`];
    return ["Published: " + list(whose), ...rest].join(" · ");
  });
}

/** Why a total nobody published for that time cannot be checked. */
export function missingTotal({ subject }: Claim): string {
  if (subject.publisher !== undefined)
    return `No total that ${subject.publisher} published for that time is known here.`;
  return subject.topic === "ai"
    ? "No source here states reasons, and no published total for that time is known."
    : "The rows here are of tech, and no published total of all sectors for that time is known.";
}

/** A survey's own total against the claimed figure, where one was published for just that time and place. */
export function publishedFinding(
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
    origins: [{ kind: "published", total }],
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
