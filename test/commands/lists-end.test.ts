import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { plainText } from "../../src/reply/plain.ts";
import { testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";

const folder = mkdtempSync(join(tmpdir(), "pulse-lists-"));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function feed(name: string, ...items: readonly (readonly [title: string, date: string])[]): string {
  return file(
    name,
    `<rss version="2.0"><channel><title>News</title>${items
      .map(
        ([title, date], at) =>
          `<item><title>${title}</title><link>https://news.example/${at}</link><guid>${name}${at}</guid><pubDate>${date}</pubDate></item>`,
      )
      .join("")}</channel></rss>`,
  );
}

/** Rows of the first quarter of two years; the list ends with its newest. */
const LIST = [
  "Company,Location_HQ,Industry,Laid_Off_Count,Percentage,Date,Source,Funds_Raised,Stage,Date_Added,Country",
  "Kestrel,Oslo,Data,1000,,2025-02-03,https://a.example/1,1,Series A,2025-02-03,Norway",
  "Osprey,Oslo,Data,900,,2025-04-15,https://a.example/2,1,Series A,2025-04-15,Norway",
  "Kestrel,Oslo,Data,500,,2026-02-03,https://a.example/3,1,Series A,2026-02-03,Norway",
  "Osprey,Oslo,Data,300,,2026-03-30,https://a.example/4,1,Series A,2026-03-30,Norway",
].join("\n");

const figuresOf = async (bot: TestBot, question: string) => (await bot.ask(question)).reply.figures;

describe("a saved feed", () => {
  it("speaks for its newest item, not for the day it was imported", async () => {
    const bot = await testBot({
      files: [
        feed(
          "old.xml",
          ["Merlin lays off 120 employees", "Mon, 20 May 2024 10:00:00 GMT"],
          ["A word on the weather", "Tue, 21 May 2024 10:00:00 GMT"],
        ),
      ],
    });
    expect(bot.imported[0]!.asOfOn).toBe("2024-05-21");
    const before = await testBot();
    expect(bot.market.asOfOn).toBe(before.market.asOfOn);
    expect(await figuresOf(bot, "/pulse")).toEqual(await figuresOf(before, "/pulse"));
  });
});

describe("where reports go on after the lists end", () => {
  let bot: TestBot;
  /** The same list without any feed. */
  let plain: TestBot;
  beforeAll(async () => {
    const list = file("tracker_2026-03-31.csv", LIST);
    bot = await testBot({
      files: [
        list,
        feed(
          "live.xml",
          ["Merlin lays off 120 employees", "Fri, 20 Nov 2026 10:00:00 GMT"],
          ["Osprey cuts 70 jobs", "Sat, 21 Nov 2026 10:00:00 GMT"],
        ),
      ],
    });
    plain = await testBot({ files: [list] });
  });

  it.each([
    "/pulse",
    "/pulse asof:2026-11-21",
    "/trend layoffs",
    "/trend layoffs compare:yoy",
    "/trend layoffs compare:prev period:2026",
    "/trend layoffs project:yes",
    "/trend layoffs todate:2026",
    "/trend events by:week period:90d",
    "/layoffs",
    "/layoffs period:2026",
    "/layoffs period:12m",
    "/layoffs from:2025-01-01",
    "/layoffs country:Norway",
    "/layoffs osprey",
    "/top cuts",
    "/top companies",
    "/compare kestrel,osprey",
    "/compare kestrel,osprey period:ytd",
    "/compare 2025,2026",
    "/compare 2025Q1,2026Q1",
    "/overlap",
    "/layoffs why:yes",
    "/alert backtest when people(30d) > 200",
  ])("totals, changes and charts are those of the list alone: %s", async (question) => {
    const [live, alone] = [await bot.ask(question), await plain.ask(question)];
    expect(live.reply.title).toBe(alone.reply.title);
    expect(live.reply.figures).toEqual(alone.reply.figures);
    const charts = ({ reply }: typeof live) =>
      reply.blocks.flatMap((block) =>
        block.kind === "chart" ? [{ ...block.chart, subtitle: "" }] : [],
      );
    expect(charts(live)).toEqual(charts(alone));
    expect(plainText(live.reply)).not.toContain("no known events");
    expect([...bot.broken, ...plain.broken]).toEqual([]);
  });

  it.each([
    "/layoffs period:2026-08",
    "/layoffs merlin period:2026-11",
    "/trend layoffs period:2026-08",
    "/trend layoffs todate:2026-08-01",
    "/trend layoffs compare:2026Q3",
    "/top cuts from:2026-05-01",
    "/compare 2026Q1,2026Q3",
    "/compare 2026Q3,2025Q3",
  ])("a time after the list is refused, never answered with zero: %s", async (question) => {
    const { reply } = await bot.ask(question);
    expect(reply.reason).toBe("not_found");
    expect(reply.title).toContain(
      "the lists end 31 Mar 2026, and the single reports of later days are no totals",
    );
  });

  it("single reports are shown as such, and counted in nothing", async () => {
    const one = plainText((await bot.ask("/layoffs merlin")).reply);
    expect(one).toContain("Merlin — no list has it up to 31 Mar 2026; 1 single report since");
    expect(one).toContain("120 (unconfirmed)");
    const both = plainText((await bot.ask("/layoffs osprey")).reply);
    expect(both).toContain("2 known events since 2025, at least 1,200 people");
    expect(both).toMatch(/Single reports since the lists end[^]*2026-11-21 +70/);
    const all = plainText((await bot.ask("/layoffs")).reply);
    expect(all).toMatch(/Single reports since the lists end[^]*Osprey[^]*Merlin/);
    for (const past of ["/layoffs period:2025", "/layoffs osprey asof:2026-03-31"])
      expect(plainText((await bot.ask(past)).reply)).not.toContain("Single reports");
  });

  it("a watch set counts the list alone, and shows them among its newest", async () => {
    await bot.ask("/watch add birds kestrel,osprey");
    const { reply } = await bot.ask("/watch birds");
    expect(reply.title).toContain("at least 2,700 people in 4 events");
    expect(plainText(reply)).toMatch(/2026-11-21 +Osprey +70/);
  });

  it("the day the lists end is said", async () => {
    expect([bot.market.listedTo, bot.market.asOfOn]).toEqual(["2026-03-31", "2026-11-21"]);
    const { notes } = (await bot.ask("/pulse")).reply;
    expect(notes.join(" ")).toContain("as known 21 Nov 2026");
    expect(notes.join(" ")).toContain(
      'The lists end 31 Mar 2026, 8 months ago; "now" counts back from there. Of later days only single reports are known',
    );
    expect((await bot.ask("/sources")).reply.title).toContain("as of 31 Mar 2026");
  });

  it("a digest of later days compares nothing, and lists what was reported", async () => {
    const { reply } = await bot.ask("/digest preview asof:2026-11-22");
    const said = plainText(reply);
    expect(reply.title).toBe(
      "Tech layoffs 16 Nov – 22 Nov 2026: not known yet, the lists end on 31 Mar 2026",
    );
    expect(said).toContain("Single reports: no list speaks for these days yet");
    expect(said).toContain("Merlin");
    expect(said).not.toMatch(/so far|last year|before/);
    expect(reply.figures).toMatchObject({ week: null, yearToDate: null });
  });
});
