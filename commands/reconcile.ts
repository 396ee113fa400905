import { z } from "zod";
import { basisNote, sampleNotes } from "../src/answers/basis.ts";
import { payBases } from "../src/answers/pay-scope.ts";
import type { Topic } from "../src/claims/claim.ts";
import { partOf } from "../src/claims/pay.ts";
import { isQuoted, publishedNotes, publishedOf, publishedPay } from "../src/claims/published.ts";
import { words } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import { commonArgs, viewArgs } from "../src/command/filter-args.ts";
import { anchorDay } from "../src/command/scope.ts";
import { Fault, cite } from "../src/fault.ts";
import type { Day, PublishedTotal } from "../src/market/facts.ts";
import { totals } from "../src/market/layoffs.ts";
import type { LayoffFilter } from "../src/market/layoffs.ts";
import type { Market } from "../src/market/market.ts";
import { payOrigin } from "../src/answers/for-file.ts";
import { payStats } from "../src/market/pay.ts";
import type { PayFigures } from "../src/market/pay.ts";
import { isPeriod, parseAsof, parsePeriod } from "../src/market/period.ts";
import { resolveRole } from "../src/market/roles.ts";
import type { Cell, Figure, Reply } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import { count, longDay, plural, upperFirst, usd } from "../src/reply/words.ts";

type Asked = Topic | "pay";

const TOPICS: Readonly<Record<Asked, string>> = {
  tech: "tech layoffs",
  all: "layoffs of all sectors",
  ai: "layoffs blamed on AI",
  pay: "AI engineer pay",
};

export const reconcile = defineCommand({
  name: "reconcile",
  summary: "What different publishers say of the same thing, and why their figures differ",
  args: z.object({
    topic: words("What: tech layoffs, all sectors, layoffs blamed on AI, AI engineer pay", {
      example: "tech layoffs",
    }),
    period: words("Which time: 2023, 2023Q4, 2024-01", { example: "2023" }),
    asof: viewArgs.asof,
    share: commonArgs.share,
  }),
  bare: ["topic"],
  examples: [
    '/reconcile "tech layoffs" 2023',
    "/reconcile all sectors period:2025",
    "/reconcile AI engineer pay 2023Q4",
  ],
  run: (args, context) => {
    const { today } = context;
    const { about, when } = apart(args.topic ?? TOPICS.tech, args.period, today);
    const topic = topicNamed(about);
    if (when === undefined)
      throw new Fault(
        "missing_argument",
        "Of which time?",
        "Totals are published by year and month.",
        [`/reconcile "${TOPICS[topic]}" 2023`],
      );
    const asof = args.asof === undefined ? undefined : parseAsof(args.asof, today);
    // What others published may be newer than the rows: the period is read as of the later of the two.
    const period = parsePeriod(when, asof ?? today);
    const { from, to } = period;
    if (from === undefined || to === undefined)
      throw new Fault(
        "bad_argument",
        "That time has no beginning or no end.",
        "Totals are published by year and month.",
        [`/reconcile "${TOPICS[topic]}" 2023`],
      );
    const days = { from, to: period.end ?? to };
    return topic === "pay"
      ? ofPay(days, period.label, context)
      : ofLayoffs(topic, days, period.label, asof, context);
  },
});

/** One publisher's figures under one definition. */
interface Row {
  readonly publisher: string;
  readonly people: number | null;
  readonly isFloor: boolean;
  readonly companies: number | null;
  readonly events: number | null;
  readonly unknownSize: number | null;
  readonly counts: string;
  readonly known: string;
}

interface Span {
  readonly from: Day;
  readonly to: Day;
}

/** The time may follow the topic bare: `tech layoffs 2023`. What others published reaches up to today, so it is read as of today. */
function apart(
  topic: string,
  period: string | undefined,
  today: Day,
): { readonly about: string; readonly when: string | undefined } {
  const typed = topic.split(" ");
  if (period !== undefined) return { about: topic, when: period };
  for (let length = Math.min(2, typed.length); length > 0; length--) {
    const when = typed.slice(-length).join(" ");
    if (isPeriod(when, today))
      return { about: typed.slice(0, -length).join(" ") || TOPICS.tech, when };
  }
  return { about: topic, when: undefined };
}

function topicNamed(typed: string): Asked {
  const text = typed.toLowerCase();
  if (/\b(?:pay|salar|wage)/.test(text)) return "pay";
  if (/\b(?:ai|artificial intelligence)\b/.test(text)) return "ai";
  if (/\b(?:all|every|total|us employers|job cuts|economy)\b/.test(text) && !/\btech/.test(text))
    return "all";
  if (/\b(?:tech|layoffs?|cuts|technology)/.test(text)) return "tech";
  throw new Fault(
    "not_found",
    `Nothing is published here on ${cite(typed)}.`,
    `Known: ${Object.values(TOPICS).join(", ")}.`,
    ['/reconcile "tech layoffs" 2023'],
  );
}

function ofLayoffs(
  topic: Topic,
  days: Span,
  label: string,
  asof: Day | undefined,
  context: Context,
): Reply {
  const { market } = context;
  const found = publishedOf(market, topic, days, asof);
  const published = publishedRows(found);
  const anchor = anchorDay(market, context.today, asof);
  const own = topic === "tech" && days.from <= anchor ? ownRows(days, asof, anchor, context) : [];
  const rows = [...published, ...own];
  if (rows.length === 0)
    throw new Fault(
      "not_found",
      `No total of ${TOPICS[topic]} is known for ${label}.`,
      "Totals are published by year and month.",
      [`/reconcile "${TOPICS[topic]}" ${topic === "tech" ? "2023" : "2025"}`],
    );
  return reply(`${upperFirst(TOPICS[topic])}, ${label}: ${headline(rows)}`, {
    blocks: [
      {
        kind: "table",
        caption: `${upperFirst(TOPICS[topic])}, ${label}, by publisher`,
        columns: [
          { title: "Who says so", align: "left" },
          { title: "People", align: "right" },
          { title: "Companies", align: "right" },
          { title: "Size unknown", align: "right" },
          { title: "What counts", align: "left" },
          { title: "Known", align: "left" },
        ],
        rows: rows.map((row) => [
          row.publisher,
          numberCell(row.people, row.isFloor),
          numberCell(row.companies, row.isFloor && row.events === null),
          row.unknownSize === null
            ? "–"
            : { text: plural(row.unknownSize, "event"), value: row.unknownSize },
          row.counts,
          row.known,
        ]),
        more: 0,
      },
      { kind: "bullets", items: reasons(topic, rows) },
    ],
    figures: {
      topic: TOPICS[topic],
      from: days.from,
      to: days.to,
      rows: rows.map((row) => ({ ...row }) satisfies Figure),
    },
    notes: [
      ...publishedNotes(found, market),
      ...(own.length === 0
        ? []
        : [basisNote(market, asof === undefined ? {} : { asof }), ...sampleNotes(market)]),
    ],
    actions:
      own.length === 0
        ? []
        : [
            {
              label: "Rows, world",
              run: `/layoffs from:${days.from} to:${days.to}${asofWord(asof)} rows:yes`,
            },
            {
              label: "Rows, US",
              run: `/layoffs country:US from:${days.from} to:${days.to}${asofWord(asof)} rows:yes`,
            },
          ],
  });
}

function asofWord(asof: Day | undefined): string {
  return asof === undefined ? "" : ` asof:${asof}`;
}

/** A publisher's people and companies of one definition stand in one row. */
function publishedRows(found: readonly PublishedTotal[]): Row[] {
  const byWho = Map.groupBy(found, ({ publisher, scope }) => `${publisher} ${scope}`);
  return [...byWho.values()].map((same) => {
    const of = (measure: string) => same.find((total) => total.measure === measure);
    const [first] = same;
    return {
      publisher: first!.publisher,
      people: of("people")?.value ?? null,
      isFloor: same.some(({ bound }) => bound === "over"),
      companies: of("companies")?.value ?? null,
      events: null,
      unknownSize: null,
      counts: first!.scope,
      known: isQuoted(first!) ? "as quoted in the press" : "as published",
    };
  });
}

function ownRows(days: Span, asof: Day | undefined, anchor: Day, { market }: Context): Row[] {
  const base: LayoffFilter = {
    from: days.from,
    // What is known of days after the lists is no total.
    to: days.to < anchor ? days.to : anchor,
    ...(asof !== undefined && { asof }),
  };
  const who = market.layoffSources
    .map(({ publisher, title, sample }) => (sample ? title : `${publisher} ${title}`))
    .join(", ");
  const known =
    days.to > anchor ? `up to ${longDay(anchor)}, not over yet` : longDay(asof ?? market.asOfOn);
  const unitedStates = { any: ["United States"], not: [] };
  return [
    {
      filter: { ...base, country: unitedStates },
      counts: "rows: tech companies of the United States, wherever the people were, reported sizes",
    },
    { filter: base, counts: "rows: tech companies of the world, reported sizes" },
  ].flatMap(({ filter, counts }) => {
    const { people, companies, events, unknownSize } = totals(market, filter);
    if (events === 0) return [];
    return { publisher: who, people, isFloor: true, companies, events, unknownSize, counts, known };
  });
}

function headline(rows: readonly Row[]): string {
  const known = rows
    .flatMap(({ people }) => (people === null ? [] : [people]))
    .sort((a, b) => a - b);
  const [least, most] = [known[0], known.at(-1)];
  const figures = plural(rows.length, "figure");
  if (least === undefined || most === undefined) return figures;
  return least === most
    ? `${figures}, ${count(least)} people`
    : `${figures}, from ${count(least)} to ${count(most)} people`;
}

/** Only differences that stand in the table are explained. */
function reasons(topic: Topic, rows: readonly Row[]): string[] {
  const own = rows.filter(({ events }) => events !== null);
  const said = rows.filter(({ events }) => events === null);
  const has = (form: RegExp) => said.some(({ counts }) => form.test(counts));
  const reasons: string[] = [];
  if (has(/^US employers, announced/))
    reasons.push(
      "Challenger counts what US employers announce they plan to cut, everywhere and whatever comes of it, in the sector it puts the employer in; it does not wait for who and when.",
    );
  if (own.length > 0) {
    const unknown = own.at(-1)!.unknownSize ?? 0;
    reasons.push(
      `Rows count what was reported of single companies: each sum is a floor${unknown > 0 ? `, and ${plural(unknown, "event")} of the world did not say how many` : ""}.`,
      "A company's country is where it sits, not where the people were: cuts abroad of a US company are in the US row, cuts in the US by others are not.",
    );
  }
  if (has(/estimates/))
    reasons.push("A total with estimates fills in sizes that nobody reported; rows never do.");
  if (said.some(({ known }) => known.includes("quoted")))
    reasons.push(
      "A figure quoted in the press is rounded and of its own day; later reports of the same time are not in it.",
    );
  if (topic === "ai")
    reasons.push(
      "Only cuts for which the employer itself named AI are counted; the rows here state no reasons, so nothing stands beside it.",
    );
  if (topic === "all")
    reasons.push(
      "The rows here are of tech companies, so nothing of them stands beside all sectors.",
    );
  return reasons;
}

function numberCell(value: number | null, isFloor: boolean): Cell {
  return value === null ? "–" : { text: `${isFloor ? "≥ " : ""}${count(value)}`, value };
}

/** Reported pay beside what was published of posted pay. */
function ofPay(days: Span, label: string, context: Context): Reply {
  const { market } = context;
  const role = resolveRole("ai engineer");
  const family = role.kind === "one" ? role.role.family : "all";
  const reported = (["senior", undefined] as const).flatMap((level) => {
    const answer = payStats(market, { role: family, level, country: "US", ...days });
    return answer.tooFew ? [] : [{ level, answer }];
  });
  const own = reported.map(({ level, answer }) => ({
    publisher: payPublisher(answer, market),
    figure: answer.mean,
    unit: "USD a year",
    counts: `reported pay: mean of ${count(answer.n)} salaries, ${FROM[answer.basis]}, AI engineer, ${level ?? "all levels"}, US${ofPart(answer, days)}`,
    median: answer.median,
    n: answer.n,
    basis: answer.basis,
  }));
  const others = publishedPay(market, days);
  const said = others.map(({ publisher, measure, value, scope, bound }) => ({
    publisher,
    figure: value,
    unit: /percent/.test(measure) ? "percent" : "USD a year",
    counts: `${bound === "over" ? "over; " : ""}${measure}, ${scope}`,
    median: null,
    n: null,
    basis: null,
  }));
  const rows = [...said, ...own];
  if (rows.length === 0)
    throw new Fault(
      "not_found",
      `No pay of AI engineers is known for ${label}.`,
      "It is known by quarter.",
      ["/reconcile AI engineer pay 2023Q4"],
    );
  return reply(`AI engineer pay, ${label}: ${plural(rows.length, "figure")}`, {
    blocks: [
      {
        kind: "table",
        caption: `AI engineer pay, ${label}, by publisher`,
        columns: [
          { title: "Who says so", align: "left" },
          { title: "Figure", align: "right" },
          { title: "Median", align: "right" },
          { title: "What counts", align: "left" },
        ],
        rows: rows.map(({ publisher, figure, unit, median, counts }) => [
          publisher,
          { text: unit === "percent" ? `${count(figure)} %` : usd(figure), value: figure },
          median === null ? "–" : { text: usd(median), value: median },
          counts,
        ]),
        more: 0,
      },
      {
        kind: "bullets",
        items: [
          "Posted pay is what an advertisement offered, often with a wide range; reported pay is what people say they earn. Neither is the other.",
        ],
      },
    ],
    figures: { topic: TOPICS.pay, from: days.from, to: days.to, rows },
    notes: [
      ...payBases(
        reported.map(({ answer }) => ({ quarter: label, answer })),
        context,
      ),
      ...publishedNotes(others, market),
    ],
    actions: [
      {
        label: "Reported pay",
        run: `/salary ai-engineer country:US period:${label.includes("..") ? "2023Q4" : label}`,
      },
    ],
  });
}

/** What a row of reported pay is made of. */
const FROM: Readonly<Record<PayFigures["basis"], string>> = {
  rows: "imported rows",
  "published-quarters": "a published quarter",
};

/** Who publishes the pay an answer is made of. */
function payPublisher(answer: PayFigures, market: Market): string {
  const id = payOrigin(answer, market);
  return market.sources.find((source) => source.id === id)?.publisher ?? id ?? "unknown";
}

/** Of a year only its last quarter may be known as one figure: that is said where it stands. */
function ofPart(answer: PayFigures, days: Span): string {
  const part = partOf(answer, days);
  return part === undefined ? "" : `; of that time only ${part}`;
}
