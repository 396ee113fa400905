import { z } from "zod";
import { basisNote, sampleNotes } from "../src/answers/basis.ts";
import { peopleCell } from "../src/answers/events-table.ts";
import { eventSources } from "../src/answers/for-file.ts";
import { shownValue, stepFor } from "../src/answers/over-time.ts";
import { whyLayoffs } from "../src/answers/why.ts";
import type { Chart } from "../src/charts/chart.ts";
import { again } from "../src/command/again.ts";
import { words, yesNo } from "../src/command/args.ts";
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
import { quoted } from "../src/command/question-text.ts";
import { scopeOf } from "../src/command/scope.ts";
import type { Scope } from "../src/command/scope.ts";
import { breakdown, rows, series, totals } from "../src/market/layoffs.ts";
import type { Step, Totals } from "../src/market/layoffs.ts";
import type { Market } from "../src/market/market.ts";
import type { Table } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import {
  changePct,
  count,
  floor,
  list,
  longDay,
  round,
  signedPercent,
} from "../src/reply/words.ts";
import { itemsOf, kindOf } from "./compare/items.ts";
import type { Item, Kind } from "./compare/items.ts";

export const compare = defineCommand({
  name: "compare",
  summary: "Two to six companies, sectors, countries or periods side by side",
  args: z.object({
    items: words(
      "2 to 6 companies, sectors, countries or periods: a,b,c",
      { complete: "company", example: "google,meta" },
      300,
    ),
    ...periodArgs,
    ...groupArgs,
    rollup: yesNo("Count what each company owns too"),
    ...viewArgs,
    ...commonArgs,
  }),
  bare: ["items"],
  ownSlash: true,
  without: NOT_OF_LAYOFFS,
  examples: [
    "/compare google,meta,amazon",
    "/compare 2023Q1,2024Q1",
    "/compare finance,crypto period:2023",
    "/compare US,India 2023",
    "/compare alphabet,amazon,meta,microsoft from:2024-01-01 to:2024-03-17",
  ],
  modes: {
    companies: {
      about: "a comparison of companies",
      counts: [
        "items",
        ...keysOf(periodArgs),
        ...keysOf(groupArgs),
        "rollup",
        ...keysOf(viewArgs),
        "why",
      ],
    },
    sectors: {
      about: "a comparison of sectors",
      counts: [
        "items",
        ...keysOf(periodArgs),
        "country",
        "stage",
        "reason",
        "min",
        ...keysOf(viewArgs),
        "why",
      ],
    },
    countries: {
      about: "a comparison of countries",
      counts: [
        "items",
        ...keysOf(periodArgs),
        "sector",
        "stage",
        "reason",
        "min",
        ...keysOf(viewArgs),
        "why",
      ],
    },
    periods: {
      about: "a comparison of periods",
      counts: ["items", ...keysOf(groupArgs), ...keysOf(viewArgs), "why"],
    },
  },
  modeOf: (_args, context) => kindOf(context),
  run: (args, context) => {
    const scope = scopeOf(args, context);
    const kind = kindOf(context);
    const items = itemsOf(kind, scope, args.rollup, context);
    if (args.why === true) {
      const everything =
        kind === "companies"
          ? { ...scope.filter, companies: items.flatMap((item) => item.filter.companies ?? []) }
          : scope.filter;
      return whyLayoffs(
        context,
        everything,
        `comparison of ${list(items.map(({ name }) => name))}`,
        again(context, { why: undefined }),
      );
    }
    const measured = items.map((item) => ({
      ...item,
      totals: totals(context.market, item.filter),
      last: rows(context.market, item.filter, 1).rows[0]?.on ?? null,
    }));
    const [first, second] = [...measured].sort((a, b) =>
      (a.filter.from ?? "").localeCompare(b.filter.from ?? ""),
    );
    return reply(
      `${[list(measured.map((item) => item.name)), scope.which, scope.when].filter(Boolean).join(", ")}: ${headline(measured)}`,
      {
        blocks: [
          table(measured, kind),
          ...(kind === "periods" && measured.length === 2
            ? [{ kind: "text" as const, words: changeSentence(first!, second!) }]
            : []),
          {
            kind: "chart",
            chart:
              kind === "periods"
                ? totalsChart(measured, context, scope)
                : seriesChart(measured, context, scope),
          },
        ],
        figures: {
          items: measured.map((item) => ({ name: item.name, ...item.totals, last: item.last })),
          ...(kind === "periods" &&
            measured.length === 2 &&
            changeFigures(first!.totals, second!.totals)),
        },
        ...eventSources(context, ...items.map(({ filter }) => filter)),
        notes: [
          ...rollupNotes(measured, kind, context),
          basisNote(context.market, scope.filter),
          ...scope.notes,
          ...sampleNotes(context.market),
        ],
        actions: [
          ...measured.slice(0, 3).map((item) => ({
            label: item.name,
            run:
              kind === "companies"
                ? `/layoffs ${item.name}`
                : kind === "sectors" || kind === "countries"
                  ? `/layoffs ${kind === "sectors" ? "sector" : "country"}:${quoted(item.name)}`
                  : `/layoffs period:"${item.name}"`,
          })),
          { label: "Why?", run: again(context, { why: "yes" }) },
        ],
      },
    );
  },
});

interface Measured extends Item {
  readonly totals: Totals;
  readonly last: string | null;
}

const TITLES = {
  companies: "Company",
  sectors: "Sector",
  countries: "Country",
  periods: "Period",
} as const;

function table(measured: readonly Measured[], kind: Kind): Table {
  return {
    kind: "table",
    caption: `Known layoffs side by side`,
    columns: [
      {
        title: TITLES[kind],
        align: "left",
      },
      { title: "People", align: "right" },
      { title: "Events", align: "right" },
      { title: "Size unknown", align: "right" },
      ...(kind === "companies" ? [] : [{ title: "Companies", align: "right" as const }]),
      { title: "Last", align: "left" },
    ],
    rows: measured.map(({ name, totals: sum, last }) => [
      name,
      sum.events === 0
        ? "none known"
        : peopleCell(sum.unknownSize === sum.events ? null : sum.people),
      { text: count(sum.events), value: sum.events },
      { text: count(sum.unknownSize), value: sum.unknownSize },
      ...(kind === "companies" ? [] : [{ text: count(sum.companies), value: sum.companies }]),
      last === null ? "–" : longDay(last),
    ]),
    more: 0,
  };
}

function seriesChart(measured: readonly Measured[], { market }: Context, scope: Scope): Chart {
  const dated = measured
    .flatMap((item) => rows(market, item.filter).rows.map((row) => row.on))
    .sort();
  const from = scope.filter.from ?? dated[0] ?? scope.anchor;
  const to = scope.filter.to ?? scope.anchor;
  const step: Step = stepFor(from, to);
  const all = measured.map((item) => series(market, { ...item.filter, from, to }, step));
  return {
    kind: "grouped",
    title: "People laid off",
    subtitle: basisNote(market, scope.filter),
    unit: "people",
    categories: all[0]!.map((period) => period.label),
    series: measured.map((item, index) => ({
      name: item.name,
      values: all[index]!.map((period) => shownValue(period, "people")),
    })),
    lastIncomplete: to === scope.anchor,
  };
}

function totalsChart(measured: readonly Measured[], { market }: Context, scope: Scope): Chart {
  return {
    kind: "bars",
    title: "People laid off",
    subtitle: basisNote(market, scope.filter),
    unit: "people",
    categories: measured.map((item) => item.name),
    series: [{ name: "people", values: measured.map((item) => shownValue(item.totals, "people")) }],
    lastIncomplete: false,
  };
}

/** The later of two periods is the current one, whichever was typed first. */
function changeFigures(first: Totals, second: Totals) {
  const change = changePct(second.people, first.people);
  return {
    current: second.people,
    previous: first.people,
    changePct: change === null ? null : round(change, 1),
    currentEvents: second.events,
    previousEvents: first.events,
  };
}

function changeSentence(first: Measured, second: Measured): string {
  const change = changePct(second.totals.people, first.totals.people);
  return `${first.name} → ${second.name}: known people ${change === null ? "cannot be compared (none before)" : signedPercent(change)}, events ${count(first.totals.events)} → ${count(second.totals.events)}.`;
}

function headline(measured: readonly Measured[]): string {
  return measured.map((item) => floor(item.totals).replace("at least ", "≥ ")).join(" · ");
}

/** What a company owns that has events of its own then and is not counted, with their people. */
function unitsLeftOut({ filter }: Item, market: Market): readonly string[] {
  const counted = filter.companies ?? [];
  const units = counted
    .flatMap((key) => market.companies.family(key).map((member) => member.key))
    .filter((key) => !counted.includes(key));
  if (units.length === 0) return [];
  return breakdown(market, { ...filter, companies: [...new Set(units)] }, "company").map(
    ({ name, people, events, unknownSize }) =>
      `${name} (${unknownSize === events ? "size not reported" : count(people)})`,
  );
}

function rollupNotes(measured: readonly Measured[], kind: Kind, { market }: Context): string[] {
  if (kind !== "companies") return [];
  return measured.flatMap((item) => {
    const counted = breakdown(market, item.filter, "company").map((group) => group.name);
    const left = unitsLeftOut(item, market);
    return [
      ...(counted.length > 1 ? [`${item.name} counts ${list(counted)}.`] : []),
      ...(left.length > 0
        ? [`${item.name} leaves out ${list(left)}; rollup:yes counts what each owns.`]
        : []),
    ];
  });
}
