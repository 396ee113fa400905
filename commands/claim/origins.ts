import { payBases } from "../../src/answers/pay-scope.ts";
import type { Origin } from "../../src/claims/finding.ts";
import { publishedNotes } from "../../src/claims/published.ts";
import type { Context } from "../../src/command/define.ts";
import type { Market } from "../../src/market/market.ts";
import { longDay } from "../../src/reply/words.ts";

/** Whose the figures are that no layoff row gives, with date and licence: a line for each source. */
export function originNotes(origins: readonly Origin[], context: Context): readonly string[] {
  const { market } = context;
  const pay = origins.flatMap((origin) => (origin.kind === "pay" ? [origin] : []));
  const times = new Map(
    pay.map((each) => [JSON.stringify([each.answer.basis, each.quarter]), each] as const),
  );
  const ids = (kind: "series" | "posted pay") => [
    ...new Set(origins.flatMap((origin) => (origin.kind === kind ? [origin.source] : []))),
  ];
  const totals = origins.flatMap((origin) => (origin.kind === "published" ? [origin.total] : []));
  return [
    ...payBases([...times.values()], context),
    ...ids("series").map((id) => `Source: ${sourceWords(id, market)}.`),
    ...ids("posted pay").map(
      (id) => `Posted pay, as advertised · source: ${sourceWords(id, market)}`,
    ),
    ...publishedNotes(totals, market),
  ];
}

function sourceWords(id: string, { sources }: Market): string {
  const source = sources.find((each) => each.id === id);
  return source === undefined
    ? id
    : `${source.publisher}, ${source.title}, ${source.licence}, as of ${longDay(source.asOfOn)}`;
}
