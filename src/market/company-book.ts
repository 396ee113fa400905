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
  const steps = companyBookInSteps(
    entries,
    Iterator.from(spellings).map((spelling) => [spelling, 1] as const),
    weights,
  );
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** So much is done between two steps: about a millisecond's work. */
const SPELLINGS_A_STEP = 256;

/**
 * The same, with pauses in which others may have their turn: a hundred thousand companies take most of a second. Takes each
 * spelling with how many reports have it; one that comes again has the sum.
 */
export function* companyBookInSteps(
  entries: readonly CompanyEntry[],
  spellings: Iterable<readonly [spelling: string, reports: number]>,
  weights?: ReadonlyMap<string, number>,
): Generator<void, CompanyBook> {
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

  const units = new Map<string, Company[]>();
  for (const company of companies.values())
    if (company.parent !== null)
      units.set(company.parent, [...(units.get(company.parent) ?? []), company]);

  const counts = new Map<string, number>();
  let done = 0;
  for (const [spelling, count] of spellings) {
    counts.set(spelling, (counts.get(spelling) ?? 0) + count);
    if (++done % SPELLINGS_A_STEP === 0) yield;
  }
  const reports = new Map<string, number>();
  const keys = new Map<string, string>();
  /** The spelling that names each company the table does not know: the most frequent, of equals the one that sorts first. */
  const naming = new Map<string, string>();
  done = 0;
  for (const [spelling, count] of counts) {
    const key = keyOf(spelling);
    keys.set(spelling, key);
    reports.set(key, (reports.get(key) ?? 0) + count);
    const before = naming.get(key);
    const most = before === undefined ? 0 : counts.get(before)!;
    if (count > most || (count === most && spelling < before!)) naming.set(key, spelling);
    if (++done % SPELLINGS_A_STEP === 0) yield;
  }
  for (const [key, spelling] of naming) {
    if (!companies.has(key)) companies.set(key, unlisted(key, spelling));
    if (++done % SPELLINGS_A_STEP === 0) yield;
  }

  let search: CompanySearch | undefined;
  const names = (): CompanySearch =>
    (search ??= companySearch([...companies.values()], weights ?? reports));

  return {
    of: (spelling) => {
      const key = keys.get(spelling) ?? keyOf(spelling);
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
