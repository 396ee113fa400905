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

/** A few words in quotation marks of one kind; a mark right after a letter or a digit opens none. */
const QUOTED =
  /(?<![\p{L}\p{N}])(?:"(?<double>[^"\n]{1,60})"|'(?<single>[^'"\n]{1,60})'|«(?<pointed>[^«»\n]{1,60})»)(?![\p{L}\p{N}])/gu;
const FIGURE_WORD =
  /^(?:[~<>≤≥]?[$€£]?\d[\d.,]*(?:k|m|mn|bn)?\+?%?(?:-\d[\d.,]*%?)?|tens|dozens?|hundreds?|thousands?|millions?|several|few|half|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\p{L}+)?)$/iu;
/** What bounds a figure, or is what it counts. */
const WITH_FIGURE =
  /^(?:more|less|fewer|greater|over|under|above|below|at|least|most|up|upwards|to|as|much|many|multiple|couple|no|not|quite|nearly|almost|close|just|short|shy|slightly|well|about|around|roughly|approximately|approx|some|circa|ca|estimated|exactly|precisely|than|between|and|or|so|another|additional|further|total|maximum|minimum|per|cent|percent|pct|%|in|excess|of|an?|the|its|their|–|-|people|persons?|employees?|workers?|staff|staffers|workforce|jobs?|roles?|positions?|posts|lay-?offs|cuts|redundancies|companies|firms|events|rounds|dollars|usd)$/iu;
/** What a figure's bound is quoted for: "up to" 12,000. */
const FIGURE_NEXT = /^ [~$€£]?\d/;

/** The text with the marks around a mere figure gone: "a few hundred" roles are a few hundred roles, and who quotes it denies nothing. */
function unquoted(text: string): string {
  return text.replace(QUOTED, (whole: string, ...rest: unknown[]) => {
    const at = rest.find((each) => typeof each === "number") ?? 0;
    const inside = whole.slice(1, -1);
    const words = inside.split(" ").map((word) => word.replace(/[,.]$/, ""));
    const isFigure =
      words.some((word) => FIGURE_WORD.test(word)) ||
      FIGURE_NEXT.test(text.slice(at + whole.length, at + whole.length + 4));
    return isFigure && words.every((word) => FIGURE_WORD.test(word) || WITH_FIGURE.test(word))
      ? inside
      : whole;
  });
}

/**
 * A foreign text as it is read: compatibility forms folded, years given their century, marks that cannot be seen and those around a quoted figure gone, addresses and a chat's own
 * `<…>` and `:…:` marks blanked, one kind of blank, quote and dash. At most `READ_CHARACTERS` are kept.
 */
export function readable(text: string): string {
  return unquoted(
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
      .slice(0, READ_CHARACTERS),
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
  return covered(text, stretches, " ");
}

/** The same text with stretches covered by one mark, so that forms can speak of a time or a figure. */
export function covered(text: string, stretches: readonly Stretch[], mark: string): string {
  return stretches.reduce(
    (left, { start, end }) => left.slice(0, start) + mark.repeat(end - start) + left.slice(end),
    text,
  );
}

export function isWithin(inner: Stretch, { start, end }: Stretch): boolean {
  return inner.start >= start && inner.end <= end;
}
