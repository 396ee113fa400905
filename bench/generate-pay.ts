import { addDays } from "../src/market/calendar.ts";
import type { PayRow } from "../src/market/facts.ts";
import { PAY_LEVELS } from "../src/market/facts.ts";
import { normal, randomFrom, weighted } from "./generate.ts";

/*
 * Made-up salaries in the shape of the real dumps: most are senior, full time and in one country of sixty, whole dollars, log-normal
 * by level; a new dump each week over five years. The same seed gives the same rows.
 */

const WEEKS = 260;
const FIRST_DUMP = "2019-01-06";
const TITLES = [
  "Data Engineer",
  "Data Scientist",
  "Data Analyst",
  "Machine Learning Engineer",
  "Analytics Engineer",
  "Research Scientist",
  "Software Engineer",
  "AI Engineer",
  "Applied Scientist",
  "Data Architect",
  "Research Engineer",
  "Business Intelligence Analyst",
  "MLOps Engineer",
  "NLP Engineer",
  "Data Manager",
  "Computer Vision Engineer",
] as const;
const LEVEL_OF = ["senior", "mid", "entry", "executive"] as const;
const DOLLARS = { entry: 11.2, mid: 11.6, senior: 11.95, executive: 12.1 } as const;

export function generatePay(rows: number, seed: number): PayRow[] {
  const random = randomFrom(seed);
  const title = weighted(random, TITLES.length, (rank) => rank ** -1);
  const country = weighted(random, 60, (rank) => rank ** -1.5);
  const level = weighted(random, PAY_LEVELS.length, (rank) => rank ** -1.5);
  const dumps = Array.from({ length: WEEKS + 1 }, (_, week) => addDays(FIRST_DUMP, 7 * week));
  return Array.from({ length: rows }, (): PayRow => {
    const place = countryCode(country());
    const how = LEVEL_OF[level() - 1]!;
    const week = Math.floor(random() * (WEEKS + 1));
    const usdPerYear = Math.round(Math.exp(DOLLARS[how] + 0.4 * normal(random)));
    return {
      source: "bench",
      title: TITLES[title() - 1]!,
      level: how,
      employment: random() < 0.99 ? "full-time" : "contract",
      usdPerYear,
      salary: usdPerYear,
      currency: "USD",
      workYear: 2023,
      employerCountry: place,
      residenceCountry: place,
      remotePct: 0,
      companySize: null,
      appearedOn: week === 0 ? null : dumps[week]!,
      appearedAfter: week === 0 ? null : dumps[week - 1]!,
    };
  });
}

export function countryCode(rank: number): string {
  return String.fromCharCode(65 + Math.floor(rank / 26), 65 + (rank % 26));
}
