import { z } from "zod";
import { basisNote, sampleNotes } from "../src/answers/basis.ts";
import { eventsTable, learnedNotes } from "../src/answers/events-table.ts";
import { noticesUnder } from "../src/answers/notices.ts";
import { eventSources } from "../src/answers/for-file.ts";
import { cutBars, periodChart, stepFor } from "../src/answers/over-time.ts";
import { whyLayoffs } from "../src/answers/why.ts";
import { again } from "../src/command/again.ts";
import { words, yesNo } from "../src/command/args.ts";
import { companyAsked } from "../src/command/company.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import {
  commonArgs,
  groupArgs,
  keysOf,
  NOT_OF_LAYOFFS,
  periodArgs,
  viewArgs,
} from "../src/command/filter-args.ts";
import { scopeOf, memberKeys } from "../src/command/scope.ts";
import type { Scope } from "../src/command/scope.ts";
import type { Company } from "../src/market/company.ts";
import { rows, series } from "../src/market/layoffs.ts";
import type { LayoffFilter } from "../src/market/layoffs.ts";
import type { Block, Reply } from "../src/reply/reply.ts";
import { longDay, plural } from "../src/reply/words.ts";
import { companyCard } from "./layoffs/company-card.ts";
import { marketCard } from "./layoffs/market-card.ts";
import { laterRows } from "./layoffs/refine.ts";

const NEWEST_ROWS = 20;
const LATER_ROWS = 8;

const OF_ALL = [
  ...keysOf(periodArgs),
  ...keysOf(groupArgs),
  ...keysOf(viewArgs),
  "rows",
  "chart",
  "why",
] as const;

export const layoffs = defineCommand({
  name: "layoffs",
  summary: "Layoffs at one company, or across the market",
  args: z.object({
    company: words("Company name; all companies when left out", {
      complete: "company",
      example: "google",
    }),
    ...periodArgs,
    ...groupArgs,
    rollup: yesNo("Count what the company owns too (Twitch for Amazon)"),
    ...viewArgs,
    rows: words("List the events: yes for the newest 20, all, or a number", { example: "yes" }),
    chart: yesNo("Show the chart"),
    ...commonArgs,
  }),
  bare: ["company"],
  ownSlash: true,
  without: NOT_OF_LAYOFFS,
  examples: [
    "/layoffs google",
    "/layoffs period:2023",
    "/layoffs sector:finance country:US from:2023-01-01 to:2023-06-30",
    "/layoffs amazon rollup:yes",
    "/layoffs meta rows:yes",
  ],
  modes: {
    company: { about: "one company", counts: ["company", "rollup", ...OF_ALL] },
    market: { about: "all companies", counts: OF_ALL },
  },
  modeOf: ({ company }) => (company === undefined ? "market" : "company"),
  run: (args, context) => {
    const scope = scopeOf(args, context);
    const company = args.company === undefined ? undefined : companyAsked(args.company, context);
    const filter: LayoffFilter =
      company === undefined
        ? scope.filter
        : {
            ...scope.filter,
            companies: memberKeys(context.market, scope.filter, company, args.rollup),
          };
    if (args.why === true) {
      return whyLayoffs(
        context,
        filter,
        [company?.name ?? "all companies", scope.which, scope.when].filter(Boolean).join(", "),
        again(context, { why: undefined }),
      );
    }
    const card =
      company === undefined
        ? marketCard(context, scope, filter)
        : companyCard(context, scope, filter, company, args.rollup);
    const blocks: readonly Block[] = [
      ...card.blocks,
      ...laterBlock(context, scope, filter, args.rows, company?.name),
      ...chartBlock(context, scope, filter, company, args.chart === true),
      ...rowsBlock(context, filter, args.rows, company?.name),
    ];
    return {
      ...card,
      ...sourcesOf(context, filter, company),
      blocks,
      notes: [
        ...(scope.partial
          ? ["The asked period is not over yet: this is what is known so far."]
          : []),
        basisNote(context.market, filter),
        ...new Set([...scope.notes, ...learnedNotes(blocks, context.market)]),
        ...sampleNotes(context.market),
      ],
    };
  },
});

/** Who reports the events and, under a company, its notices. */
function sourcesOf(
  context: Context,
  filter: LayoffFilter,
  company: Company | undefined,
): Pick<Reply, "sources"> {
  const { sources } = eventSources(context, filter);
  if (sources === undefined) return {};
  const filed = company === undefined ? [] : noticesUnder(context.market, company, filter);
  return { sources: [...new Set([...sources, ...filed.map(({ source }) => source)])] };
}

function chartBlock(
  context: Context,
  scope: Scope,
  filter: LayoffFilter,
  company: Company | undefined,
  asked: boolean,
): Block[] {
  if (!asked) return [];
  const all = rows(context.market, filter).rows;
  const from = filter.from ?? all.at(-1)?.on;
  if (from === undefined) return [];
  const to = filter.to ?? scope.anchor;
  const step = stepFor(from, to);
  const periods = series(context.market, { ...filter, from, to }, step);
  const running = scope.partial || to === scope.anchor;
  const title = `People laid off${company === undefined ? "" : ` at ${company.name}`}`;
  return [
    {
      kind: "chart",
      chart: periodChart(
        periods,
        "people",
        title,
        basisNote(context.market, filter),
        running,
        // Without a beginning asked for the first bar begins with the first event, which cuts nothing.
        cutBars(periods, step, { from: filter.from ?? "", to }, running),
      ),
    },
  ];
}

function rowsBlock(
  context: Context,
  filter: LayoffFilter,
  asked: string | undefined,
  company: string | undefined,
): Block[] {
  const limit = asked === undefined ? undefined : rowLimit(asked);
  if (limit === undefined) return [];
  const found = rows(context.market, filter, limit);
  return found.total === 0
    ? []
    : [
        eventsTable(
          found.rows,
          found.total,
          `${plural(found.total, "event")}, newest first`,
          company,
        ),
      ];
}

/** What single reports tell of the days after the lists: each for itself, in no total above. */
function laterBlock(
  { market }: Context,
  scope: Scope,
  filter: LayoffFilter,
  asked: string | undefined,
  company: string | undefined,
): Block[] {
  const limit = asked === undefined ? LATER_ROWS : (rowLimit(asked) ?? LATER_ROWS);
  const { rows: later, total } = laterRows(market, scope, filter, limit);
  return total === 0
    ? []
    : [
        eventsTable(
          later,
          total,
          `Single reports since the lists end (${longDay(scope.anchor)}), not counted above`,
          company,
        ),
      ];
}

/** How many rows were asked for; undefined for none. */
function rowLimit(asked: string): number | undefined {
  if (/^(no|0)$/i.test(asked)) return undefined;
  if (/^all$/i.test(asked)) return Number.POSITIVE_INFINITY;
  return /^\d{1,6}$/.test(asked) ? Number(asked) : NEWEST_ROWS;
}
