import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { altText } from "../../src/charts/alt-text.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";

const HEADER =
  "company,location,industry,total_laid_off,percentage_laid_off,date,stage,country,funds_raised";

function tracker(...rows: readonly string[]): string {
  const path = join(mkdtempSync(join(tmpdir(), "pulse-learned-")), "layoffs.csv");
  writeFileSync(path, [HEADER, ...rows, ""].join("\n"));
  return path;
}

const altOf = ({ blocks }: Reply) =>
  blocks.flatMap((block) => (block.kind === "chart" ? [altText(block.chart)] : [])).join("\n");

describe("a tracker that tells no days of learning", () => {
  let bot: TestBot;
  const ask = async (text: string) => (await bot.ask(text)).reply;
  const caveat = "4 events do not say when they were added: the announced date stands in for it.";
  beforeAll(async () => {
    bot = await testBot({
      files: [
        tracker(
          "Google,SF Bay Area,Consumer,1000,,2024-01-10,Post-IPO,United States,26",
          "Google,SF Bay Area,Consumer,12000,,2023-01-20,Post-IPO,United States,26",
          "Meta,SF Bay Area,Consumer,,,2024-02-10,Post-IPO,United States,26",
          "Meta,SF Bay Area,Consumer,11000,,2023-03-14,Post-IPO,United States,26",
        ),
      ],
    });
  });

  it("has no comparison at the same age, and says so", async () => {
    const reply = await ask("/trend layoffs compare:yoy");
    const words = JSON.stringify(reply.blocks);
    expect(words).toContain("not known: no event says when it was added");
    expect(words).not.toContain("same age the direction");
    expect(reply.notes).toContain(caveat);
    expect(reply.figures).toMatchObject({
      current: 1_000,
      previous: 12_000,
      currentSameAge: null,
      previousSameAge: null,
      changePctSameAge: null,
    });
  });

  it.each([
    "/layoffs",
    "/layoffs google rows:yes",
    "/layoffs google why:yes",
    "/layoffs google rows:yes asof:2024-02-01",
    "/alert backtest when people(7d) > 1000 from:2023-01-01 to:2023-03-01",
  ])("%s says under its days of learning what they are, once", async (text) => {
    expect((await ask(text)).notes.filter((note) => note === caveat)).toHaveLength(1);
  });

  it("needs no such word where no such day is told", async () => {
    expect((await ask("/layoffs google")).notes).not.toContain(caveat);
    expect((await ask("/trend layoffs")).notes).not.toContain(caveat);
  });
});

describe("a comparison of companies", () => {
  let bot: TestBot;
  const ask = async (text: string) => (await bot.ask(text)).reply;
  beforeAll(async () => {
    bot = await testBot({
      files: [
        tracker(
          "Amazon,Seattle,Retail,18000,,2023-01-04,Post-IPO,United States,26",
          "Twitch,SF Bay Area,Media,500,,2024-01-10,Acquired,United States,26",
          "Audible,New York City,Media,,,2024-01-12,Acquired,United States,26",
          "Amazon,Seattle,Retail,400,,2024-01-15,Post-IPO,United States,26",
          "Meta,SF Bay Area,Consumer,,,2024-02-10,Post-IPO,United States,26",
          "Google,SF Bay Area,Consumer,1000,,2024-03-10,Post-IPO,United States,26",
        ),
      ],
    });
  });

  it("says which units it leaves out, as it says which it counts", async () => {
    const { notes } = await ask("/compare alphabet,amazon");
    expect(notes).toContain(
      "Amazon leaves out Twitch (500) and Audible (size not reported); rollup:yes counts what each owns.",
    );
    const whole = await ask("/compare alphabet,amazon rollup:yes");
    expect(whole.notes.join(" ")).not.toContain("leaves out");
    expect(whole.notes.join(" ")).toContain("Amazon counts Amazon, Twitch and Audible.");
    expect((await ask("/compare google,amazon 2023")).notes.join(" ")).not.toContain("leaves out");
  });

  it("draws no zero where nobody said how many", async () => {
    const alt = altOf(await ask("/compare google,meta from:2024-01-01 to:2024-03-31"));
    expect(alt).toContain("Meta: last 0 in 2024-W10 so far; 1 of 10 not known.");
    expect(altOf(await ask("/trend layoffs company:meta by:month 2024"))).toContain("not known");
    expect(altOf(await ask("/trend events company:meta by:month 2024"))).toContain("highest 1");
  });
});
