import type { Context } from "../command/define.ts";
import { rows } from "../market/layoffs.ts";
import type { LayoffFilter } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { paySource } from "../market/pay-table.ts";
import type { PayFigures } from "../market/pay.ts";
import type { Reply } from "../reply/reply.ts";

type Used = Pick<Reply, "sources">;

/** As many rows as are usually read; every one of them in a file. */
export function mostRows({ forFile }: Pick<Context, "forFile">, usual: number): number {
  return forFile === true ? Number.POSITIVE_INFINITY : usual;
}

/** Those who report the events of some filters; where there is none, those who would. Looked up for a file only: it takes reading every row. */
export function eventSources(
  { market, forFile }: Pick<Context, "market" | "forFile">,
  ...filters: readonly LayoffFilter[]
): Used {
  if (forFile !== true) return {};
  const found = filters.flatMap((filter) =>
    rows(market, filter).rows.flatMap(({ source, sighting }) => [
      source,
      ...(market.witnesses[sighting] ?? []).map((witness) => witness.source),
    ]),
  );
  return {
    sources: found.length === 0 ? market.layoffSources.map(({ id }) => id) : [...new Set(found)],
  };
}

/** The source of the reported pay of an answer. */
export function payOrigin(
  { basis }: Pick<PayFigures, "basis">,
  { pay, payQuarters }: Pick<Market, "pay" | "payQuarters">,
): string | null | undefined {
  return basis === "rows" ? paySource(pay) : payQuarters.source;
}

/** Whose the reported pay of some answers is. */
export function paySources(
  answers: readonly Pick<PayFigures, "basis">[],
  market: Pick<Market, "pay" | "payQuarters">,
): Used {
  const ids = answers.map((answer) => payOrigin(answer, market));
  return { sources: [...new Set(ids.filter((id) => id !== undefined && id !== null))] };
}
