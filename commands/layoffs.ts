import { z } from "zod";
import { basisNote, sampleNotes } from "../src/answers/basis.ts";
import { eventsTable, learnedNotes, peopleCell } from "../src/answers/events-table.ts";
import { eventSources, mostRows } from "../src/answers/for-file.ts";
import { noticesLine } from "../src/answers/notices.ts";
import { cutBars, meters, periodChart, stepFor } from "../src/answers/over-time.ts";
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
import { questionText } from "../src/command/question-text.ts";
import { scopeOf, memberKeys } from "../src/command/scope.ts";
import type { Scope } from "../src/command/scope.ts";
import { addDays, endOf, startOf } from "../src/market/calendar.ts";
import type { Company } from "../src/market/company.ts";
import { breakdown, largest, medianCut, rows, series, totals } from "../src/market/layoffs.ts";
import type { LayoffFilter, LayoffRow } from "../src/market/layoffs.ts";
import type { Market } from "../src/market/market.ts";
import { notices } from "../src/market/notices.ts";
import type { Action, Block, Choice, Reply } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import {
  count,
  during,
  floor,
  hostOf,
  isWebAddress,
  list,
  longDay,
  percent,
  plural,
  totalsSentence,
} from "../src/reply/words.ts";

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
  const { from, to, asof } = filter;
  const filed =
    company === undefined
      ? []
      : notices(context.market, {
          employer: company,
          ...(from !== undefined && { noticedFrom: from }),
          ...(to !== undefined && { noticedTo: to }),
          ...(asof !== undefined && { asof }),
        });
  return { sources: [...new Set([...sources, ...filed.map(({ source }) => source)])] };
}

/** One company: its known events, last and largest, year by year. */
function companyCard(
  context: Context,
  scope: Scope,
  filter: LayoffFilter,
  company: Company,
  rollup: boolean | undefined,
): Reply {
  const { market } = context;
  const sum = totals(market, filter);
  const members = breakdown(market, filter, "company");
  const name = [
    nameWithUnits(
      company,
      members.map((group) => group.name),
    ),
    scope.which && `(${scope.which})`,
  ]
    .filter(Boolean)
    .join(" ");
  if (sum.events === 0) {
    const { total } = laterRows(market, scope, filter);
    const none =
      total === 0
        ? `no known events${inWords(scope)}`
        : `no list has it up to ${longDay(scope.anchor)}; ${plural(total, "single report")} since`;
    return reply(`${name} — ${none}`, {
      figures: { ...sum, company: company.name },
      blocks:
        total > 0
          ? []
          : [
              {
                kind: "text",
                words:
                  "No known event is not the same as no layoffs: nobody reported one to the sources below.",
              },
            ],
      actions: [
        { label: "All time", run: `/layoffs ${company.name}` },
        { label: "Market pulse", run: "/pulse" },
      ],
    });
  }
  const [last] = rows(market, filter, 1).rows;
  const [most] = largest(market, filter, 1);
  const first = rows(market, filter).rows.at(-1)!;
  const since = scope.when === "" ? ` since ${first.on.slice(0, 4)}` : inWords(scope);
  const unknown =
    sum.unknownSize > 0 ? ` (${plural(sum.unknownSize, "event")} did not say how many)` : "";
  const units =
    market.companies
      .family(company.key)
      .filter(
        (unit) => unit.key !== company.key && totals(market, { companies: [unit.key] }).events > 0,
      ).length > 0;
  const lines: Block[] = [
    { kind: "bullets", items: [["Last: ", ...eventWords(market, last!, company.name)]] },
  ];
  const step = first.on.slice(0, 4) === last!.on.slice(0, 4) ? stepFor(first.on, last!.on) : "year";
  const periods = series(
    market,
    { ...filter, from: filter.from ?? first.on, to: filter.to ?? scope.anchor },
    step,
  );
  if (sum.events > 1) lines.push({ kind: "meters", items: meters(periods, step) });
  if (most !== undefined && most.people !== null && sum.events > 1)
    lines.push({
      kind: "bullets",
      items: [["Largest: ", ...eventWords(market, most, company.name)]],
    });
  const filed = noticesLine(market, company, filter);
  return reply(
    `${name} — ${plural(sum.events, "known event")}${since}, ${floor(sum)}${sum.people > 0 ? unknown : ""}`,
    {
      blocks: [...lines, ...filed.blocks],
      figures: {
        ...sum,
        company: company.name,
        ...(filed.figures !== null && { warn: { ...filed.figures } }),
        units: members.map((group) => group.name),
        last: { on: last!.on, people: last!.people },
        largest:
          most === undefined ? null : { on: most.on, people: most.people, percent: most.percent },
        periods: periods.map(({ label, people, events, unknownSize }) => ({
          label,
          people,
          events,
          unknownSize,
        })),
      },
      actions: [
        ...refinements(context),
        ...(units && rollup !== true
          ? [{ label: "With units", run: again(context, { rollup: "yes" }) }]
          : []),
        ...compareAction(context, company, last!),
        { label: "Why?", run: again(context, { why: "yes" }) },
      ],
      choices: [periodChoice(context)],
    },
  );
}

/** Every company the filter lets through: totals, who cut most, where. */
function marketCard(context: Context, scope: Scope, filter: LayoffFilter): Reply {
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

function laterRows(market: Market, { later }: Scope, { companies }: LayoffFilter, limit?: number) {
  return later === undefined
    ? { rows: [], total: 0 }
    : rows(market, { ...later, ...(companies !== undefined && { companies }) }, limit);
}

/** How many rows were asked for; undefined for none. */
function rowLimit(asked: string): number | undefined {
  if (/^(no|0)$/i.test(asked)) return undefined;
  if (/^all$/i.test(asked)) return Number.POSITIVE_INFINITY;
  return /^\d{1,6}$/.test(asked) ? Number(asked) : NEWEST_ROWS;
}

/** "17 Apr 2024 · 12,000 · 6 % of staff · reuters.com"; behind the page that gives the size one that gives none. */
function eventWords(
  market: Market,
  row: LayoffRow,
  asking: string,
): (string | { link: string; text: string })[] {
  const facts = [
    longDay(row.on),
    ...(row.company === asking ? [] : [row.company]),
    row.people === null
      ? "size not reported"
      : `${count(row.people)}${row.unconfirmed ? " (unconfirmed: one report alone says so)" : ""}`,
    ...(row.percent === null ? [] : [`${percent(row.percent)} of staff`]),
  ].join(" · ");
  const silent = row.unconfirmed ? silentWords(market, row) : [];
  if (row.url === null) return [facts, ...silent];
  return isWebAddress(row.url)
    ? [`${facts} · `, { link: row.url, text: hostOf(row.url) }, ...silent]
    : [`${facts} · ${row.url}`, ...silent];
}

/** " · no size: reuters.com": who else reports an event and says nothing of the figure that one report alone gives. */
function silentWords(market: Market, row: LayoffRow): (string | { link: string; text: string })[] {
  const silent = (market.witnesses[row.sighting] ?? []).find(
    ({ people, percent: share, url }) =>
      people === null && share === null && url !== null && isWebAddress(url),
  );
  return silent?.url == null
    ? []
    : [" · no size: ", { link: silent.url, text: hostOf(silent.url) }];
}

function nameWithUnits(company: Company, names: readonly string[]): string {
  const units = names.filter((name) => name !== company.name);
  if (units.length === 0) return company.name;
  const shown =
    units.length > 4 ? [...units.slice(0, 3), `${count(units.length - 3)} more`] : units;
  return `${company.name} with ${list(shown)}`;
}

function inWords(scope: Scope): string {
  return (
    during(scope.when) +
    (scope.filter.asof === undefined ? "" : ` as known ${longDay(scope.filter.asof)}`)
  );
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

/** What is not on show yet. */
function refinements(context: Context): Action[] {
  const { rows: listed, chart } = context.asked.words;
  return [
    ...(listed === undefined ? [{ label: "Rows", run: again(context, { rows: "yes" }) }] : []),
    ...(chart === undefined ? [{ label: "Chart", run: again(context, { chart: "yes" }) }] : []),
  ];
}

/** The same question beside the largest other company of its industry. */
function compareAction(context: Context, company: Company, last: LayoffRow): Action[] {
  if (last.industry === null) return [];
  const peers = breakdown(
    context.market,
    { industry: { any: [last.industry], not: [] } },
    "company",
  )
    .filter((group) => group.group !== company.key)
    .slice(0, 2)
    .map((group) => group.name);
  if (peers.length === 0) return [];
  return [
    {
      label: "Compare",
      run: `/compare ${[company.name, ...peers].map((name) => name.replaceAll(",", " ")).join(",")}`,
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

function periodChoice(context: Context): Choice {
  const at = (period: string | undefined) =>
    again(context, { period, from: undefined, to: undefined });
  return {
    placeholder: "Period…",
    options: [
      { label: "Last 30 days", run: at("30d") },
      { label: "This year so far", run: at("ytd") },
      { label: "Last year", run: at("last-year") },
      { label: "Last 12 months", run: at("12m") },
      { label: "All time", run: at("all") },
    ],
  };
}
