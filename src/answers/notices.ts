import type { Company } from "../market/company.ts";
import type { LayoffFilter } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { noticeDay, notices, noticeTotals } from "../market/notices.ts";
import type { NoticeTotals } from "../market/notices.ts";
import type { Block } from "../reply/reply.ts";
import { list, longDay, plural } from "../reply/words.ts";

/** The line under figures of notices: what they are, from whom, as known when. */
export function noticesNote(market: Market, state?: string): string {
  const used = new Set(
    market.entries.notices
      .filter(({ key }) => state === undefined || key.includes(`|${state}|`))
      .map(({ source }) => source),
  );
  const sources = market.sources.filter(({ id }) => used.has(id));
  const from = list(sources.map(({ publisher, asOfOn }) => `${publisher} (${longDay(asOfOn)})`));
  return `WARN notices: people at one place who may lose their job. The news counts the same people, so they are never added to layoffs.${from === "" ? "" : ` Source: ${from}.`}`;
}

/**
 * A company's notices of the days its layoffs are asked for, as known then, as one line under them with its figures; nothing
 * where none is known.
 */
export function noticesLine(
  market: Market,
  company: Company,
  { from, to, asof }: Pick<LayoffFilter, "from" | "to" | "asof">,
): { readonly blocks: readonly Block[]; readonly figures: NoticeTotals | null } {
  const rows = notices(market, {
    employer: company,
    ...(from !== undefined && { noticedFrom: from }),
    ...(to !== undefined && { noticedTo: to }),
    ...(asof !== undefined && { asof }),
  });
  if (rows.length === 0) return { blocks: [], figures: null };
  const sum = noticeTotals(rows);
  const last = rows.map(noticeDay).toSorted().at(-1)!;
  return {
    figures: sum,
    blocks: [
      {
        kind: "bullets",
        items: [
          [
            { bold: "WARN notices: " },
            `${plural(sum.notices, "notice")}, at least ${plural(sum.people, "person", "people")}${sum.unknownSize > 0 ? ` (${plural(sum.unknownSize, "notice")} did not say)` : ""}, last of ${longDay(last)}; the news counts the same people, so they are not added`,
          ],
        ],
      },
    ],
  };
}
