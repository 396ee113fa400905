import { Fault, cite } from "../fault.ts";
import { nearest } from "../market/nearest.ts";
import type { Asked, Command } from "./define.ts";
import { quoted, unquoted } from "./question-text.ts";
import { SPOKEN_KEYS } from "./spoken-keys.ts";

/** Characters of a question, as typed or behind a button. */
export const LONGEST_QUESTION = 2_000;
/** Of one that is a text to be read, such as an article behind `/claim`; how much of it is read the command says. */
const LONGEST_TEXT = 16_000;

/**
 * A typed question as data: `/layoffs google from:2024-01-01` or `/pulse layoffs "match group"`.
 * Free words go to the command's bare arguments; `key:value` in any order; quotes keep blanks together.
 * Throws a Fault with what to type instead.
 */
export function parseQuestion(
  text: string,
  commands: readonly Command[],
): { readonly command: Command; readonly asked: Asked } {
  if (text.length > (readsTexts(text, commands) ? LONGEST_TEXT : LONGEST_QUESTION)) {
    throw new Fault(
      "too_long",
      `Questions are up to ${LONGEST_QUESTION.toLocaleString("en-US")} characters; this has ${text.length.toLocaleString("en-US")}.`,
      "A text whose figures are to be checked goes behind /claim; of one beyond 8,000 characters paste a part.",
    );
  }
  const tokens = tokenize(text);
  const { command, rest } = commandOf(tokens, commands);
  return { command, asked: { command: command.name, words: wordsOf(command, rest) } };
}

function readsTexts(text: string, commands: readonly Command[]): boolean {
  const name = /^\s*\/?(?:pulse\s+\/?)?([a-z-]{1,40})\s/i.exec(text.slice(0, 100))?.[1];
  return commands.some(
    (command) => command.keepsUnknownKeys && command.name === name?.toLowerCase(),
  );
}

interface Token {
  /** In lower case, as arguments are declared; null for a free word. */
  readonly key: string | null;
  /** The key as it was typed: it may be no key but a word of a sentence. */
  readonly written: string;
  readonly value: string;
  readonly inQuotes: boolean;
}

/**
 * Blank-separated tokens; a quote right at the start or after `key:` keeps blanks, and `\"` in it is the mark
 * itself. An unclosed quote runs to the end.
 */
function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /([A-Za-z_][\w-]*):(?=\s|$)|(?:([A-Za-z_][\w-]*):)?(?:["“”]((?:\\.?|[^"“”\\])*)["“”]?|(\S+))/gs;
  for (const match of text.normalize("NFC").matchAll(pattern)) {
    const [, emptyKey, key, inQuotes, plain] = match;
    tokens.push({
      key: (emptyKey ?? key)?.toLowerCase() ?? null,
      written: emptyKey ?? key ?? "",
      value: inQuotes ?? plain ?? "",
      inQuotes: inQuotes !== undefined,
    });
  }
  return tokens;
}

function commandOf(
  tokens: readonly Token[],
  commands: readonly Command[],
): { command: Command; rest: readonly Token[] } {
  const pulse = commands.find((command) => command.name === "pulse");
  const [first, second] = tokens;
  const name = first?.key === null ? first.value.replace(/^\//, "").toLowerCase() : "";
  if (name === "pulse" && second?.key === null) {
    const inner = second.value.replace(/^\//, "").toLowerCase();
    const command = commands.find((candidate) => candidate.name === inner);
    if (command) return { command, rest: tokens.slice(2) };
    throw unknownCommand(second.value, tokens.slice(2), commands);
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command) return { command, rest: tokens.slice(1) };
  if (tokens.length === 0 && pulse) return { command: pulse, rest: [] };
  throw unknownCommand(first?.value ?? "", tokens.slice(1), commands);
}

function unknownCommand(word: string, rest: readonly Token[], commands: readonly Command[]): Fault {
  const names = commands.map((command) => command.name);
  const close = nearest(word.replace(/^\//, ""), names);
  return new Fault(
    "unknown_command",
    `There is no command ${cite(word)}.`,
    close.length > 0 ? `Did you mean /${close[0]}?` : "/help lists what I can do.",
    close
      .slice(0, 3)
      .map((name) => textOf(name, rest))
      .concat("/help"),
  );
}

/** Longer than this a question is not repeated to be typed again. */
const LONGEST_TIP = 300;

/** Tokens as they would be typed again, without marks that nobody sees. */
function textOf(command: string, tokens: readonly Token[]): string {
  const text = [
    `/${command}`,
    ...tokens.map(({ written, value, inQuotes }) => {
      const word = inQuotes ? `"${value}"` : value;
      return written === "" ? word : `${written}:${word}`;
    }),
  ]
    .join(" ")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "");
  return text.length > LONGEST_TIP ? `/${command}` : text;
}

function wordsOf(command: Command, tokens: readonly Token[]): Record<string, string> {
  const words = new Map<string, string>();
  const known = new Set(Object.keys(command.args.shape));
  const free: string[] = [];
  for (const token of tokens) {
    if (token.key === null) {
      // What belongs to the question inside keeps its quotes: they mean something there.
      if (!token.inQuotes) free.push(token.value);
      else free.push(command.keepsUnknownKeys ? `"${token.value}"` : unquoted(token.value));
    } else if (known.has(token.key)) {
      const value = token.inQuotes ? unquoted(token.value) : token.value;
      if (words.has(token.key)) {
        throw new Fault(
          "bad_argument",
          `${cite(token.key)} is given twice.`,
          "Give it once; several values go together as a,b.",
          [
            textOf(command.name, without(tokens, token)),
            textOf(
              command.name,
              without(
                tokens,
                tokens.find(({ key }) => key === token.key)!,
              ),
            ),
          ],
        );
      }
      if (value === "")
        throw new Fault(
          "bad_argument",
          `${cite(`${token.key}:`)} has no value.`,
          "The value follows the colon without a blank.",
          [textOf(command.name, without(tokens, token))],
        );
      words.set(token.key, collapse(value));
    } else if (command.keepsUnknownKeys) {
      free.push(`${token.written}:${token.inQuotes ? `"${token.value}"` : token.value}`);
    } else {
      const missed = Object.hasOwn(command.without, token.key)
        ? command.without[token.key]
        : undefined;
      if (missed !== undefined)
        throw new Fault("unsupported", missed.says, missed.why, [
          ...(missed.tries?.(token.value) ?? []),
          textOf(command.name, without(tokens, token)),
        ]);
      throw unknownKey(command, token, tokens, [...known]);
    }
  }
  giveFreeWords(command, free, words);
  return Object.fromEntries(words);
}

/** Each bare argument takes one word, the last one the rest. */
function giveFreeWords(command: Command, free: string[], words: Map<string, string>): void {
  const open = command.bare.filter((name) => !words.has(name));
  open.forEach((name, index) => {
    const taken = index === open.length - 1 ? free.splice(0) : free.splice(0, 1);
    if (taken.length > 0) words.set(name, collapse(taken.join(" ")));
  });
  if (free.length > 0) {
    throw new Fault(
      "bad_argument",
      `I do not know what ${cite(free.join(" "))} is for.`,
      `${questionName(command)} takes key:value words.`,
      [`/${command.name}`, `/help ${command.name}`],
    );
  }
}

function unknownKey(
  command: Command,
  token: Token,
  tokens: readonly Token[],
  known: readonly string[],
): Fault {
  const key = token.key ?? "";
  const spoken = Object.hasOwn(SPOKEN_KEYS, key) ? SPOKEN_KEYS[key]! : [];
  const free = [...spoken, ...nearest(key, known)].filter(
    (name) => known.includes(name) && !tokens.some((other) => other.key === name),
  );
  const [best] = free;
  const mended = tokens.map((each) =>
    each === token && best !== undefined ? { ...each, written: best } : each,
  );
  return new Fault(
    "bad_argument",
    `${questionName(command)} has no ${cite(`${token.key}:`)}.`,
    best
      ? `Did you mean ${best}:${quoted(token.value)}?`
      : `It knows ${known.map((name) => `${name}:`).join(" ")}`,
    [
      textOf(command.name, best === undefined ? without(tokens, token) : mended),
      `/help ${command.name}`,
    ],
  );
}

function without(tokens: readonly Token[], token: Token): readonly Token[] {
  return tokens.filter((each) => each !== token);
}

function questionName(command: Command): string {
  return `/${command.name}`;
}

function collapse(value: string): string {
  return value.replace(/\s+/g, " ").trim();
}
