import { noticesLine } from "../../src/answers/notices.ts";
import { meters, stepFor } from "../../src/answers/over-time.ts";
import { again } from "../../src/command/again.ts";
import type { Context } from "../../src/command/define.ts";
import type { Scope } from "../../src/command/scope.ts";
import type { Company } from "../../src/market/company.ts";
import { breakdown, largest, rows, series, totals } from "../../src/market/layoffs.ts";
import type { LayoffFilter, LayoffRow } from "../../src/market/layoffs.ts";
import type { Market } from "../../src/market/market.ts";
import type { Action, Block, Reply } from "../../src/reply/reply.ts";
import { reply } from "../../src/reply/reply.ts";
import {
  count,
  floor,
  hostOf,
  isWebAddress,
  list,
  longDay,
  percent,
  plural,
} from "../../src/reply/words.ts";
import { inWords, laterRows, periodChoice, refinements } from "./refine.ts";

/** One company: its known events, last and largest, year by year. */
export function companyCard(
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
