import { countryNamed } from "../command/country.ts";
import type { CompanyBook } from "../market/company.ts";
import type { PayLevel } from "../market/facts.ts";
import { employerName } from "../market/notices.ts";
import { SPOKEN_SECTORS, SPOKEN_STAGES } from "../market/spoken-names.ts";
import type { Field } from "./rule.ts";

/** What a filter may ask of one layoff, notice or posting; null is not reported. */
export interface Traits {
  readonly companyKey: string;
  readonly sector: string | null;
  readonly country: string | null;
  /** Where the people work, as the source writes it: "SF Bay Area", "Oakland, CA". */
  readonly state: string | null;
  readonly stage: string | null;
  readonly reason: string | null;
  readonly source: string | null;
  readonly people: number | null;
  readonly percent: number | null;
  /** The job itself, of a posting. */
  readonly job?: Job;
}

export interface Job {
  readonly title: string;
  /** It builds or studies AI, by its title. */
  readonly ai: boolean;
  /** Null where the title says none. */
  readonly level: PayLevel | null;
}

/** Names, each held against one value; role and level are asked of a job's title. */
export const TRAIT_FIELDS = [
  "sector",
  "country",
  "state",
  "stage",
  "reason",
  "source",
] as const satisfies readonly Field[];
export type TraitField = (typeof TRAIT_FIELDS)[number];

/** How a reported name is compared: without case; what was not reported is called "unknown". */
export function foldedTrait(name: string | null): string {
  return name === null || name === "" ? "unknown" : name.trim().toLowerCase();
}

/** The facts' own name for what a person wrote: US is United States, fintech is Finance. */
export function spokenTrait(field: TraitField, value: string): string {
  const plain = value.trim().toLowerCase();
  switch (field) {
    case "country":
      return foldedTrait(countryNamed(value.trim()) ?? value);
    case "sector":
      return foldedTrait(ownEntry(SPOKEN_SECTORS, plain) ?? value);
    case "stage":
      return foldedTrait(ownEntry(SPOKEN_STAGES, plain) ?? plain.replace(/^series-/, "series "));
    case "state":
    case "reason":
    case "source":
      return plain;
  }
}

/**
 * The keys a company's name stands for; with `family` those of everything it owns too. One the book does not know is also
 * meant without its legal form, as employers of notices are called.
 */
export function companyKeys(book: CompanyBook, name: string, family: boolean): readonly string[] {
  const resolved = book.resolve(name);
  const known = resolved.kind === "one" ? resolved.company : book.byKey(name);
  const key = (known ?? book.of(name)).key;
  if (known === undefined && book.byKey(key) === undefined)
    return [...new Set([key, employerName(name)])];
  if (!family) return [key];
  return [...new Set([key, ...book.family(key).map((member) => member.key)])];
}

function ownEntry(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
