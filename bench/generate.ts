import { companyKey } from "../src/market/company-key.ts";
import type { Company, CompanyBook } from "../src/market/company.ts";
import { dayText } from "../src/market/calendar.ts";
import { NO_ENTRIES } from "../src/market/facts.ts";
import type { Facts, LayoffSighting } from "../src/market/facts.ts";

/*
 * Made-up layoffs in the shape of a real tracker: companies by Zipf, sizes log-normal around 80 with a third unknown, some
 * 31 industries, 63 countries and 16 stages of falling weight. The same seed gives the same facts.
 */

const FIRST_DAY = 16_071; // 2014-01-01
const DAYS = 4_018; // to 2024-12-31
export const LAST_DAY = dayText(FIRST_DAY + DAYS - 1);

/** A real tracker's companies fall with an exponent of about 0.35; a steeper one gives large companies more rows. */
const ZIPF = 0.5;
const EVENTS_PER_COMPANY = 10;

export interface Generated {
  readonly facts: Facts;
  readonly book: CompanyBook;
  /** A company as people would ask: the more events, the more often. */
  readonly ask: () => string;
  /** A day of the span. */
  readonly day: () => string;
}

export function generate(events: number, seed: number): Generated {
  const random = randomFrom(seed);
  const company = weighted(random, Math.ceil(events / EVENTS_PER_COMPANY), (rank) => rank ** -ZIPF);
  const industry = weighted(random, 31, (rank) => rank ** -0.6);
  const country = weighted(random, 63, (rank) => rank ** -2);
  const stage = weighted(random, 16, (rank) => rank ** -0.6);
  const layoffs = Array.from({ length: events }, (_, index): LayoffSighting => {
    const day = FIRST_DAY + Math.floor(random() * DAYS);
    const learnedOn = dayText(day + Math.floor(random() ** 4 * 30));
    const announcedOn = dayText(day);
    return {
      key: `bench|${index}`,
      source: "bench",
      learnedOn,
      learnedIsAssumed: false,
      versions: [
        {
          from: learnedOn,
          values: {
            company: nameOf(company()),
            announcedOn,
            filedOn: null,
            effectiveOn: null,
            headcount: random() < 0.35 ? null : Math.ceil(Math.exp(4.4 + 1.25 * normal(random))),
            percentOfStaff: random() < 0.35 ? null : Math.ceil(random() * 40),
            industry: `Industry ${industry()}`,
            country: `Country ${country()}`,
            location: null,
            stage: `Stage ${stage()}`,
            reason: null,
            raisedUsdM: null,
            url: `https://news.example/${announcedOn}/${index}`,
          },
        },
      ],
      withdrawnOn: null,
    };
  });
  return {
    facts: {
      sources: [
        {
          id: "bench",
          publisher: "Bench",
          title: "made-up rows",
          licence: "none",
          url: null,
          asOfOn: LAST_DAY,
          rows: events,
          sample: false,
          gaps: "",
        },
      ],
      layoffs,
      payRows: [],
      payQuarters: { source: "bench", country: "US", quarters: {} },
      postedPay: [],
      published: [],
      entries: NO_ENTRIES,
      witnesses: {},
      unsure: [],
      unconfirmed: [],
      verdicts: [],
      aiPostings: { source: "bench", series: {} },
    },
    book: plainBook(),
    ask: () => companyKey(nameOf(company())),
    day: () => dayText(FIRST_DAY + 800 + Math.floor(random() * (DAYS - 800))),
  };
}

/** Every spelling is a company of its own. */
export function plainBook(): CompanyBook {
  const of = (spelling: string): Company => ({
    key: companyKey(spelling),
    name: spelling,
    aliases: [],
    parent: null,
  });
  return {
    of,
    byKey: of,
    resolve: (words) => ({ kind: "one", company: of(words) }),
    family: (key) => [of(key)],
    suggest: () => [],
  };
}

function nameOf(rank: number): string {
  return `Company ${rank.toString(36)}`;
}

/** Ranks 1 to `most`, each as likely as its weight. */
export function weighted(
  random: () => number,
  most: number,
  weight: (rank: number) => number,
): () => number {
  const sums = new Float64Array(most);
  let sum = 0;
  for (let rank = 1; rank <= most; rank++) sums[rank - 1] = sum += weight(rank);
  return () => {
    const wanted = random() * sum;
    let low = 0;
    let high = most - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! <= wanted) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

/** Box & Muller (1958). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A 32-bit linear congruential generator with its low bits left out (constants of Numerical Recipes, 2nd ed., 7.1). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 8;
  return () => (next() * 2 ** 24 + next()) / 2 ** 48;
}
