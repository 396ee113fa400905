import { again } from "../command/again.ts";
import type { Context } from "../command/define.ts";
import { Fault } from "../fault.ts";
import { PAY_LEVELS } from "../market/facts.ts";
import type { PayLevel } from "../market/facts.ts";
import { fixedMixChange } from "../market/pay-mix.ts";
import { payByQuarter, payChange } from "../market/pay-series.ts";
import type { PayPoint } from "../market/pay-series.ts";
import { payStats } from "../market/pay.ts";
import type { PayQuery } from "../market/pay-rows.ts";
import type { PayFigures } from "../market/pay.ts";
import { periodLabel } from "../market/calendar.ts";
import { parsePeriod } from "../market/period.ts";
import type { Period } from "../market/period.ts";
import type { Action, Block, Reply, Table } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { count, plural, round, signedPercent, upperFirst, usd } from "../reply/words.ts";
import { paySources } from "./for-file.ts";
import { rankingAction } from "./pay-ranking.ts";
import { PAY_DEFINITION, payBases, payBasis, payFigures, payWords } from "./pay-scope.ts";
import type { PayScope } from "./pay-scope.ts";
import { tooLittlePay } from "./too-little-pay.ts";

/** One group in one period: the quartiles, the mean, n, and how the quarters moved. */
export function payCard(scope: PayScope, period: Period | undefined, context: Context): Reply {
  const query = { ...scope.query, from: period?.from, to: period?.to };
  const answer = payStats(context.market, query);
  const when = period === undefined ? "" : `, ${period.label}`;
  if (answer.tooFew)
    throw tooLittlePay(`${scope.who}${when}`, answer.n, answer.notes, scope, period, context);
  const shownWhen =
    period === undefined && answer.to !== null ? `, ${periodLabel("quarter", answer.to)}` : when;
  const points = shown(payByQuarter(context.market, scope.query));
  return reply(`${scope.who}${shownWhen}: ${payWords(answer)}`, {
    blocks: [
      figuresBlock(answer),
      ...levelsBlock(scope, period, context),
      ...(points.length > 1 ? [lineChart(points, scope.who)] : []),
    ],
    figures: {
      ...payFigures(answer),
      basis: answer.basis,
      from: answer.from,
      to: answer.to,
      country: answer.country,
      role: scope.role.family,
      level: scope.query.level ?? "all",
    },
    ...paySources([answer, ...points.map((point) => point.answer)], context.market),
    notes: [...answer.notes, PAY_DEFINITION, payBasis(answer, context)],
    actions: [
      ...actions(
        context,
        points,
        levelsKnown(scope, [{ from: period?.from, to: period?.to }], context),
      ),
      rankingAction(answer.basis === "rows" ? "country" : "role", context),
    ],
  });
}

/** Several quarters: the first and the last compared, every quarter in the table. */
export function paySpan(scope: PayScope, period: Period, context: Context): Reply {
  const all = payByQuarter(context.market, { ...scope.query, from: period.from, to: period.to });
  const points = shown(all);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined)
    throw tooLittlePay(
      `${scope.who}, ${period.label}`,
      0,
      all[0]?.answer.notes ?? [],
      scope,
      period,
      context,
    );
  return changed(scope, `${first.quarter} → ${last.quarter}`, first, last, points, context);
}

/** Two periods side by side, as typed `2023Q3,2023Q4`; the earlier one is the base. */
export function payCompare(scope: PayScope, typed: string, today: string, context: Context): Reply {
  const names = typed
    .split(/,|\.\./)
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length !== 2)
    throw new Fault("bad_argument", "compare: takes two periods.", "The earlier one first.", [
      again(context, { compare: "2023Q3,2023Q4" }),
    ]);
  const [before, after] = names
    .map((name) => parsePeriod(name, today))
    .sort((a, b) => (a.from ?? "").localeCompare(b.from ?? ""))
    .map((period) => ({
      quarter: period.label,
      period,
      answer: payStats(context.market, { ...scope.query, from: period.from, to: period.to }),
    }));
  for (const side of [before!, after!])
    if (side.answer.tooFew)
      throw tooLittlePay(
        `${scope.who}, ${side.quarter}`,
        side.answer.n,
        side.answer.notes,
        scope,
        side.period,
        context,
      );
  const points = [before!, after!].filter(
    (point): point is typeof point & { answer: PayFigures } => !point.answer.tooFew,
  );
  return changed(
    scope,
    `${before!.quarter} → ${after!.quarter}`,
    points[0]!,
    points[1]!,
    points,
    context,
  );
}

interface Shown extends PayPoint {
  readonly answer: PayFigures;
}

function changed(
  scope: PayScope,
  span: string,
  before: Shown,
  after: Shown,
  points: readonly Shown[],
  context: Context,
): Reply {
  const change = payChange(before.answer, after.answer)!;
  const fixed =
    scope.query.level === undefined
      ? fixedMixChange(context.market, queryOf(scope, before), queryOf(scope, after))
      : null;
  const isFixed = context.asked.words["mix"]?.toLowerCase() === "fixed";
  if (isFixed && fixed === null) throw noMix(scope, context);
  const lead = isFixed && fixed !== null ? fixed.meanPct : change.meanPct;
  return reply(
    `${scope.who}, ${span}: mean ${usd(before.answer.mean)} → ${usd(after.answer.mean)} (${signedPercent(lead)}${isFixed ? " with the mix of levels held still" : ""}), median ${usd(before.answer.median)} → ${usd(after.answer.median)} (${signedPercent(change.medianPct)})`,
    {
      blocks: [
        { kind: "text", words: changeSentence(change.meanPct, change.medianPct, fixed?.meanPct) },
        ...(change.compositionBreak
          ? [
              {
                kind: "text" as const,
                words: `Composition break: n ${count(before.answer.n)} → ${count(after.answer.n)}; with so different or so small samples the mix may have changed, not the pay.`,
              },
            ]
          : []),
        quartersTable(points),
        ...(points.length > 2 ? [lineChart(points, scope.who)] : []),
      ],
      figures: {
        ...payFigures(after.answer),
        current: after.answer.mean,
        previous: before.answer.mean,
        changePct: round(lead, 1),
        currentMedian: after.answer.median,
        previousMedian: before.answer.median,
        changePctMedian: round(change.medianPct, 1),
        changePctFixedMix: fixed === null ? null : round(fixed.meanPct, 1),
        previousN: before.answer.n,
        compositionBreak: change.compositionBreak,
        quarters: points.map(({ quarter, answer }) => ({
          quarter,
          ...payFigures(answer),
          basis: answer.basis,
        })),
      },
      ...paySources(
        points.map(({ answer }) => answer),
        context.market,
      ),
      notes: [
        ...new Set([...before.answer.notes, ...after.answer.notes]),
        PAY_DEFINITION,
        ...payBases(points, context),
      ],
      actions: actions(
        context,
        points,
        levelsKnown(scope, [queryOf(scope, before), queryOf(scope, after)], context),
      ),
    },
  );
}

function noMix({ query, who }: PayScope, context: Context): Fault {
  return new Fault(
    "unsupported",
    query.level === undefined
      ? `mix:fixed cannot be told of ${who}: too few salaries of a level stand on both sides.`
      : "mix:fixed holds the mix of levels still, and level: names one.",
    "The change as it is can be told.",
    [again(context, { mix: undefined })],
  );
}

function queryOf(scope: PayScope, point: Shown) {
  return { ...scope.query, from: point.answer.from ?? undefined, to: point.answer.to ?? undefined };
}

function changeSentence(meanPct: number, medianPct: number, fixedPct: number | undefined): string {
  const flat =
    Math.abs(medianPct) < 1
      ? "the median is flat"
      : `the median ${medianPct > 0 ? "rose" : "fell"} ${Math.abs(medianPct).toFixed(1)} %`;
  const mean =
    Math.abs(meanPct) < 1
      ? "The mean is flat"
      : `The mean ${meanPct > 0 ? "rose" : "fell"} ${Math.abs(meanPct).toFixed(1)} %`;
  return `${mean}, ${flat}${fixedPct === undefined ? "" : `; with the mix of levels held still the mean moved ${signedPercent(fixedPct)}`}.`;
}

function shown(points: readonly PayPoint[]): Shown[] {
  return points.filter((point): point is Shown => !point.answer.tooFew);
}

function figuresBlock(answer: PayFigures): Block {
  return {
    kind: "figures",
    items: [
      { label: "Median", value: usd(answer.median) },
      { label: "Middle half", value: `${usd(answer.p25)} – ${usd(answer.p75)}` },
      ...(answer.p10 !== null && answer.p90 !== null
        ? [{ label: "p10 – p90", value: `${usd(answer.p10)} – ${usd(answer.p90)}` }]
        : answer.p90 !== null
          ? [{ label: "p90", value: usd(answer.p90) }]
          : []),
      { label: "Mean", value: usd(answer.mean) },
      { label: "n", value: plural(answer.n, "salary", "salaries") },
    ],
  };
}

/** Every level beside the others, when none was asked for. */
function levelsBlock(scope: PayScope, period: Period | undefined, context: Context): Block[] {
  if (scope.query.level !== undefined) return [];
  const rows = PAY_LEVELS.flatMap((level) => {
    const answer = payStats(context.market, {
      ...scope.query,
      level,
      from: period?.from,
      to: period?.to,
    });
    return answer.tooFew ? [] : [{ level, answer }];
  });
  if (rows.length < 2) return [];
  return [
    {
      kind: "chart",
      chart: {
        kind: "ranges",
        title: `${scope.who}: pay by level`,
        subtitle: "Middle half and median, USD per year",
        unit: "USD per year",
        rows: rows.map(({ level, answer }) => ({
          label: level,
          low: answer.p25,
          middle: answer.median,
          high: answer.p75,
          note: `n ${count(answer.n)}`,
        })),
      },
    },
  ];
}

function quartersTable(points: readonly Shown[]): Table {
  const money = (amount: number) => ({ text: usd(amount), value: amount });
  return {
    kind: "table",
    caption: "Reported pay, USD per year",
    columns: [
      { title: "When", align: "left" },
      { title: "n", align: "right" },
      { title: "Mean", align: "right" },
      { title: "p25", align: "right" },
      { title: "Median", align: "right" },
      { title: "p75", align: "right" },
    ],
    rows: points.map(({ quarter, answer }) => [
      quarter,
      { text: count(answer.n), value: answer.n },
      money(answer.mean),
      money(answer.p25),
      money(answer.median),
      money(answer.p75),
    ]),
    more: 0,
  };
}

export function lineChart(points: readonly Shown[], who: string): Block {
  return {
    kind: "chart",
    chart: {
      kind: "lines",
      title: `${who}: pay by quarter`,
      subtitle: "USD per year, rows that appeared in the quarter",
      unit: "USD per year",
      categories: points.map((point) => point.quarter),
      series: (["p25", "median", "p75"] as const).map((name) => ({
        name,
        values: points.map((point) => point.answer[name]),
      })),
      lastIncomplete: false,
    },
  };
}

/** The levels that have figures in every one of the times, so that a button never leads to "too few". */
function levelsKnown(
  scope: PayScope,
  times: readonly Pick<PayQuery, "from" | "to">[],
  context: Context,
): readonly PayLevel[] {
  return PAY_LEVELS.filter(
    (level) =>
      level !== scope.query.level &&
      times.every(
        ({ from, to }) => !payStats(context.market, { ...scope.query, level, from, to }).tooFew,
      ),
  );
}

function actions(
  context: Context,
  points: readonly PayPoint[],
  levels: readonly PayLevel[],
): Action[] {
  const [first, last] = [points[0]?.quarter, points.at(-1)?.quarter];
  const span =
    first !== undefined &&
    last !== undefined &&
    first !== last &&
    context.asked.words["compare"] === undefined;
  return [
    ...levels.map((level) => ({
      label: upperFirst(level),
      run: again(context, { level }),
    })),
    ...(span
      ? [
          {
            label: "Over time",
            run: again(context, { period: `${first}..${last}`, compare: undefined }),
          },
        ]
      : []),
    { label: "Posted pay", run: "/top pay ai:yes" },
  ];
}
