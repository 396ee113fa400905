import { expect, it } from "vitest";
import { renderSlack } from "../../../src/platforms/slack/render.ts";
import { reply } from "../../../src/reply/reply.ts";
import type { Table } from "../../../src/reply/reply.ts";
import { blockProblems } from "../../fakes/slack/block-rules.ts";

const heavy: Table = {
  kind: "table",
  caption: "Long rows",
  columns: [
    { title: "A", align: "left" },
    { title: "B", align: "left" },
  ],
  rows: Array.from({ length: 60 }, (_, row) => [`${row} ${"x".repeat(90)}`, "y".repeat(90)]),
  more: 0,
};

it("two heavy tables stay within what Slack allows all tables of a message together, shortened in sight", () => {
  const { blocks } = renderSlack(reply("Two tables", { blocks: [heavy, heavy] }), {
    surface: "message",
    keep: () => "key",
  });
  expect(
    blockProblems(JSON.parse(JSON.stringify(blocks)), {
      surface: "message",
      isFileReady: () => true,
    }),
  ).toEqual([]);
  expect(JSON.stringify(blocks)).toMatch(/and \d+ more rows/);
});
