import { again } from "../../src/command/again.ts";
import type { Context } from "../../src/command/define.ts";
import type { Scope } from "../../src/command/scope.ts";
import { rows } from "../../src/market/layoffs.ts";
import type { Action, Choice } from "../../src/reply/reply.ts";
import { during, longDay } from "../../src/reply/words.ts";
import type { LayoffFilter } from "../../src/market/layoffs.ts";
import type { Market } from "../../src/market/market.ts";

export function inWords(scope: Scope): string {
  return (
    during(scope.when) +
    (scope.filter.asof === undefined ? "" : ` as known ${longDay(scope.filter.asof)}`)
  );
}

/** What is not on show yet. */
export function refinements(context: Context): Action[] {
  const { rows: listed, chart } = context.asked.words;
  return [
    ...(listed === undefined ? [{ label: "Rows", run: again(context, { rows: "yes" }) }] : []),
    ...(chart === undefined ? [{ label: "Chart", run: again(context, { chart: "yes" }) }] : []),
  ];
}

export function periodChoice(context: Context): Choice {
  const at = (period: string | undefined) =>
    again(context, { period, from: undefined, to: undefined });
  return {
    placeholder: "Period…",
    options: [
      { label: "Last 30 days", run: at("30d") },
      { label: "This year so far", run: at("ytd") },
      { label: "Last year", run: at("last-year") },
      { label: "Last 12 months", run: at("12m") },
      { label: "All time", run: at("all") },
    ],
  };
}

/** The company's single reports of days after those a total speaks for. */
export function laterRows(
  market: Market,
  { later }: Scope,
  { companies }: LayoffFilter,
  limit?: number,
) {
  return later === undefined
    ? { rows: [], total: 0 }
    : rows(market, { ...later, ...(companies !== undefined && { companies }) }, limit);
}
