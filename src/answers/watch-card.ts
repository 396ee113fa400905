import { anchorDay, memberKeys } from "../command/scope.ts";
import type { Company } from "../market/company.ts";
import { rows, totals } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import type { Block, Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { list, longDay, plural, totalsSentence } from "../reply/words.ts";
import { basisNote, sampleNotes } from "./basis.ts";
import { eventsTable, learnedNotes } from "./events-table.ts";

const NEWEST_ROWS = 8;
const NAMES_SHOWN = 40;
const NAMES_LISTED = 6;
const OPTIONS_MAX = 25;
const COMPARED_MAX = 6;

/** A named set of companies. */
export interface CompanySet {
  readonly name: string;
  readonly companies: readonly Company[];
}

/** A set with what is known of it: its companies, their counts and newest events. */
export function watchCard({ name, companies }: CompanySet, market: Market): Reply {
  const filter = { companies: keysIn(companies, market) };
  // Single reports after the lists end stand among the newest events and in no total.
  const sum = totals(market, { ...filter, to: anchorDay(market, market.asOfOn) });
  const newest = rows(market, filter, NEWEST_ROWS);
  const blocks: readonly Block[] = [
    { kind: "text", words: namesOf(companies) },
    ...(newest.total === 0 ? [] : [eventsTable(newest.rows, newest.total, "Newest events")]),
  ];
  return reply(
    `@${name}, ${plural(companies.length, "company", "companies")}: ${totalsSentence(sum)}`,
    {
      blocks,
      figures: { ...sum, set: name, members: companies.map((company) => company.name) },
      notes: [basisNote(market, filter), ...learnedNotes(blocks, market), ...sampleNotes(market)],
      actions: [
        ...(companies.length >= 2 && companies.length <= COMPARED_MAX
          ? [{ label: "Compare", run: `/compare ${typedNames(companies)}` }]
          : []),
        { label: "All sets", run: "/watch list" },
      ],
      choices: [
        {
          placeholder: "One of them…",
          options: companies
            .slice(0, OPTIONS_MAX)
            .map((company) => ({ label: company.name, run: `/layoffs ${company.name}` })),
        },
      ],
    },
  );
}

/** Every set on one line each. */
export function watchList(sets: readonly CompanySet[], market: Market): Reply {
  if (sets.length === 0) {
    const example = "/watch add bigtech google,meta,amazon";
    return reply("There are no watch sets here yet.", {
      blocks: [{ kind: "text", words: ["Name some companies once: ", { code: example }] }],
      figures: { sets: [] },
      actions: [{ label: "Make @bigtech", run: example }],
    });
  }
  return reply(
    `${plural(sets.length, "watch set")} here: ${list(sets.map(({ name }) => `@${name}`))}`,
    {
      blocks: [
        {
          kind: "table",
          caption: "Watch sets, by name",
          columns: [
            { title: "Set", align: "left" },
            { title: "Companies", align: "left" },
            { title: "Newest event", align: "left" },
          ],
          rows: sets.map(({ name, companies }) => [
            `@${name}`,
            namesOf(companies, NAMES_LISTED),
            newestDay(companies, market),
          ]),
          more: 0,
        },
      ],
      figures: { sets: sets.map(({ name, companies }) => ({ name, companies: companies.length })) },
      choices: [
        {
          placeholder: "Show…",
          options: sets
            .slice(0, OPTIONS_MAX)
            .map(({ name }) => ({ label: `@${name}`, run: `/watch show ${name}` })),
        },
      ],
    },
  );
}

/** "Google, Meta and Amazon"; what does not fit is counted. */
export function namesOf(companies: readonly Company[], most = NAMES_SHOWN): string {
  const names = companies.map(({ name }) => name);
  return names.length <= most
    ? list(names)
    : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/** Names as they are typed in a list, where a comma inside a name would part it. */
export function typedNames(companies: readonly Company[]): string {
  return companies.map(({ name }) => name.replaceAll(",", " ")).join(",");
}

function newestDay(companies: readonly Company[], market: Market): string {
  const [newest] = rows(market, { companies: keysIn(companies, market) }, 1).rows;
  return newest === undefined ? "none known" : longDay(newest.on);
}

function keysIn(companies: readonly Company[], market: Market): readonly string[] {
  return [...new Set(companies.flatMap((company) => memberKeys(market, {}, company, undefined)))];
}
