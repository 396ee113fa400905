import type { Company } from "../market/company.ts";
import { totals } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";

const LONGEST_MESSAGE = 4_000;
const LONGEST_NAME_WORDS = 4;

/**
 * The companies a message names, in order, longest names first where they overlap. Only capitalised words and only
 * names with known events count, so that "block" or "match" in a sentence is no company.
 */
export function companiesIn(message: string, market: Market): readonly Company[] {
  const words = message
    .slice(0, LONGEST_MESSAGE)
    .split(/[^\p{L}\p{N}.'’&-]+/u)
    .map((word) => word.replace(/(?:['’]s)?[.'’]*$/u, ""));
  const found = new Map<string, Company>();
  for (let start = 0; start < words.length; start++) {
    for (let length = Math.min(LONGEST_NAME_WORDS, words.length - start); length > 0; length--) {
      const company = companyAt(words.slice(start, start + length), market);
      if (company === undefined) continue;
      found.set(company.key, company);
      start += length - 1;
      break;
    }
  }
  return [...found.values()];
}

function companyAt(words: readonly string[], market: Market): Company | undefined {
  if (!/^[\p{Lu}\p{N}]/u.test(words[0] ?? "")) return undefined;
  const resolved = market.companies.resolve(words.join(" "));
  if (resolved.kind !== "one") return undefined;
  const keys = market.companies.family(resolved.company.key).map((member) => member.key);
  return totals(market, { companies: keys }).events > 0 ? resolved.company : undefined;
}
