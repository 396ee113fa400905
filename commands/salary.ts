import { z } from "zod";
import { payCard, payCompare, paySpan } from "../src/answers/pay-card.ts";
import { payScope } from "../src/answers/pay-scope.ts";
import { postedPay } from "../src/answers/posted-pay.ts";
import { again } from "../src/command/again.ts";
import { choice, words, yesNo } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import { commonArgs } from "../src/command/filter-args.ts";
import { Fault } from "../src/fault.ts";
import { periodLabel } from "../src/market/calendar.ts";
import { PAY_LEVELS } from "../src/market/facts.ts";
import { parsePeriod } from "../src/market/period.ts";
import type { Period } from "../src/market/period.ts";

export const salary = defineCommand({
  name: "salary",
  summary: "What a role is paid: quartiles, mean, how many say so",
  args: z.object({
    role: words("Role: ai-engineer, engineer, data-scientist, ml engineer, data engineer …", {
      complete: "role",
      example: "ai-engineer",
    }),
    level: choice("Level", PAY_LEVELS),
    country: words("Country of the employer; US unless told, all for everywhere", {
      complete: "country",
      example: "US",
    }),
    period: words("Rows that appeared in that time: 2023Q4, 2022Q4..2023Q4", { example: "2023Q4" }),
    compare: words("Two periods: 2023Q3,2023Q4", { example: "2023Q3,2023Q4" }),
    ai: yesNo("Only titles that name an AI field, or (no) only the others"),
    mix: choice("raw change, or fixed: the mix of levels held still", ["raw", "fixed"]),
    kind: choice("reported by people (default), or posted with an advertisement", [
      "reported",
      "posted",
      "filed",
    ]),
    company: words("For posted pay: only that company", { complete: "company", example: "hinge" }),
    title: words("For posted pay: words of the title", { example: "vice president" }),
    currency: words("For posted pay: which money, such as EUR", { example: "EUR" }),
    asof: words("For posted pay: the boards as read up to that day", { example: "2026-03-15" }),
    share: commonArgs.share,
  }),
  bare: ["role"],
  ownSlash: true,
  examples: [
    "/salary ai-engineer level:senior country:US period:2023Q4",
    "/salary data-scientist",
    "/salary ai-engineer compare:2023Q3,2023Q4",
    "/salary engineer ai:no level:senior period:2022Q4..2023Q4",
    "/salary company:hinge",
    '/salary title:"vice president"',
  ],
  modes: {
    card: {
      about: "reported pay",
      counts: ["role", "level", "country", "period", "ai", "kind"],
      chosenBy: { kind: "reported" },
    },
    change: {
      about: "a change of reported pay",
      counts: ["role", "level", "country", "period", "compare", "ai", "mix", "kind"],
    },
    posted: {
      about: "posted pay",
      counts: ["role", "level", "country", "ai", "kind", "company", "title", "currency", "asof"],
      chosenBy: { kind: "posted" },
    },
  },
  modeOf: (args, context) => modeOfPay(args, context),
  run: (args, context) => {
    if (isPosted(args)) return postedPay(args, context);
    const scope = payScope(args, context);
    if (args.compare !== undefined) return payCompare(scope, args.compare, context.today, context);
    const period = spanOf(args, context);
    return period !== undefined && isOfQuarters(period)
      ? paySpan(scope, period, context)
      : payCard(scope, period, context);
  },
});

interface Asked {
  readonly kind?: "reported" | "posted" | "filed" | undefined;
  readonly company?: string | undefined;
  readonly title?: string | undefined;
  readonly period?: string | undefined;
  readonly compare?: string | undefined;
}

/** Employers and titles are known of advertisements alone. */
function isPosted({ kind, company, title }: Asked): boolean {
  return kind === "posted" || (kind === undefined && (company ?? title) !== undefined);
}

function modeOfPay(args: Asked, context: Context): "card" | "change" | "posted" {
  if (args.kind === "filed")
    throw new Fault(
      "unsupported",
      "No source of filed wages is imported.",
      "Reported and posted pay are known.",
      [
        again(context, { kind: undefined }),
        again(context, { kind: "posted", period: undefined, compare: undefined, mix: undefined }),
      ],
    );
  if (isPosted(args)) return "posted";
  if (args.compare !== undefined && args.period !== undefined)
    throw new Fault("conflict", "period: and compare: both say when.", "Give one of them.", [
      again(context, { period: undefined }),
      again(context, { compare: undefined }),
    ]);
  const period = spanOf(args, context);
  return args.compare !== undefined || (period !== undefined && isOfQuarters(period))
    ? "change"
    : "card";
}

function spanOf({ period }: Asked, { today }: Context): Period | undefined {
  return period === undefined ? undefined : parsePeriod(period, today);
}

function isOfQuarters({ from, to }: Period): boolean {
  return (
    from !== undefined &&
    to !== undefined &&
    periodLabel("quarter", from) !== periodLabel("quarter", to)
  );
}
