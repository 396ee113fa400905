import { accepted } from "./verdict.ts";
import type { Accepted, Bound } from "./verdict.ts";

/** A figure as written, with the words that bound it. Places are in the sentence it was read from. */
export interface Amount {
  readonly start: number;
  readonly end: number;
  /** Where the number itself begins, after words such as "more than". */
  readonly at: number;
  readonly kind: "number" | "percent" | "money";
  /** As written: "$", "€", "USD"; absent where none is. */
  readonly currency?: string;
  readonly value: number;
  readonly bound: Bound;
  readonly accepts: Accepted;
  /** A sign written before it, "-66 %": what a change claims. */
  readonly sign?: -1 | 1;
  /** "five" and "two hundred": too common to be a figure of nothing we count. */
  readonly inWords: boolean;
}

const SCALES: Readonly<Record<string, number>> = {
  dozen: 12,
  hundred: 1e2,
  k: 1e3,
  thousand: 1e3,
  thousands: 1e3,
  m: 1e6,
  mn: 1e6,
  mln: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
};
const SMALL_NUMBERS =
  "a,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen,sixteen,seventeen,eighteen,nineteen".split(
    ",",
  );
const TENS = "twenty,thirty,forty,fifty,sixty,seventy,eighty,ninety".split(",");
const DECADES: Readonly<Record<string, number>> = {
  dozens: 10,
  dozen: 10,
  hundreds: 100,
  hundred: 100,
  thousands: 1e3,
  thousand: 1e3,
  millions: 1e6,
  million: 1e6,
};
const FRACTIONS: readonly (readonly [RegExp, number])[] = [
  [/^half$/, 50],
  [/^(?:one|a) third$/, 100 / 3],
  [/^two[ -]thirds$/, 200 / 3],
  [/^(?:one|a) quarter$/, 25],
  [/^three[ -]quarters$/, 75],
  [/^(?:one|a) fifth$/, 20],
  [/^(?:one|a) tenth$/, 10],
];

const DIGITS = String.raw`\d{1,3}(?:[,']\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d.,]\d|\d)|\d+(?:\.\d+)?`;
const SCALE = "thousand|million|billion|hundred|dozen|mln|mn|bn|[kKmMbB]";
const IN_DIGITS = new RegExp(
  String.raw`(?<![\p{L}\d.,#:/_&[]|\p{L}-)(?:(?<cur>US\$|USD ?|[$€£¥₹] ?)(?<digits1>${DIGITS})|(?<![($€£¥₹]|[$€£¥₹] )(?<sign>[-+](?=\d))?(?<digits2>${DIGITS}))` +
    String.raw`(?: ?(?<scale>${SCALE})(?![\p{L}\d]))?(?![\d]|[.,:/]\d|\p{L}|-\p{Lu}(?!\p{L})|\(|\)(?<!\([^()]{0,80}\)))` +
    String.raw`(?: ?(?<pct>%|per ?cent\b|pct\b)| (?<cur2>(?:US )?dollars|USD|euros?|pounds)\b| ?(?<cur3>[$€£])(?! ?\d))?`,
  "gu",
);
/** Right behind an opening bracket: "(8 %)", "(12,000 people)"; elsewhere a bracket at a number makes a label of it: "401(k)", "2)". */
const IN_BRACKETS = new RegExp(
  String.raw`(?<=\()(?<sign>[-+])?(?<digits2>${DIGITS})(?: ?(?<scale>${SCALE})(?![\p{L}\d]))?(?: ?(?<pct>%|per ?cent\b))?(?=[\s),;+–-])`,
  "gu",
);
const NUMBER_WORD = `(?:${TENS.join("|")})(?:[ -](?:${SMALL_NUMBERS.slice(1, 10).join("|")}))?|${SMALL_NUMBERS.join("|")}|an`;
const IN_WORDS = new RegExp(
  String.raw`(?<![\p{L}\d-])(?<word>${NUMBER_WORD})(?<scales>(?:[ -](?:hundred|thousand|million|billion|dozen))+|)(?![\p{L}\d]|-\p{L})(?: ?(?<pct>%|per ?cent\b))?`,
  "giu",
);
const HALF_MILLION = /\b(?<share>half|a quarter of) an? (?<scale>million|thousand)\b/gi;
const DECADE =
  /\b(?:(?<tens>tens|dozens|hundreds) of (?<of>thousands|millions)|(?:several|a few|many|multiple|a couple(?: of)?) (?<few>dozen|hundred|thousand|million)s?|(?:many )?(?<plain>dozens|hundreds|thousands|millions))\b/gi;
/** A change said as a multiple, percent. */
const MULTIPLES: Readonly<Record<string, readonly [value: number, sign: -1 | 1]>> = {
  doubl: [100, 1],
  tripl: [200, 1],
  quadrupl: [300, 1],
  halv: [50, -1],
};
const MULTIPLE = /\b(?<times>doubl|tripl|quadrupl|halv)(?:ed|es|e|ing)\b(?! down)/gi;
/** "Half of its staff", "a third of Meta's workforce", "fell by half". */
const FRACTION =
  /\b(?<share>half|(?:one|a|two|three)[ -](?:thirds?|quarters?|fifth|tenth))(?= (?:of )?(?:its|the|their|our|all|(?:\p{Lu}[\p{L}\p{N}.&-]*(?:'s?)? ){1,3}(?:global |entire |remaining )?(?:staff|workforce|employees|workers|headcount|team)|staff|employees|workers)\b)|(?<=\bby (?:more than |over |at least |about |around |nearly |almost |less than )?)(?<by>half|(?:a|one|two)[ -](?:third|quarter|fifth|tenth|thirds))\b/giu;

/** Numbers that name something: "Fortune 500", "top 10", "Pixel 8". */
const LABEL =
  /(?:\b(?:fortune|ftse|nasdaq|dow|top|big|windows|iphone|pixel|web|series|phase|chapter|no|item|form|section|article|gen|level|version|covid|page|figure|route|boeing|room|part|step|day|week)\.?|s&p|#) ?-?$/i;
/** Spans of time, ages, times of day, ranks: figures of nothing a market has. */
const OTHER_UNIT =
  /^(?:[- ](?:years?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|quarters?|decades?|times|fold|degrees?|km|kilomet\w+|miles?|pages?|a\.?m|p\.?m|o'clock|basis points)\b|[x×°])/i;

const BEFORE: readonly (readonly [Exclude<Bound, "between" | "decade">, string])[] = [
  [
    "at most",
    "no more than|not more than|not over|less than|fewer than|under|below|up to|at most|as many as|as much as|a maximum of|<=?|≤",
  ],
  [
    "at least",
    "more than|over|at least|above|exceed(?:s|ed|ing)?|upwards? of|in excess of|greater than|topped|tops|topping|surpass(?:es|ed|ing)?|pass(?:es|ed|ing)|cross(?:es|ed|ing)|a minimum of|>=?|≥",
  ],
  ["nearly", "nearly|almost|close to|approaching|not quite"],
  [
    "about",
    "about|around|roughly|approximately|approx\\.?|some|circa|ca\\.?|an estimated|estimated|~|≈",
  ],
  ["exactly", "exactly|precisely"],
];
const NARROWER: readonly (readonly [Exclude<Bound, "between" | "decade">, string])[] = [
  ["at least", "no fewer than|no less than|not fewer than|not less than"],
  [
    "nearly",
    "just under|just below|just short of|just shy of|slightly (?:under|below|less than|fewer than)|a little (?:under|less than)",
  ],
  [
    "just over",
    "just over|just above|slightly (?:over|above|more than)|a little (?:over|more than|above)",
  ],
];
const BOUNDS = [...NARROWER, ...BEFORE].map(
  ([bound, words]) =>
    [
      bound,
      new RegExp(
        String.raw`(?:^|[\s("',:–-])(?:well |far |significantly |slightly )?(?<words>${words})\s*(?:a further |another |a total of |the |an? )?$`,
        "i",
      ),
    ] as const,
);
const AFTER: readonly (readonly [Exclude<Bound, "between" | "decade">, RegExp])[] = [
  ["at least", /^(?:\+| (?:or more|plus|and more|and counting|upwards)\b)/i],
  ["at most", /^ (?:or fewer|or less)\b/i],
  ["about", /^ (?:or so|or thereabouts|give or take)\b/i],
];

interface Raw {
  readonly start: number;
  readonly end: number;
  readonly kind: Amount["kind"];
  readonly currency?: string;
  readonly sign?: -1 | 1;
  readonly value: number;
  readonly scale: number;
  /** Half of what the last written digit is worth. */
  readonly half: number;
  readonly inWords: boolean;
  readonly decade?: number;
}

/** The figures of a sentence in order; years and days must be blanked before. Numbers that are names, ages or times are none. */
export function amountsIn(sentence: string): readonly Amount[] {
  const raws = apart([
    ...inDigits(sentence),
    ...decades(sentence),
    ...fractions(sentence),
    ...multiples(sentence),
    ...inWords(sentence),
  ]).filter(
    ({ start, end, kind }) =>
      !isRatio(sentence, start, end) &&
      !LABEL.test(sentence.slice(Math.max(0, start - 14), start)) &&
      (kind !== "number" || !OTHER_UNIT.test(sentence.slice(end, end + 16))),
  );
  const amounts: Amount[] = [];
  for (let index = 0; index < raws.length; index++) {
    const [raw, next] = [raws[index]!, raws[index + 1]];
    const range = next && rangeOf(sentence, raw, next);
    if (range) {
      amounts.push(range);
      index++;
    } else amounts.push(bounded(sentence, raw));
  }
  return amounts;
}

/** "3 in 4", "one out of five". */
function isRatio(sentence: string, start: number, end: number): boolean {
  return (
    /^ (?:in|out of) (?:\d{1,3}|three|four|five|ten)\b(?! \d{4})/i.test(
      sentence.slice(end, end + 14),
    ) ||
    /\b(?:\d{1,2}|one|two|three|four|nine) (?:in|out of) $/i.test(
      sentence.slice(Math.max(0, start - 14), start),
    )
  );
}

function inDigits(sentence: string): Raw[] {
  const found = [...sentence.matchAll(IN_DIGITS), ...sentence.matchAll(IN_BRACKETS)];
  return found.map((match) => {
    const { cur, cur2, cur3, digits1, digits2, sign, scale: scaled, pct } = match.groups ?? {};
    const written = (digits1 ?? digits2 ?? "0").replace(/[,' ]/g, "");
    const currency = cur?.trim() ?? cur2 ?? cur3;
    // Three digits behind a point, of a person or a dollar: "263.180" and "100.000 $" are written the continental way.
    const isWhole = pct === undefined && scaled === undefined;
    const digits =
      isWhole && /^\d{1,3}(?:\.\d{3})+$/.test(written) ? written.replaceAll(".", "") : written;
    const scale = scaled === undefined ? 1 : (SCALES[scaled.toLowerCase()] ?? 1);
    const decimals = digits.split(".")[1]?.length ?? 0;
    return {
      start: match.index,
      end: match.index + match[0].length,
      kind: currency !== undefined ? "money" : pct !== undefined ? "percent" : "number",
      ...(currency !== undefined && { currency }),
      ...(sign !== undefined && { sign: sign === "-" ? (-1 as const) : (1 as const) }),
      value: Number(digits) * scale,
      scale,
      half: 0.5 * 10 ** -decimals,
      inWords: false,
    };
  });
}

function inWords(sentence: string): Raw[] {
  const raws: Raw[] = [];
  for (const match of sentence.matchAll(IN_WORDS)) {
    const { word = "", scales = "", pct } = match.groups ?? {};
    const scale = (scales.toLowerCase().match(/[a-z]+/g) ?? []).reduce(
      (product, name) => product * (SCALES[name] ?? 1),
      1,
    );
    const small = smallNumber(word.toLowerCase());
    // "one", "a" and "two of the" are seldom figures.
    if (scale === 1 && (small < 2 || /^ of\b/.test(sentence.slice(match.index + match[0].length))))
      continue;
    raws.push({
      start: match.index,
      end: match.index + match[0].length,
      kind: pct === undefined ? "number" : "percent",
      value: small * scale,
      scale,
      half: 0.5,
      inWords: true,
    });
  }
  for (const match of sentence.matchAll(HALF_MILLION)) {
    const scale = SCALES[(match.groups?.["scale"] ?? "").toLowerCase()] ?? 1;
    const share = /half/i.test(match[0]) ? 0.5 : 0.25;
    raws.push({
      ...placed(match),
      kind: "number",
      value: share * scale,
      scale,
      half: 0,
      inWords: true,
    });
  }
  return raws;
}

function smallNumber(word: string): number {
  if (word === "an") return 1;
  const [first = "", second] = word.split(/[ -]/);
  const ten = TENS.indexOf(first);
  if (ten >= 0) return 10 * (ten + 2) + (second === undefined ? 0 : SMALL_NUMBERS.indexOf(second));
  return Math.max(1, SMALL_NUMBERS.indexOf(first));
}

function decades(sentence: string): Raw[] {
  return [...sentence.matchAll(DECADE)].map((match) => {
    const { tens, of, few, plain } = match.groups ?? {};
    const many = tens === undefined ? 1 : /^hundreds$/i.test(tens) ? 100 : 10;
    const decade = many * (DECADES[(of ?? few ?? plain ?? "").toLowerCase()] ?? 1);
    return {
      ...placed(match),
      kind: "number",
      value: decade,
      scale: 1,
      half: 0,
      inWords: true,
      decade,
    };
  });
}

function fractions(sentence: string): Raw[] {
  return [...sentence.matchAll(FRACTION)].flatMap((match) => {
    const share = match[0].toLowerCase();
    const value = FRACTIONS.find(([form]) => form.test(share))?.[1];
    return value === undefined
      ? []
      : [{ ...placed(match), kind: "percent" as const, value, scale: 1, half: 0.5, inWords: true }];
  });
}

function multiples(sentence: string): Raw[] {
  return [...sentence.matchAll(MULTIPLE)].flatMap((match) => {
    const multiple = MULTIPLES[match.groups?.["times"]?.toLowerCase() ?? ""];
    if (multiple === undefined) return [];
    const [value, sign] = multiple;
    return [
      {
        ...placed(match),
        kind: "percent" as const,
        value,
        sign,
        scale: 1,
        half: 0.5,
        inWords: true,
      },
    ];
  });
}

function placed(match: RegExpExecArray): { start: number; end: number } {
  return { start: match.index, end: match.index + match[0].length };
}

/** In order, of two that overlap the one that begins first and then the longer. */
function apart(raws: readonly Raw[]): readonly Raw[] {
  const kept: Raw[] = [];
  for (const raw of raws.toSorted((a, b) => a.start - b.start || b.end - a.end))
    if (raw.start >= (kept.at(-1)?.end ?? 0)) kept.push(raw);
  return kept;
}

/** "500–600", "10 to 15 %", "between 500 and 600". */
function rangeOf(sentence: string, first: Raw, last: Raw): Amount | undefined {
  const between = sentence.slice(first.end, last.start);
  const before = sentence.slice(Math.max(0, first.start - 40), first.start);
  const isBetween =
    /\bbetween (?:about |around |roughly )?$/i.test(before) && /^ and (?:about )?$/i.test(between);
  if (!isBetween && (!/^ ?(?:-|–|to|or) ?$/.test(between) || /\bfrom (?:\S+ ){0,2}$/i.test(before)))
    return undefined;
  const low =
    first.scale === 1 && last.scale > 1 && first.value < 1e3
      ? first.value * last.scale
      : first.value;
  const kind = first.kind === "number" ? last.kind : first.kind;
  if (!(low < last.value) || (last.kind !== kind && last.kind !== "number")) return undefined;
  const currency = first.currency ?? last.currency;
  const start = isBetween ? first.start - before.length + before.search(/between/i) : first.start;
  return {
    start,
    end: last.end,
    at: first.start,
    kind,
    ...(currency !== undefined && { currency }),
    value: low,
    bound: "between",
    accepts: { low, high: last.value },
    inWords: first.inWords,
  };
}

function bounded(sentence: string, raw: Raw): Amount {
  const before = sentence.slice(Math.max(0, raw.start - 40), raw.start);
  const after = sentence.slice(raw.end, raw.end + 24);
  const common = {
    at: raw.start,
    kind: raw.kind,
    ...(raw.currency !== undefined && { currency: raw.currency }),
    ...(raw.sign !== undefined && { sign: raw.sign }),
    value: raw.value,
    inWords: raw.inWords,
  };
  if (raw.decade !== undefined)
    return {
      ...common,
      start: raw.start,
      end: raw.end,
      bound: "decade",
      accepts: { low: raw.decade, high: 10 * raw.decade - 1 },
    };
  for (const [bound, form] of BOUNDS) {
    const match = form.exec(before);
    if (!match) continue;
    const words = match.groups?.["words"] ?? "";
    const start = raw.start - before.length + match.index + match[0].indexOf(words);
    return { ...common, start, end: raw.end, bound, accepts: accepted(bound, raw.value) };
  }
  const trailing = AFTER.map(([bound, form]) => ({ bound, match: form.exec(after) })).find(
    ({ match }) => match,
  );
  if (trailing?.match)
    return {
      ...common,
      start: raw.start,
      end: raw.end + trailing.match[0].length,
      bound: trailing.bound,
      accepts: accepted(trailing.bound, raw.value),
    };
  const half = raw.kind === "percent" ? raw.half : 0;
  return {
    ...common,
    start: raw.start,
    end: raw.end,
    bound: "bare",
    accepts: accepted("bare", raw.value, half),
  };
}
