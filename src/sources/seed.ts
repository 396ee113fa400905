import { readFileSync } from "node:fs";
import { z } from "zod";
import { Fault } from "../fault.ts";
import { isDay } from "../market/calendar.ts";
import { companyKey } from "../market/company-key.ts";
import { NO_ENTRIES } from "../market/facts.ts";
import type { Facts, LayoffSighting, PayAggregate, PayLevel, Source } from "../market/facts.ts";
import { sightingKey } from "../stores/facts-log.ts";

const day = z.string().refine(isDay, "a real day, YYYY-MM-DD");
const people = z.int().min(1);
const about = z.strictObject({
  id: z.string(),
  publisher: z.string(),
  title: z.string(),
  origin: z.string(),
  licence: z.string(),
  url: z.url().nullable(),
  asOfOn: day,
  rows: z.int(),
  gaps: z.string(),
  country: z.literal("US").optional(),
  unit: z.string().optional(),
});

const layoffFile = z.strictObject({
  about,
  events: z.array(
    z.strictObject({
      company: z.string().min(1),
      on: day,
      people: people.optional(),
      percent: z.number().gt(0).max(100).optional(),
      industry: z.string().optional(),
      country: z.string().optional(),
      stage: z.string().optional(),
      learnedOn: day.optional(),
      url: z.url({ protocol: /^https?$/ }),
    }),
  ),
});

const usd = z.number().positive();
const payFile = z.strictObject({
  about,
  groups: z.array(
    z.strictObject({
      quarter: z.string().regex(/^\d{4}Q[1-4]$/),
      role: z.string(),
      level: z.enum(["entry", "mid", "senior", "executive", "all"]),
      n: z.int().positive(),
      mean: usd,
      p25: usd,
      median: usd,
      p75: usd,
      p90: usd.nullable(),
    }),
  ),
});

const publishedFile = z.strictObject({
  about,
  totals: z.array(
    z.strictObject({
      publisher: z.string(),
      measure: z.string(),
      period: z.string(),
      value: z.number(),
      bound: z.enum(["exact", "over"]),
      scope: z.string(),
    }),
  ),
});

const postingFile = z.strictObject({
  about,
  series: z.record(
    z.string().regex(/^[A-Z]{2}$/),
    z.record(z.string().regex(/^\d{4}-\d{2}$/), z.number().min(0).max(100)),
  ),
});

const rangeFile = z.strictObject({
  about,
  ranges: z.array(
    z.strictObject({
      company: z.string(),
      title: z.string(),
      max: usd,
      currency: z.string(),
      interval: z.literal("year"),
      postedOn: z.string(),
      ai: z.boolean(),
      country: z.string().nullable(),
      publisher: z.string(),
    }),
  ),
});

/**
 * The facts that come with the bot, read from data/*.json. The layoffs among them are a sample.
 * Throws a Fault (`bad_file`) naming the file and the place in it when one does not fit its shape.
 */
export function loadSeed(): Facts {
  const layoffs = readBundled("layoffs.json", layoffFile);
  const pay = readBundled("pay-quarters.json", payFile);
  const published = readBundled("published-totals.json", publishedFile);
  const postings = readBundled("ai-postings.json", postingFile);
  const ranges = readBundled("posted-pay.json", rangeFile);
  return {
    sources: [
      sourceOf(layoffs.about, true),
      ...[pay.about, published.about, postings.about, ranges.about].map((each) =>
        sourceOf(each, false),
      ),
    ],
    layoffs: sightings(layoffs),
    payRows: [],
    payQuarters: { source: pay.about.id, country: "US", quarters: quartersOf(pay.groups) },
    postedPay: ranges.ranges.map((range) => ({
      ...range,
      source: ranges.about.id,
      min: null,
      url: null,
    })),
    published: published.totals,
    publishedOn: published.about.asOfOn,
    aiPostings: {
      source: postings.about.id,
      asOfOn: postings.about.asOfOn,
      series: postings.series,
    },
    entries: NO_ENTRIES,
    witnesses: {},
    unsure: [],
    unconfirmed: [],
    verdicts: [],
  };
}

function readBundled<Shape extends z.ZodType>(name: string, shape: Shape): z.output<Shape> {
  const file = new URL(`../../data/${name}`, import.meta.url);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw bundledFault(name, error instanceof Error ? error.message : String(error));
  }
  const checked = shape.safeParse(content);
  if (!checked.success) throw bundledFault(name, z.prettifyError(checked.error));
  return checked.data;
}

function bundledFault(name: string, what: string): Fault {
  return new Fault(
    "bad_file",
    `The bundled file data/${name} cannot be used: ${what}`,
    "Restore it from the repository.",
  );
}

function sourceOf(said: z.output<typeof about>, sample: boolean): Source {
  const { id, publisher, title, licence, url, asOfOn, rows, gaps } = said;
  return { id, publisher, title, licence, url, asOfOn, rows, sample, gaps };
}

function sightings(file: z.output<typeof layoffFile>): LayoffSighting[] {
  const repeats = new Map<string, number>();
  return file.events.map((event) => {
    const place = `${companyKey(event.company)}|${event.on}`;
    const repeat = (repeats.get(place) ?? 0) + 1;
    repeats.set(place, repeat);
    const learnedOn = event.learnedOn ?? event.on;
    const values = {
      company: event.company,
      announcedOn: event.on,
      filedOn: null,
      effectiveOn: null,
      headcount: event.people ?? null,
      percentOfStaff: event.percent ?? null,
      industry: event.industry ?? null,
      country: event.country ?? null,
      location: null,
      stage: event.stage ?? null,
      reason: null,
      raisedUsdM: null,
      url: event.url,
    };
    return {
      key: sightingKey(file.about.id, companyKey(event.company), event.on, repeat),
      source: file.about.id,
      learnedOn,
      learnedIsAssumed: false,
      versions: [{ from: learnedOn, values }],
      withdrawnOn: null,
    };
  });
}

type Group = z.output<typeof payFile>["groups"][number];

function quartersOf(groups: readonly Group[]): Facts["payQuarters"]["quarters"] {
  const quarters: Record<
    string,
    Record<string, Partial<Record<PayLevel | "all", PayAggregate>>>
  > = {};
  for (const { quarter, role, level, ...aggregate } of groups) {
    const roles = (quarters[quarter] ??= {});
    const levels = (roles[role] ??= {});
    levels[level] = aggregate;
  }
  return quarters;
}
