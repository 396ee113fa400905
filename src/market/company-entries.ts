import { z } from "zod";
import { Fault } from "../fault.ts";
import { companyKey } from "./company-key.ts";

/** One line of the hand-written table of names. */
export interface CompanyEntry {
  readonly name: string;
  /** Other spellings of the very same company. A part of it is an entry of its own, with a parent. */
  readonly aliases: readonly string[];
  /** Name of the owner, as it stands in its own entry. */
  readonly parent: string | null;
  readonly note: string | null;
}

const NAME = z.string().trim().min(1).max(80);

const TABLE = z.object({
  companies: z.array(
    z.strictObject({
      name: NAME,
      aliases: z.array(NAME).default([]),
      parent: NAME.nullable().default(null),
      note: z.string().nullable().default(null),
    }),
  ),
});

/**
 * The table of company names, checked: every spelling belongs to one company, every parent has an entry, nobody owns
 * themselves. Throws one Fault (`bad_file`) that lists everything wrong.
 */
export function parseCompanies(json: unknown): readonly CompanyEntry[] {
  const read = TABLE.safeParse(json);
  if (!read.success)
    throw new Fault(
      "bad_file",
      `The table of companies cannot be read: ${z.prettifyError(read.error)}`,
    );
  const { companies } = read.data;
  const faults = [...sharedSpellings(companies), ...lostParents(companies), ...circles(companies)];
  if (faults.length > 0)
    throw new Fault("bad_file", `The table of companies has faults: ${faults.join(" ")}`);
  return companies;
}

function sharedSpellings(entries: readonly CompanyEntry[]): readonly string[] {
  const owners = new Map<string, string>();
  const faults: string[] = [];
  for (const { name, aliases } of entries)
    for (const spelling of [name, ...aliases]) {
      const owner = owners.get(companyKey(spelling));
      if (owner === undefined) owners.set(companyKey(spelling), name);
      else faults.push(`“${spelling}” stands for both ${owner} and ${name}.`);
    }
  return faults;
}

function lostParents(entries: readonly CompanyEntry[]): readonly string[] {
  const names = new Set(entries.map(({ name }) => companyKey(name)));
  return entries
    .filter(({ parent }) => parent !== null && !names.has(companyKey(parent)))
    .map(({ name, parent }) => `The parent of ${name}, ${parent!}, has no entry.`);
}

function circles(entries: readonly CompanyEntry[]): readonly string[] {
  const parents = new Map(
    entries.map(({ name, parent }) => [
      companyKey(name),
      parent === null ? null : companyKey(parent),
    ]),
  );
  return entries
    .filter(({ name }) => {
      const seen = new Set<string>();
      for (let key = parents.get(companyKey(name)); key != null; key = parents.get(key)) {
        if (seen.has(key)) return true;
        seen.add(key);
      }
      return false;
    })
    .map(({ name }) => `${name} would own itself.`);
}
