import MiniSearch from "minisearch";
import { editDistance } from "./nearest.ts";
import type { Company, Resolved } from "./company.ts";

export interface CompanySearch {
  /** What words mean that are no exact name or alias. */
  resolve(words: string): Resolved;
  suggest(typed: string, limit: number): readonly Company[];
}

const CANDIDATES_MAX = 25;
const SUGGESTIONS_MAX = 5;
const LOOKED_AT_MAX = 60;

/** What a name may be written with; markup, code and underscores are no name, and only likeness is tried on them. */
const NAME_LIKE = /^[\p{L}\p{M}\p{N} .,:&'’!+#/()-]*$/u;

/** Words that say nothing of who it is: legal forms, and what half the names end with. */
const LEGAL_FORMS = new Set([
  "inc",
  "llc",
  "ltd",
  "limited",
  "corp",
  "corporation",
  "co",
  "company",
  "plc",
  "gmbh",
  "ag",
  "sa",
  "nv",
  "ab",
  "com",
]);
const COMMON_WORDS = new Set([
  ...LEGAL_FORMS,
  "the",
  "labs",
  "lab",
  "technologies",
  "technology",
  "group",
  "health",
  "systems",
  "software",
  "digital",
  "holdings",
  "ai",
  "io",
]);

interface Named {
  readonly company: Company;
  readonly weight: number;
  /** Name and aliases as plain words between blanks, each after a bar: "| whole foods | whole foods market ". */
  readonly text: string;
  /** The same without blanks and legal forms: "wholefoodsmarket". */
  readonly bare: readonly string[];
}

/**
 * Finds companies by what people type. Only an unmistakable name is an answer; several are handed back to be asked
 * about, and a likeness (a typo, a letter of another alphabet) is never more than a suggestion.
 */
export function companySearch(
  companies: readonly Company[],
  weights: ReadonlyMap<string, number>,
): CompanySearch {
  const named = companies
    .map((company) => namedOf(company, weights.get(company.key) ?? 0))
    .sort((a, b) => b.weight - a.weight || (a.company.key < b.company.key ? -1 : 1));
  let index: MiniSearch | undefined;
  const alike = (words: string): readonly Company[] =>
    closest(words, named, (index ??= indexOf(named)));

  return {
    resolve(words) {
      if (!NAME_LIKE.test(words)) return { kind: "none", suggestions: alike(words) };
      const same = withBareName(words, named);
      if (same.length > 0) return oneOrMany(same);
      const hits = matches(words, named);
      const whole = hits.filter((hit) => hit.whole);
      if (whole.length === 1 && whole[0]!.leads) return oneOrMany([whole[0]!.company]);
      const found = hits.map(({ company }) => company);
      if (found.length > 1) return oneOrMany(found);
      return {
        kind: "none",
        suggestions: distinct([...found, ...alike(words)]).slice(0, SUGGESTIONS_MAX),
      };
    },
    suggest(typed, limit) {
      if (typed.trim() === "") return named.slice(0, limit).map(({ company }) => company);
      const hits = matches(typed, named, 1).map(({ company }) => company);
      const found = distinct([...withBareName(typed, named), ...hits]);
      return (found.length > 0 ? found : alike(typed)).slice(0, limit);
    },
  };
}

function oneOrMany(companies: readonly Company[]): Resolved {
  return companies.length === 1
    ? { kind: "one", company: companies[0]! }
    : { kind: "many", candidates: companies.slice(0, CANDIDATES_MAX) };
}

/** Companies whose name is the same but for case, accents, punctuation and legal form: "byjus", "Google LLC". */
function withBareName(words: string, named: readonly Named[]): readonly Company[] {
  const asked = bareName(words);
  return asked === ""
    ? []
    : named.filter(({ bare }) => bare.includes(asked)).map(({ company }) => company);
}

interface Hit {
  readonly company: Company;
  /** The words stand whole in the name; otherwise its last word has only begun. */
  readonly whole: boolean;
  /** The name begins with the words. */
  readonly leads: boolean;
}

/** Companies whose name holds the words, those that begin with them first, most reported first. */
function matches(words: string, named: readonly Named[], lettersMin = 2): readonly Hit[] {
  const asked = spaced(words).trimEnd();
  const hits: Hit[] = [];
  if (asked.trim().length < lettersMin || COMMON_WORDS.has(asked.trim())) return hits;
  for (const { company, text } of named) {
    if (!text.includes(asked)) continue;
    const whole = text.includes(`${asked} `);
    hits.push({
      company,
      whole,
      leads: text.includes(whole ? `|${asked} ` : `|${asked}`),
    });
  }
  return hits.sort((a, b) => Number(b.leads) - Number(a.leads));
}

/** Names like the words, best first: nearness of the whole name times the logarithm of how much is reported of it. */
function closest(words: string, named: readonly Named[], index: MiniSearch): readonly Company[] {
  const asked = bareName(latin(words));
  if (asked === "") return [];
  return index
    .search(latin(words), {
      tokenize: (text) => termsOf(text).slice(0, 8),
      prefix: (term) => term.length > 1,
      fuzzy: (term) => (term.length > 5 ? 2 : term.length > 3 ? 1 : false),
      maxFuzzy: 2,
    })
    .slice(0, LOOKED_AT_MAX)
    .map(({ id }) => named[Number(id)]!)
    .map(({ company, bare, weight }) => ({
      company,
      score: likeness(asked, bare) * Math.log2(2 + weight),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, SUGGESTIONS_MAX)
    .map(({ company }) => company);
}

/** 1 for the same name, 0 for one that shares too little to be meant. */
function likeness(asked: string, bare: readonly string[]): number {
  const shares = bare.map(
    (name) => 1 - editDistance(asked, name) / Math.max(asked.length, name.length),
  );
  const best = Math.max(...shares);
  return best < 0.65 ? 0 : best * best;
}

function indexOf(named: readonly Named[]): MiniSearch {
  const index = new MiniSearch({
    fields: ["words"],
    tokenize: termsOf,
    processTerm: (term) => (COMMON_WORDS.has(term) ? null : term),
  });
  index.addAll(named.map(({ text, bare }, id) => ({ id, words: `${text} ${bare.join(" ")}` })));
  return index;
}

function termsOf(text: string): string[] {
  return text.split(/[ |]+/u).filter((term) => term !== "");
}

function namedOf(company: Company, weight: number): Named {
  const names = [company.name, ...company.aliases];
  return {
    company,
    weight,
    text: names.map((name) => `|${spaced(name)}`).join(""),
    bare: [...new Set(names.map(bareName))].filter((name) => name !== ""),
  };
}

/** Letters and digits in lower case, accents gone, everything else a blank, a blank at both ends. */
function spaced(text: string): string {
  const folded = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return ` ${folded
    .replace(/['’]/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}

function bareName(text: string): string {
  const words = spaced(text).trim().split(" ");
  if (words[0] === "the" && words.length > 1) words.shift();
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1)!)) words.pop();
  return words.join("");
}

/** Cyrillic and Greek letters that look Latin, and what they look like: for suggestions only, since a look-alike may be a trick. */
const FOREIGN = "авеѕіјкмнорстухԁԛԝαεικνορτυχ";
const LOOKS = "abesijkmhopctyxdqwaeiknoptux";

function latin(words: string): string {
  return spaced(words).replace(
    /[\p{Script=Cyrillic}\p{Script=Greek}]/gu,
    (letter) => LOOKS[FOREIGN.indexOf(letter)] ?? letter,
  );
}

function distinct(companies: readonly Company[]): readonly Company[] {
  return [...new Set(companies)];
}
