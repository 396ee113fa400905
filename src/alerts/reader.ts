import { cite } from "../fault.ts";
import type { Fault } from "../fault.ts";
import { nearest } from "../market/nearest.ts";
import { pointedFault } from "./pointed-fault.ts";
import { tokensOf } from "./tokens.ts";
import type { Token } from "./tokens.ts";

/** Reads a rule piece by piece, and remembers what would have been right at each place, for messages and for completion. */
export interface Reader {
  readonly text: string;
  peek(): Token;
  next(): Token;
  /** Whether the next piece is this word, case-blind. */
  is(word: string): boolean;
  /** The same, and steps over it. */
  take(word: string): boolean;
  takeMark(...marks: readonly string[]): string | undefined;
  /** One of the words, stepped over, or undefined; nothing is wrong yet. */
  takeOne<Name extends string>(names: readonly Name[]): Name | undefined;
  /** One of the words, or a Fault with the nearest one; `what` names the kind of word: "A field". */
  oneOf<Name extends string>(names: readonly Name[], what: string, example: string): Name;
  /** The fault of a word that is none of these. */
  unknownWord(names: readonly string[], wrong: string): Fault;
  mustMark(mark: string, example: string): void;
  mustWord(word: string, example: string): void;
  /** Something free is wanted here: an example of it is offered while typing. */
  hint(...examples: readonly string[]): void;
  /** A fault at a piece, with a way to write it; `fix` is what that piece should have been. */
  fault(token: Token, wrong: string, right: string, fix?: string): Fault;
  /** What was asked for at the n-th piece. */
  readonly wanted: readonly Wanted[];
  /** The whole text with the last fault's `fix` put in. */
  readonly fixed: string | undefined;
}

export interface Wanted {
  readonly at: number;
  readonly word: string;
}

export function readerOf(text: string): Reader {
  const tokens = tokensOf(text);
  const wanted: Wanted[] = [];
  let place = 0;
  let fixed: string | undefined;

  const peek = () => tokens[place]!;
  const next = () => tokens[place < tokens.length - 1 ? place++ : place]!;
  const want = (word: string) => wanted.push({ at: peek().at, word });
  const isWord = (token: Token, word: string) =>
    token.kind === "word" && token.text.toLowerCase() === word.toLowerCase();

  const reader: Reader = {
    text,
    wanted,
    peek,
    next,
    get fixed() {
      return fixed;
    },
    is(word) {
      want(word);
      return isWord(peek(), word);
    },
    take(word) {
      const there = reader.is(word);
      if (there) next();
      return there;
    },
    takeMark(...marks) {
      for (const mark of marks) want(mark);
      const { kind, text: said } = peek();
      return kind === "mark" && marks.includes(said) ? next().text : undefined;
    },
    takeOne(names) {
      return names.find((name) => reader.take(name));
    },
    oneOf(names, what, example) {
      const name = reader.takeOne(names);
      if (name !== undefined) return name;
      const token = peek();
      if (token.kind === "end")
        throw reader.fault(token, `${what} is missing here.`, `For example: ${example}`);
      throw reader.unknownWord(names, `${cite(token.text)} is not ${what.toLowerCase()} I know.`);
    },
    unknownWord(names, wrong) {
      const token = peek();
      const [near] = nearest(token.text.replaceAll("-", "_"), names, 1);
      const [close = near] = nearest(token.text, names, 1);
      const meant = close === undefined ? "" : `Did you mean ${close}? `;
      return reader.fault(token, wrong, `${meant}Known here: ${names.join(", ")}.`, close);
    },
    mustMark(mark, example) {
      if (reader.takeMark(mark) === undefined)
        throw reader.fault(peek(), `A ${mark} is missing here.`, `For example: ${example}`);
    },
    mustWord(word, example) {
      if (!reader.take(word))
        throw reader.fault(
          peek(),
          `The word ${word} is missing here.`,
          `For example: ${example}`,
          peek().kind === "end" ? word : undefined,
        );
    },
    hint(...examples) {
      for (const example of examples) want(example);
    },
    fault(token, wrong, right, fix) {
      fixed = fix === undefined ? undefined : text.slice(0, token.at) + fix + text.slice(token.end);
      return pointedFault(text, token.at, token.end, wrong, { right });
    },
  };
  return reader;
}
