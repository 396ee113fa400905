import { Fault } from "../fault.ts";
import { companyKey } from "./company-key.ts";
import { companySearch } from "./company-search.ts";
import type { CompanySearch } from "./company-search.ts";
import type { CompanyEntry } from "./company-entries.ts";
import type { Company, CompanyBook } from "./company.ts";

const NAME_CHARS_MAX = 80;

/**
 * Who is who. Spellings are joined by their key and by the table of aliases only, never by likeness, so that no count
 * depends on a guess. `spellings` has one entry per report: the most frequent spelling names a company the table does
 * not know, and the number of reports ranks suggestions unless `weights` (by company key) says better.
 */
export function companyBook(
  entries: readonly CompanyEntry[],
  spellings: Iterable<string>,
  weights?: ReadonlyMap<string, number>,
): CompanyBook {
  const companies = new Map<string, Company>();
  const aliases = new Map<string, string>();
  for (const entry of entries) {
    const key = companyKey(entry.name);
    companies.set(key, {
      key,
      name: entry.name,
      aliases: entry.aliases,
      parent: entry.parent === null ? null : companyKey(entry.parent),
    });
    for (const alias of entry.aliases) aliases.set(companyKey(alias), key);
  }
  const keyOf = (spelling: string): string => {
    const key = companyKey(spelling);
    return aliases.get(key) ?? key;
  };

  const reports = new Map<string, number>();
  const bySpelling = new Map<string, Company>();
  for (const [spelling, count] of tally(spellings)) {
    const key = keyOf(spelling);
    reports.set(key, (reports.get(key) ?? 0) + count);
    if (!companies.has(key)) companies.set(key, unlisted(key, spelling));
    bySpelling.set(spelling, companies.get(key)!);
  }

  const units = new Map<string, Company[]>();
  for (const company of companies.values())
    if (company.parent !== null)
      units.set(company.parent, [...(units.get(company.parent) ?? []), company]);

  let search: CompanySearch | undefined;
  const names = (): CompanySearch =>
    (search ??= companySearch([...companies.values()], weights ?? reports));

  return {
    of: (spelling) => {
      const known = bySpelling.get(spelling);
      if (known) return known;
      const key = keyOf(spelling);
      return companies.get(key) ?? unlisted(key, spelling);
    },
    byKey: (key) => companies.get(key),
    resolve: (words) => {
      if (isTooLong(words)) return { kind: "none", suggestions: [] };
      const exact = companies.get(keyOf(visible(words)));
      return exact ? { kind: "one", company: exact } : names().resolve(visible(words));
    },
    family: (key) => familyOf(key, companies, units),
    suggest: (typed, limit) => (isTooLong(typed) ? [] : names().suggest(visible(typed), limit)),
  };
}

/** Refuses a name nobody has: over 80 characters is a Fault (`too_long`). */
export function checkName(words: string): void {
  if (!isTooLong(words)) return;
  const length = Array.from(words).length.toLocaleString("en-US");
  throw new Fault(
    "too_long",
    `Names are up to ${NAME_CHARS_MAX} characters; this has ${length}.`,
    "Type the name alone.",
  );
}

/** A character takes one or two units, so a text of over twice the units is refused without counting it. */
function isTooLong(words: string): boolean {
  return words.length > 2 * NAME_CHARS_MAX || Array.from(words).length > NAME_CHARS_MAX;
}

/** Words without what cannot be seen: direction marks, zero-width and control characters. */
function visible(words: string): string {
  return words
    .normalize("NFKC")
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}]/gu, "");
}

/** Spellings with how often each stands, the most frequent first; of equals the one that sorts first. */
function tally(
  spellings: Iterable<string>,
): readonly (readonly [spelling: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const spelling of spellings) counts.set(spelling, (counts.get(spelling) ?? 0) + 1);
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
}

function unlisted(key: string, spelling: string): Company {
  const name = spelling.replace(/\s+/gu, " ").trim();
  return { key, name: name.replace(/(?<=.) copy$/iu, ""), aliases: [], parent: null };
}

function familyOf(
  key: string,
  companies: ReadonlyMap<string, Company>,
  units: ReadonlyMap<string, readonly Company[]>,
): readonly Company[] {
  const company = companies.get(key);
  if (!company) return [];
  return [
    company,
    ...(units.get(key) ?? []).flatMap((unit) => familyOf(unit.key, companies, units)),
  ];
}
