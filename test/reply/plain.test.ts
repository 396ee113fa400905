import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Chart } from "../../src/charts/chart.ts";
import { displayWidth, oneLine } from "../../src/reply/fit.ts";
import { plainText } from "../../src/reply/plain.ts";
import {
  bareText,
  cellText,
  reply,
  type Block,
  type Reply,
  type Words,
} from "../../src/reply/reply.ts";
import { foreignText } from "./foreign-text.ts";

const card = reply(
  "Acme — 8 known events since 2023, at least 13,115 people (4 events did not say how many)",
  {
    blocks: [
      {
        kind: "text",
        words: [
          "Last: 17 Apr 2024 · size not reported · ",
          { link: "https://example.org/a", text: "example.org" },
        ],
      },
      {
        kind: "meters",
        items: [
          { label: "2023", ratio: 1, text: "12,115   4 events (1 size not reported)" },
          { label: "2024", ratio: 1000 / 12_115, text: "1,000   4 events (3 not reported)" },
          { label: "2025", ratio: 0, text: "0   no events" },
        ],
      },
    ],
    notes: ["Basis: date announced · as known 25 Apr 2024 · source: tracker export"],
    actions: [
      { label: "Rows", run: "/layoffs acme rows:yes" },
      { label: "Source", url: "https://example.org/a" },
    ],
    choices: [
      {
        placeholder: "Period",
        options: [{ label: "2023", run: "/layoffs acme period:2023", detail: "4 events" }],
      },
    ],
  },
);

describe("plainText", () => {
  it("lays an answer out with its figures under each other", () => {
    expect(plainText(card)).toBe(
      [
        "Acme — 8 known events since 2023, at least 13,115 people (4 events did not say how many)",
        "  Last: 17 Apr 2024 · size not reported · example.org",
        "  2023  ███████████████ 12,115   4 events (1 size not reported)",
        "  2024  █                1,000   4 events (3 not reported)",
        "  2025                       0   no events",
        "Basis: date announced · as known 25 Apr 2024 · source: tracker export",
        "[Rows] [Source]",
        "Period: [2023 (4 events)]",
      ].join("\n"),
    );
  });

  it("writes buttons out as commands where nothing can be pressed, or leaves them away", () => {
    expect(plainText(card, { actions: "commands" }).split("\n").slice(-4)).toEqual([
      "Rows: /layoffs acme rows:yes",
      "Source: https://example.org/a",
      "Period:",
      "  2023 (4 events): /layoffs acme period:2023",
    ]);
    expect(plainText(card, { actions: "none" }).split("\n").at(-1)).toMatch(/^Basis/);
  });

  it("aligns labels and values, bullets and several lines of text", () => {
    const text = plainText(
      reply("Pay", {
        blocks: [
          {
            kind: "figures",
            items: [
              { label: "p50", value: "196,000" },
              { label: "ソニー", value: "n 317" },
            ],
          },
          { kind: "bullets", items: ["one\ntwo", [{ bold: "three" }, " ", { code: "/x" }]] },
          { kind: "code", text: "when people(7d) > 10000\n  notify me" },
        ],
        files: [{ name: "rows.csv", mediaType: "text/csv", content: "a", encoding: "utf8" }],
      }),
    );
    expect(text.split("\n")).toEqual([
      "Pay",
      "  p50     196,000",
      "  ソニー  n 317",
      "  • one",
      "    two",
      "  • three /x",
      "  when people(7d) > 10000",
      "    notify me",
      "Attached: rows.csv",
    ]);
  });

  it("keeps tables within the width it is given and says what it left out", () => {
    const rows = [
      [
        "Some Company With A Very Long Name Indeed",
        "1,000",
        "Consumer electronics and more",
        "2024-01-10",
      ],
    ];
    const columns = (["left", "right", "left", "right"] as const).map((align, at) => ({
      title: `c${at}`,
      align,
    }));
    const table: Block = { kind: "table", caption: "Largest", columns, rows, more: 12 };
    const lines = plainText(reply("Rows", { blocks: [table] }), { width: 40 }).split("\n");
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(40);
    expect(lines).toContain("  … and 12 more rows");
    expect(lines[3]).toMatch(/^ {2}Some Com.*…\s+1,000\s+.*…\s+2024-01-10$/);
  });

  it("takes direction marks and other invisible signs out of foreign words", () => {
    expect(plainText(reply("Pay\u202Eroll\u0000", { notes: ["a\u200Bb"] }))).toBe("Payroll\nab");
  });
});

describe("a law of plain text", () => {
  const words: fc.Arbitrary<Words> = fc.oneof(
    foreignText,
    fc.array(
      fc.oneof(
        foreignText,
        foreignText.map((bold) => ({ bold })),
        foreignText.map((text) => ({ link: "https://example.org", text })),
      ),
      { maxLength: 3 },
    ),
  );
  const chart: Chart = {
    kind: "bars",
    title: "Layoffs",
    subtitle: "",
    unit: "people",
    categories: ["Jan"],
    series: [{ name: "people", values: [5] }],
    lastIncomplete: false,
  };
  const table = fc.integer({ min: 1, max: 4 }).chain((count) =>
    fc.record({
      kind: fc.constant("table" as const),
      caption: foreignText,
      columns: fc.array(
        fc.record({
          title: foreignText,
          align: fc.constantFrom("left" as const, "right" as const),
        }),
        {
          minLength: count,
          maxLength: count,
        },
      ),
      rows: fc.array(fc.array(foreignText, { minLength: count, maxLength: count }), {
        maxLength: 4,
      }),
      more: fc.nat(9),
    }),
  );
  const block: fc.Arbitrary<Block> = fc.oneof(
    fc.record({ kind: fc.constant("text" as const), words }),
    fc.record({ kind: fc.constant("bullets" as const), items: fc.array(words, { maxLength: 3 }) }),
    fc.record({
      kind: fc.constant("figures" as const),
      items: fc.array(fc.record({ label: foreignText, value: foreignText }), { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant("meters" as const),
      items: fc.array(fc.record({ label: foreignText, ratio: fc.double(), text: foreignText }), {
        maxLength: 3,
      }),
    }),
    table,
    fc.constant({ kind: "chart" as const, chart }),
    fc.record({ kind: fc.constant("code" as const), text: foreignText }),
  );
  const anyReply: fc.Arbitrary<Reply> = fc
    .record({
      title: foreignText,
      blocks: fc.array(block, { maxLength: 5 }),
      notes: fc.array(foreignText, { maxLength: 2 }),
      labels: fc.array(foreignText, { maxLength: 3 }),
    })
    .map(({ title, blocks, notes, labels }) =>
      reply(title, { blocks, notes, actions: labels.map((label) => ({ label, run: "/x" })) }),
    );

  it("no word of a reply is lost", () => {
    fc.assert(
      fc.property(anyReply, (said) => {
        const text = plainText(said);
        expect(text.isWellFormed()).toBe(true);
        const squeezed = oneLine(text);
        for (const piece of piecesOf(said)) {
          for (const word of oneLine(piece).split(" ")) expect(squeezed).toContain(word);
        }
      }),
    );
  });
});

function piecesOf(said: Reply): string[] {
  return [
    said.title,
    ...said.blocks.flatMap(blockPieces),
    ...said.notes,
    ...said.actions.map(({ label }) => label),
  ];
}

function blockPieces(block: Block): string[] {
  switch (block.kind) {
    case "text":
      return [bareText(block.words)];
    case "bullets":
      return block.items.map(bareText);
    case "figures":
      return block.items.flatMap(({ label, value }) => [label, value]);
    case "meters":
      return block.items.flatMap(({ label, text }) => [label, text]);
    case "table":
      return [
        block.caption,
        ...block.columns.map(({ title }) => title),
        ...block.rows.flat().map(cellText),
      ];
    case "chart":
      return [block.chart.title];
    case "code":
      return [block.text];
    default:
      return block satisfies never;
  }
}
