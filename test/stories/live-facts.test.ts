import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenFacts } from "../../src/facts.ts";
import { openFacts } from "../../src/facts.ts";
import { totals } from "../../src/market/layoffs.ts";
import { CATALOGUE } from "../../src/sources/catalogue.ts";
import type { Book } from "../../src/stores/book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { sourceStage } from "../fetching/stage.ts";
import type { Stage } from "../fetching/stage.ts";
import { addRule, openChannels, openLife } from "../reliability/alerts/road.ts";
import type { Channels, Life } from "../reliability/alerts/road.ts";

const FEED = "https://wire.example/feed.xml";
const TRACKER = "https://tracker.example/export.csv";
const HEADER =
  "company,location,industry,total_laid_off,percentage_laid_off,date,date_added,source";
const HOUR = 60;

let stage: Stage;
let facts: OpenFacts;
let book: Book;
let channels: Channels;
let life: Life;

beforeEach(async () => {
  stage = await sourceStage({
    wanted: ["news", "layoffs-fyi"],
    own: { SOURCES_NEWS_URL: FEED, SOURCES_LAYOFFS_FYI_URL: TRACKER },
    catalogue: CATALOGUE,
  });
  listed("Old Co,Boston,Data,400,,2026-11-01,2026-11-01,https://press.example/old");
  said();
  await stage.turn(0);
  facts = await openFacts(stage.dir);
  book = memoryBook();
  channels = openChannels();
  life = openLife({ book, market: () => facts.market, clock: stage.now, channels });
});
afterEach(async () => {
  await life.close();
  await stage.close();
});

/** What the tracker's export holds from now on. */
function listed(...rows: readonly string[]): void {
  const body = [HEADER, ...rows].join("\n");
  stage.web.serves(TRACKER, { type: "text/csv", body });
}

/** The headlines of the feed from now on. */
function said(...headlines: readonly string[]): void {
  const items = headlines.map(
    (title, at) =>
      `<item><title>${title}</title><link>https://wire.example/${at}</link><guid>g${at}</guid><pubDate>Sun, 22 Nov 2026 0${at}:00:00 GMT</pubDate></item>`,
  );
  const body = `<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>${items.join("")}</channel></rss>`;
  stage.web.serves(FEED, { type: "application/rss+xml", body });
}

async function hoursLater(hours: number): Promise<void> {
  await stage.turn(hours * HOUR);
  await facts.refresh();
  await life.beat();
}

const told = () => channels.shown.map(({ kind, reply }) => `${kind}: ${reply.title}`);

describe("facts that come by themselves", () => {
  it("a headline is told at once as unconfirmed; the tracker's row is the same event, and its other size a correction", async () => {
    await addRule(book, "r1", "on layoff where people >= 500 notify here", stage.now());
    await life.beat();
    said("Acme lays off 1,000 workers");
    await hoursLater(1);
    expect(told()).toEqual(["alert: Acme: 1,000 people, announced 22 Nov 2026"]);
    expect(JSON.stringify(channels.shown[0]?.reply.blocks)).toContain("1,000 (unconfirmed)");
    expect(totals(facts.market, { from: "2026-11-20" })).toMatchObject({
      events: 1,
      people: 1_000,
    });

    listed(
      "Old Co,Boston,Data,400,,2026-11-01,2026-11-01,https://press.example/old",
      "Acme,Pune,Retail,600,,2026-11-23,2026-11-23,https://press.example/acme",
    );
    await hoursLater(25);
    expect(told().slice(1)).toEqual([
      "correction: Correction: Acme, 23 Nov 2026: 1,000 people was told, it is now 600 people",
    ]);
    expect(totals(facts.market, { from: "2026-11-20" })).toMatchObject({ events: 1, people: 600 });
    expect(totals(facts.market, { from: "2026-11-20", asof: "2026-11-22" })).toMatchObject({
      people: 1_000,
    });

    listed(
      "Old Co,Boston,Data,400,,2026-11-01,2026-11-01,https://press.example/old",
      "Acme,Pune,Retail,100,,2026-11-23,2026-11-23,https://press.example/acme",
    );
    await hoursLater(25);
    expect(told().at(-1)).toBe(
      "correction: Correction: Acme, 23 Nov 2026: 600 people was told, it is now 100 people; it no longer fits the rule",
    );
    await hoursLater(25);
    expect(told()).toHaveLength(3);
  });

  it("an answer that lost half of the list changes nothing and tells nobody in the channel", async () => {
    await addRule(book, "r1", "on revision notify here", stage.now());
    const rows = Array.from(
      { length: 20 },
      (_, at) =>
        `Co ${at},Boston,Data,${100 + at},,2026-11-02,2026-11-02,https://press.example/${at}`,
    );
    listed(...rows);
    await hoursLater(25);
    const before = totals(facts.market, {});
    listed(...rows.slice(0, 5));
    await hoursLater(25);
    expect(totals(facts.market, {})).toEqual(before);
    expect(told()).toEqual([]);
    expect(stage.state("layoffs-fyi")).toBe("suspicious");
    expect(stage.told).toContain("source.suspicious");
  });
});
