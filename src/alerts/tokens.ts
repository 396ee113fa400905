import { Fault } from "../fault.ts";
import { pointedFault } from "./pointed-fault.ts";

/** A piece of a rule's text, with the places it starts and ends at. */
export interface Token {
  /** A word is anything unquoted between blanks and marks; a target is `#market`, `@me` or a platform's own `<#C1|market>`. */
  readonly kind: "word" | "quoted" | "mark" | "target" | "end";
  /** What it says: a quoted text without its quotes. */
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

const CHARS_MAX = 1_000;

/** Tried in this order at each place. `10,000` is one word, `10, 20` are two. */
const FORMS: readonly (readonly [kind: "word" | "mark" | "target", form: RegExp])[] = [
  ["target", /<[#@!][^<>\s]*>|[#@][\p{L}\p{N}\p{M}_.-]+/uy],
  ["mark", />=|<=|!=|==|[()=<>≥≤%,]/uy],
  ["word", /[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\p{L}\p{N}])/uy],
  ["word", /[\p{L}\p{N}\p{M}_.:+\-−–/&'’]+/uy],
];
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "“": "”", "„": "“" };

/** The pieces of a rule's text, the last one always `end`. Throws a Fault at what is no piece of any rule. */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > CHARS_MAX)
    throw new Fault(
      "too_long",
      `A rule is at most ${CHARS_MAX.toLocaleString("en-US")} characters; this has ${text.length.toLocaleString("en-US")}.`,
      "Name the companies once with /watch and write: company in @bigtech.",
    );
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const blank = /\s+/uy;
    blank.lastIndex = at;
    if (blank.test(text)) {
      at = blank.lastIndex;
      continue;
    }
    const token = quotedAt(text, at) ?? formAt(text, at);
    if (token === undefined)
      throw pointedFault(text, at, at + 1, "This mark means nothing in a rule.", {
        right: 'Names with odd marks stand in quotes: company = "Yahoo!".',
      });
    tokens.push(token);
    at = token.end;
  }
  return [...tokens, { kind: "end", text: "", at: text.length, end: text.length }];
}

function formAt(text: string, at: number): Token | undefined {
  for (const [kind, form] of FORMS) {
    form.lastIndex = at;
    const [found] = form.exec(text) ?? [];
    if (found !== undefined) return { kind, text: found, at, end: at + found.length };
  }
  return undefined;
}

/** `"…"` with `\"` and `\\` for the two marks themselves. */
function quotedAt(text: string, at: number): Token | undefined {
  const close = QUOTES[text[at]!];
  if (close === undefined) return undefined;
  let said = "";
  for (let place = at + 1; place < text.length; place++) {
    const mark = text[place]!;
    // A phone opens with one sort of quotation mark and closes with another.
    if (mark === close || (mark === '"' && close !== '"'))
      return { kind: "quoted", text: said, at, end: place + 1 };
    const escaped = mark === "\\" && (text[place + 1] === '"' || text[place + 1] === "\\");
    said += escaped ? text[++place]! : mark;
  }
  throw pointedFault(text, at, text.length, "This quotation mark is never closed.", {
    right: 'Close it: "New York".',
  });
}
