import { z } from "zod";
import { basisNote, sampleNotes } from "../src/answers/basis.ts";
import { peopleCell } from "../src/answers/events-table.ts";
import { eventSources, mostRows } from "../src/answers/for-file.ts";
import { periodChart } from "../src/answers/over-time.ts";
import { whyLayoffs } from "../src/answers/why.ts";
import { words } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import { commonArgs } from "../src/command/filter-args.ts";
import { scopeOf } from "../src/command/scope.ts";
import { addDays, addYears, startOf } from "../src/market/calendar.ts";
import { series } from "../src/market/layoffs.ts";
import type { GroupTotals, Pulse, Totals } from "../src/market/layoffs.ts";
import { pulse as pulseOf } from "../src/market/pulse.ts";
import { reply } from "../src/reply/reply.ts";
import type { Block } from "../src/reply/reply.ts";
import {
  changePct,
  count,
  eventsWords,
  floor,
  longDay,
  plural,
  round,
  signedPercent,
  totalsSentence,
} from "../src/reply/words.ts";

const CHART_WEEKS = 13;
const GROUPS_SHOWN = 5;

export const pulse = defineCommand({
  name: "pulse",
  summary: "The whole market on one card: this week, this month, this year, who and where",
  args: z.object({
    asof: words("As it was known on that day", { example: "2024-03-15" }),
    ...commonArgs,
  }),
  ownSlash: true,
  examples: ["/pulse", "/pulse asof:2024-03-15"],
  run: (args, context) => {
    const { market } = context;
    const { filter, anchor, notes } = scopeOf(args, context);
    const week = { ...filter, from: addDays(anchor, -6), to: anchor };
    if (args.why === true)
      return whyLayoffs(context, week, `the 7 days to ${longDay(anchor)}`, "/pulse");
    const now = pulseOf({ layoffs: () => market.layoffs(filter.asof) }, anchor);
    const weeks = series(
      market,
      { ...filter, from: addDays(startOf("week", anchor), -7 * (CHART_WEEKS - 1)), to: anchor },
      "week",
    );
    return reply(`Tech layoffs in the 7 days to ${longDay(anchor)}: ${totalsSentence(now.last7)}`, {
      blocks: [
        { kind: "text", words: sentence(now, market.sample) },
        {
          kind: "figures",
          items: [
            { label: "Last 30 days", value: line(now.last30) },
            { label: "This year so far", value: line(now.yearToDate) },
            { label: "Same days last year", value: line(now.previousYearToDate) },
          ],
        },
        {
          kind: "chart",
          chart: periodChart(
            weeks,
            "people",
            "People laid off per week",
            basisNote(market, filter),
            anchor !== weeks.at(-1)?.to || new Date(`${anchor}T00:00:00Z`).getUTCDay() !== 0,
          ),
        },
        ...groups(
          "Largest by company, last 30 days",
          "Company",
          now.top.slice(0, mostRows(context, GROUPS_SHOWN)),
          now.last30.companies,
        ),
        ...groups(
          "By industry, last 30 days",
          "Industry",
          now.byIndustry.slice(0, mostRows(context, GROUPS_SHOWN)),
          now.byIndustry.length,
        ),
      ],
      figures: {
        ...now.last7,
        on: anchor,
        last30: { ...now.last30 },
        yearToDate: { ...now.yearToDate },
        previousYearToDate: { ...now.previousYearToDate },
        current: now.yearToDate.people,
        previous: now.previousYearToDate.people,
        changePct: rounded(changePct(now.yearToDate.people, now.previousYearToDate.people)),
        z: now.z === null ? null : round(now.z, 2),
      },
      ...eventSources(context, {
        ...filter,
        from: startOf("year", addYears(anchor, -1)),
        to: anchor,
      }),
      notes: [basisNote(market, filter), ...notes, ...sampleNotes(market)],
      actions: [
        { label: "Trend", run: "/trend layoffs compare:yoy" },
        { label: "Top cuts this year", run: "/top cuts period:ytd" },
        { label: "Pay", run: "/salary ai-engineer" },
        { label: "Sources", run: "/sources" },
        {
          label: "Why?",
          run: args.asof === undefined ? "/pulse why:yes" : `/pulse asof:${args.asof} why:yes`,
        },
      ],
    });
  },
});

/** Year against year in one sentence, then whether the week stands out. */
function sentence(now: Pulse, sample: boolean): string {
  const change = changePct(now.yearToDate.people, now.previousYearToDate.people);
  const year =
    change === null
      ? "No known layoffs in the same days of last year to compare with."
      : `This year's known people are ${signedPercent(change)} on the same days of last year; events are ${signedPercent(changePct(now.yearToDate.events, now.previousYearToDate.events) ?? 0)}.`;
  // A week of a sample says nothing of the market, only of what was sampled.
  if (now.z === null || sample) return year;
  const week =
    Math.abs(now.z) < 2
      ? "The week is within what the past year had."
      : now.z > 0
        ? "The week stands out: far more people than the past year's usual week."
        : "The week stands out: far fewer people than the past year's usual week.";
  return `${year} ${week}`;
}

function line(totals: Totals): string {
  return totals.events === 0
    ? "no known events"
    : `${floor(totals)} · ${eventsWords(totals)} · ${plural(totals.companies, "company", "companies")}`;
}

function groups(
  caption: string,
  title: string,
  shown: readonly GroupTotals[],
  all: number,
): Block[] {
  if (shown.length === 0) return [];
  return [
    {
      kind: "table",
      caption,
      columns: [
        { title, align: "left" },
        { title: "People", align: "right" },
        { title: "Events", align: "right" },
        { title: "Size unknown", align: "right" },
      ],
      rows: shown.map((group) => [
        group.name,
        peopleCell(group.unknownSize === group.events ? null : group.people),
        { text: count(group.events), value: group.events },
        { text: count(group.unknownSize), value: group.unknownSize },
      ]),
      more: Math.max(0, all - shown.length),
    },
  ];
}

function rounded(value: number | null): number | null {
  return value === null ? null : round(value, 1);
}
