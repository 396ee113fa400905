import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RawClient } from "./raw-client.ts";
import { openRawClient, refusal } from "./raw-client.ts";
import { chart, dataTable, error, many, point, raw, table } from "./sample-blocks.ts";

let client: RawClient;
beforeEach(async () => {
  client = await openRawClient();
});
afterEach(() => client.fake.close());

describe("a message is refused", () => {
  it.each<[string, readonly object[], readonly string[]]>([
    [
      "for a table of 101 rows",
      [table(101, 1)],
      [error("no more than 100 items allowed", "/rows")],
    ],
    [
      "for a table of 21 columns",
      [table(1, 21)],
      [error("no more than 20 items allowed", "/rows/0")],
    ],
    [
      "for a table over 10,000 characters",
      [table(1, 1, "x".repeat(10_001))],
      [error("tables must total less than 10001 characters")],
    ],
    [
      "for two data tables over 10,000 characters together",
      many(2, () => dataTable([[raw("x")], [raw("x".repeat(5_001))]])),
      ["[ERROR] tables must total less than 10001 characters [json-pointer:/blocks/1]"],
    ],
    [
      "for a data table of 101 rows below its head",
      [dataTable(many(102, () => [raw("x")]))],
      [error("no more than 101 items allowed", "/rows")],
    ],
    [
      "for a data table that is only a head",
      [dataTable([[raw("x")]])],
      [error("no fewer than 2 items allowed", "/rows")],
    ],
    [
      "for a data table without caption",
      [dataTable([[raw("x")], [raw("y")]], { caption: undefined })],
      [error("missing required field: caption")],
    ],
    [
      "for a data table with a short row",
      [dataTable([[raw("x"), raw("y")], [raw("z")]])],
      [error("all rows must have the same number of cells", "/rows/1")],
    ],
    [
      "for rich text in the head of a data table",
      [
        dataTable([
          [{ type: "rich_text", elements: [{ type: "rich_text_section", elements: [] }] }],
          [raw("y")],
        ]),
      ],
      [error("unsupported type: rich_text", "/rows/0/0")],
    ],
    [
      "for an empty cell",
      [dataTable([[raw("x")], [raw("")]])],
      [error("must be more than 0 characters", "/rows/1/0/text")],
    ],
    [
      "for a page of 101 rows",
      [dataTable([[raw("x")], [raw("y")]], { page_size: 101 })],
      [error("must be less than 101", "/page_size")],
    ],
    [
      "for three charts",
      many(3, () => chart()),
      ["[ERROR] no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]"],
    ],
    [
      "for a chart with a series that misses a category",
      [chart({ series: [{ name: "People", data: [point("2024")] }] })],
      [error("data points must match the axis categories", "/chart/series/0/data")],
    ],
    [
      "for a chart of 7 series",
      [chart({ series: many(7, (n) => ({ name: `${n}`, data: [point("2024"), point("2025")] })) })],
      [error("no more than 6 items allowed", "/chart/series")],
    ],
    [
      "for a chart with two series of one name",
      [
        chart({
          series: many(2, () => ({ name: "People", data: [point("2024"), point("2025")] })),
        }),
      ],
      [error("series names must be unique", "/chart/series/1/name")],
    ],
    [
      "for a chart with a hole",
      [chart({ series: [{ name: "People", data: [point("2024"), point("2025", "?")] }] })],
      [error("must be a number", "/chart/series/0/data/1/value")],
    ],
    [
      "for a chart of 21 categories",
      [
        chart(
          {},
          many(21, (n) => `${n}`),
        ),
      ],
      [
        error("no more than 20 items allowed", "/chart/series/0/data"),
        error("no more than 20 items allowed", "/chart/axis_config/categories"),
      ],
    ],
    [
      "for a chart title over 50",
      [{ ...chart(), title: "x".repeat(51) }],
      [error("must be less than 51 characters", "/title")],
    ],
  ])("%s", async (_, blocks, messages) => {
    const answer = await client.call("chat.postMessage", {
      channel: client.fake.channel.id,
      text: "x",
      blocks,
    });
    expect(refusal(answer)).toEqual(["invalid_blocks", ...messages]);
    expect(client.fake.messages()).toEqual([]);
  });
});
