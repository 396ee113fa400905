import type { Token } from "./tokens.ts";
import {
  AUXILIARIES,
  CROWDS,
  DESCRIPTIONS,
  EARLIER,
  NOT_STAFF,
  OTHER_VERBS,
  PEOPLE,
  PHRASE_ENDS,
  STRONG_CUTS,
  WEAK_CUTS,
} from "./words.ts";

/** The canonical name of a company spelled so; null when no company is known by it. */
export type KnownCompany = (spelling: string) => string | null;

const NAME_WORDS_MAX = 4;
const SMALL_WORDS_MAX = 2;
const KNOWN_WORDS_MAX = 5;

/**
 * Who cuts: the words before the verb, or behind "at", "by" and "from" after a passive. A known name wins, the one next
 * to the verb first. Null when the words are a crowd, too many, or nothing but description.
 */
export function cutter(
  tokens: readonly Token[],
  cutAt: number,
  passiveTo: number | null,
  known: KnownCompany | undefined,
): string | null {
  return (
    before(tokens, cutAt, known) ??
    behind(tokens, passiveTo ?? cutAt + 1, known) ??
    titled(tokens, cutAt, known)
  );
}

/** Whether the first `end` tokens are only a crowd: "US tech companies", "More than 100,000 tech workers laid off". */
export function isCrowd(tokens: readonly Token[], end: number): boolean {
  const title = tokens.slice(0, end).findLastIndex(({ text }) => text === ":");
  const subject = tokens.slice(title + 1, end).filter(({ kind }) => kind === "word");
  return subject.length > 0 && subject.every(isCrowdWord);
}

function isCrowdWord({ text }: Token): boolean {
  const verb = text === "laid" || STRONG_CUTS.has(text);
  return verb || CROWDS.has(text) || AUXILIARIES.has(text) || PEOPLE.has(text);
}

function before(
  tokens: readonly Token[],
  cutAt: number,
  known: KnownCompany | undefined,
): string | null {
  // "Kestrel follows Osprey in cutting 300": the one before the verb is not the one who cuts.
  if (tokens[cutAt]!.text.endsWith("ing") && tokens[cutAt - 1]?.text === "in") return null;
  let end = cutAt;
  while (end > 0 && (AUXILIARIES.has(tokens[end - 1]!.text) || tokens[end - 1]!.kind === "mark"))
    end -= 1;
  if (isTwo(tokens, cutAt, end)) return null;
  const widest = Math.max(0, end - KNOWN_WORDS_MAX);
  for (let start = widest; start < end; start += 1) {
    const name = known?.(spelling(tokens.slice(start, end))) ?? null;
    if (name !== null) return name;
  }
  let start = end;
  while (start > 0 && isNameWord(tokens[start - 1]!)) start -= 1;
  // "Amazon's Audible": the owner is not the one who cuts.
  const owner = tokens.slice(start, end - 1).findLastIndex(({ raw }) => /['’]s?$/.test(raw));
  start += owner + 1;
  // "a studio for creators cuts 20": the words next to the verb belong to a description.
  if (start > 0 && PHRASE_ENDS.has(tokens[start - 1]!.text)) return null;
  return likelyName(tokens.slice(start, end), tokens);
}

/** "Kestrel, Osprey lay off 300 and 200": who how many is not said. A verb in "s" has one company before it. */
function isTwo(tokens: readonly Token[], cutAt: number, end: number): boolean {
  if (tokens[cutAt]!.text.endsWith("s")) return false;
  const comma = tokens.slice(0, end).findLastIndex(({ text }) => text === ",");
  const first = tokens.slice(0, Math.max(0, comma));
  return (
    comma > 0 &&
    end - comma <= NAME_WORDS_MAX + 1 &&
    first.length <= NAME_WORDS_MAX &&
    capitalised(first) &&
    capitalised(tokens.slice(comma + 1, end)) &&
    !PHRASE_ENDS.has(first[0]!.text) &&
    !EARLIER.has(first[0]!.text)
  );
}

/** "Kestrel layoffs: company cuts 161 jobs". */
function titled(
  tokens: readonly Token[],
  cutAt: number,
  known: KnownCompany | undefined,
): string | null {
  const first = tokens.findIndex(({ text }) => STRONG_CUTS.has(text));
  return first > 0 && first < cutAt ? before(tokens, first, known) : null;
}

function behind(
  tokens: readonly Token[],
  from: number,
  known: KnownCompany | undefined,
): string | null {
  const at = tokens.findIndex(
    ({ text }, index) => index >= from && index < from + 8 && /^(at|by|from)$/.test(text),
  );
  if (at === -1) return null;
  for (let last = at + 1 + KNOWN_WORDS_MAX; last > at + 1; last -= 1) {
    const name = known?.(spelling(tokens.slice(at + 1, last))) ?? null;
    if (name !== null) return name;
  }
  let end = at + 1;
  while (end < tokens.length && isNameWord(tokens[end]!) && !AUXILIARIES.has(tokens[end]!.text))
    end += 1;
  const name = tokens.slice(at + 1, end);
  const small = name.findIndex((token) => !capitalised([token]));
  return likelyName(small === -1 ? name : name.slice(0, small), tokens);
}

function isNameWord({ kind, text }: Token): boolean {
  return (kind !== "mark" || text === "&") && !DESCRIPTIONS.has(text) && !PHRASE_ENDS.has(text);
}

/** A name of one to four words; in a text with capitals, of its capitalised words next to the verb. */
function likelyName(name: readonly Token[], tokens: readonly Token[]): string | null {
  let words = name;
  if (!tokens.some(({ raw }) => /\p{Lu}/u.test(raw))) {
    // In small letters nothing tells a name from a description, so only a short one is believed.
    if (words.length > SMALL_WORDS_MAX) return null;
  } else {
    const small = words.findLastIndex((token) => !/[\p{Lu}\p{N}&]/u.test(token.raw));
    // "Kestrel and Osprey cut 300": two cut, and who how many is not said.
    if (words[small]?.text === "and") return null;
    words = words.slice(small + 1);
  }
  if (words.length === 0 || words.length > NAME_WORDS_MAX) return null;
  if (words.some(isNoName) || words.every(({ text }) => CROWDS.has(text))) return null;
  return spelling(words);
}

function isNoName({ kind, text }: Token): boolean {
  return (
    kind === "number" ||
    text === "and" ||
    STRONG_CUTS.has(text) ||
    OTHER_VERBS.has(text) ||
    WEAK_CUTS.has(text) ||
    NOT_STAFF.has(text)
  );
}

function capitalised(words: readonly Token[]): boolean {
  return words.length > 0 && words.every(({ raw }) => /^[\p{Lu}\p{N}&]/u.test(raw));
}

function spelling(words: readonly Token[]): string {
  return words.map(({ raw }) => raw.replace(/['’]s$/, "")).join(" ");
}
