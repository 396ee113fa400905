import { expect, it } from "vitest";
import { csvOf } from "../../src/reply/csv.ts";
import type { Table } from "../../src/reply/reply.ts";

const table: Table = {
  kind: "table",
  caption: "Events",
  columns: [
    { title: "Company", align: "left" },
    { title: "People", align: "right" },
    { title: "Source", align: "left" },
  ],
  rows: [
    [
      'Byju"s, Inc',
      { text: "12,000", value: 12_000 },
      { text: "reuters.com", link: "https://reuters.com/x" },
    ],
    ["=HYPERLINK(1)", "not said", "@cmd"],
    ["two\nlines", { text: "-5", value: -5 }, "–"],
  ],
  more: 4,
};

it("a table becomes quoted fields with exact numbers, links and remarks on top", () => {
  expect(csvOf(table, ["question: /layoffs", "licence: facts"]).split("\r\n")).toEqual([
    "# question: /layoffs",
    "# licence: facts",
    "Company,People,Source",
    '"Byju""s, Inc",12000,https://reuters.com/x',
    "'=HYPERLINK(1),not said,'@cmd",
    '"two\nlines",-5,–',
    "# and 4 more rows not in this file",
    "",
  ]);
});
