import { countryCode, countryNamed } from "../command/country.ts";
import { again } from "../command/again.ts";
import type { Context } from "../command/define.ts";
import { cite, Fault } from "../fault.ts";
import { JOLTS_SERIES, joltsSeries } from "../market/jolts.ts";
import type { Market } from "../market/market.ts";
import { nearest } from "../market/nearest.ts";
import { AI_POSTINGS, placesOf, POSTINGS_INDEX } from "../market/series-points.ts";
import { count, percent, signedPercent } from "../reply/words.ts";

export interface SeriesTrendArgs {
  readonly country?: string | undefined;
  readonly sector?: string | undefined;
  readonly period?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly compare?: string | undefined;
  readonly asof?: string | undefined;
}

export type SeriesTrend = "ai-postings" | "postings" | "jolts";

/** What one series is and how it is told. */
export interface Telling {
  /** "AI share of job postings, United States". */
  readonly title: string;
  readonly place: { readonly country: string; readonly sector?: string };
  /** The first is the one the numbers are about. */
  readonly lines: readonly {
    readonly name: string;
    readonly series: string;
    readonly place: string;
  }[];
  readonly unit: string;
  readonly value: (value: number) => string;
  /** "0.35 points": a difference that is not zero, without its sign. */
  readonly difference: (points: number, pct: number | null) => string;
  /** Preliminary means that not all days of the month are in it yet. */
  readonly isMeanOfDays: boolean;
  readonly definition: string;
  /** The same for other places. */
  readonly others: readonly { readonly label: string; readonly run: string }[];
}

/** The series a question is about. Throws a Fault where nothing is known of the place. */
export function seriesToTell(
  what: SeriesTrend,
  args: SeriesTrendArgs,
  context: Pick<Context, "market" | "asked" | "commands">,
): Telling {
  return TELLINGS[what](args, context.market, (change) => again(context, change));
}

/** The question with some words changed. */
type Again = (change: Readonly<Record<string, string | undefined>>) => string;

const TELLINGS: Readonly<
  Record<SeriesTrend, (args: SeriesTrendArgs, market: Market, retold: Again) => Telling>
> = {
  "ai-postings": aiShare,
  postings: postingsIndex,
  jolts,
};

function aiShare(args: SeriesTrendArgs, market: Market, retold: Again): Telling {
  const known = placesOf(market, AI_POSTINGS);
  const country = args.country === undefined ? "US" : countryCode(args.country);
  if (country === undefined || !known.includes(country))
    throw new Fault(
      "not_found",
      `No AI posting share for ${cite(args.country ?? "US")}.`,
      `Known: ${known.join(", ")}.`,
      known.slice(0, 3).map((code) => retold({ country: code })),
    );
  return {
    title: `AI share of job postings, ${countryNamed(country) ?? country}`,
    place: { country },
    lines: [{ name: country, series: AI_POSTINGS, place: country }],
    unit: "percent",
    value: (value) => percent(value, true),
    difference: (points) => `${points.toFixed(2)} points`,
    isMeanOfDays: true,
    definition:
      "Mean of the month's days, each a seven-day average; every edition revises past months. A posting that mentions AI need not be an AI role.",
    others: known
      .filter((code) => code !== country)
      .map((code) => ({ label: code, run: retold({ country: code }) })),
  };
}

const USUAL_OCCUPATION = "Software Development";

function postingsIndex(args: SeriesTrendArgs, market: Market, retold: Again): Telling {
  const known = placesOf(market, POSTINGS_INDEX.total);
  if (known.length === 0) throw notTakenIn("postings index", "hiring-lab-postings");
  const country = args.country === undefined ? "US" : (countryCode(args.country) ?? args.country);
  const occupations = known.flatMap((place) =>
    place.startsWith(`${country}:`) ? [place.slice(country.length + 1)] : [],
  );
  const wanted =
    args.sector ?? (occupations.includes(USUAL_OCCUPATION) ? USUAL_OCCUPATION : occupations[0]);
  const occupation = named(wanted ?? "", occupations);
  const run = (sector: string) => retold({ sector });
  if (occupation === undefined) {
    const others = occupations.length > 0 ? occupations : known;
    throw new Fault(
      "not_found",
      `No postings index for ${cite(args.sector ?? country)}.`,
      `Known: ${others.join("; ")}.`,
      occupations.length > 0
        ? [...nearest(args.sector ?? "", occupations), ...occupations].slice(0, 3).map(run)
        : [retold({ country: undefined })],
    );
  }
  const place = `${country}:${occupation}`;
  return {
    title: `Job postings, ${occupation}, ${countryNamed(country) ?? country}`,
    place: { country, sector: occupation },
    lines: [
      { name: "all postings", series: POSTINGS_INDEX.total, place },
      { name: "new postings", series: POSTINGS_INDEX.new, place },
    ],
    unit: "index, 1 Feb 2020 = 100",
    value: (value) => value.toFixed(1),
    difference: (points, pct) =>
      `${points.toFixed(1)} points${pct === null ? "" : ` (${signedPercent(pct)})`}`,
    isMeanOfDays: true,
    definition:
      "1 February 2020 is 100; seasonally adjusted; mean of the month's days, each a seven-day average. All postings that stand; new ones are at most seven days old. Past months are revised.",
    others: occupations
      .filter((name) => name !== occupation)
      .map((name) => ({ label: name, run: run(name) })),
  };
}

function jolts(args: SeriesTrendArgs, market: Market, retold: Again): Telling {
  const known = JOLTS_SERIES.filter(({ id }) => placesOf(market, joltsSeries(id)).length > 0);
  if (known.length === 0) throw notTakenIn("JOLTS figure", "bls-jolts");
  if (args.country !== undefined && countryCode(args.country) !== "US")
    throw new Fault("not_found", "JOLTS counts the United States only.", "Leave out country:.", [
      retold({ country: undefined }),
    ]);
  const name =
    args.sector === undefined
      ? known[0]!.name
      : named(
          args.sector,
          known.map((each) => each.name),
        );
  const series = known.find((each) => each.name === name);
  const run = (sector: string) => retold({ sector });
  if (series === undefined)
    throw new Fault(
      "not_found",
      `No JOLTS figure for ${cite(args.sector ?? "")}.`,
      `Known: ${known.map((each) => each.name).join("; ")}.`,
      known.map((each) => run(each.name)),
    );
  return {
    title: `Layoffs and discharges, US, ${series.name}`,
    place: { country: "US", sector: series.name },
    lines: [{ name: series.name, series: joltsSeries(series.id), place: "US" }],
    unit: "thousands of people",
    value: (value) => `${count(value)} thousand`,
    difference: (points, pct) =>
      `${count(points)} thousand${pct === null ? "" : ` (${signedPercent(pct)})`}`,
    isMeanOfDays: false,
    definition: `A survey of US employers, seasonally adjusted (${series.about}): every layoff and discharge of the month, not only announced cuts, so it never adds up with events.`,
    others: known
      .filter((each) => each !== series)
      .map((each) => ({ label: each.name, run: run(each.name) })),
  };
}

/** The one of some names that a word is, or is part of as the only one. */
function named(word: string, names: readonly string[]): string | undefined {
  const plain = word.toLowerCase();
  const exact = names.find((name) => name.toLowerCase() === plain);
  const parts = plain === "" ? [] : names.filter((name) => name.toLowerCase().includes(plain));
  return exact ?? (parts.length === 1 ? parts[0] : undefined);
}

function notTakenIn(what: string, source: string): Fault {
  return new Fault(
    "not_found",
    `No ${what} is known here.`,
    `Whoever runs the bot turns on the source ${source}, or imports a saved answer of it.`,
    ["/trend ai-postings", "/sources"],
  );
}
