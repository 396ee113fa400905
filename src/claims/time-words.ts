import { addDays } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Stretch } from "./text.ts";
import {
  MONTHS,
  dayAtom,
  daysAtom,
  endAtom,
  fixed,
  following,
  halfAtom,
  monthAtom,
  monthNumber,
  monthsAtom,
  numberOf,
  partAtom,
  previous,
  quarterAtom,
  rolling,
  running,
  stepOf,
  calendarAtom,
} from "./word-days.ts";
import type { Atom } from "./word-days.ts";

const MONTH =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

const YEAR = String.raw`(?:19[89]|20[0-4])\d`;

const NOUNS =
  "companies|firms|employers|startups|start-ups|people|employees|workers|jobs|staff|staffers|roles|positions|layoffs|cuts|events|redundancies";

const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  "1st": 1,
  second: 2,
  "2nd": 2,
  third: 3,
  "3rd": 3,
  fourth: 4,
  "4th": 4,
  final: 4,
  last: 4,
};

const SMALL = String.raw`\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve`;

/** First month of a season, as the northern half of the world counts. */
const SEASONS: Readonly<Record<string, number>> = { spring: 3, summer: 6, autumn: 9, fall: 9 };

type Groups = Readonly<Record<string, string | undefined>>;

type Read = (groups: Groups, now: Day) => Omit<Atom, keyof Stretch> | undefined;

const FORMS: readonly (readonly [form: RegExp, read: Read])[] = [
  [
    /(?<![\d-])(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})(?![\d-])/g,
    ({ y, m, d }) => dayAtom(y, Number(m), Number(d)),
  ],
  [
    /(?<![\d-])(?<y>(?:19|20)\d{2})-(?<m>0[1-9]|1[0-2])(?![\d-])/g,
    ({ y, m }) => monthAtom(y, Number(m)),
  ],
  [
    new RegExp(
      String.raw`(?<![\d,.])(?<d>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<m>${MONTH})\b\.?(?:,? (?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ y, m, d }) => dayAtom(y, monthNumber(m), Number(d)),
  ],
  [
    new RegExp(
      String.raw`\b(?<m>${MONTH})\.? (?<d>\d{1,2})(?:st|nd|rd|th)?(?![\d%]|[,.]\d| ?(?:%|percent|per cent)| (?:[a-z-]+ ){0,2}(?:${NOUNS})\b)(?:,? (?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ y, m, d }) => dayAtom(y, monthNumber(m), Number(d)),
  ],
  [
    new RegExp(String.raw`\b(?<m>${MONTH})\b\.?,?(?: of)? (?<y>${YEAR})(?!\d)`, "gi"),
    ({ y, m }) => monthAtom(y, monthNumber(m)),
  ],
  [
    new RegExp(
      String.raw`\bQ(?<q>[1-4])(?:,? ?(?:of )?(?:FY ?)?(?<y>${YEAR})(?!\d))?(?![\p{L}\d])`,
      "giu",
    ),
    ({ y, q }) => quarterAtom(y, Number(q)),
  ],
  [
    new RegExp(String.raw`(?<!\d)(?<y>${YEAR})[ -]?Q(?<q>[1-4])(?!\d)`, "gi"),
    ({ y, q }) => quarterAtom(y, Number(q)),
  ],
  [
    new RegExp(
      String.raw`\b(?<o>first|second|third|fourth|1st|2nd|3rd|4th|final) quarter(?:,? (?:of )?(?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ y, o }) => quarterAtom(y, ORDINALS[o?.toLowerCase() ?? ""] ?? 1),
  ],
  [
    new RegExp(String.raw`\bH(?<h>[12]),? ?(?:of )?(?<y>${YEAR})(?!\d)`, "gi"),
    ({ y, h }) => halfAtom(y, Number(h)),
  ],
  [
    new RegExp(String.raw`\b(?<o>first|second) half(?: of (?<y>${YEAR})(?!\d))?`, "gi"),
    ({ y, o }) => halfAtom(y, ORDINALS[o?.toLowerCase() ?? ""] ?? 1),
  ],
  [
    new RegExp(
      String.raw`\b(?<e>early|late|beginning of|start of|end of)(?: in)? (?<y>${YEAR})(?!\d)`,
      "gi",
    ),
    ({ y, e }) => quarterAtom(y, /late|end/i.test(e ?? "") ? 4 : 1),
  ],
  [
    new RegExp(String.raw`\b(?:mid|middle of)[- ](?:in )?(?<y>${YEAR})(?!\d)`, "gi"),
    ({ y }) => monthsAtom(y, 4, 6),
  ],
  [
    new RegExp(
      String.raw`\b(?<s>spring|summer|autumn|fall)(?: of| in)?,? (?<y>${YEAR})(?!\d)`,
      "gi",
    ),
    ({ y, s }) => monthsAtom(y, SEASONS[s?.toLowerCase() ?? ""] ?? 1, 3),
  ],
  [
    new RegExp(
      String.raw`\b(?<e>first|last|final|opening|closing) (?<n>${SMALL}) (?<u>day|week|month|quarter)s? (?:of|in) (?:the )?(?:(?<m>${MONTH})\b\.?,?(?: of)? ?)?(?:(?:year )?(?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ e, n, u, m, y }) =>
      m === undefined && y === undefined
        ? undefined
        : endAtom(y, m, /last|final|closing/i.test(e ?? ""), numberOf(n), u ?? "day"),
  ],
  [
    new RegExp(
      String.raw`\b(?<e>early|mid|late|(?:the )?(?:start|beginning|middle|end) of)[- ](?<m>${MONTH})\b\.?,?(?: of)?(?: (?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ e, m, y }) => partAtom(y, monthNumber(m), e ?? ""),
  ],
  [
    new RegExp(
      String.raw`\b(?<o>first|second) half of (?<m>${MONTH})\b\.?,?(?: (?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ o, m, y }) =>
      daysAtom(
        y,
        monthNumber(m),
        ORDINALS[o?.toLowerCase() ?? ""] === 1 ? 1 : 16,
        ORDINALS[o?.toLowerCase() ?? ""] === 1 ? 15 : 31,
      ),
  ],
  [
    new RegExp(
      String.raw`\b(?:the )?(?<o>first|second|third|last|final) week of (?<m>${MONTH})\b\.?,?(?: (?<y>${YEAR})(?!\d))?`,
      "gi",
    ),
    ({ o, m, y }) => {
      const week = ORDINALS[o?.toLowerCase() ?? ""] ?? 1;
      return week > 3
        ? endAtom(y, m, true, 1, "week")
        : daysAtom(y, monthNumber(m), 7 * week - 6, 7 * week);
    },
  ],
  [
    new RegExp(
      String.raw`(?<![\d.,$€£#-]|\p{L}-)(?<y>${YEAR})(?![\d%]|[.,]\d| ?(?:%|percent)| (?:[a-z-]+ )?(?:people|employees|workers|jobs|staff|companies|firms)\b)`,
      "giu",
    ),
    ({ y }) => calendarAtom("year", y, (year) => `${year}-01-01`),
  ],
  [
    /\b(?:year[ -]to[ -]date|ytd|so far this year|this year so far|since the (?:start|beginning) of (?:the|this) year|this year)\b/gi,
    (_, now) => running("year", now),
  ],
  [
    /\b(?:so far this|this)(?<r> quarter| month| week)(?: so far)?\b/gi,
    ({ r }, now) => running(stepOf(r), now),
  ],
  [
    /\b(?:last|previous|prior)(?<r> year| quarter| month| week)\b/gi,
    ({ r }, now) => previous(stepOf(r), now),
  ],
  [
    /\b(?:next|the coming)(?<r> year| quarter| month| week)\b/gi,
    ({ r }, now) => following(stepOf(r), now),
  ],
  [
    /\b(?:last|past|previous|trailing) (?<n>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?<u>day|week|month|year)s?\b/gi,
    ({ n, u }, now) => rolling(n ?? "1", u ?? "day", now),
  ],
  [/\bpast(?<r> year| month| week)\b/gi, ({ r }, now) => rolling("1", (r ?? " week").trim(), now)],
  [
    /\b(?<d>yesterday|today)\b/gi,
    ({ d }, now) => fixed(addDays(now, /y/i.test(d?.[0] ?? "") ? -1 : 0)),
  ],
  [
    new RegExp(
      String.raw`(?<=\b(?:in|since|during|of|for|last|this|by|through|until|till|to|from|and|between|early|late|mid|–|-) ?)(?<m>${MONTH})\b\.?`,
      "gi",
    ),
    ({ m }) =>
      m === "may" || m === "march" || m === "mar"
        ? undefined
        : monthAtom(undefined, monthNumber(m)),
  ],
  [
    new RegExp(
      String.raw`\b(?<m>${MONTHS.filter((name) => name !== "may")
        .map((name) => `${name[0]!.toUpperCase()}${name.slice(1)}`)
        .join("|")})\b(?=\s*(?:–|-|to|and|alone|saw|was|had|'s|layoffs|cuts|,|\.|$))`,
      "g",
    ),
    ({ m }) => monthAtom(undefined, monthNumber(m?.toLowerCase())),
  ],
];

/** Times whose days are not the same for everyone: a winter has two years, a fiscal year is each company's own. */
const UNCLEAR = new RegExp(
  String.raw`\b(?:winter|fiscal(?: year)?|FY|holiday season)(?: of| in)?,? ?'?(?:${YEAR}|\d\d)(?!\d)`,
  "i",
);

/** The words of a time whose days are not known, as written; undefined where every time is clear. */
export function unclearTimeIn(sentence: string): string | undefined {
  return UNCLEAR.exec(sentence)?.[0];
}

export function atomsIn(sentence: string, now: Day): readonly Atom[] {
  const found: Atom[] = [];
  for (const [form, read] of FORMS)
    for (const match of sentence.matchAll(form)) {
      const atom = read(match.groups ?? {}, now);
      if (atom)
        found.push({ ...atom, start: match.index, end: match.index + match[0].trimEnd().length });
    }
  const kept: Atom[] = [];
  for (const atom of found.toSorted((a, b) => a.start - b.start || b.end - a.end))
    if (atom.start >= (kept.at(-1)?.end ?? 0)) kept.push(atom);
  return kept;
}
