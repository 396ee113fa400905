import { Fault } from "../fault.ts";
import { once } from "./column.ts";
import { companyKey } from "./company-key.ts";
import { companyNames, companySearch } from "./company-search.ts";
import type { CompanyNames } from "./company-search.ts";
import type { CompanyEntry } from "./company-entries.ts";
import type { Company, CompanyBook } from "./company.ts";
import type { Ledger } from "./layoff-ledger.ts";

const NAME_CHARS_MAX = 80;

/** A book made of reports, with what its companies are found by. */
export interface BuiltBook extends CompanyBook {
  readonly names: () => CompanyNames;
}

/**
 * Who is who. Spellings are joined by their key and by the table of aliases only, never by likeness, so that no count
 * depends on a guess. `spellings` has one entry per report: the most frequent spelling names a company the table does
 * not know, and the number of reports ranks suggestions unless `weights` (by company key) says better.
 */
export function companyBook(
  entries: readonly CompanyEntry[],
  spellings: Iterable<string>,
  weights?: ReadonlyMap<string, number>,
): BuiltBook {
  const listed = listedBy(entries);
  const counts = new Map<string, number>();
  for (const spelling of spellings) counts.set(spelling, (counts.get(spelling) ?? 0) + 1);
  const reports = new Map<string, number>();
  const keys = new Map<string, string>();
  /** The spelling that names each company the table does not know: the most frequent, of equals the one that sorts first. */
  const naming = new Map<string, string>();
  for (const [spelling, count] of counts) {
    const key = listed.keyOf(spelling);
    keys.set(spelling, key);
    reports.set(key, (reports.get(key) ?? 0) + count);
    const before = naming.get(key);
    const most = before === undefined ? 0 : counts.get(before)!;
    if (count > most || (count === most && spelling < before!)) naming.set(key, spelling);
  }
  const companies = new Map(listed.companies);
  for (const [key, spelling] of naming)
    if (!companies.has(key)) companies.set(key, unlisted(key, spelling));

  const names = once(() => companyNames([...companies.values()], weights ?? reports));
  return {
    ...bookOf(
      { ...listed, keyOf: (spelling) => keys.get(spelling) ?? listed.keyOf(spelling) },
      (key) => companies.get(key),
      names,
    ),
    names,
  };
}

/** The book of a market that was kept: the same companies, each read when it is asked for. */
export function keptBook(
  entries: readonly CompanyEntry[],
  ledger: Pick<Ledger, "companyCode" | "label">,
  names: () => CompanyNames,
): CompanyBook {
  const listed = listedBy(entries);
  const known = new Map(listed.companies);
  function byKey(key: string): Company | undefined {
    const before = known.get(key);
    if (before !== undefined) return before;
    const code = ledger.companyCode(key);
    if (code < 0) return undefined;
    const company = { key, name: ledger.label("company", code).name, aliases: [], parent: null };
    known.set(key, company);
    return company;
  }
  return bookOf(listed, byKey, names);
}

/** The hand-written table, by key. */
interface Listed {
  readonly companies: ReadonlyMap<string, Company>;
  /** What each of them owns. */
  readonly units: ReadonlyMap<string, readonly Company[]>;
  readonly keyOf: (spelling: string) => string;
}

function listedBy(entries: readonly CompanyEntry[]): Listed {
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
  const units = new Map<string, Company[]>();
  for (const company of companies.values())
    if (company.parent !== null)
      units.set(company.parent, [...(units.get(company.parent) ?? []), company]);
  return {
    companies,
    units,
    keyOf: (spelling) => {
      const key = companyKey(spelling);
      return aliases.get(key) ?? key;
    },
  };
}

function bookOf(
  { units, keyOf }: Listed,
  byKey: (key: string) => Company | undefined,
  names: () => CompanyNames,
): CompanyBook {
  const search = once(() => companySearch(names(), (key) => byKey(key)!));
  return {
    of: (spelling) => {
      const key = keyOf(spelling);
      return byKey(key) ?? unlisted(key, spelling);
    },
    byKey,
    resolve: (words) => {
      if (isTooLong(words)) return { kind: "none", suggestions: [] };
      const exact = byKey(keyOf(visible(words)));
      return exact ? { kind: "one", company: exact } : search().resolve(visible(words));
    },
    family: (key) => familyOf(key, byKey, units),
    suggest: (typed, limit) => (isTooLong(typed) ? [] : search().suggest(visible(typed), limit)),
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
  byKey: (key: string) => Company | undefined,
  units: ReadonlyMap<string, readonly Company[]>,
): readonly Company[] {
  const company = byKey(key);
  if (!company) return [];
  return [company, ...(units.get(key) ?? []).flatMap((unit) => familyOf(unit.key, byKey, units))];
}
