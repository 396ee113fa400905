import type { Sentence } from "./counted.ts";
import { CUT_NOUNS } from "./effects.ts";
import type { Quantity } from "./quantities.ts";
import { MONTHS } from "./tokens.ts";
import type { Token } from "./tokens.ts";
import { DETERMINERS } from "./words.ts";

/** The 5 and 8 of "2020 5 8", the 19 of "covid 19". */
export function isDatePart({ tokens }: Sentence, { from, value }: Quantity): boolean {
  const before = tokens.slice(Math.max(0, from - 2), from);
  const last = before.at(-1)?.text ?? "";
  if (/^(covid|form|q|chapter)$/.test(last) || (MONTHS.has(last) && value <= 31)) return true;
  return before.some(({ text }) => /^(19|20)\d\d$/.test(text)) && before.at(-1)!.kind === "number";
}

/** "of its 300 employees", "workforce of 300", "its 300 employees", "with 300 staff", "to 300": what there is, not what goes. */
export function isTotal({ tokens }: Sentence, quantity: Quantity): boolean {
  if (quantity.kind !== "plain") return false;
  const at = quantity.from - (tokens[quantity.from - 1]?.text === "the" ? 2 : 1);
  const before = tokens[at]?.text ?? "";
  if (DETERMINERS.has(before)) return before !== "all";
  if (/^(with|among|to|than|into|at|aged?)$/.test(before)) return true;
  if (before === "from") return !quantity.range;
  if (/^(in|since|by|until|during|for|fiscal)$/.test(before) && quantity.yearLike) return true;
  return before === "of" && !isSizeOfCut(tokens, at);
}

/** "layoffs of |300", "reduction in force of |300", "let go of |300"; not "workforce of |300". */
function isSizeOfCut(tokens: readonly Token[], of: number): boolean {
  const before = tokens.slice(Math.max(0, of - 4), of).map(({ text }) => text);
  const last = before.findLastIndex((word) => CUT_NOUNS.has(word));
  return last !== -1 && !before.slice(last + 1).some((word) => DETERMINERS.has(word));
}
