import { again } from "../command/again.ts";
import type { Context } from "../command/define.ts";
import { Fault } from "../fault.ts";
import type { PayQuery } from "../market/pay-rows.ts";
import { payStats } from "../market/pay.ts";
import type { Period } from "../market/period.ts";
import { resolveRole } from "../market/roles.ts";
import { plural } from "../reply/words.ts";
import type { PayScope } from "./pay-scope.ts";

/** A refusal that offers the nearest wider question that has an answer. */
export function tooLittlePay(
  about: string,
  n: number,
  notes: readonly string[],
  scope: PayScope,
  period: Period | undefined,
  context: Context,
): Fault {
  const first =
    n === 0
      ? `No reported pay for ${about}.`
      : `Only ${plural(n, "salary is", "salaries are")} known for ${about}: too few to show.`;
  return new Fault(
    "not_found",
    first,
    notes[0] ?? "Widen it: leave out the level, the country or the period.",
    wider(scope, period, context),
  );
}

/** The question with one word after another left out or widened, as far as that has an answer. */
function wider({ query }: PayScope, period: Period | undefined, context: Context): string[] {
  const time = { from: period?.from, to: period?.to };
  const untimed = { period: undefined, from: undefined, to: undefined, compare: undefined };
  const steps: readonly (readonly [PayQuery, Readonly<Record<string, string | undefined>>])[] = [
    [{ ...query, ...time, level: undefined }, { level: undefined }],
    [query, untimed],
    [
      { ...query, level: undefined },
      { ...untimed, level: undefined },
    ],
    [{ ...query, ...time, country: undefined }, { country: "all" }],
    ...(resolveRole(query.role ?? "").kind === "one"
      ? ([[{ ...query, ...time, titleWords: undefined }, { role: query.role }]] as const)
      : []),
    [
      { ...query, level: undefined, country: undefined },
      { ...untimed, level: undefined, country: "all" },
    ],
    [
      { ...query, ...time, ...ALL_ROLES },
      { role: undefined, ai: undefined },
    ],
    [
      { ...ALL_ROLES, country: query.country },
      { ...untimed, role: undefined, ai: undefined, level: undefined },
    ],
  ];
  const known = steps
    .filter(([wide]) => !payStats(context.market, wide).tooFew)
    .map(([, change]) => again(context, { ...change, mix: undefined }));
  return [...new Set([...known, "/salary ai-engineer"])].slice(0, 3);
}

const ALL_ROLES = { role: "all", titleWords: undefined, ai: undefined } as const;
