import type { Token } from "./tokens.ts";
import {
  AFFECTS,
  NOT_STAFF,
  OTHER_VERBS,
  PEOPLE,
  STAFF,
  STRONG_CUTS,
  WEAK_CUTS,
  words,
} from "./words.ts";

/** What a word does to the numbers behind it. */
export type Effect = "strong" | "weak" | "other" | null;

/** How texts of one sort are read. */
export interface Manner {
  /** The text is known to tell of a cut: "will affect 85 employees" counts. */
  readonly aboutCut: boolean;
  /** Headlines may come as words of an address, which have lost their signs. */
  readonly maybeStripped: boolean;
  /** How many words may stand between the verb and its number. */
  readonly reach: number;
}

/** Words for a cut itself: "a reduction of 300". */
export const CUT_NOUNS =
  words(`layoff layoffs cut cuts reduction reductions elimination eliminations total loss losses go ways
  redundancies termination terminations dismissal dismissals`);

/** What each word does to the numbers behind it. */
export function effectsOf(tokens: readonly Token[], manner: Manner): Effect[] {
  return tokens.map((_, at) => effectAt(tokens, at, manner));
}

function effectAt(tokens: readonly Token[], at: number, manner: Manner): Effect {
  const { text, kind } = tokens[at]!;
  if (kind !== "word") return null;
  const behind = tokens[at + 1]?.text ?? "";
  if (/^(lay|lays|laid|laying)$/.test(text) && /^(off|offs)$/.test(behind)) return "strong";
  if (
    /^lays?$/.test(text) &&
    (PEOPLE.has(behind) || tokens.slice(at + 1, at + 3).some(({ kind }) => kind === "number"))
  )
    return "strong";
  if (/^(let|lets|letting)$/.test(text)) return letsGo(tokens, at) ? "strong" : null;
  if (/^(make|makes|made|making)$/.test(text))
    return behindWithin(tokens, at, "redundant") ? "strong" : null;
  if (/^part(s|ed|ing)?$/.test(text) && behind === "ways") return "strong";
  if (STRONG_CUTS.has(text)) return "strong";
  const before = tokens[at - 1]?.text ?? "";
  if (WEAK_CUTS.has(text) && NOT_STAFF.has(before)) return "other";
  if (CUT_NOUNS.has(text) && STAFF.has(before)) return "strong";
  if (WEAK_CUTS.has(text)) return "weak";
  if (AFFECTS.has(text)) return manner.aboutCut ? "weak" : null;
  return OTHER_VERBS.has(text) ? "other" : null;
}

function letsGo(tokens: readonly Token[], at: number): boolean {
  return behindWithin(tokens, at, "go");
}

function behindWithin(tokens: readonly Token[], at: number, word: string): boolean {
  return tokens.slice(at + 1, at + 8).some(({ text }) => text === word);
}

/** The first word that tells of cutting people without a figure: "layoffs", "cuts staff"; null when there is none. */
export function bareCut(tokens: readonly Token[], effects: readonly Effect[]): number | null {
  const at = effects.findIndex(
    (effect, at) =>
      effect === "strong" ||
      (effect === "weak" &&
        (PEOPLE.has(tokens[at - 1]?.text ?? "") ||
          tokens.slice(at + 1, at + 6).some(({ text }) => STAFF.has(text) && text !== "base"))),
  );
  return at === -1 ? null : at;
}
