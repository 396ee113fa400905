/** How a figure was meant: 300, at least 300 ("over 300"), about 300, or at most 300 ("up to 300"). */
export type Bound = "exact" | "at-least" | "about" | "up-to";

/** A cut as one text tells it; other witnesses or a person confirm it, never the text itself. */
export interface ExtractedFact {
  /** The name as the text or the list of known names writes it; null when unsure who cuts. */
  readonly company: string | null;
  /** Heads that go; null when the text does not say. A range gives its lower end, at least. */
  readonly people: number | null;
  /** Share of the staff that goes, in percent (0–100]; null when the text does not say. */
  readonly percent: number | null;
  /** Of the people; of the percent where no people are given; "exact" where neither is. */
  readonly bound: Bound;
  /** The sentence the figures stand in, at most 300 characters. */
  readonly sentence: string;
  readonly confirmed: false;
}

const SENTENCE_CHARS_MAX = 300;

/** A sentence on one line, cut in sight after 300 characters. */
export function shownSentence(text: string): string {
  const line = text
    .slice(0, 4 * SENTENCE_CHARS_MAX)
    .replace(/\s+/g, " ")
    .trim();
  if (line.length <= SENTENCE_CHARS_MAX) return line;
  return `${line.slice(0, SENTENCE_CHARS_MAX - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
