import * as fc from "fast-check";
import type { Chart } from "../../../src/charts/chart.ts";
import { REASONS } from "../../../src/fault.ts";
import type { Block, Reply, Table, Words } from "../../../src/reply/reply.ts";
import { foreignText } from "../../reply/foreign-text.ts";

/** Text with everything Slack could bring to life in it. */
export const TRAPS = [
  "<!channel>",
  "<!here|here>",
  "<!everyone>",
  "<!subteam^S0TEAM001>",
  "<@U0SOMEONE>",
  "<@U0SOMEONE|bob>",
  "<#C0GENERAL>",
  "@here @channel @everyone",
  "<https://evil.test|Google>",
  "<mailto:a@evil.test>",
  "&lt;!channel&gt;",
  "&amp;lt;!channel&amp;gt;",
  "<!date^1700000000^{date}|x>",
  "<\u200B!channel>",
  "＜!channel＞",
  "*bold* _it_ ~gone~ `code` ```fence```",
  "> quote",
  ":tada:",
  "a|b>c",
] as const;

const long = fc.string({
  unit: fc.constantFrom("株", "式", "会", "&", "<", "👩‍👩‍👧‍👦", "é", " "),
  minLength: 200,
  maxLength: 4_500,
});
const anyText = fc.oneof(
  { weight: 4, arbitrary: foreignText },
  { weight: 3, arbitrary: fc.constantFrom(...TRAPS) },
  { weight: 1, arbitrary: long },
);
const shortText = fc.oneof(foreignText, fc.constantFrom(...TRAPS), fc.constantFrom("Google", ""));
const address = fc.oneof(
  fc.webUrl(),
  fc.constantFrom(
    "javascript:alert(1)",
    "",
    "https://a.test/x|y>z",
    "https://user:pass@a.test/",
    `https://a.test/${"x".repeat(4_000)}`,
  ),
);

const words: fc.Arbitrary<Words> = fc.oneof(
  anyText,
  fc.array(
    fc.oneof(
      anyText,
      anyText.map((bold) => ({ bold })),
      anyText.map((code) => ({ code })),
      fc.record({ link: address, text: shortText }),
    ),
    { maxLength: 6 },
  ),
);

export const anyTable: fc.Arbitrary<Table> = fc.integer({ min: 1, max: 23 }).chain((columns) =>
  fc.record({
    kind: fc.constant("table" as const),
    caption: anyText,
    columns: fc.array(
      fc.record({ title: shortText, align: fc.constantFrom("left" as const, "right" as const) }),
      { minLength: columns, maxLength: columns },
    ),
    rows: fc.array(
      fc.array(
        fc.oneof(
          shortText,
          fc.record({ text: shortText, link: address }),
          fc.record({ text: shortText, value: fc.double() }),
        ),
        { minLength: columns, maxLength: columns },
      ),
      { maxLength: 130, size: "large" },
    ),
    more: fc.nat(5_000),
  }),
);

const known = fc.double({ min: -1e6, max: 1e6, noNaN: true });

const seriesChart: fc.Arbitrary<Chart> = fc.integer({ min: 0, max: 24 }).chain((points) =>
  fc.record(
    {
      kind: fc.constantFrom("bars" as const, "lines" as const, "grouped" as const),
      title: anyText,
      subtitle: anyText,
      unit: fc.oneof(fc.constant("people"), anyText),
      categories: fc.oneof(
        fc.constant(Array.from({ length: points }, (_, at) => `2024-${at + 1}`)),
        fc.array(shortText, { minLength: points, maxLength: points }),
      ),
      series: fc.uniqueArray(
        fc.record({
          name: fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), shortText),
          values: fc.array(fc.oneof({ weight: 30, arbitrary: known }, fc.constant(null)), {
            minLength: points,
            maxLength: points,
          }),
        }),
        { maxLength: 8, selector: ({ name }) => name },
      ),
      lastIncomplete: fc.boolean(),
      threshold: fc.record({ value: known, label: shortText }),
    },
    {
      requiredKeys: ["kind", "title", "subtitle", "unit", "categories", "series", "lastIncomplete"],
    },
  ),
);

const rangeChart: fc.Arbitrary<Chart> = fc.record({
  kind: fc.constant("ranges" as const),
  title: anyText,
  subtitle: anyText,
  unit: shortText,
  rows: fc.array(fc.record({ label: shortText, low: known, middle: known, high: known }), {
    maxLength: 12,
  }),
});

export const anyChart: fc.Arbitrary<Chart> = fc.oneof(seriesChart, rangeChart);

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), words }),
  fc.record({ kind: fc.constant("bullets" as const), items: fc.array(words, { maxLength: 60 }) }),
  fc.record({
    kind: fc.constant("figures" as const),
    items: fc.array(fc.record({ label: anyText, value: anyText }), { maxLength: 25 }),
  }),
  fc.record({
    kind: fc.constant("meters" as const),
    items: fc.array(
      fc.record({
        label: shortText,
        ratio: fc.double({ min: 0, max: 1, noNaN: true }),
        text: anyText,
      }),
      { maxLength: 60 },
    ),
  }),
  anyTable,
  anyChart.map((chart) => ({ kind: "chart" as const, chart })),
  fc.record({ kind: fc.constant("code" as const), text: anyText }),
);

const command = fc.oneof(
  fc.constantFrom("/layoffs google", "/pulse"),
  anyText.map((text) => `/claim ${text}`),
);

/** Any reply a command could give, and many none would. */
export const anyReply: fc.Arbitrary<Reply> = fc
  .record({
    title: anyText,
    blocks: fc.array(block, { maxLength: 12 }),
    actions: fc.array(
      fc.oneof(
        fc.record({ label: anyText, run: command }),
        fc.record({ label: anyText, url: address }),
      ),
      { maxLength: 35 },
    ),
    choices: fc.array(
      fc.record({
        placeholder: anyText,
        options: fc.array(fc.record({ label: anyText, run: command, detail: anyText }), {
          maxLength: 120,
        }),
      }),
      { maxLength: 5 },
    ),
    figures: fc.constant({}),
    notes: fc.array(anyText, { maxLength: 15 }),
    audience: fc.constantFrom("asker" as const, "everyone" as const),
    files: fc.constant([]),
    reason: fc.option(fc.constantFrom(...REASONS), { nil: undefined }),
  })
  .map(({ reason, ...rest }) => (reason === undefined ? rest : { ...rest, reason }));
