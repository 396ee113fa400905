import { peopleCell, sizeCell, sourceCell } from "../../answers/events-table.ts";
import { totals } from "../../market/layoffs.ts";
import type { Totals } from "../../market/layoffs.ts";
import { addDays, startOf } from "../../market/calendar.ts";
import type { Block, Cell } from "../../reply/reply.ts";
import { count, list, longDay, plural } from "../../reply/words.ts";
import { movedRows } from "../moved-rows.ts";
import type { MovedRow } from "../moved-rows.ts";
import type { Section } from "../section.ts";
import type { Telling } from "../telling.ts";

/** What was learned this week about earlier weeks: late reports, changed values, withdrawn rows. Apart from what happened. */
export const moved: Section = {
  name: "moved",
  summary: "Learned this week: late reports, changed and withdrawn numbers of earlier weeks",
  heading: "Past numbers that moved",
  content: (told) => {
    const rows = movedRows(told.market, told.filter, told.span, told.asof);
    const [was, is] = yearBefore(told);
    const of = (kind: MovedRow["kind"]) => rows.filter((row) => row.kind === kind);
    return {
      blocks: rows.length === 0 ? [] : [movedSentence(told, rows, was, is), movedTable(told, rows)],
      figures: {
        late: of("late").length,
        latePeople: of("late").reduce((sum, { row }) => sum + (row.people ?? 0), 0),
        changed: of("changed").length,
        withdrawn: of("withdrawn").length,
        peopleBefore: was.people,
        peopleNow: is.people,
      },
      notes:
        told.market.learnedAssumed > 0
          ? [
              "Some rows do not say when they were learned; they count as learned the day they were announced.",
            ]
          : [],
    };
  },
};

/** This year up to the day before the span, as known then and as known now. */
function yearBefore({
  market,
  filter,
  span,
  before,
  asof,
}: Telling): readonly [was: Totals, is: Totals] {
  const to = addDays(span.from, -1);
  const days = { ...filter, from: startOf("year", to), to };
  return [totals(market, { ...days, asof: before.asof }), totals(market, { ...days, asof })];
}

function movedSentence(told: Telling, rows: readonly MovedRow[], was: Totals, is: Totals): Block {
  const said = (kind: MovedRow["kind"], one: string, many?: string) => {
    const number = rows.filter((row) => row.kind === kind).length;
    return number === 0 ? [] : [plural(number, one, many)];
  };
  const kinds = [
    ...said("late", "late report"),
    ...said("changed", "changed number"),
    ...said("withdrawn", "withdrawn event"),
  ].join(", ");
  const to = addDays(told.span.from, -1);
  const moves = [
    ...(was.people === is.people
      ? []
      : [`from ${count(was.people)} to ${plural(is.people, "person", "people")}`]),
    ...(was.events === is.events
      ? []
      : [`from ${count(was.events)} to ${plural(is.events, "event")}`]),
  ];
  const net =
    moves.length === 0 || told.unknown
      ? ""
      : ` What is known of ${to.slice(0, 4)} up to ${longDay(to)} moved ${list(moves)}.`;
  return {
    kind: "text",
    words: [{ bold: `Learned ${told.these} about earlier days: ` }, `${kinds}.${net}`],
  };
}

function movedTable({ rows: most }: Telling, rows: readonly MovedRow[]): Block {
  return {
    kind: "table",
    caption: "Past numbers that moved",
    columns: [
      { title: "Date", align: "left" },
      { title: "Company", align: "left" },
      { title: "Before", align: "right" },
      { title: "Now", align: "right" },
      { title: "Why", align: "left" },
      { title: "Source", align: "left" },
    ],
    rows: rows
      .slice(0, most)
      .map((moved) => [
        moved.row.on,
        moved.row.company,
        moved.before === null ? "–" : peopleCell(moved.before.people),
        moved.kind === "withdrawn" ? "–" : sizeCell(moved.row),
        whyCell(moved),
        sourceCell(moved.row.url),
      ]),
    more: Math.max(0, rows.length - most),
  };
}

function whyCell({ kind, row, before }: MovedRow): Cell {
  if (kind === "late") return `learned ${longDay(row.learnedOn)}`;
  if (kind === "withdrawn") return "no longer listed";
  return before !== null && before.on !== row.on
    ? `dated ${before.on} before`
    : "changed by the source";
}
