import * as fc from "fast-check";
import type { Chart } from "../../../src/charts/chart.ts";
import { REASONS } from "../../../src/fault.ts";
import type { Block, Reply, Words } from "../../../src/reply/reply.ts";
import { foreignText } from "../../reply/foreign-text.ts";

export const chart: Chart = {
  kind: "bars",
  title: "People laid off by month",
  subtitle: "Announced, tracker export",
  unit: "people",
  categories: ["2023-01", "2023-02"],
  series: [{ name: "people", values: [12_000, 115] }],
  lastIncomplete: false,
};

/** Text with everything Discord could bring to life in it. */
export const TRAPS = [
  "@everyone",
  "@here",
  "<@123456789012345678>",
  "<@!123456789012345678>",
  "<@&123456789012345678>",
  "<#123456789012345678>",
  "</layoffs:123456789012345678>",
  "<:tada:123456789012345678>",
  "<t:1700000000:R>",
  "[click](https://evil.test)",
  "https://evil.test/path_with_lines",
  "**bold** __line__ ~~gone~~ ||secret|| `code` *it* _it_",
  "# heading",
  "> quote",
  "- item",
  "-# small",
  "1. first",
  ":tada:",
  "```\nfence",
  "back\\slash",
  "pay\u202Eroll\u200B",
] as const;

const anyText = fc.oneof(
  { weight: 3, arbitrary: foreignText },
  fc.constantFrom(...TRAPS),
  fc.string({
    unit: fc.constantFrom("株", "式", "会", "社", "👩‍👩‍👧‍👦", "é", "_"),
    minLength: 200,
    maxLength: 1_500,
  }),
);
const shortText = fc.oneof(foreignText, fc.constantFrom(...TRAPS), fc.constant("Google"));
const address = fc.oneof(
  fc.webUrl(),
  fc.constantFrom(
    "javascript:alert(1)",
    "",
    "https://a.test/<b>",
    `https://a.test/${"x".repeat(600)}`,
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

const table: fc.Arbitrary<Block> = fc.integer({ min: 1, max: 6 }).chain((columns) =>
  fc.record({
    kind: fc.constant("table" as const),
    caption: shortText,
    columns: fc.array(
      fc.record({ title: shortText, align: fc.constantFrom("left" as const, "right" as const) }),
      {
        minLength: columns,
        maxLength: columns,
      },
    ),
    rows: fc.array(
      fc.array(fc.oneof(shortText, fc.record({ text: shortText, link: address })), {
        minLength: columns,
        maxLength: columns,
      }),
      { maxLength: 60 },
    ),
    more: fc.nat(5_000),
  }),
);

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), words }),
  fc.record({ kind: fc.constant("bullets" as const), items: fc.array(words, { maxLength: 40 }) }),
  fc.record({
    kind: fc.constant("figures" as const),
    items: fc.array(fc.record({ label: shortText, value: shortText }), { maxLength: 12 }),
  }),
  fc.record({
    kind: fc.constant("meters" as const),
    items: fc.array(
      fc.record({
        label: shortText,
        ratio: fc.double({ min: 0, max: 1, noNaN: true }),
        text: shortText,
      }),
      { maxLength: 40 },
    ),
  }),
  table,
  fc.constant({ kind: "chart" as const, chart }),
  fc.record({ kind: fc.constant("code" as const), text: anyText }),
);

const command = fc.oneof(
  fc.constantFrom("/layoffs google", "/pulse", "/help"),
  foreignText.map((text) => `/claim ${text}`),
  fc.string({ maxLength: 300 }).map((text) => `/x ${text}`),
);

/** Any reply a command could give, and many none would. */
export const anyReply: fc.Arbitrary<Reply> = fc
  .record({
    title: anyText,
    blocks: fc.array(block, { maxLength: 8 }),
    actions: fc.array(
      fc.oneof(
        fc.record({ label: shortText, run: command }),
        fc.record({ label: shortText, url: address }),
      ),
      { maxLength: 30 },
    ),
    choices: fc.array(
      fc.record({
        placeholder: anyText,
        options: fc.array(fc.record({ label: anyText, run: command, detail: anyText }), {
          maxLength: 40,
        }),
      }),
      { maxLength: 5 },
    ),
    figures: fc.constant({}),
    notes: fc.array(anyText, { maxLength: 12 }),
    audience: fc.constantFrom("asker" as const, "everyone" as const),
    files: fc.array(
      fc.record({
        name: anyText,
        mediaType: fc.constant("text/csv"),
        content: anyText,
        encoding: fc.constant("utf8" as const),
      }),
      { maxLength: 8 },
    ),
    reason: fc.option(fc.constantFrom(...REASONS), { nil: undefined }),
  })
  .map(({ reason, ...rest }) => (reason === undefined ? rest : { ...rest, reason }));
