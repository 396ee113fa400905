import { z } from "zod";
import { basisNote, sampleNotes } from "../src/answers/basis.ts";
import { peopleCell, shareCell, sizeCell, sourceCell } from "../src/answers/events-table.ts";
import { eventSources, mostRows } from "../src/answers/for-file.ts";
import { rankedPay, RANKED_BY } from "../src/answers/pay-ranking.ts";
import { topPostedPay } from "../src/answers/posted-pay.ts";
import { whyLayoffs } from "../src/answers/why.ts";
import { again } from "../src/command/again.ts";
import { choice, whole, words, yesNo } from "../src/command/args.ts";
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
import { scopeOf } from "../src/command/scope.ts";
import type { Scope } from "../src/command/scope.ts";
import { PAY_LEVELS } from "../src/market/facts.ts";
import { breakdown, largest, totals } from "../src/market/layoffs.ts";
import type { GroupTotals, LayoffRow } from "../src/market/layoffs.ts";
import { mostOfStaff } from "../src/market/rankings.ts";
import type { Table } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import { count, plural, totalsSentence } from "../src/reply/words.ts";

const USUAL_ROWS = 10;

const LISTS = ["cuts", "percent", "companies", "sectors", "repeat", "pay"] as const;

const OF_LAYOFFS = [
  "what",
  "limit",
  ...keysOf(periodArgs),
  ...keysOf(groupArgs),
  ...keysOf(viewArgs),
  "why",
] as const;

export const top = defineCommand({
  name: "top",
  summary:
    "Rankings: largest cuts, share of staff, companies, sectors, repeats, posted or reported pay",
  args: z.object({
    what: choice(
      "Which ranking: cuts (largest events), percent (of staff), companies, sectors, repeat (most events), pay (posted)",
      LISTS,
    ),
    limit: whole("How many rows", 1, 25),
    ...periodArgs,
    ...groupArgs,
    ...viewArgs,
    by: choice(
      "For pay: rank every role, level, country or group (all three) by the median people report",
      RANKED_BY,
    ),
    role: words("For pay: only that role", { complete: "role", example: "ai-engineer" }),
    level: choice("For pay: only that level", PAY_LEVELS),
    ai: yesNo("For pay: only AI roles"),
    company: words("For pay: only that company", { complete: "company", example: "hinge" }),
    title: words("For pay: words of the title", { example: "vice president" }),
    currency: words("For pay: which money, such as EUR", { example: "EUR" }),
    ...commonArgs,
  }),
  bare: ["what"],
  without: NOT_OF_LAYOFFS,
  examples: [
    "/top cuts",
    "/top companies period:2023",
    "/top sectors period:ytd",
    "/top percent country:US limit:5",
    "/top pay ai:yes",
    "/top pay by:role level:senior",
  ],
  modes: {
    cuts: { about: "the largest cuts", counts: OF_LAYOFFS, chosenBy: { what: "cuts" } },
    percent: { about: "cuts by share of staff", counts: OF_LAYOFFS },
    companies: {
      about: "companies by people cut",
      counts: OF_LAYOFFS,
    },
    sectors: { about: "sectors by people cut", counts: OF_LAYOFFS },
    repeat: { about: "repeated cuts", counts: OF_LAYOFFS },
    posted: {
      about: "posted pay",
      counts: [
        "what",
        "limit",
        "company",
        "title",
        "role",
        "level",
        "country",
        "ai",
        "currency",
        "asof",
      ],
      chosenBy: { what: "pay" },
    },
    ranked: {
      about: "reported pay",
      counts: ["what", "limit", "by", "role", "level", "country", "ai", "period", "from", "to"],
      chosenBy: { what: "pay", by: "role" },
    },
  },
  modeOf: ({ what = "cuts", by }) =>
    what === "pay" ? (by === undefined ? "posted" : "ranked") : what,
  run: (args, context) => {
    const limit = args.limit ?? mostRows(context, USUAL_ROWS);
    if (args.what === "pay")
      return args.by === undefined
        ? topPostedPay(args, limit, context)
        : rankedPay({ ...args, by: args.by }, limit, context);
    const scope = scopeOf(args, context);
    const about = [scope.which, scope.when || "all time"].filter(Boolean).join(", ");
    if (args.why === true)
      return whyLayoffs(
        context,
        scope.filter,
        `ranking, ${about}`,
        again(context, { why: undefined }),
      );
    const ranking = rank(args.what ?? "cuts", context, scope, limit);
    return reply(`${ranking.title}, ${about}`, {
      blocks:
        ranking.table.rows.length === 0
          ? [{ kind: "text", words: "No known event fits." }]
          : [ranking.table],
      figures: { ...totals(context.market, scope.filter), items: ranking.items },
      ...eventSources(context, scope.filter),
      notes: [
        ...ranking.unranked,
        `All of it: ${totalsSentence(totals(context.market, scope.filter))}.`,
        basisNote(context.market, scope.filter),
        ...scope.notes,
        ...sampleNotes(context.market),
      ],
      actions: [
        ...(["cuts", "companies", "sectors", "repeat"] as const)
          .filter((what) => what !== (args.what ?? "cuts"))
          .map((what) => ({ label: TITLES[what], run: again(context, { what }) })),
        { label: "Why?", run: again(context, { why: "yes" }) },
      ],
    });
  },
});

const TITLES = {
  cuts: "Largest cuts",
  percent: "Largest share of staff",
  companies: "Companies by people",
  sectors: "Sectors by people",
  repeat: "Most repeated cuts",
} as const;

interface Ranking {
  readonly title: string;
  readonly table: Table;
  /** What has no place in it. */
  readonly unranked: readonly string[];
  readonly items: readonly { readonly name: string; readonly people: number | null }[];
}

function rank(
  what: keyof typeof TITLES,
  { market }: Context,
  { filter }: Scope,
  limit: number,
): Ranking {
  const title = TITLES[what];
  if (what === "cuts" || what === "percent") {
    const isOfStaff = what === "percent";
    const shares = isOfStaff ? mostOfStaff(market, filter, Number.POSITIVE_INFINITY) : [];
    const { events, unknownSize } = totals(market, filter);
    // An event that does not say its size or share has no place in the list, nor after it.
    const ranked = isOfStaff ? shares.length : events - unknownSize;
    const found = isOfStaff ? shares.slice(0, limit) : largest(market, filter, limit);
    const [does, is] = events - ranked === 1 ? ["does", "is"] : ["do", "are"];
    return {
      title,
      table: eventRanking(title, found, ranked),
      unranked:
        ranked === events
          ? []
          : [
              `${plural(events - ranked, "event")} ${does} not say ${isOfStaff ? "which share of staff" : "how many people"}, and ${is} not ranked.`,
            ],
      items: found.map((row) => ({
        name: row.company,
        people: row.people,
        percent: row.percent,
        on: row.on,
      })),
    };
  }
  const all = breakdown(market, filter, what === "sectors" ? "industry" : "company");
  const ordered =
    what === "repeat"
      ? [...all].sort(
          (a, b) => b.events - a.events || b.people - a.people || a.name.localeCompare(b.name),
        )
      : all;
  const shown = ordered.slice(0, limit);
  return {
    title,
    unranked: [],
    table: groupRanking(title, what === "sectors" ? "Sector" : "Company", shown, all.length),
    items: shown.map((group) => ({
      name: group.name,
      people: group.people,
      events: group.events,
      unknownSize: group.unknownSize,
      companies: group.companies,
    })),
  };
}

function eventRanking(caption: string, found: readonly LayoffRow[], all: number): Table {
  return {
    kind: "table",
    caption,
    columns: [
      { title: "#", align: "right" },
      { title: "Company", align: "left" },
      { title: "People", align: "right" },
      { title: "Staff", align: "right" },
      { title: "Date", align: "left" },
      { title: "Source", align: "left" },
    ],
    rows: found.map((row, index) => [
      { text: String(index + 1), value: index + 1 },
      row.company,
      sizeCell(row),
      shareCell(row),
      row.on,
      sourceCell(row.url),
    ]),
    more: all - found.length,
  };
}

function groupRanking(
  caption: string,
  title: string,
  shown: readonly GroupTotals[],
  all: number,
): Table {
  return {
    kind: "table",
    caption,
    columns: [
      { title: "#", align: "right" },
      { title, align: "left" },
      { title: "People", align: "right" },
      { title: "Events", align: "right" },
      { title: "Size unknown", align: "right" },
      { title: "Last", align: "left" },
    ],
    rows: shown.map((group, index) => [
      { text: String(index + 1), value: index + 1 },
      group.name,
      peopleCell(group.unknownSize === group.events ? null : group.people),
      { text: count(group.events), value: group.events },
      { text: count(group.unknownSize), value: group.unknownSize },
      group.lastOn,
    ]),
    more: all - shown.length,
  };
}
