import { blankArrays, memoryColumn, memoryColumns } from "./column.ts";
import type { ColumnsOf } from "./column.ts";
import { COMMON_WORDS } from "./name-words.ts";

/** The different words of all names in alphabetical order: word t is the letters up to `ends[t]`, and its holders end before `holders[t]`. */
export const TERM_LAYOUT = {
  /** UTF-16, two bytes each. */
  letters: "u8",
  ends: "i32",
  /** Which letters a word has, see `marksOf`. */
  marks: "i32",
  holders: "i32",
} as const;
/** Word by word, the names that have it and how often. */
export const HOLDER_LAYOUT = { name: "i32", times: "i32" } as const;
/** Name by name, how many different words it has. */
export const NAME_LENGTH_LAYOUT = { words: "i32" } as const;

type Ints = Int32Array<ArrayBuffer>;
type Letters = Uint16Array<ArrayBuffer>;

/** An inverted index of numbered names, as columns only, so that it can rest in a file. */
export interface NameTerms {
  readonly terms: ColumnsOf<typeof TERM_LAYOUT>;
  readonly holders: ColumnsOf<typeof HOLDER_LAYOUT>;
  readonly lengths: ColumnsOf<typeof NAME_LENGTH_LAYOUT>;
}

/** The index of names given as their words, one list a name. */
export function nameTerms(names: readonly (readonly string[])[]): NameTerms {
  const held = new Map<string, number[]>();
  const words = new Int32Array(names.length);
  names.forEach((terms, name) => {
    words[name] = new Set(terms).size;
    for (const term of terms) {
      if (COMMON_WORDS.has(term)) continue;
      const holders = held.get(term);
      if (holders === undefined) held.set(term, [name]);
      else holders.push(name);
    }
  });
  const sorted = [...held].sort(([a], [b]) => (a < b ? -1 : 1));
  const letters = new Uint16Array(sorted.reduce((sum, [term]) => sum + term.length, 0));
  const terms = {
    ...blankArrays(TERM_LAYOUT, sorted.length),
    letters: new Uint8Array(letters.buffer),
  };
  const holders = { name: new Int32Array(total(words)), times: new Int32Array(total(words)) };
  let letter = 0;
  let holder = 0;
  sorted.forEach(([term, those], at) => {
    const [firstLetter, firstHolder] = [letter, holder];
    for (; letter < firstLetter + term.length; letter++)
      letters[letter] = term.charCodeAt(letter - firstLetter);
    terms.ends[at] = letter;
    terms.marks[at] = marksOf(letters, firstLetter, letter);
    for (const name of those) {
      // The words of one name come one after the other.
      if (holder === firstHolder || holders.name[holder - 1] !== name)
        holders.name[holder++] = name;
      holders.times[holder - 1]!++;
    }
    terms.holders[at] = holder;
  });
  return {
    terms: memoryColumns<typeof TERM_LAYOUT>(terms),
    holders: {
      name: memoryColumn(holders.name.slice(0, holder)),
      times: memoryColumn(holders.times.slice(0, holder)),
    },
    lengths: { words: memoryColumn(words) },
  };
}

function total(values: Ints): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** How a name's words resemble those asked for: the more rare words they share, the higher. */
export interface Resembling {
  readonly name: number;
  readonly score: number;
}

/** A word that only begins with the one asked for, or is only near it, counts less than the word itself. */
const BEGINNING_WEIGHT = 0.375;
const NEAR_WEIGHT = 0.45;

/** Okapi BM25 (Robertson & Zaragoza 2009) with the lower bound of BM25+ (Lv & Zhai 2011). */
const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.7;
const FLOOR = 0.5;

/**
 * At most so many names that share words with those asked for, or have words beginning with or near them, best first; of
 * equals the smaller number. Looks at every word's marks, and at the letters of the few that may be near.
 */
export function resembling(
  index: NameTerms,
  asked: readonly string[],
  most: number,
): readonly Resembling[] {
  const known = knownTerms(index);
  const scores = new Float64Array(known.words.length);
  const shared = new Int32Array(known.words.length);
  const touched: number[] = [];
  const wanted = asked.filter((term) => !COMMON_WORDS.has(term));
  const different = [...new Set(wanted)];
  for (const word of wanted) {
    const bit = 1 << different.indexOf(word);
    for (const [term, weight] of termsLike(known, word)) {
      const from = term === 0 ? 0 : known.holders[term - 1]!;
      const to = known.holders[term]!;
      const rarity = Math.log(1 + (known.words.length - (to - from) + 0.5) / (to - from + 0.5));
      for (let at = from; at < to; at++) {
        const name = known.name[at]!;
        const times = known.times[at]!;
        const norm = 1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * known.words[name]!) / known.meanWords;
        const often = (times * (SATURATION + 1)) / (times + SATURATION * norm);
        if (shared[name] === 0) touched.push(name);
        shared[name]! |= bit;
        scores[name]! += weight * rarity * (FLOOR + often);
      }
    }
  }
  return best(
    touched.map((name) => ({ name, score: scores[name]! * bits(shared[name]!) })),
    most,
  );
}

interface Known {
  readonly letters: Letters;
  readonly ends: Ints;
  readonly marks: Ints;
  readonly holders: Ints;
  readonly name: Ints;
  readonly times: Ints;
  readonly words: Ints;
  readonly meanWords: number;
}

const knownOf = new WeakMap<NameTerms, Known>();

/** The columns as arrays, read whole at the first question. */
function knownTerms(index: NameTerms): Known {
  const before = knownOf.get(index);
  if (before !== undefined) return before;
  const { terms, holders, lengths } = index;
  const words = lengths.words.all();
  const letters = terms.letters.all();
  const known: Known = {
    letters: new Uint16Array(letters.buffer, letters.byteOffset, letters.length / 2),
    ends: terms.ends.all(),
    marks: terms.marks.all(),
    holders: terms.holders.all(),
    name: holders.name.all(),
    times: holders.times.all(),
    words,
    meanWords: total(words) / words.length,
  };
  knownOf.set(index, known);
  return known;
}

/** How many letters may differ, by a word's length: none of a short one, one of a middling, two of a long. */
function slipsIn(length: number): number {
  if (length > 5) return 2;
  return length > 3 ? 1 : 0;
}

type Like = readonly [term: number, weight: number];

/** The words like one that is asked for, each with what it counts: itself 1, others less the further they are from it. */
function termsLike(known: Known, word: string): readonly Like[] {
  const { ends } = known;
  const wanted = Uint16Array.from({ length: word.length }, (_, at) => word.charCodeAt(at));
  const found: Like[] = [];
  const first = firstFrom(known, wanted);
  let last = first;
  for (; last < ends.length && startsWith(known, last, wanted); last++) {
    const length = ends[last]! - startOf(known, last);
    const more = length - wanted.length;
    if (more === 0) found.push([last, 1]);
    else if (wanted.length > 1)
      found.push([last, (BEGINNING_WEIGHT * length) / (length + 0.3 * more)]);
  }
  const slips = slipsIn(word.length);
  if (slips > 0) {
    addNear(found, known, wanted, slips, 0, first);
    addNear(found, known, wanted, slips, last, ends.length);
  }
  return found;
}

/** Adds the words from one up to another that are at most some slips away. */
function addNear(
  found: Like[],
  known: Known,
  wanted: Letters,
  slips: number,
  from: number,
  to: number,
): void {
  const { ends, marks, letters } = known;
  const mine = marksOf(wanted, 0, wanted.length);
  const distanceTo = distanceUpTo(slips, wanted);
  let end = startOf(known, from);
  for (let term = from; term < to; term++) {
    const start = end;
    end = ends[term]!;
    const length = end - start;
    if (length > wanted.length + slips || length < wanted.length - slips) continue;
    const theirs = marks[term]!;
    // A letter more, less or other changes one mark on either side at most.
    if (bits(mine & ~theirs) > slips || bits(theirs & ~mine) > slips) continue;
    const distance = distanceTo(letters, start, end);
    if (distance <= slips) found.push([term, (NEAR_WEIGHT * length) / (length + distance)]);
  }
}

function startOf({ ends }: Known, term: number): number {
  return term === 0 ? 0 : ends[term - 1]!;
}

/** The first word that is not before the one wanted. */
function firstFrom(known: Known, wanted: Letters): number {
  let low = 0;
  let high = known.ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(known, middle, wanted)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(known: Known, term: number, wanted: Letters): boolean {
  const from = startOf(known, term);
  const length = known.ends[term]! - from;
  for (let at = 0; at < length && at < wanted.length; at++) {
    const letter = known.letters[from + at]!;
    if (letter !== wanted[at]) return letter < wanted[at]!;
  }
  return length < wanted.length;
}

function startsWith(known: Known, term: number, wanted: Letters): boolean {
  const from = startOf(known, term);
  if (known.ends[term]! - from < wanted.length) return false;
  return wanted.every((letter, at) => known.letters[from + at] === letter);
}

/** A bit for each letter of a word; letters may share one. */
function marksOf(letters: Letters, from: number, to: number): number {
  let marks = 0;
  for (let at = from; at < to; at++) marks |= 1 << (letters[at]! & 31);
  return marks;
}

/** How many bits are set (Warren, Hacker's Delight, 5-1). */
function bits(number: number): number {
  let count = number - ((number >>> 1) & 0x5555_5555);
  count = (count & 0x3333_3333) + ((count >>> 2) & 0x3333_3333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** Levenshtein's distance as far as `most`, asked of one word after the other; anything above tells only that it is more. */
function distanceUpTo(
  most: number,
  wanted: Letters,
): (letters: Letters, from: number, to: number) => number {
  let above = new Int32Array(wanted.length + most + 1);
  let row = new Int32Array(wanted.length + most + 1);
  return (letters, from, to) => {
    const length = to - from;
    for (let j = 0; j <= length; j++) above[j] = j;
    for (let i = 1; i <= wanted.length; i++) {
      const letter = wanted[i - 1]!;
      let least = (row[0] = i);
      for (let j = 1; j <= length; j++) {
        const cost = Math.min(
          above[j]! + 1,
          row[j - 1]! + 1,
          above[j - 1]! + (letters[from + j - 1] === letter ? 0 : 1),
        );
        row[j] = cost;
        if (cost < least) least = cost;
      }
      if (least > most) return least;
      [above, row] = [row, above];
    }
    return above[length]!;
  };
}

/** The best so many, best first, without sorting those that are not among them. */
function best(found: readonly Resembling[], most: number): readonly Resembling[] {
  const kept: Resembling[] = [];
  for (const each of found) {
    if (kept.length === most && !isBetter(each, kept[most - 1]!)) continue;
    const place = kept.findLastIndex((other) => isBetter(other, each)) + 1;
    kept.splice(place, 0, each);
    if (kept.length > most) kept.pop();
  }
  return kept;
}

function isBetter(one: Resembling, other: Resembling): boolean {
  return one.score > other.score || (one.score === other.score && one.name < other.name);
}
