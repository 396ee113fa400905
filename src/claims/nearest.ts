import type { Amount } from "./amounts.ts";
import type { Group } from "./subjects.ts";
import { isWithin } from "./text.ts";
import type { Stretch } from "./text.ts";
import type { Time } from "./times.ts";

/** How many neighbours of a figure are weighed: those with the least between. */
const NEIGHBOURS_MOST = 4;

export const JOINTS =
  /;|,? (?:and|but|while|whereas|compared|against|versus|vs|after|up from|down from)\b/gi;

/** The time nearest to a figure; another figure or a joining word between them counts as distance, and times follow more often than they lead. */
export function timeFor(
  amount: Amount,
  times: readonly Time[],
  amounts: readonly Amount[],
  sentence: string,
): Time | undefined {
  return nearest(amount, times, amounts, sentence, ({ between, figures, isAfter }) => {
    // "2022 (165,269), 2023 (263,180)".
    if (!isAfter && /^(?: \(|: ?| – )$/.test(between)) return 0;
    const joints = between.match(JOINTS)?.length ?? 0;
    return between.length + 40 * figures + 30 * joints + (isAfter ? 0 : 10);
  });
}

/** The companies a figure is of: right after it behind "at", else the nearest before, else the nearest after that has no figure of its own. */
export function groupFor(
  amount: Amount,
  groups: readonly Group[],
  amounts: readonly Amount[],
  sentence: string,
): Group | undefined {
  return nearest(amount, groups, amounts, sentence, ({ between, rest, figures, isAfter }) => {
    const isAt =
      isAfter && figures === 0 && /^[^,;]{0,40}\b(?:at|from|by) (?:the )?$/i.test(between);
    // "10,000 Microsoft employees".
    const isTheirs =
      isAfter &&
      between === " " &&
      /^(?:'s)? (?:employees|workers|staff(?:ers)?|jobs|people)\b/.test(rest);
    if (isAt || isTheirs) return 0;
    // "…, Microsoft 10,000": a name with a figure of its own.
    const isOfNext = isAfter && /[,;]/.test(between) && /^ \(?[~$]?\d/.test(rest);
    return isOfNext ? Infinity : between.length + 40 * figures + (isAfter ? 15 : 0);
  });
}

/** What stands between a figure and something else of its sentence. */
interface Gap {
  readonly between: string;
  /** What stands behind the latter of the two. */
  readonly rest: string;
  /** Other figures in it. */
  readonly figures: number;
  readonly isAfter: boolean;
}

function nearest<T extends Stretch>(
  amount: Amount,
  others: readonly T[],
  amounts: readonly Amount[],
  sentence: string,
  far: (gap: Gap) => number,
): T | undefined {
  const ends = (other: T) =>
    other.start >= amount.end
      ? { start: amount.end, end: other.start }
      : { start: other.end, end: amount.start };
  const length = (other: T) => ends(other).end - ends(other).start;
  return others
    .toSorted((a, b) => length(a) - length(b))
    .slice(0, NEIGHBOURS_MOST)
    .map((other) => {
      const { start, end } = ends(other);
      const figures = amounts.filter(
        (figure) => figure !== amount && isWithin(figure, { start, end }),
      ).length;
      const isAfter = other.start >= amount.end;
      const between = sentence.slice(start, end);
      const rest = sentence.slice(isAfter ? other.end : amount.end);
      return { other, far: far({ between, rest, figures, isAfter }) };
    })
    .filter((each) => each.far < Infinity)
    .sort((a, b) => a.far - b.far)[0]?.other;
}
