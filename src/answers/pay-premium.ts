import { again } from "../command/again.ts";
import { countryNamed } from "../command/country.ts";
import type { Context } from "../command/define.ts";
import { cite, Fault } from "../fault.ts";
import { addDays, endOf, periodLabel, startOf } from "../market/calendar.ts";
import { PAY_LEVELS } from "../market/facts.ts";
import type { PayLevel } from "../market/facts.ts";
import { isSampleBreak, payPremium, premiumByQuarter } from "../market/pay-premium.ts";
import type { Premium, PremiumAnswer, PremiumPair, PremiumQuery } from "../market/pay-premium.ts";
import { payByQuarter } from "../market/pay-series.ts";
import { payByCountry } from "../market/pay-table.ts";
import { quarterDays } from "../market/pay.ts";
import { parsePeriod } from "../market/period.ts";
import type { RoleFamily } from "../market/roles.ts";
import type { Action, Block, Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { count, plural, round, signedPercent, upperFirst, usd } from "../reply/words.ts";
import { paySources } from "./for-file.ts";
import { PAY_DEFINITION, payBases, payScope } from "./pay-scope.ts";
import { tooFewPaid } from "./too-few-paid.ts";

export const PREMIUM_BY = ["level", "country", "quarter"] as const;
type By = (typeof PREMIUM_BY)[number];

export interface PremiumArgs {
  readonly role?: string | undefined;
  readonly level?: PayLevel | undefined;
  readonly country?: string | undefined;
  readonly period?: string | undefined;
  readonly by?: By | undefined;
}

const PAIRS: Readonly<Record<RoleFamily, PremiumPair | null>> = {
  "ai-engineer": "engineer",
  engineer: "engineer",
  "ai-other": "scientist",
  "data-scientist": "scientist",
  all: "all",
  other: null,
};
const PAIR_WORDS: Readonly<Record<PremiumPair, readonly [ai: string, other: string]>> = {
  engineer: ["AI engineers", "engineers whose title names no AI field"],
  scientist: ["AI scientists and researchers", "data scientists"],
  all: ["titles that name an AI field", "all other titles"],
};
const PAIR_NAMES: Readonly<Record<PremiumPair, string>> = {
  engineer: "engineers",
  scientist: "scientists",
  all: "all data roles",
};

/** What AI roles are paid above others at the same level and in the same country, with its interval, and by level, country or quarter. */
export function premiumAnswer(args: PremiumArgs, context: Context): Reply {
  const scope = payScope(
    { role: args.role ?? "engineer", level: args.level, country: args.country },
    context,
  );
  const pair = PAIRS[scope.role.family];
  if (pair === null)
    throw new Fault(
      "unsupported",
      `${cite(scope.role.name)} have no AI side to be held beside.`,
      "Engineers, scientists and all roles have one.",
      ["engineer", "data-scientist", "all"].map((role) => again(context, { role })),
    );
  const period = args.period === undefined ? undefined : parsePeriod(args.period, context.today);
  const query: PremiumQuery = {
    pair,
    level: args.level,
    country: scope.query.country,
    from: period?.from,
    to: period?.to,
  };
  const who = [
    PAIR_NAMES[pair],
    args.level,
    query.country === undefined ? "all countries" : (countryNamed(query.country) ?? query.country),
  ]
    .filter(Boolean)
    .join(", ");
  if (args.by === "quarter") return byQuarter(query, who, context);
  const answer = payPremium(context.market, query);
  const lead = answer.median ?? answer.mean;
  if (lead === null) throw tooFewPaid(who, period?.label, answer, query, context);
  const measure = answer.median === null ? "mean" : "median";
  const when = period?.label ?? (answer.to === null ? "" : periodLabel("quarter", answer.to));
  const changed = sampleNote(query, answer, context);
  return reply(
    `AI premium, ${who}${when === "" ? "" : `, ${when}`}: ${premiumWords(lead)} in the ${measure}`,
    {
      blocks: [
        measures(answer),
        { kind: "text", words: comparedWords(pair, answer) },
        ...(args.by === undefined ? [] : byBlock(args.by, query, context)),
      ],
      figures: {
        ...figuresOf(answer),
        pair,
        level: args.level ?? "all",
        country: query.country ?? "all",
      },
      ...paySources([answer], context.market),
      notes: [...changed, ...answer.notes, ...premiumNotes([{ quarter: when, answer }], context)],
      actions: actions(args, context),
    },
  );
}

function byQuarter(query: PremiumQuery, who: string, context: Context): Reply {
  const { from, to, level, country } = query;
  const quarters = payByQuarter(context.market, {
    role: "ai-engineer",
    level,
    country,
    from,
    to,
  }).map(({ quarter }) => ({ quarter, ...quarterDays(quarter) }));
  const points = premiumByQuarter(context.market, query, quarters);
  const answered = points.filter(({ answer }) => (answer.median ?? answer.mean) !== null);
  const [first, last] = [answered[0], answered.at(-1)];
  if (first === undefined || last === undefined)
    throw tooFewPaid(who, undefined, points[0]?.answer, query, context);
  // One measure for all of them, so that a step in the line is none of the measure.
  const measure = answered.every(({ answer }) => answer.median !== null) ? "median" : "mean";
  const of = ({ answer }: (typeof answered)[number]): Premium => answer[measure]!;
  return reply(`AI premium, ${who}, ${last.quarter}: ${premiumWords(of(last))} in the ${measure}`, {
    blocks: [
      { kind: "text", words: changeWords(first, last, of) },
      {
        kind: "chart",
        chart: {
          kind: "lines",
          title: `AI premium, ${who}`,
          subtitle: `${measure === "median" ? "Median" : "Mean"} of AI roles over the others', percent, same mix of levels and countries`,
          unit: "percent",
          categories: answered.map(({ quarter }) => quarter),
          series: [{ name: "premium", values: answered.map((point) => round(of(point).pct, 1)) }],
          lastIncomplete: false,
        },
      },
      {
        kind: "table",
        caption: `AI premium by quarter, ${measure}`,
        columns: [
          { title: "Quarter", align: "left" },
          ...PREMIUM_COLUMNS,
          { title: "Sample", align: "left" },
        ],
        rows: points.map(({ quarter, answer, sampleBreak }) => [
          quarter,
          ...premiumCells(answer, measure),
          sampleBreak ? "changed" : "",
        ]),
        more: 0,
      },
    ],
    figures: {
      ...figuresOf(last.answer),
      current: round(of(last).pct, 1),
      previous: round(of(first).pct, 1),
      measure,
      comparable: !isSampleBreak(first.answer, last.answer),
      points: points.map(({ quarter, answer, sampleBreak }) => ({
        quarter,
        pct: answer[measure] === null ? null : round(answer[measure].pct, 1),
        nAi: answer.nAi,
        nOther: answer.nOther,
        sampleBreak,
      })),
    },
    ...paySources(
      points.map(({ answer }) => answer),
      context.market,
    ),
    notes: [
      ...(points.some(({ sampleBreak }) => sampleBreak)
        ? [
            "“changed”: a side has twice as many salaries as in the quarter before, or half. The sample changed, and perhaps not the pay.",
          ]
        : []),
      ...premiumNotes(answered, context),
    ],
    actions: [
      { label: "One quarter", run: again(context, { by: undefined, period: last.quarter }) },
    ],
  });
}

function changeWords<Point extends PremiumPoint>(
  first: Point,
  last: Point,
  of: (point: Point) => Premium,
): string {
  if (first === last) return `Only ${last.quarter} can be compared.`;
  const [before, after] = [of(first), of(last)];
  const span = `${first.quarter} ${signedPercent(before.pct)}, ${last.quarter} ${signedPercent(after.pct)}`;
  if (isSampleBreak(first.answer, last.answer))
    return `${span}. No change is claimed: a side has at least twice as many salaries in one of them, so the samples differ.`;
  return before.lowPct <= after.highPct && after.lowPct <= before.highPct
    ? `${span}. Their intervals overlap: no change is claimed.`
    : `${span}. Their intervals lie apart: the premium ${after.pct > before.pct ? "rose" : "fell"}.`;
}

function byBlock(by: Exclude<By, "quarter">, query: PremiumQuery, context: Context): Block[] {
  const groups =
    by === "level"
      ? PAY_LEVELS.map((level) => ({ name: level, query: { ...query, level } }))
      : countriesOf(context).map((country) => ({
          name: countryNamed(country) ?? country,
          query: { ...query, country },
        }));
  const answers = groups.map((group) => ({
    name: group.name,
    answer: payPremium(context.market, group.query),
  }));
  const shown = answers.filter(({ answer }) => answer.nAi + answer.nOther > 0);
  if (shown.length === 0) return [];
  return [
    {
      kind: "table",
      caption: `AI premium by ${by}, median`,
      columns: [{ title: by === "level" ? "Level" : "Country", align: "left" }, ...PREMIUM_COLUMNS],
      rows: shown.map(({ name, answer }) => [name, ...premiumCells(answer, "median")]),
      more: 0,
    },
  ];
}

const COUNTRIES_SHOWN = 8;

/** The employers' countries with most imported salaries; the United States alone where only published quarters are known. */
function countriesOf({ market }: Context): readonly string[] {
  const counts = payByCountry(market.pay);
  if (counts.size === 0) return ["US"];
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, COUNTRIES_SHOWN)
    .map(([country]) => country);
}

const PREMIUM_COLUMNS = [
  { title: "Premium", align: "right" },
  { title: "95 % interval", align: "left" },
  { title: "n AI", align: "right" },
  { title: "n other", align: "right" },
] as const;

function premiumCells(answer: PremiumAnswer, measure: "median" | "mean") {
  const premium = answer[measure];
  return [
    premium === null
      ? "too few"
      : { text: signedPercent(premium.pct), value: round(premium.pct, 1) },
    premium === null
      ? "–"
      : `${signedPercent(premium.lowPct)} to ${signedPercent(premium.highPct)}`,
    { text: count(answer.nAi), value: answer.nAi },
    { text: count(answer.nOther), value: answer.nOther },
  ];
}

function premiumWords({ pct, lowPct, highPct }: Premium): string {
  const within = lowPct <= 0 && highPct >= 0 ? ", so it may be none" : "";
  return `${signedPercent(pct)} (95 % interval ${signedPercent(lowPct)} to ${signedPercent(highPct)}${within})`;
}

function measures({ median, mean, nAi, nOther }: PremiumAnswer): Block {
  const line = (premium: Premium) =>
    `${signedPercent(premium.pct)} · ${usd(premium.ai)} against ${usd(premium.other)} · interval ${signedPercent(premium.lowPct)} to ${signedPercent(premium.highPct)}`;
  return {
    kind: "figures",
    items: [
      ...(median === null ? [] : [{ label: "Median", value: line(median) }]),
      ...(mean === null ? [] : [{ label: "Mean", value: line(mean) }]),
      { label: "Salaries", value: `${count(nAi)} AI, ${count(nOther)} other` },
    ],
  };
}

function comparedWords(pair: PremiumPair, { cells, leftOut }: PremiumAnswer): string {
  const [ai, other] = PAIR_WORDS[pair];
  const out = leftOut.ai + leftOut.other;
  return [
    `${upperFirst(ai)} against ${other},`,
    cells === 1
      ? "at one level in one country."
      : `in ${cells} groups of the same level and country, each with the weight it has among the AI salaries.`,
    out === 0
      ? ""
      : `${plural(out, "salary", "salaries")} in groups that the other side hardly has ${out === 1 ? "is" : "are"} left out.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** When one quarter is asked and a side doubled or halved against the quarter before it. */
function sampleNote(query: PremiumQuery, answer: PremiumAnswer, context: Context): string[] {
  const { from, to } = { from: answer.from ?? query.from, to: answer.to ?? query.to };
  if (from === undefined || to === undefined) return [];
  if (startOf("quarter", from) !== from || endOf("quarter", from) !== to) return [];
  const day = addDays(from, -1);
  const before = payPremium(context.market, {
    ...query,
    from: startOf("quarter", day),
    to: day,
  });
  if (before.nAi === 0 || before.nOther === 0 || !isSampleBreak(before, answer)) return [];
  return [
    `The sample changed: ${count(before.nAi)} AI and ${count(before.nOther)} other salaries in ${periodLabel("quarter", day)}, ${count(answer.nAi)} and ${count(answer.nOther)} here. No change since then is claimed.`,
  ];
}

function figuresOf(answer: PremiumAnswer) {
  const { nAi, nOther, cells, leftOut, basis, from, to } = answer;
  const of = (premium: Premium | null) =>
    premium === null
      ? null
      : {
          ai: round(premium.ai),
          other: round(premium.other),
          pct: round(premium.pct, 1),
          lowPct: round(premium.lowPct, 1),
          highPct: round(premium.highPct, 1),
        };
  const lead = answer.median ?? answer.mean;
  return {
    pct: lead === null ? null : round(lead.pct, 1),
    lowPct: lead === null ? null : round(lead.lowPct, 1),
    highPct: lead === null ? null : round(lead.highPct, 1),
    median: of(answer.median),
    mean: of(answer.mean),
    nAi,
    nOther,
    groups: cells,
    leftOutAi: leftOut.ai,
    leftOutOther: leftOut.other,
    basis,
    from,
    to,
  };
}

/** How it was made and of what; of several quarters all their days, and which are of which source. */
function premiumNotes(points: readonly PremiumPoint[], context: Context): string[] {
  const methods = [...new Set(points.map(({ answer }) => answer.method))];
  return [
    `The same level and country are compared, not the same people or companies. Interval: ${methods.join("; ")}.`,
    PAY_DEFINITION,
    ...payBases(points, context),
  ];
}

interface PremiumPoint {
  readonly quarter: string;
  readonly answer: PremiumAnswer;
}

function actions({ level, by }: PremiumArgs, context: Context): Action[] {
  return [
    ...(by === "level" || level !== undefined
      ? []
      : [{ label: "By level", run: again(context, { by: "level" }) }]),
    { label: "By quarter", run: again(context, { by: "quarter", period: undefined }) },
    ...(level === undefined
      ? [{ label: "Senior", run: again(context, { level: "senior" }) }]
      : [{ label: "All levels", run: again(context, { level: undefined }) }]),
    ...(by === "country" ? [] : [{ label: "By country", run: again(context, { by: "country" }) }]),
  ];
}
