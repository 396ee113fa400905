import { beforeAll, describe, expect, it } from "vitest";
import type { TestBot } from "../bot.ts";
import { botOfEachKind } from "./one-of-each.ts";

let bot: TestBot;
beforeAll(async () => {
  bot = await botOfEachKind();
});

async function file(question: string) {
  const { reply } = await bot.ask(`/export ${question}`);
  const text = reply.files[0]?.content ?? "";
  const lines = text.trimEnd().split("\r\n");
  return {
    reply,
    text,
    rows: lines.filter((line) => !line.startsWith("#")).length - 1,
    licences: lines.flatMap((line) => /^# licence: ([^:]*)/.exec(line)?.[1] ?? []),
  };
}

describe("a file as csv", () => {
  it.each([
    // Three of four events say how many, one of three which share.
    ["top cuts", 74],
    ["top percent", 35],
    ["top companies period:2023", 7],
    ["top sectors", 5],
    ["layoffs period:2023", 42],
    ["layoffs meta", 14],
    ["layoffs why:yes", 98],
    ["top pay", 10],
    ["salary kind:posted", 11],
    ["upcoming within:26w", 2],
    ["pulse", 0],
  ])("of %s holds every row: %s", async (question, n) => {
    const { rows, text, reply } = await file(question);
    if (n > 0) expect(rows).toBe(n);
    expect(text).not.toContain("not in this file");
    expect(JSON.stringify(reply.blocks)).toContain(`holds ${rows} row`);
  });

  it("holds as many as were asked for, and says of how many", async () => {
    const { rows, text, reply } = await file("top cuts limit:3");
    expect(rows).toBe(3);
    expect(text).toContain("# and 71 more rows not in this file");
    expect(JSON.stringify(reply.blocks)).toContain("3 of 74 rows");
    expect((await file("layoffs meta rows:4")).rows).toBe(4);
  });

  it("counts in no ranking what cannot be ranked, and says how many that are", async () => {
    const { reply } = await bot.ask("/top percent limit:5");
    expect(reply.blocks[0]).toMatchObject({ kind: "table", more: 30 });
    expect(reply.notes[0]).toBe("63 events do not say which share of staff, and are not ranked.");
    expect((await bot.ask("/top cuts")).reply.notes[0]).toBe(
      "24 events do not say how many people, and are not ranked.",
    );
  });

  it("names in a chat as few as before", async () => {
    const { reply } = await bot.ask("/top cuts");
    expect(reply.figures["items"]).toHaveLength(10);
  });

  it.each([
    ["layoffs meta", ["Layoffs.fyi"]],
    ["top companies 2023", ["Layoffs.fyi"]],
    ["compare google,meta", ["Layoffs.fyi"]],
    ["pulse", ["Layoffs.fyi"]],
    ["salary engineer period:2022Q4..2023Q3", ["aijobs.net"]],
    ["top pay company:spotify", ["Lever job boards"]],
  ])("of %s carries the licences of what it is made of: %s", async (question, publishers) => {
    const { licences } = await file(question);
    expect(licences.map((line) => line.split(",")[0])).toEqual(publishers);
  });
});

it("a file as json has the licences of the published series it is made of", async () => {
  const { text } = await file("trend jolts format:json");
  const { licences }: { licences: readonly string[] } = JSON.parse(text);
  expect(licences).toHaveLength(1);
  expect(licences[0]).toContain("Bureau of Labor Statistics");
});
