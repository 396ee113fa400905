import type { Day, PublishedTotal } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { periodDays } from "../market/series-points.ts";
import type { Topic } from "./claim.ts";
import type { Days } from "./times.ts";

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
export function topicOf(total: PublishedTotal): Topic | undefined {
  if (isOfPay(total)) return undefined;
  if (/\bAI as the reason\b/.test(total.scope)) return "ai";
  return /\ball sectors\b/.test(total.scope) ? "all" : "tech";
}

export function isOfPay({ measure }: PublishedTotal): boolean {
  return /\bsalar/.test(measure);
}

/** A figure the press quotes from somebody is the claim itself, never evidence for it. */
export function isQuoted({ publisher }: PublishedTotal): boolean {
  return / via /.test(publisher);
}

export function isOfUnitedStates({ scope }: PublishedTotal): boolean {
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
