import type { LayoffRow } from "../market/layoffs.ts";
import type { Cell, Table } from "../reply/reply.ts";
import { count, hostOf, isWebAddress, percent } from "../reply/words.ts";

/** The events behind a number, newest or largest first as they come. */
export function eventsTable(rows: readonly LayoffRow[], total: number, caption: string): Table {
  return {
    kind: "table",
    caption,
    columns: [
      { title: "Date", align: "left" },
      { title: "Company", align: "left" },
      { title: "People", align: "right" },
      { title: "Staff", align: "right" },
      { title: "Where", align: "left" },
      { title: "Learned", align: "left" },
      { title: "Source", align: "left" },
    ],
    rows: rows.map((row) => [
      row.on,
      row.company,
      peopleCell(row.people),
      row.percent === null ? "–" : { text: percent(row.percent), value: row.percent },
      row.location ?? row.country ?? "–",
      row.learnedOn,
      sourceCell(row.url),
    ]),
    more: total - rows.length,
  };
}

/** "12,000", or "not said" so that nobody reads a blank as zero. */
export function peopleCell(people: number | null): Cell {
  return people === null ? "not said" : { text: count(people), value: people };
}

/** The press report by its host, linked where it is a web address. */
export function sourceCell(url: string | null): Cell {
  if (url === null) return "–";
  return isWebAddress(url) ? { text: hostOf(url), link: url } : url;
}
