/** A word, a number or a mark of a text. */
export interface Token {
  /** Lower case, without accents and a possessive ending. */
  readonly text: string;
  readonly raw: string;
  readonly kind: "word" | "number" | "mark";
  /** The number, its letter scale (1.2k) applied; NaN for words and marks. */
  readonly value: number;
  /** What is written right behind the digits: "%", "m", "th"; empty when nothing is. */
  readonly suffix: string;
  /** Written with a thousands mark (1,000 or 1 000), so that it cannot be a year. */
  readonly grouped: boolean;
  /** A hyphen joins it to the token before: the "person" of "600-person". */
  readonly joined: boolean;
}

const TOKEN =
  /(?<digits>\d{1,3}(?:(?:,\d{3})+|(?:[ \u00a0\u202f]\d{3})+|(?:\.\d{3})+)(?![.,]?\d)|\d+(?:[.,]\d{1,2}(?!\d))?)(?<suffix>%|(?:percent|pct|pc|bn|mn|mln|st|nd|rd|th|[kK]|[mM]|[bB])(?![\p{L}\p{N}]))?(?![\p{L}\p{N}]|[.,]\d)|(?<word>(?:\p{L}\.){2,}|[\p{L}\p{N}]+(?:['’.&][\p{L}\p{N}]+)*)|(?<mark>[^\s])/gu;

const HYPHEN = /[-‐‑–—]/;
/** A number behind one of these is a day. */
export const MONTHS: ReadonlySet<string> = new Set(
  "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split(
    " ",
  ),
);

/** The tokens of a text; the caller bounds its length. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = -1;
  let hyphenAt = -1;
  for (const match of text.replaceAll("...", " … ").matchAll(TOKEN)) {
    const { digits, suffix = "", word, mark } = match.groups!;
    const joined = hyphenAt >= 0 && hyphenAt === match.index - 1;
    if (mark !== undefined && HYPHEN.test(mark) && end === match.index && end > 0)
      hyphenAt = match.index;
    end = match.index + match[0].length;
    if (digits !== undefined)
      tokens.push(...numbers(digits, suffix.toLowerCase(), joined, tokens.at(-1)));
    else if (word !== undefined) tokens.push({ ...WORD, text: plain(word), raw: word, joined });
    else tokens.push({ ...WORD, kind: "mark", text: mark!, raw: mark!, joined });
  }
  return tokens.filter(
    (token, index) =>
      !(HYPHEN.test(token.text) && token.kind === "mark" && tokens[index + 1]?.joined),
  );
}

const WORD = { kind: "word", value: Number.NaN, suffix: "", grouped: false } as const;

function plain(word: string): string {
  return word
    .replace(/\.$/, "")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/'s$/, "");
}

/** One number, or two where a blank that looks like a thousands mark follows a day or "covid 19". */
function numbers(
  digits: string,
  suffix: string,
  joined: boolean,
  before: Token | undefined,
): Token[] {
  const parts = digits.split(/[ \u00a0\u202f]/);
  if (
    parts.length > 1 &&
    (before?.text === "covid" || MONTHS.has(before?.text ?? "") || digits.startsWith("0"))
  )
    return parts.flatMap((part, index) =>
      number(part, index === parts.length - 1 ? suffix : "", joined && index === 0),
    );
  return [number(digits, suffix, joined)];
}

function number(digits: string, suffix: string, joined: boolean): Token {
  const grouped = /^\d{1,3}([, .\u00a0\u202f]\d{3})+$/.test(digits);
  const decimal = grouped ? digits.replace(/[^\d]/g, "") : digits.replace(",", ".");
  const value = Number(decimal) * (suffix === "k" ? 1000 : 1);
  return { kind: "number", text: digits, raw: digits + suffix, value, suffix, grouped, joined };
}
