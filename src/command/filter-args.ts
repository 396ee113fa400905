import { BASES } from "../market/facts.ts";
import type { Missed } from "./define.ts";
import { quoted } from "./question-text.ts";
import { choice, whole, words, yesNo } from "./args.ts";

/** Which layoffs count: the arguments every layoff question shares. */
export const periodArgs = {
  period: words(
    "Which time, in words: 2023, 2023Q4, ytd, last-week, 30d, since january, 2024-01..2024-03",
    { example: "2023Q4" },
  ),
  from: words("First day to count", { example: "2024-01-01" }),
  to: words("Last day to count", { example: "2024-03-17" }),
};

export const groupArgs = {
  sector: words("Industry, as the tracker names it; `a,b` for several, `not:x` to leave out", {
    complete: "sector",
    example: "finance",
  }),
  country: words("Country of the company; US, UK and so on are understood", {
    complete: "country",
    example: "US",
  }),
  stage: words("Funding stage: seed, series-b, post-ipo …", {
    complete: "stage",
    example: "post-ipo",
  }),
  reason: words("Stated reason, where a source gives one"),
  min: whole("Only events of at least so many people", 1, 10_000_000, { example: "500" }),
};

export const viewArgs = {
  asof: words("As it was known on that day", { example: "2024-03-15" }),
  basis: choice("Which date of an event counts (announced unless told)", BASES),
};

/** Words every reading command understands. */
export const commonArgs = {
  why: yesNo("Show how the number is made: rows, sources, definition, what was left out"),
  share: yesNo("Show the answer to everyone here"),
};

/** Keys that layoff questions have none of. */
export const NOT_OF_LAYOFFS: Readonly<Record<string, Missed>> = {
  state: {
    says: "Lists of layoffs name countries, and no state.",
    why: "WARN notices are known by state.",
    tries: (value) => [`/upcoming state:${quoted(value)}`],
  },
};

/** The names of some arguments. */
export function keysOf<Args extends object>(args: Args): readonly (keyof Args & string)[] {
  return Object.keys(args).filter((key): key is keyof Args & string => key in args);
}
