import { addDays, addMonths } from "../../market/calendar.ts";
import type { Day } from "../../market/facts.ts";
import { quarterDays } from "../../market/pay.ts";
import { payByQuarter, payChange } from "../../market/pay-series.ts";
import type { Market } from "../../market/market.ts";
import { AI_POSTINGS, wholePointsBefore } from "../../market/series-points.ts";
import type { Figures } from "../../reply/reply.ts";
import { count, percent, round, signedPercent, usd } from "../../reply/words.ts";
import { NOTHING } from "../section.ts";
import type { Section, SectionContent } from "../section.ts";

/** What AI engineers report being paid, and how many job postings name AI: the newest that was over by the digest's last day. */
export const ai: Section = {
  name: "ai",
  summary: "AI pay and the AI share of job postings",
  heading: "AI pay and postings",
  isApart: true,
  content: ({ market, span, asof }) => {
    const parts = [aiPay(market, span.to), aiPostings(market, span.to, asof)].filter(
      (part) => part !== undefined,
    );
    if (parts.length === 0) return NOTHING;
    const content: SectionContent = {
      blocks: [{ kind: "bullets", items: parts.map(({ words }) => words) }],
      figures: Object.fromEntries(parts.flatMap(({ figures }) => Object.entries(figures))),
      notes: parts.map(({ note }) => note),
    };
    return content;
  },
};

interface Part {
  readonly words: string;
  readonly figures: Figures;
  readonly note: string;
}

const ROLE = { role: "ai-engineer", level: "senior", country: "US" } as const;

function aiPay(market: Market, on: Day): Part | undefined {
  const quarters = payByQuarter(market, { ...ROLE, to: on }).filter(
    ({ quarter }) => quarterDays(quarter).to <= on,
  );
  const [before, now] = [quarters.at(-2), quarters.at(-1)];
  if (now === undefined || now.answer.tooFew) return undefined;
  const { median, n } = now.answer;
  const change = before === undefined ? null : payChange(before.answer, now.answer);
  const moved =
    change === null || before === undefined
      ? ""
      : change.compositionBreak
        ? `; not compared with ${before.quarter}, the mix of reports changed too much`
        : `, ${signedPercent(change.medianPct)} on ${before.quarter}`;
  return {
    words: `Senior AI engineers, US, ${now.quarter}: median ${usd(median)} reported${moved} (n ${count(n)})`,
    figures: {
      payQuarter: now.quarter,
      payMedian: median,
      payN: n,
      payChangePct: change === null || change.compositionBreak ? null : round(change.medianPct, 1),
    },
    note: "Pay: base salary people reported, USD a year, no equity or bonus.",
  };
}

function aiPostings(market: Market, on: Day, asof: Day): Part | undefined {
  // A month counts once it is over and was known.
  const months = wholePointsBefore(market, AI_POSTINGS, "US", addDays(asof, 1)).filter(
    ({ to }) => to <= on,
  );
  const newest = months.at(-1);
  if (newest === undefined) return undefined;
  const { period: month, value: share } = newest;
  const earlier = addMonths(newest.from, -12);
  const before = months.find(({ from }) => from === earlier)?.value;
  const source = market.sources.find(({ id }) => id === market.aiPostings.source);
  return {
    words: `AI is named in ${percent(share, true)} of US job postings in ${month}${before === undefined ? "" : `, ${percent(before, true)} a year earlier`}`,
    figures: { postingsMonth: month, postingsShare: share, postingsShareYearAgo: before ?? null },
    note: `Postings: ${source?.publisher ?? "Indeed Hiring Lab"} AI tracker, ${source?.licence ?? "CC BY 4.0"}; naming AI need not make it an AI role.`,
  };
}
