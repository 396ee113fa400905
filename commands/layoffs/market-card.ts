import { eventsTable, peopleCell } from "../../src/answers/events-table.ts";
import { mostRows } from "../../src/answers/for-file.ts";
import { meters, stepFor } from "../../src/answers/over-time.ts";
import { again } from "../../src/command/again.ts";
import type { Context } from "../../src/command/define.ts";
import { questionText } from "../../src/command/question-text.ts";
import type { Scope } from "../../src/command/scope.ts";
import { addDays, endOf, startOf } from "../../src/market/calendar.ts";
import { breakdown, medianCut, rows, series, totals } from "../../src/market/layoffs.ts";
import type { LayoffFilter } from "../../src/market/layoffs.ts";
import type { Block, Reply } from "../../src/reply/reply.ts";
import { reply } from "../../src/reply/reply.ts";
import { count, floor, longDay, plural, totalsSentence } from "../../src/reply/words.ts";
import { inWords, periodChoice, refinements } from "./refine.ts";

/** Every company the filter lets through: totals, who cut most, where. */
export function marketCard(context: Context, scope: Scope, filter: LayoffFilter): Reply {
  const { market } = context;
  const about = ["Layoffs", scope.which && `in ${scope.which}`].filter(Boolean).join(" ");
  if (scope.when === "" && scope.which === "" && filter.asof === undefined)
    return newestCard(context, scope, filter);
  const sum = totals(market, filter);
  const top = breakdown(market, filter, "company").slice(0, mostRows(context, 5));
  const [earliest, latest] = [
    rows(market, filter).rows.at(-1)?.on,
    rows(market, filter, 1).rows[0]?.on,
  ];
  const median = medianCut(market, filter);
  const step =
    earliest === undefined ? "day" : stepFor(filter.from ?? earliest, filter.to ?? latest!);
  const periods =
    earliest === undefined
      ? []
      : series(
          market,
          { ...filter, from: filter.from ?? earliest, to: filter.to ?? scope.anchor },
          step,
        );
  return reply(`${about}${inWords(scope)}: ${totalsSentence(sum)}`, {
    blocks: [
      ...(periods.length > 1 && sum.events > 1
        ? [{ kind: "meters" as const, items: meters(periods, step) }]
        : []),
      ...sinceThen(context, filter),
      ...(top.length > 1 ? [companiesTable(top, sum.companies)] : []),
    ],
    figures: {
      ...sum,
      medianCut: median?.median ?? null,
      top: top.map(({ name, people, events, unknownSize }) => ({
        name,
        people,
        events,
        unknownSize,
      })),
      periods: periods.map(({ label, people, events, unknownSize }) => ({
        label,
        people,
        events,
        unknownSize,
      })),
    },
    actions: [
      ...refinements(context),
      { label: "Top cuts", run: topCuts(context) },
      { label: "Why?", run: again(context, { why: "yes" }) },
    ],
    choices: [periodChoice(context)],
  });
}

/** The bare command: the newest events, and what to type next. */
function newestCard(context: Context, scope: Scope, filter: LayoffFilter): Reply {
  const { market } = context;
  const window = { ...filter, from: addDays(scope.anchor, -29), to: scope.anchor };
  const sum = totals(market, window);
  const newest = rows(market, { ...filter, to: scope.anchor }, 8);
  return reply(`Layoffs in the 30 days to ${longDay(scope.anchor)}: ${totalsSentence(sum)}`, {
    blocks: [
      eventsTable(
        newest.rows,
        newest.total,
        scope.later === undefined ? "The newest known events" : "The newest events on the lists",
      ),
      {
        kind: "text",
        words: [
          "Ask for one company: ",
          { code: "/layoffs google" },
          ", or a time: ",
          { code: "/layoffs period:2023" },
        ],
      },
    ],
    figures: { ...sum, from: window.from, to: window.to },
    actions: [
      { label: "Year to date", run: "/layoffs period:ytd" },
      { label: "Trend", run: "/trend layoffs" },
      { label: "Top cuts", run: "/top cuts" },
      { label: "Why?", run: `/layoffs from:${window.from} to:${window.to} why:yes` },
    ],
    choices: [periodChoice(context)],
  });
}

function companiesTable(top: ReturnType<typeof breakdown>, companies: number): Block {
  return {
    kind: "table",
    caption: "Companies with the most known people",
    columns: [
      { title: "Company", align: "left" },
      { title: "People", align: "right" },
      { title: "Events", align: "right" },
      { title: "Size unknown", align: "right" },
      { title: "Last", align: "left" },
    ],
    rows: top.map((group) => [
      group.name,
      peopleCell(group.unknownSize === group.events ? null : group.people),
      { text: count(group.events), value: group.events },
      { text: count(group.unknownSize), value: group.unknownSize },
      group.lastOn,
    ]),
    more: companies - top.length,
  };
}

/** What the same days hold by now, and the month when it was still running: an early figure is a part of it. */
function sinceThen({ market }: Context, filter: LayoffFilter): Block[] {
  const { asof, from, to } = filter;
  if (asof === undefined || from === undefined || to === undefined || asof >= market.asOfOn)
    return [];
  const { asof: _asof, ...now } = filter;
  const later = totals(market, now);
  const month = { from: startOf("month", to), to: endOf("month", to) };
  const closed =
    to < month.to && month.to <= market.listedTo && from >= month.from
      ? totals(market, { ...now, ...month })
      : undefined;
  const wholeMonth =
    closed === undefined
      ? ""
      : ` The whole of ${month.from.slice(0, 7)} closed at ${count(closed.people)} people in ${plural(closed.events, "event")}: the figure above is a part of it.`;
  return [
    {
      kind: "text",
      words: `By ${longDay(market.asOfOn)} the same days hold ${floor(later)} in ${plural(later.events, "event")}.${wholeMonth}`,
    },
  ];
}

function topCuts(context: Context): string {
  const {
    company: _company,
    rows: _rows,
    chart: _chart,
    rollup: _rollup,
    why: _why,
    share: _share,
    ...words
  } = context.asked.words;
  return questionText(undefined, { command: "top", words: { what: "cuts", ...words } }).replace(
    "what:cuts",
    "cuts",
  );
}
