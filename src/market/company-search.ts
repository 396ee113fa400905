import { memoryColumn } from "./column.ts";
import type { ColumnsOf } from "./column.ts";
import type { Company, Resolved } from "./company.ts";
import { nameTerms, resembling } from "./name-terms.ts";
import type { NameTerms } from "./name-terms.ts";
import { bareName, COMMON_WORDS, latin, spaced } from "./name-words.ts";
import { editDistance } from "./nearest.ts";
import { textAt, textColumns } from "./texts.ts";
import type { Texts } from "./texts.ts";

export interface CompanySearch {
  /** What words mean that are no exact name or alias. */
  resolve(words: string): Resolved;
  suggest(typed: string, limit: number): readonly Company[];
}

const CANDIDATES_MAX = 25;
const SUGGESTIONS_MAX = 5;
const LOOKED_AT_MAX = 60;
/** Words of a question that are looked for. */
const WORDS_MAX = 8;

/** What a name may be written with; markup, code and underscores are no name, and only likeness is tried on them. */
const NAME_LIKE = /^[\p{L}\p{M}\p{N} .,:&'’!+#/()-]*$/u;

export const WEIGHT_LAYOUT = { reports: "i32" } as const;

/**
 * Companies by number, the most reported first, with what they are found by: columns only, so that they are made where the
 * market is built and rest in its snapshot.
 */
export interface CompanyNames extends NameTerms {
  readonly key: Texts;
  /** Name and aliases as plain words between blanks, each after a bar: "| whole foods | whole foods market ". */
  readonly spaced: Texts;
  /** The same without blanks and legal forms: "|wholefoods|wholefoodsmarket|". */
  readonly bare: Texts;
  readonly weights: ColumnsOf<typeof WEIGHT_LAYOUT>;
}

/** What some companies are found by; `weights` are their reports, by company key. */
export function companyNames(
  companies: readonly Company[],
  weights: ReadonlyMap<string, number>,
): CompanyNames {
  const named = companies
    .map((company) => ({ ...wordsOf(company), weight: weights.get(company.key) ?? 0 }))
    .sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
  return {
    key: textColumns(named.map(({ key }) => key)),
    spaced: textColumns(named.map((name) => name.spaced)),
    bare: textColumns(named.map(({ bare }) => `|${bare.map((name) => `${name}|`).join("")}`)),
    weights: { reports: memoryColumn(Int32Array.from(named, ({ weight }) => weight)) },
    ...nameTerms(named.map((name) => [...termsOf(name.spaced), ...name.bare])),
  };
}

function wordsOf({ key, name, aliases }: Company) {
  const names = [name, ...aliases];
  return {
    key,
    spaced: names.map((each) => `|${spaced(each)}`).join(""),
    bare: [...new Set(names.map(bareName))].filter((each) => each !== ""),
  };
}

function termsOf(text: string): string[] {
  return text.split(/[ |]+/u).filter((term) => term !== "");
}

/**
 * Finds companies by what people type. Only an unmistakable name is an answer; several are handed back to be asked
 * about, and a likeness (a typo, a letter of another alphabet) is never more than a suggestion.
 */
export function companySearch(
  names: CompanyNames,
  companyOf: (key: string) => Company,
): CompanySearch {
  const companies = (found: Iterable<number>): readonly Company[] =>
    Array.from(found, (name) => companyOf(textAt(names.key, name)));
  const oneOrMany = (found: readonly number[]): Resolved => {
    const [only, ...more] = companies(found.slice(0, CANDIDATES_MAX));
    return more.length === 0
      ? { kind: "one", company: only! }
      : { kind: "many", candidates: [only!, ...more] };
  };

  return {
    resolve(words) {
      if (!NAME_LIKE.test(words))
        return { kind: "none", suggestions: companies(closest(words, names)) };
      const same = withBareName(words, names);
      if (same.length > 0) return oneOrMany(same);
      const hits = matches(words, names);
      const whole = hits.filter((hit) => hit.whole);
      if (whole.length === 1 && whole[0]!.leads) return oneOrMany([whole[0]!.name]);
      const found = hits.map(({ name }) => name);
      if (found.length > 1) return oneOrMany(found);
      const likely = distinct([...found, ...closest(words, names)]);
      return { kind: "none", suggestions: companies(likely.slice(0, SUGGESTIONS_MAX)) };
    },
    suggest(typed, limit) {
      if (typed.trim() === "") return companies(Array(names.key.ends.length).keys().take(limit));
      const hits = matches(typed, names, { lettersMin: 1, leadersMax: limit });
      const found = distinct([...withBareName(typed, names), ...hits.map(({ name }) => name)]);
      return companies((found.length > 0 ? found : closest(typed, names)).slice(0, limit));
    },
  };
}

/** Companies whose name is the same but for case, accents, punctuation and legal form: "byjus", "Google LLC". */
function withBareName(words: string, { bare }: CompanyNames): readonly number[] {
  const asked = bareName(words);
  return asked === "" ? [] : [...holding(bare, `|${asked}|`)].map(({ number }) => number);
}

interface Hit {
  readonly name: number;
  /** The words stand whole in the name; otherwise its last word has only begun. */
  readonly whole: boolean;
  /** The name begins with the words. */
  readonly leads: boolean;
}

/**
 * Companies whose name holds the words, those that begin with them first, most reported first. Looks no further once so many
 * begin with them.
 */
function matches(
  words: string,
  names: CompanyNames,
  { lettersMin = 2, leadersMax = Infinity } = {},
): readonly Hit[] {
  const asked = spaced(words).trimEnd();
  if (asked.trim().length < lettersMin || COMMON_WORDS.has(asked.trim())) return [];
  const leading: Hit[] = [];
  const others: Hit[] = [];
  for (const { number: name, text } of holding(names.spaced, asked)) {
    const whole = text.includes(`${asked} `);
    const leads = text.includes(whole ? `|${asked} ` : `|${asked}`);
    (leads ? leading : others).push({ name, whole, leads });
    if (leading.length >= leadersMax) break;
  }
  return [...leading, ...others];
}

interface Held {
  readonly number: number;
  readonly text: string;
}

/** The texts that hold some words which cannot run over the end of a text, found in the run of all their bytes. */
function* holding(texts: Texts, words: string): Generator<Held> {
  const bytes = texts.bytes.all();
  const ends = texts.ends.all();
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const wanted = Buffer.from(words);
  let number = 0;
  let start = 0;
  for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, start)) {
    for (; ends[number]! <= at; number++) start = ends[number]!;
    const end = ends[number]!;
    yield { number, text: all.toString("utf8", start, end) };
    start = end;
    number++;
  }
}

/** Names like the words, best first: nearness of the whole name times the logarithm of how much is reported of it. */
function closest(words: string, names: CompanyNames): readonly number[] {
  const asked = bareName(latin(words));
  if (asked === "") return [];
  return resembling(names, termsOf(latin(words)).slice(0, WORDS_MAX), LOOKED_AT_MAX)
    .map(({ name }) => ({
      name,
      score:
        likeness(asked, textAt(names.bare, name)) * Math.log2(2 + names.weights.reports.at(name)),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, SUGGESTIONS_MAX)
    .map(({ name }) => name);
}

/** 1 for the same name, 0 for one that shares too little to be meant; of a company's bare names, the nearest. */
function likeness(asked: string, bare: string): number {
  const shares = termsOf(bare.replaceAll("|", " ")).map(
    (name) => 1 - editDistance(asked, name) / Math.max(asked.length, name.length),
  );
  const best = Math.max(...shares);
  return best < 0.65 ? 0 : best * best;
}

function distinct(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)];
}
