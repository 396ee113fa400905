/** Longer texts are read up to here; the answer says so. */
export const READ_CHARACTERS = 8_000;

/** A stretch of a text, end excluded. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const SHORT_FORMS =
  /(?:^|[\s(])(?:inc|corp|ltd|co|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mr|mrs|ms|dr|st|vs|no|approx|ca|e\.g|i\.e|a\.m|p\.m|(?:\p{L}\.)*\p{L})$/iu;

const ENTITIES = { amp: "&", lt: "<", gt: ">" } as const;

/** "Q1 '24", "in '23": a year without its century. */
const SHORT_YEAR =
  /'(?<=\b(?:Q[1-4]|H[12]|in|of|since|during|from|to|and|vs\.?|early|late|mid|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}{0,6})\.?[ -]?')(\d\d)(?![\d%s]|[.,]\d| (?:people|employees|workers|jobs|staff|companies|firms)\b)/giu;

/**
 * A foreign text as it is read: compatibility forms folded, years given their century, marks that cannot be seen gone, addresses and a chat's own
 * `<…>` and `:…:` marks blanked, one kind of blank, quote and dash. At most `READ_CHARACTERS` are kept.
 */
export function readable(text: string): string {
  return (
    text
      .slice(0, READ_CHARACTERS)
      .replace(/(\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))/g, "$1,")
      .normalize("NFKC")
      .replace(/[\u2018\u2019\u02bc]/g, "'")
      .replace(/[\u201c\u201d\u201e]/g, '"')
      .replace(/[\u2012-\u2015]/g, "\u2013")
      .replace(/\u2212/g, "-")
      .replace(SHORT_YEAR, "20$1")
      .replace(/[^\S\n]+/g, " ")
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (mark) => (mark === "\n" ? "\n" : ""))
      .replace(/&(amp|lt|gt);/g, (_, name: "amp" | "lt" | "gt") => ENTITIES[name])
      .replace(
        /<https?:[^<>|\s]{1,500}\|([^<>|]{1,300})>|\[([^[\]]{1,300})\]\(https?:[^()\s]{1,500}\)/g,
        "$1$2",
      )
      // Bold, italic, struck and hidden words of a chat; "~1,200" is about 1,200.
      .replace(
        /[*`]|\|\||~~|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])|~(?=[\s.,;:!?)]|$)|~(?=\p{L})/gu,
        "",
      )
      .replace(/^\s*(?:>+|#{1,3})\s+/gm, "")
      // The number of a line in a list: "1. Google – 12,000".
      .replace(/^\s*\d{1,2}[.)] (?=\p{L})/gmu, "")
      .replace(/<[@#!:a-z][^<>\s]{0,300}>|\bhttps?:\/\/\S{1,500}|:[a-z0-9_+-]{1,40}:/gi, " ")
      .slice(0, READ_CHARACTERS)
  );
}

/** The sentences of a readable text, in order, blanks at their ends gone; abbreviations and initials end none. */
export function sentencesOf(text: string): readonly string[] {
  const sentences: string[] = [];
  let start = 0;
  const close = (end: number): void => {
    const sentence = text.slice(start, end).trim();
    if (sentence !== "") sentences.push(sentence);
    start = end;
  };
  for (const mark of text.matchAll(/[.!?]+["')\]]*(?=\s)|[;\n•]/g)) {
    // "Google (12,000; 6 %)" is one.
    if (
      mark[0] === ";" &&
      /\([^()\n]{0,60}$/.test(text.slice(Math.max(start, mark.index - 61), mark.index))
    )
      continue;
    const isStop = /[.!?]/.test(mark[0]);
    const rest = text.slice(mark.index + mark[0].length, mark.index + mark[0].length + 8);
    if (isStop && !/^\s+["'(]?[\p{Lu}\p{N}$€£~]/u.test(rest)) continue;
    if (
      mark[0] === "." &&
      SHORT_FORMS.test(text.slice(Math.max(start, mark.index - 12), mark.index))
    )
      continue;
    close(mark.index + mark[0].length);
  }
  close(text.length);
  return sentences;
}

/** The same text with some stretches blanked, so that places in it stay where they were. */
export function without(text: string, stretches: readonly Stretch[]): string {
  return stretches.reduce(
    (left, { start, end }) => left.slice(0, start) + " ".repeat(end - start) + left.slice(end),
    text,
  );
}
