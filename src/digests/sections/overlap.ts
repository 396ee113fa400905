import {
  coverageWords,
  overlapFigures,
  overlapNotes,
  overlapTable,
} from "../../answers/overlap.ts";
import { addDays } from "../../market/calendar.ts";
import { overlap as overlapOf } from "../../market/overlap.ts";
import type { OverlapRow } from "../../market/overlap.ts";
import type { Block } from "../../reply/reply.ts";
import { count, list, longDay, plural } from "../../reply/words.ts";
import { NOTHING } from "../section.ts";
import type { Section } from "../section.ts";

/** As long as `/overlap` looks back: who cuts in one week and hires in another is one company. */
const DAYS = 365;
const NAMED = 3;

/** Companies that cut in the year up to the digest's last day and listed AI jobs on it: what `/overlap` says, as known then. */
export const overlap: Section = {
  name: "overlap",
  summary: "Companies that cut and post AI jobs",
  heading: "Companies that cut and post AI jobs",
  content: ({ market, filter, span, asof, rows: most, density, these, unknown }) => {
    if (unknown) return NOTHING;
    const days = { from: addDays(span.to, 1 - DAYS), to: span.to };
    const found = overlapOf(market, { ...filter, ...days, asof });
    const { rows } = found;
    if (rows.length === 0) return NOTHING;
    const shown = rows.slice(0, most);
    const cutNow = rows.filter(({ cut }) => cut.lastOn >= span.from);
    const told = `${plural(rows.length, "company", "companies")} that cut in the ${DAYS} days up to ${longDay(days.to)} ${rows.length === 1 ? "posts" : "post"} ${plural(found.postings, "AI job")}`;
    const line: Block = {
      kind: "text",
      words: [{ bold: told }, `${nowWords(cutNow, these)}. ${coverageWords(found)}`],
    };
    return {
      blocks: density === "brief" ? [line] : [line, overlapTable(shown, rows.length)],
      figures: {
        ...overlapFigures(found, shown, days),
        cutNow: cutNow.map(({ company }) => company.name),
      },
      notes: overlapNotes(market, shown, asof),
    };
  },
};

/** Which of them cut in the digest's own days. */
function nowWords(rows: readonly OverlapRow[], these: string): string {
  if (rows.length === 0) return `; none of them cut ${these}`;
  const names = rows.slice(0, NAMED).map(({ company }) => company.name);
  const more = rows.length - names.length;
  return `; ${list([...names, ...(more > 0 ? [`${count(more)} more`] : [])])} cut ${these}`;
}
