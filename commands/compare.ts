import { z } from "zod";
import { basisNote, sampleNotes } from "../src/answers/basis.ts";
import { peopleCell } from "../src/answers/events-table.ts";
import { stepFor } from "../src/answers/over-time.ts";
import { whyLayoffs } from "../src/answers/why.ts";
import type { Chart } from "../src/charts/chart.ts";
import { again } from "../src/command/again.ts";
import { words, yesNo } from "../src/command/args.ts";
import { companyNamed } from "../src/command/company.ts";
import { countryNamed } from "../src/command/country.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import { commonArgs, groupArgs, keysOf, periodArgs, viewArgs } from "../src/command/filter-args.ts";
import { quoted } from "../src/command/question-text.ts";
import { anchorDay, memberKeys, scopeOf } from "../src/command/scope.ts";
import type { Scope } from "../src/command/scope.ts";
import { Fault, cite } from "../src/fault.ts";
import { breakdown, rows, series, totals } from "../src/market/layoffs.ts";
import type { LayoffFilter, Step, Totals } from "../src/market/layoffs.ts";
import type { Market } from "../src/market/market.ts";
import { parsePeriod } from "../src/market/period.ts";
import type { Period } from "../src/market/period.ts";
import { SPOKEN_SECTORS } from "../src/market/spoken-names.ts";
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

const MOST = 6;

interface Item {
  readonly name: string;
  readonly filter: LayoffFilter;
}

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
  modeOf: ({ items }, context) => kindOf(namesOf(items), context),
  run: (args, context) => {
    const names = namesOf(args.items);
    const scope = scopeOf(args, context);
    const kind = kindOf(names, context);
    const items = names.map((name) => itemOf(kind, name, scope, context, args.rollup));
    if (args.why === true) {
      const everything =
        kind === "companies"
          ? { ...scope.filter, companies: items.flatMap((item) => item.filter.companies ?? []) }
          : scope.filter;
      return whyLayoffs(
        context.market,
        everything,
        `comparison of ${list(names)}`,
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

type Kind = "companies" | "sectors" | "countries" | "periods";
interface Measured extends Item {
  readonly totals: Totals;
  readonly last: string | null;
}

/** The names as typed, each once. Throws a Fault where there are too few or too many. */
function namesOf(typed: string | undefined): readonly string[] {
  const names = [
    ...new Set(
      (typed ?? "")
        .split(/,| vs\.? /i)
        .map((name) => name.trim())
        .filter((name) => name !== ""),
    ),
  ];
  if (names.length >= 2 && names.length <= MOST) return names;
  throw new Fault(
    names.length > MOST ? "too_many" : "missing_argument",
    `Compare takes 2 to ${MOST} names; this has ${names.length}.`,
    "Names are separated by commas.",
    ["/compare google,meta"],
  );
}

/** All periods, else all sectors, else all countries, else companies: a mixed list is refused rather than guessed. */
function kindOf(names: readonly string[], context: Context): Kind {
  const { market, today } = context;
  const isPeriod = (name: string) => periodOf(name, anchorDay(market, today)) !== undefined;
  if (names.every(isPeriod)) return "periods";
  if (names.every((name) => sectorNamed(name, market) !== undefined)) return "sectors";
  if (names.every((name) => countryIn(name, market) !== undefined)) return "countries";
  const isCompany = (name: string) => market.companies.resolve(name).kind === "one";
  const odd = names.find((name) => isPeriod(name) && !isCompany(name));
  if (odd === undefined) return "companies";
  const others = names.filter((name) => name !== odd);
  throw new Fault(
    "bad_argument",
    `${cite(odd)} is a period and the others are not.`,
    "Compare one kind of thing at a time.",
    others.length > 1 && others.every((name) => !isPeriod(name))
      ? [again(context, { items: others.join(","), period: odd, from: undefined, to: undefined })]
      : ["/compare google,meta period:2023", "/compare 2023Q1,2024Q1"],
  );
}

function itemOf(
  kind: Kind,
  name: string,
  scope: Scope,
  context: Context,
  rollup: boolean | undefined,
): Item {
  switch (kind) {
    case "periods": {
      const period = periodOf(name, scope.anchor)!;
      return {
        name: period.label,
        filter: {
          ...scope.filter,
          ...(period.from !== undefined && { from: period.from }),
          ...(period.to !== undefined && { to: period.to }),
        },
      };
    }
    case "sectors": {
      const sector = sectorNamed(name, context.market)!;
      return { name: sector, filter: { ...scope.filter, industry: { any: [sector], not: [] } } };
    }
    case "countries": {
      const country = countryIn(name, context.market)!;
      return { name: country, filter: { ...scope.filter, country: { any: [country], not: [] } } };
    }
    case "companies": {
      const company = companyNamed(name, context.market, (other) =>
        again(context, { items: (context.asked.words["items"] ?? "").replace(name, other) }),
      );
      return {
        name: company.name,
        filter: {
          ...scope.filter,
          companies: memberKeys(context.market, scope.filter, company, rollup),
        },
      };
    }
  }
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
      values: all[index]!.map((period) => period.people),
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
    series: [{ name: "people", values: measured.map((item) => item.totals.people) }],
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

function rollupNotes(measured: readonly Measured[], kind: Kind, { market }: Context): string[] {
  if (kind !== "companies") return [];
  return measured.flatMap((item) => {
    const members = breakdown(market, item.filter, "company").map((group) => group.name);
    return members.length > 1 ? [`${item.name} counts ${list(members)}.`] : [];
  });
}

function periodOf(name: string, anchor: string): Period | undefined {
  try {
    return parsePeriod(name, anchor);
  } catch (fault) {
    if (fault instanceof Fault) return undefined;
    throw fault;
  }
}

function sectorNamed(name: string, market: Market): string | undefined {
  return groupNamed([name, SPOKEN_SECTORS[name.toLowerCase()]], "industry", market);
}

function countryIn(name: string, market: Market): string | undefined {
  return groupNamed([name, countryNamed(name)], "country", market);
}

function groupNamed(
  names: readonly (string | undefined)[],
  dimension: "industry" | "country",
  market: Market,
): string | undefined {
  const wanted = names.map((name) => name?.toLowerCase());
  return breakdown(market, {}, dimension).find(({ name }) => wanted.includes(name.toLowerCase()))
    ?.name;
}
