import type { LayoffRow } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import type { Block, Cell, Table } from "../reply/reply.ts";
import { assumedWords, count, hostOf, isWebAddress, percent } from "../reply/words.ts";

const LEARNED = "Learned";

/** What stands under tables of events where not every source tells when it learned of one. */
export function learnedNotes(
  blocks: readonly Block[],
  market: Pick<Market, "learnedAssumed">,
): readonly string[] {
  const tellsIt = blocks.some(
    (block) => block.kind === "table" && block.columns.some(({ title }) => title === LEARNED),
  );
  return tellsIt ? assumedWords(market) : [];
}

/**
 * The events behind a number, newest or largest first as they come. The company has no column where all events are of
 * the one that was `asked` for.
 */
export function eventsTable(
  rows: readonly LayoffRow[],
  total: number,
  caption: string,
  asked?: string,
): Table {
  const named = rows.some((row) => row.company !== asked);
  return {
    kind: "table",
    caption,
    columns: [
      { title: "Date", align: "left" },
      ...(named ? [{ title: "Company", align: "left" as const }] : []),
      { title: "People", align: "right" },
      { title: "Staff", align: "right" },
      { title: "Where", align: "left" },
      { title: "Source", align: "left" },
      { title: LEARNED, align: "left" },
    ],
    rows: rows.map((row) => [
      row.on,
      ...(named ? [row.company] : []),
      sizeCell(row),
      shareCell(row),
      row.location ?? row.country ?? "–",
      withOthers(sourceCell(row.url), row.witnesses),
      row.learnedOn,
    ]),
    more: total - rows.length,
  };
}

/** "12,000", or "not said" so that nobody reads a blank as zero. */
export function peopleCell(people: number | null): Cell {
  return people === null ? "not said" : { text: count(people), value: people };
}

/** A size read from one headline says so, until somebody else says the same. */
export function sizeCell({ people, unconfirmed }: LayoffRow): Cell {
  return people !== null && unconfirmed
    ? { text: `${count(people)} (unconfirmed)`, value: people }
    : peopleCell(people);
}

/** A share of staff; one that is all a headline says is marked as a size is. */
export function shareCell({ people, percent: share, unconfirmed }: LayoffRow): Cell {
  if (share === null) return "–";
  const mark = people === null && unconfirmed ? " (unconfirmed)" : "";
  return { text: `${percent(share)}${mark}`, value: share };
}

/** "reuters.com +2" where others report it too. */
function withOthers(cell: Cell, witnesses: number): Cell {
  if (witnesses < 2) return cell;
  const more = ` +${witnesses - 1}`;
  return typeof cell === "string" ? `${cell}${more}` : { ...cell, text: `${cell.text}${more}` };
}

/** The press report by its host, linked where it is a web address. */
export function sourceCell(url: string | null): Cell {
  if (url === null) return "–";
  return isWebAddress(url) ? { text: hostOf(url), link: url } : url;
}
