import { again } from "../command/again.ts";
import { countryCode, countryNamed } from "../command/country.ts";
import { companyNamed } from "../command/company.ts";
import type { Context } from "../command/define.ts";
import { cite, Fault } from "../fault.ts";
import type { Company } from "../market/company.ts";
import type { PayLevel } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { parseAsof } from "../market/period.ts";
import {
  boardsRead,
  HOURS_A_YEAR,
  openPostings,
  pressPostings,
  rangeEnds,
  rankByPay,
  yearlyMax,
} from "../market/postings.ts";
import type { EndQuartiles, Posting, PostingFilter, PostingRanks } from "../market/postings.ts";
import type { Action, Block, Cell, Reply, Table } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { list, longDay, plural } from "../reply/words.ts";
import { sourceCell } from "./events-table.ts";
import { mostRows } from "./for-file.ts";
import { roleNamed } from "./pay-scope.ts";

export interface PostedPayArgs {
  readonly role?: string | undefined;
  readonly ai?: boolean | undefined;
  readonly company?: string | undefined;
  readonly title?: string | undefined;
  readonly country?: string | undefined;
  readonly level?: PayLevel | undefined;
  readonly currency?: string | undefined;
  readonly asof?: string | undefined;
}

/** The advertisements that boards list and the press told of, highest posted upper end first: offered, not paid. */
export function topPostedPay(args: PostedPayArgs, limit: number, context: Context): Reply {
  const { about, found, ranks, notes } = postedFor(args, context);
  const { ranked } = ranks;
  const [best] = ranked;
  return reply(
    best === undefined
      ? `Highest posted pay${about}: no known posting with pay`
      : `Highest posted pay${about}: ${best.company.name}, ${best.title}, ${rangeWords(best)}`,
    {
      blocks:
        best === undefined
          ? [{ kind: "text", words: nothingWords(args, found, context) }]
          : [postingsTable(ranked, limit, true)],
      figures: {
        n: ranked.length,
        ...commonFigures(ranks),
        items: ranked.slice(0, limit).map(postingFigures),
      },
      sources: [...new Set(found.map(({ source }) => source))],
      notes,
      actions: actions(args, ranks, context),
    },
  );
}

const LISTED = 20;

/** What a company, or a title, is advertised with: every range as posted, and quartiles of their ends from three on. */
export function postedPay(args: PostedPayArgs, context: Context): Reply {
  const { about, found, ranks, notes } = postedFor(args, context);
  const { low, high } = rangeEnds(ranks.ranked);
  const paid = found.filter(({ max }) => max !== null);
  const isRanked = new Set<string>(ranks.ranked.map(nameOf));
  const rest = paid.filter((posting) => !isRanked.has(nameOf(posting)));
  const withPay = [...ranks.ranked, ...rest];
  const first = withPay[0];
  const said =
    high !== null
      ? `upper ends ${money(high.p25, ranks.currency!)} – ${money(high.p75, ranks.currency!)} a year (middle half), n ${high.n}`
      : first === undefined
        ? found.length === 0
          ? "no known posting"
          : `${plural(found.length, "known posting")}, none with pay`
        : `${plural(paid.length, "known posting")} with pay: ${rangeWords(first)}`;
  return reply(`Posted pay${about}: ${said}`, {
    blocks: [
      ...(withPay.length === 0
        ? [{ kind: "text", words: nothingWords(args, found, context) } as const]
        : []),
      ...(high === null ? [] : [endsBlock(low, high, ranks.currency!)]),
      ...(withPay.length === 0 ? [] : [postingsTable(withPay, mostRows(context, LISTED), false)]),
      ...(withPay.length > 0 && high === null
        ? [
            {
              kind: "text",
              words: "Fewer than three ranges in one currency: no quartiles are shown of them.",
            } as const,
          ]
        : []),
    ],
    figures: {
      n: ranks.ranked.length,
      postings: found.length,
      kind: "posted",
      ...commonFigures(ranks),
      low: endFigures(low),
      high: endFigures(high),
      items: withPay.slice(0, LISTED).map(postingFigures),
    },
    sources: [...new Set(found.map(({ source }) => source))],
    notes: [
      ...notes,
      "Reported pay (/salary ai-engineer) is what people say they earn; it names no employers, so it cannot be narrowed to one.",
    ],
    actions: actions(args, ranks, context),
  });
}

interface Posted {
  /** ", Hinge, AI roles", or nothing. */
  readonly about: string;
  readonly found: readonly Posting[];
  readonly ranks: PostingRanks;
  readonly notes: readonly string[];
}

function postedFor(args: PostedPayArgs, context: Context): Posted {
  const { market, today } = context;
  const asof = args.asof === undefined ? undefined : parseAsof(args.asof, today);
  const country = countryOf(args.country, context);
  const companies = args.company === undefined ? undefined : companiesOf(args.company, context);
  const role = args.role === undefined ? undefined : roleNamed(args.role, context);
  const filter: PostingFilter = {
    role: role?.family,
    phrases: role?.titleWords,
    companies: companies?.flatMap(({ key }) => [
      key,
      ...market.companies.family(key).map((member) => member.key),
    ]),
    title: args.title,
    ai: args.ai,
    country,
    level: args.level,
  };
  const press = pressPostings(market, filter).filter(
    ({ postedOn }) => asof === undefined || (postedOn ?? "") <= asof,
  );
  const found = [...openPostings(market, filter, asof), ...press];
  const ranks = rankByPay(found, args.currency?.toUpperCase());
  return {
    about: [
      "",
      ...(companies?.map(({ name }) => name) ?? []),
      args.title === undefined ? "" : `“${args.title}”`,
      role?.name ?? "",
      args.level ?? "",
      args.ai === undefined ? "" : args.ai ? "AI roles" : "no AI roles",
      country === undefined ? "" : (countryNamed(country) ?? country),
    ]
      .filter((part, at) => at === 0 || part !== "")
      .join(", "),
    found,
    ranks,
    notes: notesOf(found, ranks, press.length, asof, context),
  };
}

/** A company of the book, or one that only boards know; with the brands it owns. */
function companiesOf(typed: string, context: Context): readonly Company[] {
  const { market } = context;
  const onBoards = new Map(
    [
      ...[...boardsRead(market).values()].flat(),
      ...pressPostings(market).map(({ company }) => company),
    ].map((company) => [company.key, company]),
  );
  const resolved = market.companies.resolve(typed);
  if (resolved.kind !== "one") {
    const wanted = market.companies.of(typed).key;
    const exact = onBoards.get(wanted);
    if (exact !== undefined) return [exact];
    const near = [...onBoards.values()].filter(({ key }) => key.includes(wanted));
    if (near.length === 1) return near;
  }
  return [companyNamed(typed, market, (company) => again(context, { company }))];
}

function countryOf(typed: string | undefined, context: Context): string | undefined {
  if (typed === undefined || /^(all|any|world)$/i.test(typed)) return undefined;
  const code = countryCode(typed);
  if (code !== undefined) return code;
  throw new Fault(
    "not_found",
    `No country ${cite(typed)}.`,
    "Use a two-letter code or an English name.",
    [again(context, { country: "US" })],
  );
}

/** The same advertisement for several places is one line. */
function folded(
  postings: readonly Posting[],
): readonly { readonly posting: Posting; readonly times: number }[] {
  const lines = new Map<string, { posting: Posting; times: number }>();
  for (const posting of postings) {
    const { company, title, min, max, currency, interval } = posting;
    const name = JSON.stringify([company.key, title, min, max, currency, interval]);
    const line = lines.get(name);
    if (line === undefined) lines.set(name, { posting, times: 1 });
    else line.times += 1;
  }
  return [...lines.values()];
}

function postingsTable(postings: readonly Posting[], most: number, ranked: boolean): Table {
  const lines = folded(postings);
  const shown = lines.slice(0, most);
  return {
    kind: "table",
    caption: ranked ? "Posted base pay, highest upper end first" : "Posted base pay, as advertised",
    columns: [
      ...(ranked ? [{ title: "#", align: "right" } as const] : []),
      { title: "Company", align: "left" },
      { title: "Role", align: "left" },
      { title: "Posted base pay", align: "right" },
      { title: "Where", align: "left" },
      { title: "Posted", align: "left" },
      { title: "Source", align: "left" },
    ],
    rows: shown.map(({ posting, times }, at): Cell[] => [
      ...(ranked ? [{ text: String(at + 1), value: at + 1 }] : []),
      posting.company.name,
      posting.title,
      { text: rangeWords(posting), value: posting.max! },
      placeWords(posting, times),
      posting.postedOn ?? "–",
      postingSource(posting),
    ]),
    more: lines.length - shown.length,
  };
}

function placeWords({ location, country }: Posting, times: number): string {
  const place = location ?? country ?? "–";
  return times === 1 ? place : `${place} and ${plural(times - 1, "more place")}`;
}

/** The advertisement by its host, linked; the employer's word in the press where there is none. */
export function postingSource({ url, publisher }: Posting): Cell {
  return url === null ? publisher : sourceCell(url);
}

const UNITS = { hour: "an hour", day: "a day", week: "a week", month: "a month", year: "a year" };

/** "$108,400 – $129,600 a year", "up to $398,000 a year", "$60 – $90 (not said per what)": as posted, nothing converted. */
export function rangeWords({ min, max, currency, interval }: Posting): string {
  if (max === null || currency === null) return "no pay posted";
  const unit = interval === null ? "(not said per what)" : UNITS[interval];
  if (min === null) return `up to ${money(max, currency)} ${unit}`;
  return min === max
    ? `${money(max, currency)} ${unit}`
    : `${money(min, currency)} – ${money(max, currency)} ${unit}`;
}

const AMOUNT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

function money(amount: number, currency: string): string {
  return currency === "USD" ? `$${AMOUNT.format(amount)}` : `${AMOUNT.format(amount)} ${currency}`;
}

function endsBlock(low: EndQuartiles | null, high: EndQuartiles, currency: string): Block {
  const line = ({ n, p25, median, p75 }: EndQuartiles) =>
    `median ${money(median, currency)} · middle half ${money(p25, currency)} – ${money(p75, currency)} · n ${n}`;
  return {
    kind: "figures",
    items: [
      { label: "Upper ends a year", value: line(high) },
      ...(low === null ? [] : [{ label: "Lower ends a year", value: line(low) }]),
    ],
  };
}

function nameOf({ source, company, title, location, max, url }: Posting): string {
  return JSON.stringify([source, company.key, title, location, max, url]);
}

/** A posting for the figures of an answer; `open` is null where no board says so. */
export function postingFigures(posting: Posting) {
  const { company, title, min, max, currency, interval, country, postedOn, ai, url } = posting;
  return {
    company: company.name,
    title,
    min,
    max,
    currency,
    interval,
    maxPerYear: yearlyMax(posting),
    country,
    level: posting.level,
    postedOn,
    ai,
    url,
    open: posting.board === null ? null : true,
  };
}

function endFigures(ends: EndQuartiles | null) {
  return ends === null ? null : { ...ends };
}

function commonFigures({ currency, others, noInterval, noPay }: PostingRanks) {
  return { currency, otherCurrencies: others.map((each) => ({ ...each })), noInterval, noPay };
}

function notesOf(
  found: readonly Posting[],
  ranks: PostingRanks,
  press: number,
  asof: string | undefined,
  { market }: Context,
): string[] {
  const { ranked, others, currency, noInterval, noPay } = ranks;
  const left = [
    ...(noPay > 0 ? [`${plural(noPay, "posting")} without pay`] : []),
    ...(noInterval > 0
      ? [`${plural(noInterval, "posting does", "postings do")} not say per what`]
      : []),
    ...others.map(({ currency: other, n }) => `${plural(n, "posting")} in ${other}`),
  ];
  return [
    "Posted base pay, not paid: what an advertisement offers, without equity or bonus.",
    ...(ranked.some(({ interval }) => interval === null)
      ? [
          "A range that does not say per what is ranked as a year's where its amount can be nothing else.",
        ]
      : []),
    ...(ranked.some(({ interval }) => interval !== "year" && interval !== null)
      ? [
          `Ranges are shown as posted; to rank them and for quartiles a year has ${HOURS_A_YEAR.toLocaleString("en-US")} paid hours.`,
        ]
      : []),
    ...(left.length > 0
      ? [`Not ranked${others.length > 0 ? ` beside ${currency}` : ""}: ${list(left)}.`]
      : []),
    ...(press > 0
      ? [
          `${plural(press, "posting")} of these ${press === 1 ? "is" : "are"} from the press and not known to be open.`,
        ]
      : []),
    boardsNote(market, found, asof),
  ];
}

/** Whose boards are read and up to when; what a company without one posts is not known. */
export function boardsNote(market: Market, found: readonly Posting[], asof?: string): string {
  const boards = boardsRead(market, asof);
  if (boards.size === 0)
    return `No job board is read yet; the bundled facts hold ${plural(market.postedPay.length, "posting")} that the press reported.`;
  const used = new Set(found.flatMap(({ board, source }) => (board === null ? [] : [source])));
  const sources = market.sources.filter(({ id }) => used.has(id));
  const from = list(sources.map(({ publisher }) => publisher.replace(/ job boards$/, "")));
  // What was read later than the day that is asked about is not in the answer.
  const read = sources.map(({ asOfOn }) => (asof !== undefined && asof < asOfOn ? asof : asOfOn));
  const [last] = read.sort();
  const upTo = last === undefined ? "" : ` Source: ${from}, as read up to ${longDay(last)}.`;
  return `${plural(boards.size, "job board is", "job boards are")} read; other companies' postings are not known.${upTo}`;
}

function nothingWords(args: PostedPayArgs, found: readonly Posting[], { market }: Context): string {
  if (found.length > 0)
    return `${plural(found.length, "posting fits", "postings fit")}, and none posts base pay${args.currency === undefined ? "" : ` in ${args.currency.toUpperCase()}`}.`;
  if (args.role !== undefined && boardsRead(market).size > 0)
    return "No known posting fits. Roles are those of reported pay, named by few titles; title: finds every title with its words.";
  return boardsRead(market).size === 0
    ? "No known posting fits. Job boards are not read yet."
    : "No known posting fits. Only the boards that are read are known; a company's own pages are not.";
}

function actions(args: PostedPayArgs, ranks: PostingRanks, context: Context): Action[] {
  return [
    ...(args.ai === undefined ? [{ label: "AI roles", run: again(context, { ai: "yes" }) }] : []),
    ...ranks.others.slice(0, 2).map(({ currency }) => ({
      label: `In ${currency}`,
      run: again(context, { currency }),
    })),
    { label: "Reported pay", run: "/salary ai-engineer" },
  ];
}
