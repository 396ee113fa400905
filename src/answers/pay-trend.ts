import type { Context } from "../command/define.ts";
import { again } from "../command/again.ts";
import { Fault } from "../fault.ts";
import { PAY_LEVELS } from "../market/facts.ts";
import type { PayLevel } from "../market/facts.ts";
import { aiPremium } from "../market/pay-series.ts";
import { parseDay, parsePeriod } from "../market/period.ts";
import type { Period } from "../market/period.ts";
import type { Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { count, round, signedPercent, usd } from "../reply/words.ts";
import { paySpan } from "./pay-card.ts";
import { paySources } from "./for-file.ts";
import { PAY_DEFINITION, payBases, payScope } from "./pay-scope.ts";

export interface PayTrendArgs {
  readonly role?: string | undefined;
  readonly level?: PayLevel | undefined;
  readonly country?: string | undefined;
  readonly period?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Reported pay by quarter, first against last. */
export function payTrend(args: PayTrendArgs, context: Context): Reply {
  return paySpan(payScope(args, context), askedPeriod(args, context), context);
}

/** How much more AI engineers report than other engineers at the same level, by quarter, with an interval. */
export function premiumTrend(args: PayTrendArgs, context: Context): Reply {
  const level = args.level ?? "senior";
  const { query } = payScope({ country: args.country }, context);
  const { from, to } = askedPeriod(args, context);
  const points = aiPremium(context.market, { level, country: query.country, from, to }).flatMap(
    (point) =>
      point.pct === null || point.ai.tooFew || point.other.tooFew
        ? []
        : [{ ...point, pct: point.pct, ai: point.ai, other: point.other }],
  );
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined)
    throw new Fault(
      "not_found",
      `No quarter has enough ${level} AI engineers and other engineers to compare.`,
      "Another level may, or another time.",
      wider({ level, country: query.country, from, to }, context),
    );
  const interval =
    last.interval === null
      ? ""
      : `, 95 % interval ${signedPercent(last.interval.lowPct)} to ${signedPercent(last.interval.highPct)}`;
  return reply(
    `AI premium, ${level} engineers, ${last.quarter}: ${signedPercent(last.pct)} in the median${interval}`,
    {
      blocks: [
        {
          kind: "text",
          words: `AI engineers' median ${usd(last.ai.median)} (n ${count(last.ai.n)}) against ${usd(last.other.median)} (n ${count(last.other.n)}) for data and other engineers at the same level; ${first.quarter} it was ${signedPercent(first.pct)}.`,
        },
        {
          kind: "chart",
          chart: {
            kind: "lines",
            title: `AI premium, ${level} engineers`,
            subtitle: "Median of AI engineers over median of other engineers, percent",
            unit: "percent",
            categories: points.map((point) => point.quarter),
            series: [{ name: "premium", values: points.map((point) => round(point.pct, 1)) }],
            lastIncomplete: false,
          },
        },
      ],
      figures: {
        current: round(last.pct, 1),
        previous: round(first.pct, 1),
        lowPct: last.interval === null ? null : round(last.interval.lowPct, 1),
        highPct: last.interval === null ? null : round(last.interval.highPct, 1),
        n: last.ai.n,
        nOther: last.other.n,
        points: points.map((point) => ({
          quarter: point.quarter,
          pct: round(point.pct, 1),
          n: point.ai.n,
          nOther: point.other.n,
        })),
      },
      ...paySources(
        points.map(({ ai }) => ai),
        context.market,
      ),
      notes: [
        "The interval is approximate (a median's error by its quartiles); the same level is compared, not the same people.",
        PAY_DEFINITION,
        ...payBases(
          points.map(({ quarter, ai }) => ({ quarter, answer: ai })),
          context,
        ),
      ],
      actions: (["entry", "mid", "senior"] as const)
        .filter((other) => other !== level)
        .map((other) => ({ label: `Level ${other}`, run: again(context, { level: other }) })),
    },
  );
}

/** The question with one word after another widened, as far as that has an answer. */
function wider(query: Parameters<typeof aiPremium>[1], context: Context): string[] {
  const levels = PAY_LEVELS.filter((level) => level !== query.level);
  const untimed = { from: undefined, to: undefined };
  const steps: readonly (readonly [typeof query, Readonly<Record<string, string | undefined>>])[] =
    [
      ...levels.map((level) => [{ ...query, level }, { level }] as const),
      [
        { ...query, ...untimed },
        { period: undefined, from: undefined, to: undefined },
      ],
      [{ ...query, country: undefined }, { country: "all" }],
      [
        { ...query, ...untimed, country: "US", level: "senior" },
        { period: undefined, from: undefined, to: undefined, country: undefined, level: undefined },
      ],
    ];
  return steps
    .filter(([wide]) =>
      aiPremium(context.market, wide).some(
        ({ pct, ai, other }) => pct !== null && !ai.tooFew && !other.tooFew,
      ),
    )
    .map(([, change]) => again(context, change))
    .slice(0, 3);
}

function askedPeriod(args: PayTrendArgs, { today }: Context): Period {
  if (args.period !== undefined) return parsePeriod(args.period, today);
  const from = args.from === undefined ? undefined : parseDay(args.from, today, "start");
  const to = args.to === undefined ? undefined : parseDay(args.to, today, "end");
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    label: "all quarters",
    partial: false,
  };
}
