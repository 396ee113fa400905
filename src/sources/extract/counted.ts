import type { Effect, Manner } from "./effects.ts";
import type { Quantity } from "./quantities.ts";
import type { Token } from "./tokens.ts";
import { GONE, PEOPLE, PHRASE_ENDS, STAFF, THINGS, words } from "./words.ts";

/** A sentence taken apart. */
export interface Sentence {
  readonly tokens: readonly Token[];
  readonly effects: readonly Effect[];
  /** The first token of every number phrase. */
  readonly starts: ReadonlySet<number>;
  readonly stripped: boolean;
  readonly manner: Manner;
}

/** "20 of its staff", "30 de sus empleados"; an address may have lost its "of". */
const OF_WHOLE = words("of its de da do dos das der des");
const COMPOUNDS = words("person people member strong employee year yr hour day story man woman");

const NOUN_REACH = 6;

/** What a number counts. */
export interface Counted {
  /** The noun the number counts; null when it stands alone. */
  readonly noun: string | null;
  /** "of" stands between: "20 of its staff". */
  readonly of: boolean;
  /** "17 of its 70 workers". */
  readonly outOf: boolean;
  /** The noun follows at once. */
  readonly near: boolean;
  /** "600-person": a size, not a cut. */
  readonly compound: boolean;
  /** First token behind number and noun. */
  readonly to: number;
}

/** The noun a number counts: "120 full-time employees", "20 of its corporate staff", "240 roles". */
export function countedBy({ tokens, effects, starts }: Sentence, quantity: Quantity): Counted {
  const none = {
    noun: null,
    of: false,
    outOf: false,
    near: false,
    compound: false,
    to: quantity.to,
  };
  const next = tokens[quantity.to];
  if (next === undefined) return none;
  if ((next.joined && COMPOUNDS.has(next.text)) || /^(person|member|strong)$/.test(next.text)) {
    const isCut = /^(layoffs?|cuts?|reduction)$/.test(tokens[quantity.to + 1]?.text ?? "");
    return isCut
      ? { ...none, noun: "layoffs", near: true, to: quantity.to + 2 }
      : { ...none, compound: true };
  }
  const of = OF_WHOLE.has(next.text);

  let at = of ? quantity.to + 1 : quantity.to;
  let outOf = false;
  for (let steps = 0; steps < NOUN_REACH && at < tokens.length; steps += 1, at += 1) {
    const { text, kind } = tokens[at]!;
    if (of && starts.has(at)) outOf = true;
    if (COMPOUNDS.has(text) && outOf) return { ...none, of, noun: "staff" };
    const isNoun = PEOPLE.has(text) || ((of || quantity.kind !== "plain") && STAFF.has(text));
    if (isNoun)
      return {
        noun: text,
        of,
        outOf,
        near: at === quantity.to,
        compound: false,
        to: nounEnd(tokens, at),
      };
    if (isTeamMember(tokens, at))
      return { noun: text, of, outOf, near: false, compound: false, to: at + 2 };
    const ends = THINGS.has(text) || (PHRASE_ENDS.has(text) && !(of && text === "to"));
    if (ends || (kind === "mark" && text !== "-") || effects[at] !== null) break;
    if (starts.has(at) && !of) break;
  }
  return { ...none, of };
}

/** "employees and contractors" and "job cuts" are one noun. */
function nounEnd(tokens: readonly Token[], at: number): number {
  let end = at + 1;
  while (end < at + 3 && PEOPLE.has(tokens[end]?.text ?? "") && !GONE.has(tokens[end]!.text))
    end += 1;
  return end;
}

function isTeamMember(tokens: readonly Token[], at: number): boolean {
  return (
    /^(team|crew|board)$/.test(tokens[at]!.text) && /^members?$/.test(tokens[at + 1]?.text ?? "")
  );
}
