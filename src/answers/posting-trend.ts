import { countryCode, countryNamed } from "../command/country.ts";
import type { Context } from "../command/define.ts";
import { Fault, cite } from "../fault.ts";
import { parsePeriod } from "../market/period.ts";
import type { Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { percent, round } from "../reply/words.ts";

export interface PostingTrendArgs {
  readonly country?: string | undefined;
  readonly period?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const MONTHS_SHOWN = 25;

/** The share of job postings that mention AI, month by month, percent. */
export function postingTrend(args: PostingTrendArgs, { market, today }: Context): Reply {
  const country = args.country === undefined ? "US" : countryCode(args.country);
  const series = country === undefined ? undefined : market.aiPostings.series[country];
  const known = Object.keys(market.aiPostings.series);
  if (country === undefined || series === undefined) {
    throw new Fault(
      "not_found",
      `No AI posting share for ${cite(args.country ?? "")}.`,
      `Known: ${known.join(", ")}.`,
      known.slice(0, 3).map((code) => `/trend ai-postings country:${code}`),
    );
  }
  const wanted = args.period === undefined ? undefined : parsePeriod(args.period, today);
  const from = (args.from ?? wanted?.from)?.slice(0, 7);
  const to = (args.to ?? wanted?.to)?.slice(0, 7);
  const fitting = Object.entries(series).filter(
    ([month]) => (from === undefined || month >= from) && (to === undefined || month <= to),
  );
  const months = from === undefined && to === undefined ? fitting.slice(-MONTHS_SHOWN) : fitting;
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) {
    const all = Object.keys(series);
    throw new Fault(
      "not_found",
      `No AI posting share in that time.`,
      `It is known from ${all[0]} to ${all.at(-1)}.`,
      ["/trend ai-postings"],
    );
  }
  const peak = months.reduce((best, month) => (month[1] > best[1] ? month : best), first);
  const source = market.sources.find((candidate) => candidate.id === market.aiPostings.source);
  const change = last[1] - first[1];
  return reply(
    `AI share of job postings, ${countryNamed(country) ?? country}: ${percent(last[1], true)} in ${last[0]}, ${percent(first[1], true)} in ${first[0]}`,
    {
      blocks: [
        {
          kind: "text",
          words: `${change > 0 ? "Up" : change < 0 ? "Down" : "Unchanged"} ${Math.abs(change).toFixed(2)} points over ${months.length} months; the highest month was ${peak[0]} with ${percent(peak[1], true)}.`,
        },
        {
          kind: "chart",
          chart: {
            kind: "lines",
            title: `Share of job postings that mention AI, ${country}`,
            subtitle: "Percent of postings, monthly mean · Indeed Hiring Lab",
            unit: "percent",
            categories: months.map(([month]) => month),
            series: [{ name: country, values: months.map(([, share]) => share) }],
            lastIncomplete: false,
          },
        },
      ],
      figures: {
        country,
        current: last[1],
        previous: first[1],
        changePoints: round(change, 3),
        changePct: round((100 * change) / first[1], 1),
        from: first[0],
        to: last[0],
        points: months.map(([month, share]) => ({ month, share })),
      },
      notes: [
        `Source: ${source?.publisher ?? "Indeed Hiring Lab"} AI tracker, ${source?.licence ?? "CC BY 4.0"}; a posting that mentions AI need not be an AI role.`,
      ],
      actions: known
        .filter((code) => code !== country)
        .slice(0, 4)
        .map((code) => ({ label: code, run: `/trend ai-postings country:${code}` })),
    },
  );
}
