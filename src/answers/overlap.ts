import { again } from "../command/again.ts";
import type { Context } from "../command/define.ts";
import { scopeOf } from "../command/scope.ts";
import { Fault } from "../fault.ts";
import type { Day } from "../market/facts.ts";
import type { LayoffFilter } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { overlap } from "../market/overlap.ts";
import type { Overlap, OverlapRow } from "../market/overlap.ts";
import type { Figures, Reply, Table } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { count, plural } from "../reply/words.ts";
import { basisNote, sampleNotes } from "./basis.ts";
import { eventSources, mostRows } from "./for-file.ts";
import { peopleCell } from "./events-table.ts";
import { boardsNote, postingFigures, rangeWords } from "./posted-pay.ts";

export interface OverlapArgs {
  readonly since?: string | undefined;
  readonly window?: string | undefined;
  readonly sector?: string | undefined;
  readonly country?: string | undefined;
  readonly min?: number | undefined;
  readonly limit?: number | undefined;
  readonly asof?: string | undefined;
}

const WINDOW = "365d";
const SHOWN = 15;

/** Companies that cut in a time and list AI jobs now: people cut, open AI jobs, the highest posted pay among them. */
export function overlapAnswer(args: OverlapArgs, context: Context): Reply {
  if (args.since !== undefined && args.window !== undefined)
    throw new Fault("conflict", "since: and window: both say when.", "Give one of them.", [
      again(context, { window: undefined }),
      again(context, { since: undefined }),
    ]);
  const { sector, country, asof } = args;
  const scope = scopeOf(
    {
      sector,
      country,
      asof,
      ...(args.since === undefined ? { period: args.window ?? WINDOW } : { from: args.since }),
    },
    context,
  );
  const found = overlap(context.market, scope.filter, args.min);
  const shown = found.rows.slice(0, args.limit ?? mostRows(context, SHOWN));
  const about = [scope.which, args.min === undefined ? "" : `${count(args.min)} people or more`]
    .filter(Boolean)
    .join(", ");
  return reply(
    headline(found, [scope.when || "all time", about].filter(Boolean).join(", "), asof),
    {
      blocks: [
        { kind: "text", words: coverageWords(found) },
        ...(shown.length === 0 ? [] : [overlapTable(shown, found.rows.length)]),
      ],
      figures: overlapFigures(found, shown, scope.span),
      ...sourcesOf(found, scope.filter, context),
      notes: [
        ...overlapNotes(context.market, shown, asof),
        basisNote(context.market, scope.filter),
        ...scope.notes,
        ...sampleNotes(context.market),
      ],
      actions: [
        { label: "90 days", run: again(context, { window: "90d", since: undefined }) },
        { label: "2 years", run: again(context, { window: "730d", since: undefined }) },
        { label: "Top AI pay", run: "/top pay ai:yes" },
        { label: "AI share of postings", run: "/trend ai-postings" },
      ],
    },
  );
}

function sourcesOf(found: Overlap, filter: LayoffFilter, context: Context): Pick<Reply, "sources"> {
  const { sources } = eventSources(context, filter);
  const boards = found.rows.flatMap(({ postings }) => postings.map(({ source }) => source));
  return sources === undefined ? {} : { sources: [...new Set([...sources, ...boards])] };
}

/** The counts by plain names, and the rows that are shown. */
export function overlapFigures(
  found: Overlap,
  shown: readonly OverlapRow[],
  { from, to }: { readonly from?: Day | undefined; readonly to?: Day | undefined },
): Figures {
  return {
    companies: found.rows.length,
    postings: found.postings,
    boards: found.boards,
    boardCompanies: found.boardCompanies,
    cutters: found.cutters,
    cuttersWithBoard: found.cuttersWithBoard,
    from: from ?? null,
    to: to ?? null,
    items: shown.map(({ company, cut, postings, top }) => ({
      company: company.name,
      ...cut,
      postings: postings.length,
      top: top === null ? null : postingFigures(top),
    })),
  };
}

/** What the figures mean and do not, and whose boards they are of. */
export function overlapNotes(
  market: Market,
  shown: readonly OverlapRow[],
  asof: Day | undefined,
): readonly string[] {
  return [
    "An AI job builds or studies AI, by its title. That a company cuts and hires for AI does not say that one is for the other.",
    "Posted base pay, not paid.",
    boardsNote(
      market,
      shown.flatMap(({ postings }) => postings),
      asof,
    ),
  ];
}

function headline({ rows, postings }: Overlap, about: string, asof: string | undefined): string {
  const when = asof === undefined ? "now" : "then";
  return rows.length === 0
    ? `No company that cut (${about}) is known to post AI jobs ${when}`
    : `${plural(rows.length, "company that cut", "companies that cut")} (${about}) ${rows.length === 1 ? "posts" : "post"} ${plural(postings, "AI job")} ${when}`;
}

/** What can be said at all: only companies whose board is read. */
export function coverageWords({
  rows,
  boards,
  boardCompanies,
  cutters,
  cuttersWithBoard,
}: Overlap): string {
  if (boards === 0)
    return "No job board is read yet, so nothing can be said of who hires. Boards of some companies are read by themselves when the bot runs; an answer of one can be imported: npm run -s import -- FILE";
  const rest = cutters - cuttersWithBoard;
  return [
    `${plural(cutters, "company", "companies")} cut; the boards of ${count(cuttersWithBoard)} of them are read, and ${count(rows.length)} ${rows.length === 1 ? "lists" : "list"} AI jobs.`,
    rest > 0 ? `Nothing is known of what the other ${count(rest)} post.` : "",
    `Boards read: ${count(boards)}, of ${plural(boardCompanies, "company", "companies")}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

export function overlapTable(shown: readonly OverlapRow[], all: number): Table {
  return {
    kind: "table",
    caption: "Companies that cut and list AI jobs, most people cut first",
    columns: [
      { title: "Company", align: "left" },
      { title: "People cut", align: "right" },
      { title: "Events", align: "right" },
      { title: "Last cut", align: "left" },
      { title: "AI jobs", align: "right" },
      { title: "Highest posted pay", align: "left" },
    ],
    rows: shown.map(({ company, cut, postings, top }) => [
      company.name,
      peopleCell(cut.unknownSize === cut.events ? null : cut.people),
      {
        text:
          cut.unknownSize > 0
            ? `${count(cut.events)} (${count(cut.unknownSize)} size not said)`
            : count(cut.events),
        value: cut.events,
      },
      cut.lastOn,
      { text: count(postings.length), value: postings.length },
      top === null
        ? "none posted"
        : {
            text: `${rangeWords(top)} · ${top.title}`,
            value: top.max,
            ...(top.url !== null && { link: top.url }),
          },
    ]),
    more: all - shown.length,
  };
}
