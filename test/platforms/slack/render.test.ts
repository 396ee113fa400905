import { describe, expect, it } from "vitest";
import { BUDGET } from "../../../src/platforms/slack/limits.ts";
import { reply } from "../../../src/reply/reply.ts";
import type { Table } from "../../../src/reply/reply.ts";
import { rendered, words } from "./rendered.ts";
import { bars, ranges, table, withChart } from "./sample-replies.ts";

function kinds(...args: Parameters<typeof rendered>): readonly string[] {
  return rendered(...args).blocks.map(({ type }) => type);
}

function tableOf(rows: number, columns = 2): Table {
  return {
    kind: "table",
    caption: "Many",
    columns: Array.from({ length: columns }, (_, at) => ({ title: `c${at}`, align: "left" })),
    rows: Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, at) => `r${row}c${at}`),
    ),
    more: 0,
  };
}

describe("a title", () => {
  it("is a header, and bold text where it is too long for one", () => {
    expect(rendered(reply("x".repeat(150))).blocks[0]?.type).toBe("header");
    const long = `${"word ".repeat(60)}end`;
    expect(rendered(reply(long)).blocks[0]?.type).toBe("rich_text");
    expect(words(rendered(reply(long)))).toBe(long);
  });

  it("of a refusal is told apart and does not shout", () => {
    const [head] = rendered(reply("No company ‘gogle’.", { reason: "not_found" })).blocks;
    expect(head).toMatchObject({
      type: "section",
      text: { type: "mrkdwn", text: "⚠️ No company ‘gogle’." },
    });
  });
});

describe("a table", () => {
  it("is Slack's own, with the numbers behind its words and its links", () => {
    const block = rendered(reply("t", { blocks: [table] })).blocks.find(
      ({ type }) => type === "data_table",
    );
    expect(block).toMatchObject({
      caption: "Largest cuts",
      rows: [
        [{ text: "Company" }, { text: "People" }, { text: "Source" }],
        [
          { text: "Acme" },
          { type: "raw_number", value: 1_200, text: "1,200" },
          { type: "rich_text" },
        ],
        [
          { text: "Byte & Co" },
          { type: "raw_text", text: "not reported" },
          { type: "raw_text", text: "–" },
        ],
      ],
    });
  });

  it("counts the rows it does not show", () => {
    expect(words(rendered(reply("t", { blocks: [table] })))).toContain("… and 12 more rows");
    expect(words(rendered(reply("t", { blocks: [tableOf(140)] })))).toContain("… and 40 more rows");
  });

  it("of 20 columns is Slack's own, of 21 it is text", () => {
    expect(kinds(reply("t", { blocks: [tableOf(2, 20)] }))).toContain("data_table");
    expect(kinds(reply("t", { blocks: [tableOf(2, 21)] }))).toEqual(["header", "rich_text"]);
  });

  it("after the second one is text", () => {
    const three = kinds(reply("t", { blocks: [tableOf(2), tableOf(2), tableOf(2)] }));
    expect(three.filter((kind) => kind === "data_table")).toHaveLength(2);
  });

  it("as text keeps its links below it", () => {
    const { blocks } = rendered(reply("t", { blocks: [table] }), { picture: "upload" });
    expect(JSON.stringify(blocks)).toContain('"url":"https://example.com/acme"');
    expect(words({ blocks, text: rendered(reply("t")).text, pictures: [] })).toContain("Byte & Co");
  });

  it("without rows says so", () => {
    expect(words(rendered(reply("t", { blocks: [tableOf(0)] })))).toContain("No rows.");
  });

  it("of 2,000 rows fits and counts the rest", () => {
    const message = rendered(reply("t", { blocks: [tableOf(2_000)] }), { picture: "none" });
    const shown = words(message).match(/r\d+c0/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(300);
    expect(words(message)).toContain(`… and ${(2_000 - shown).toLocaleString("en-US")} more rows`);
  });
});

describe("a chart", () => {
  it("is Slack's own, and says below what the drawing cannot", () => {
    const message = rendered(withChart(bars));
    expect(message.pictures).toEqual([]);
    expect(message.blocks[1]).toMatchObject({
      type: "data_visualization",
      title: bars.title,
      chart: {
        type: "bar",
        axis_config: { categories: bars.categories, y_label: "people" },
        series: [{ name: "people", data: [{ label: "Jan 2024", value: 34_107 }, {}, {}] }],
      },
    });
    expect(words(message)).toContain("by announcement, invented · Mar 2024 is incomplete");
  });

  it.each([
    ["a hole", { ...bars, series: [{ name: "people", values: [1, null, 3] }] }],
    ["a threshold", { ...bars, threshold: { value: 10_000, label: "alert" } }],
    ["a mark", { ...bars, marks: [{ category: "Jan 2024", label: "fired" }] }],
    [
      "a line over its bars",
      { ...bars, series: [{ name: "average", values: [1, 2, 3], as: "line" as const }] },
    ],
    [
      "21 points",
      {
        ...bars,
        categories: Array.from({ length: 21 }, (_, at) => `${at}`),
        series: [{ name: "people", values: Array.from({ length: 21 }, () => 1) }],
      },
    ],
    [
      "seven series",
      {
        ...bars,
        series: Array.from({ length: 7 }, (_, at) => ({ name: `${at}`, values: [1, 2, 3] })),
      },
    ],
    ["a label of 21 characters", { ...bars, categories: ["x".repeat(21), "b", "c"] }],
    ["two points of one name", { ...bars, categories: ["a", "a", "c"] }],
    ["ranges", ranges],
  ])("with %s is a picture, so that nothing of it is lost", (_, chart) => {
    const message = rendered(withChart(chart));
    expect(message.pictures.map((picture) => picture.chart)).toEqual([chart]);
    expect(message.blocks.find(({ type }) => type === "image")).toMatchObject({
      block_id: message.pictures[0]?.blockId,
    });
  });

  it("after the second one is a picture", () => {
    const block = { kind: "chart" as const, chart: bars };
    const message = rendered(reply("t", { blocks: [block, block, block] }));
    expect(message.pictures).toHaveLength(1);
  });

  it("is words where pictures are not wanted, and in the tab", () => {
    for (const options of [{ picture: "none" }, { surface: "home" }] as const) {
      const message = rendered(withChart(bars), options);
      expect(message.pictures).toEqual([]);
      expect(words(message)).toContain("highest 34,107 in Jan 2024");
    }
  });
});

describe("what is too much", () => {
  it("is counted in sight, part by part", () => {
    const blocks = Array.from({ length: 80 }, (_, at) => ({
      ...tableOf(1),
      caption: `Table ${at}`,
    }));
    const message = rendered(reply("t", { blocks }));
    expect(message.blocks.length).toBeLessThanOrEqual(BUDGET.blocks);
    const shown = words(message).match(/^Table \d+$/gm)?.length ?? 0;
    const missing = /… and (\d+) more parts of this answer/.exec(words(message))?.[1];
    expect(shown + Number(missing ?? 0)).toBe(80);
  });

  it("leaves room for every later part", () => {
    const message = rendered(
      reply("t", {
        blocks: [
          { kind: "text", words: "long ".repeat(5_000) },
          { kind: "text", words: "Last but not least." },
        ],
      }),
    );
    expect(words(message)).toContain("Last but not least.");
  });

  it("among buttons and menus is named", () => {
    const actions = Array.from({ length: 30 }, (_, at) => ({
      label: `Button ${at}`,
      run: "/pulse",
    }));
    expect(words(rendered(reply("t", { actions })))).toMatch(
      /Not offered here: Button 25 · .*Button 29/,
    );
    const options = Array.from({ length: 130 }, (_, at) => ({ label: `${at}`, run: "/pulse" }));
    expect(words(rendered(reply("t", { choices: [{ placeholder: "Which", options }] })))).toContain(
      "… and 30 more under Which",
    );
  });
});

it("a link that leads nowhere safe is words", () => {
  const message = rendered(
    reply("t", {
      blocks: [
        {
          kind: "text",
          words: [
            { link: "javascript:alert(1)", text: "one" },
            " ",
            { link: "https://a.test/x|y>z", text: "two" },
          ],
        },
      ],
      actions: [{ label: "Three", url: "data:text/html,x" }],
    }),
  );
  expect(JSON.stringify(message.blocks)).not.toContain("javascript");
  expect(JSON.stringify(message.blocks)).toContain("https://a.test/x%7Cy%3Ez");
  expect(words(message)).toMatch(/one[^]*two/);
  expect(words(message)).toContain("Not offered here: Three");
});

it("the text beside the blocks is the whole answer, escaped", () => {
  const { text } = rendered(reply("R&D <cuts>", { blocks: [table], notes: ["source: invented"] }));
  expect(text).toContain("R&amp;D &lt;cuts&gt;");
  expect(text).toContain("Byte &amp; Co");
  expect(text).toContain("source: invented");
});
