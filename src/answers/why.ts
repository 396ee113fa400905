import type { Context } from "../command/define.ts";
import type { LayoffFilter } from "../market/layoffs.ts";
import { breakdown, rows, totals } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import type { Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { assumedWords, count, daySpan, longDay, plural, totalsSentence } from "../reply/words.ts";
import { basisNote, sampleNotes } from "./basis.ts";
import { eventsTable } from "./events-table.ts";
import { eventSources, mostRows } from "./for-file.ts";

const ROWS_SHOWN = 20;

/** "Why this number": the definition, what was counted, what was left out, the sources and the rows. */
export function whyLayoffs(
  context: Pick<Context, "market" | "forFile">,
  filter: LayoffFilter,
  about: string,
  back: string,
): Reply {
  const { market } = context;
  const sum = totals(market, filter);
  const found = rows(market, filter, mostRows(context, ROWS_SHOWN));
  const unfiltered = totals(market, {
    ...(filter.asof !== undefined && { asof: filter.asof }),
    ...(filter.basis !== undefined && { basis: filter.basis }),
  });
  const joined = joinedSpellings(market, filter);
  return reply(`Why: ${about} — ${totalsSentence(sum)}`, {
    blocks: [
      {
        kind: "bullets",
        items: [
          [
            { bold: "Counted: " },
            "every row the source lists is one event; repeated rows are counted as often as they are listed. People is the sum of the sizes that were reported: a floor.",
          ],
          [
            { bold: "Companies: " },
            `names joined without regard to case, stray blanks and a trailing “copy”, and by the alias table; owners and units are counted apart unless asked with rollup:yes.${joined}`,
          ],
          [{ bold: "Dates: " }, datesSentence(filter)],
          [
            { bold: "Unknown: " },
            `${plural(sum.unknownSize, "event")} did not say how many; they count as events and companies, never as zero people.`,
          ],
          [
            { bold: "Left out: " },
            `${plural(unfiltered.events - sum.events, "known event")} outside the question${filter.asof === undefined ? "" : `, and everything learned after ${longDay(filter.asof)}`}.`,
          ],
          ...market.layoffSources.map((source) => [
            { bold: "Source: " },
            `${source.publisher}, ${source.title}: ${plural(source.rows, "row")} as of ${longDay(source.asOfOn)}; licence: ${source.licence}. Known gaps: ${source.gaps}`,
          ]),
        ],
      },
      ...(found.total > 0
        ? [
            eventsTable(
              found.rows,
              found.total,
              `The ${found.total > found.rows.length ? `newest ${count(found.rows.length)} of ${count(found.total)}` : count(found.total)} rows behind it`,
            ),
          ]
        : []),
    ],
    figures: { ...sum, rows: found.total },
    ...eventSources(context, filter),
    notes: [
      basisNote(market, filter),
      ...(found.total > 0 ? assumedWords(market) : []),
      ...sampleNotes(market),
    ],
    actions: [{ label: "Back", run: back }],
  });
}

function datesSentence(filter: LayoffFilter): string {
  const span =
    filter.from !== undefined && filter.to !== undefined
      ? daySpan(filter.from, filter.to)
      : filter.to !== undefined
        ? `up to ${longDay(filter.to)}`
        : filter.from !== undefined
          ? `from ${longDay(filter.from)}`
          : "all time";
  return `the day each cut was ${filter.basis ?? "announced"}, ${span}, both ends included; a source's own “date added” is when it was learned, trusted to a day.`;
}

/** Says how many spellings were joined in this very figure, so that the company count can be recomputed. */
function joinedSpellings(market: Market, filter: LayoffFilter): string {
  const spelled = new Set(rows(market, filter).rows.map((row) => row.company)).size;
  const companies = breakdown(market, filter, "company").length;
  return spelled === companies
    ? ""
    : ` Here ${count(spelled)} spellings (outer blanks aside) are ${plural(companies, "company", "companies")}.`;
}
