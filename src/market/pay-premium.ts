import type { Day, PayLevel } from "./facts.ts";
import { PAY_LEVELS } from "./facts.ts";
import { payCells } from "./pay-rows.ts";
import type { PayQuery } from "./pay-rows.ts";
import { aiPremium, BELIEVED_FROM } from "./pay-series.ts";
import { payBasisOf, payStats, rowNotes } from "./pay.ts";
import type { PayFacts, PayFigures } from "./pay.ts";
import { quantile } from "./stats.ts";

/** Who is held beside whom: engineers, scientists, or every title that names an AI field beside all others. */
export const PREMIUM_PAIRS = ["engineer", "scientist", "all"] as const;
export type PremiumPair = (typeof PREMIUM_PAIRS)[number];

const SIDES: Readonly<Record<PremiumPair, readonly [ai: PayQuery, other: PayQuery]>> = {
  engineer: [{ role: "ai-engineer" }, { role: "engineer" }],
  scientist: [{ role: "ai-other" }, { role: "data-scientist" }],
  all: [{ ai: true }, { ai: false }],
};

export interface PremiumQuery {
  readonly pair: PremiumPair;
  readonly level?: PayLevel | undefined;
  /** ISO 3166 alpha-2 of the employer; every country when left out. */
  readonly country?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/** What AI pay is above the other, by one measure. */
export interface Premium {
  /** USD per year, both at the same mix. */
  readonly ai: number;
  readonly other: number;
  /** Percent: 12 is twelve percent more. */
  readonly pct: number;
  /** 95 %. */
  readonly lowPct: number;
  readonly highPct: number;
}

export interface PremiumAnswer {
  readonly basis: "rows" | "published-quarters";
  /** Salaries on each side that are compared. */
  readonly nAi: number;
  readonly nOther: number;
  /** Salaries in a level and country where the other side has fewer than three: not compared. */
  readonly leftOut: { readonly ai: number; readonly other: number };
  /** How many levels × countries are compared, each with the same weight on both sides. */
  readonly cells: number;
  /** Null below ten salaries a side, and for published quarters of several levels, whose medians cannot be pooled. */
  readonly median: Premium | null;
  /** Null below ten salaries a side. */
  readonly mean: Premium | null;
  /** How the intervals were made. */
  readonly method: string;
  /** The days it speaks for; null when every row counts. */
  readonly from: Day | null;
  readonly to: Day | null;
  readonly notes: readonly string[];
}

/** A level in a country with fewer salaries than this on a side says nothing of the other side's. */
const CELL_FROM = 3;

/**
 * What AI roles are paid above others at the same level and in the same country: direct standardisation. Each level × country
 * that both sides have counts on both sides with the weight it has among the AI salaries, so that neither more seniors nor
 * dearer countries make a premium. The mean is the weighted mean of the cells' means; the median is the weighted median of
 * the salaries, each with its cell's weight over the cell's number of salaries (the mean of the lower and upper one where the
 * weights part in halves). Intervals: percentile bootstrap of the ratio, resampled within cell and side (Efron & Tibshirani,
 * "An Introduction to the Bootstrap", 1993, ch. 13), from a fixed seed, so that the same facts give the same interval. Weights
 * are held fixed while resampling.
 *
 * Without imported rows that cover the days it is the last published quarter in them (United States): at one level the ratio
 * of medians with McGill's interval as in `aiPremium`; over several levels the means alone, with the normal interval of the
 * means' standard errors IQR / (1.349·√n), carried to the ratio by the delta method.
 */
export function payPremium(facts: PayFacts, query: PremiumQuery): PremiumAnswer {
  const { pair, level, country, from, to } = query;
  const common = { level, country, from, to };
  const [ai, other] = SIDES[pair].map((side): PayQuery => ({ ...side, ...common }));
  if (payBasisOf(facts, ai!) === "published-quarters") return ofQuarters(facts, query);
  return {
    ...ofRows(payCells(facts.pay, ai!), payCells(facts.pay, other!)),
    basis: "rows",
    from: from ?? null,
    to: to ?? null,
    notes: rowNotes(query),
  };
}

export interface PremiumQuarter {
  /** "2023Q4". */
  readonly quarter: string;
  readonly answer: PremiumAnswer;
  /** A side has twice as many salaries as in the quarter before, or half: the sample changed, and perhaps not the pay. */
  readonly sampleBreak: boolean;
}

/** The premium quarter by quarter, oldest first, over those of the given names. */
export function premiumByQuarter(
  facts: PayFacts,
  query: PremiumQuery,
  quarters: readonly { readonly quarter: string; readonly from: Day; readonly to: Day }[],
): readonly PremiumQuarter[] {
  const answers = quarters.map(({ quarter, from, to }) => ({
    quarter,
    answer: payPremium(facts, { ...query, from, to }),
  }));
  return answers.map((each, at) => ({
    ...each,
    sampleBreak: at > 0 && isSampleBreak(answers[at - 1]!.answer, each.answer),
  }));
}

/** Whether the numbers of salaries on a side double or halve between two answers, so that no change may be claimed. */
export function isSampleBreak(
  before: Pick<PremiumAnswer, "nAi" | "nOther">,
  after: Pick<PremiumAnswer, "nAi" | "nOther">,
): boolean {
  const jumps = (a: number, b: number) => Math.max(a, b) >= 2 * Math.min(a, b);
  return jumps(before.nAi, after.nAi) || jumps(before.nOther, after.nOther);
}

interface Cell {
  /** Its share of the AI salaries that are compared. */
  readonly weight: number;
  readonly ai: Float64Array;
  readonly other: Float64Array;
}

type Cells = ReturnType<typeof payCells>;

function ofRows(
  aiCells: Cells,
  otherCells: Cells,
): Omit<PremiumAnswer, "basis" | "from" | "to" | "notes"> {
  const shared = [...aiCells].flatMap(([name, mine]) => {
    const theirs = otherCells.get(name);
    return mine.length < CELL_FROM || theirs === undefined || theirs.length < CELL_FROM
      ? []
      : [{ mine, theirs }];
  });
  const nAi = shared.reduce((sum, { mine }) => sum + mine.length, 0);
  const nOther = shared.reduce((sum, { theirs }) => sum + theirs.length, 0);
  const cells = shared.map(({ mine, theirs }) => ({
    weight: mine.length / nAi,
    ai: mine,
    other: theirs,
  }));
  const common = {
    nAi,
    nOther,
    leftOut: { ai: countIn(aiCells) - nAi, other: countIn(otherCells) - nOther },
    cells: cells.length,
  };
  if (Math.min(nAi, nOther) < BELIEVED_FROM)
    return { ...common, median: null, mean: null, method: "" };
  return { ...common, ...bootstrapped(cells, nAi + nOther) };
}

function countIn(cells: Cells): number {
  return cells.values().reduce((sum, { length }) => sum + length, 0);
}

/** One side's salaries upwards, with the weight of each and where each cell's stand. */
interface Side {
  readonly pay: Float64Array;
  readonly weight: Float64Array;
  readonly cells: readonly Int32Array[];
}

function sideOf(cells: readonly Cell[], which: "ai" | "other"): Side {
  const all = cells
    .flatMap((cell, at) => Array.from(cell[which], (pay) => ({ pay, at })))
    .sort((a, b) => a.pay - b.pay);
  const places = cells.map((): number[] => []);
  all.forEach(({ at }, place) => places[at]!.push(place));
  return {
    pay: Float64Array.from(all, ({ pay }) => pay),
    weight: Float64Array.from(all, ({ at }) => cells[at]!.weight / cells[at]![which].length),
    cells: places.map((each) => Int32Array.from(each)),
  };
}

const DRAWS = 1_000;
/** So much work at most: very many salaries are drawn fewer times, since their interval is narrow anyway. */
const DRAWN_MAX = 20_000_000;
const DRAWS_MIN = 200;

function bootstrapped(
  cells: readonly Cell[],
  n: number,
): Pick<PremiumAnswer, "median" | "mean" | "method"> {
  const sides = [sideOf(cells, "ai"), sideOf(cells, "other")] as const;
  const once = sides.map(({ pay }) => new Uint16Array(pay.length).fill(1));
  const [ai, other] = [middle(sides[0], once[0]!), middle(sides[1], once[1]!)];
  const draws = Math.max(DRAWS_MIN, Math.min(DRAWS, Math.floor(DRAWN_MAX / n)));
  const medians = new Float64Array(draws);
  const means = new Float64Array(draws);
  const random = seeded(1);
  for (let draw = 0; draw < draws; draw++) {
    const [a, b] = [resampled(sides[0], random), resampled(sides[1], random)];
    medians[draw] = 100 * (a.median / b.median - 1);
    means[draw] = 100 * (a.mean / b.mean - 1);
  }
  const premium = (measure: "median" | "mean", drawn: Float64Array): Premium => {
    drawn.sort();
    return {
      ai: ai[measure],
      other: other[measure],
      pct: 100 * (ai[measure] / other[measure] - 1),
      lowPct: quantile(drawn, 0.025)!,
      highPct: quantile(drawn, 0.975)!,
    };
  };
  return {
    median: premium("median", medians),
    mean: premium("mean", means),
    method: `percentile bootstrap, ${draws.toLocaleString("en-US")} draws, fixed seed`,
  };
}

interface Middle {
  readonly mean: number;
  readonly median: number;
}

function resampled(side: Side, random: () => number): Middle {
  const times = new Uint16Array(side.pay.length);
  for (const places of side.cells) {
    for (let drawn = 0; drawn < places.length; drawn++) {
      const place = places[Math.floor(random() * places.length)]!;
      times[place] = times[place]! + 1;
    }
  }
  return middle(side, times);
}

/** What is left of a half that is one, after adding weights that are no binary fractions. */
const HALF_SLACK = 1e-9;

/** The weighted mean and median of a side whose salaries count so many times each. The weights of a side sum to one. */
function middle({ pay, weight }: Side, times: Uint16Array): Middle {
  let mean = 0;
  let below = 0;
  let lower: number | undefined;
  let median: number | undefined;
  for (let at = 0; at < pay.length; at++) {
    if (times[at] === 0) continue;
    const share = weight[at]! * times[at]!;
    mean += share * pay[at]!;
    if (median !== undefined) continue;
    if (lower !== undefined) median = (lower + pay[at]!) / 2;
    else {
      below += share;
      if (Math.abs(below - 0.5) <= HALF_SLACK) lower = pay[at]!;
      else if (below > 0.5) median = pay[at]!;
    }
  }
  return { mean, median: median ?? lower ?? Number.NaN };
}

/** Numbers from 0 up to 1, the same for the same seed: Mulberry32 (public domain), good enough to draw with. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function ofQuarters(facts: PayFacts, query: PremiumQuery): PremiumAnswer {
  const { pair, level, country, from, to } = query;
  const nothing = (notes: readonly string[]): PremiumAnswer => ({
    basis: "published-quarters",
    nAi: 0,
    nOther: 0,
    leftOut: { ai: 0, other: 0 },
    cells: 0,
    median: null,
    mean: null,
    method: "",
    from: null,
    to: null,
    notes,
  });
  if (pair === "all")
    return nothing([
      "Published quarters cannot pool AI roles: engineers and scientists stand apart.",
    ]);
  const pairs = (level === undefined ? PAY_LEVELS : [level]).map((each) => ({
    ai: payStats(facts, { ...SIDES[pair][0], level: each, country, from, to }),
    other: payStats(facts, { ...SIDES[pair][1], level: each, country, from, to }),
  }));
  const shared = pairs.flatMap(({ ai, other }) =>
    ai.tooFew || other.tooFew ? [] : [{ ai, other }],
  );
  const [first] = shared;
  if (first === undefined) return nothing(pairs[0]!.ai.notes);
  const n = (side: "ai" | "other", of: readonly Record<"ai" | "other", { readonly n: number }>[]) =>
    of.reduce((sum, each) => sum + each[side].n, 0);
  const [nAi, nOther] = [n("ai", shared), n("other", shared)];
  const believed = Math.min(nAi, nOther) >= BELIEVED_FROM;
  const weights = shared.map(({ ai }) => ai.n / nAi);
  return {
    basis: "published-quarters",
    nAi,
    nOther,
    leftOut: { ai: n("ai", pairs) - nAi, other: n("other", pairs) - nOther },
    cells: shared.length,
    median: level !== undefined && believed ? medianPremium(facts, query, first.ai) : null,
    mean: believed
      ? meanPremium(
          shared.map(({ ai }) => ai),
          shared.map(({ other }) => other),
          weights,
        )
      : null,
    method:
      "approximate: errors of medians and means by the published quartiles (McGill 1978; normal)",
    from: first.ai.from,
    to: first.ai.to,
    notes: first.ai.notes,
  };
}

/** The ratio of medians with McGill's interval, of the very quarter that the figures are of. */
function medianPremium(facts: PayFacts, query: PremiumQuery, of: PayFigures): Premium | null {
  if (query.pair !== "engineer") return null;
  const days = { from: of.from ?? undefined, to: of.to ?? undefined };
  const [point] = aiPremium(facts, { level: query.level, country: query.country, ...days });
  if (point === undefined || point.ai.tooFew || point.other.tooFew || point.interval === null)
    return null;
  return {
    ai: point.ai.median,
    other: point.other.median,
    pct: point.pct!,
    ...point.interval,
  };
}

function meanPremium(
  ai: readonly PayFigures[],
  other: readonly PayFigures[],
  weights: readonly number[],
): Premium {
  const mean = (side: readonly PayFigures[]) =>
    side.reduce((sum, cell, at) => sum + weights[at]! * cell.mean, 0);
  // Of normal pay the quartiles lie 1.349 standard deviations apart.
  const error = (side: readonly PayFigures[]) =>
    Math.hypot(
      ...side.map(
        (cell, at) => (weights[at]! * (cell.p75 - cell.p25)) / (1.349 * Math.sqrt(cell.n)),
      ),
    );
  const ratio = mean(ai) / mean(other);
  const reach = 1.96 * Math.hypot(error(ai) / mean(ai), error(other) / mean(other));
  return {
    ai: mean(ai),
    other: mean(other),
    pct: 100 * (ratio - 1),
    lowPct: 100 * (ratio * Math.exp(-reach) - 1),
    highPct: 100 * (ratio * Math.exp(reach) - 1),
  };
}
