import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDelivery } from "../../src/delivery/worker.ts";
import type { Delivery } from "../../src/delivery/worker.ts";
import { companyBook } from "../../src/market/company-book.ts";
import { buildMarket } from "../../src/market/build.ts";
import type { Day, Facts, LayoffSighting } from "../../src/market/facts.ts";
import type { Market } from "../../src/market/market.ts";
import { silentLog } from "../../src/log.ts";
import { discordPlatform } from "../../src/platforms/discord/index.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { loadSeed } from "../../src/sources/seed.ts";
import { standingOrders } from "../../src/standing/orders.ts";
import type { Book } from "../../src/stores/book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { openFakeDiscord } from "../fakes/discord/fake-discord.ts";
import type { FakeDiscord } from "../fakes/discord/fake-discord.ts";

const HOUR = 3_600_000;
/** A Wednesday. */
const START = Date.UTC(2026, 0, 7, 9);

let now: number;
let fake: FakeDiscord;
let platform: Platform;
let delivery: Delivery;
let book: Book;
let bot: TestBot;
let layoffs: LayoffSighting[];
let beat: () => Promise<void>;

beforeEach(async () => {
  now = START;
  layoffs = [];
  book = memoryBook();
  fake = await openFakeDiscord({ now });
  bot = await testBot({ clock: () => now, book });
  platform = discordPlatform({
    bot: bot.bot,
    settings: fake.settings,
    log: silentLog,
    clock: () => now,
  });
  await platform.start();
  delivery = openDelivery({
    book,
    senders: [platform.sender!()],
    clock: () => now,
    after: () => () => {},
    log: silentLog,
  });
  const orders = standingOrders({
    book,
    facts: {
      get market() {
        return market();
      },
      refresh: async () => {},
    },
    clock: () => now,
    log: silentLog,
    onPlanned: () => delivery.poke(),
  });
  beat = async () => {
    await orders.beat();
    delivery.poke();
    await delivery.idle();
  };
});
afterEach(async () => {
  await delivery.close();
  await platform.stop();
  await fake.close();
});

/** The market of the layoffs so far, known up to now. */
function market(): Market {
  const seed = loadSeed();
  const today = new Date(now).toISOString().slice(0, 10);
  const facts: Facts = {
    ...seed,
    layoffs,
    sources: seed.sources.map((source) =>
      source.sample ? { ...source, sample: false, asOfOn: today } : source,
    ),
  };
  return buildMarket(
    facts,
    companyBook(
      [],
      layoffs.map(({ versions }) => versions[0]!.values.company),
    ),
  );
}

function learn(company: string, on: Day, headcount: number | null): void {
  const values = {
    company,
    announcedOn: on,
    filedOn: null,
    effectiveOn: null,
    headcount,
    percentOfStaff: null,
    industry: "Finance",
    country: "United States",
    location: null,
    stage: null,
    reason: null,
    raisedUsdM: null,
    url: "https://news.example/1",
  };
  layoffs.push({
    key: `press|${company}|${on}|${layoffs.length}`,
    source: "press",
    learnedOn: on,
    learnedIsAssumed: false,
    versions: [{ from: on, values }],
    withdrawnOn: null,
  });
}

async function slash(name: string, options: Record<string, string | boolean>) {
  now += 60_000;
  return fake.slash({ name, options }).answer();
}

function said(): readonly string[] {
  return fake.messages().map(({ text }) => text);
}

describe("an alert on a figure", () => {
  it("speaks once when it passes, stays quiet while it lasts, and says in its thread when it is over", async () => {
    learn("Quiet Co", "2026-01-02", 100);
    await slash("alert", {
      what: "new",
      rest: "when people(7d) > 1000 clear < 500 notify here",
      confirm: true,
    });
    await beat();
    expect(said()).toEqual([]);
    learn("Loud Co", "2026-01-07", 2_000);
    await beat();
    await beat();
    expect(said()).toHaveLength(1);
    expect(said()[0]).toContain("2,100 people");
    expect(said()[0]).toContain("Loud Co");
    now += 8 * 24 * HOUR;
    await beat();
    expect(said()).toHaveLength(2);
    expect(fake.messages()[1]?.text).toMatch(/over|below|cleared/i);
  });
  it("that is already true when it is made tells only its author", async () => {
    learn("Loud Co", "2026-01-06", 2_000);
    await slash("alert", {
      what: "new",
      rest: "when people(7d) > 1000 clear < 500 notify here",
      confirm: true,
    });
    await beat();
    expect(said()).toEqual([]);
    expect(book.list("posts").map(({ value }) => [value.target.kind, value.status])).toEqual([
      ["dm", "shown"],
    ]);
  });
});

describe("an alert on events", () => {
  it("tells each new layoff once, not those known before, and those of one look together", async () => {
    learn("Old Co", "2026-01-06", 900);
    await slash("alert", {
      what: "new",
      rest: "on layoff where people >= 500 notify here",
      confirm: true,
    });
    await beat();
    expect(said()).toEqual([]);
    learn("New Co", "2026-01-07", 700);
    learn("Other Co", "2026-01-07", 600);
    learn("Small Co", "2026-01-07", 20);
    await beat();
    await beat();
    expect(said()).toHaveLength(1);
    expect(said()[0]).toContain("New Co");
    expect(said()[0]).toContain("Other Co");
    expect(said()[0]).not.toContain("Small Co");
    expect(said()[0]).not.toContain("Old Co");
  });
  it("that come too many at once are one message, which grows in its place", async () => {
    for (let at = 0; at < 13; at++)
      await slash("alert", {
        what: "new",
        rest: `on layoff where company = "Co ${at}" notify here`,
        confirm: true,
      });
    await beat();
    for (let at = 0; at < 11; at++) learn(`Co ${at}`, "2026-01-07", 100 + at);
    await beat();
    expect(said()).toHaveLength(1);
    expect(said()[0]).toContain("11 alerts at once");
    learn("Co 11", "2026-01-07", 900);
    learn("Co 12", "2026-01-07", 800);
    now += 2 * 60_000;
    await beat();
    expect(said()).toHaveLength(1);
    expect(said()[0]).toContain("13 alerts at once");
    expect(said()[0]).toContain("Co 12: 800 people");
  });
  it("in silent quiet hours come without a sound", async () => {
    await slash("alert", {
      what: "new",
      rest: "on layoff notify here quiet 00:00-23:59 UTC silent",
      confirm: true,
    });
    await beat();
    learn("New Co", "2026-01-07", 700);
    await beat();
    const [sent] = fake.requests.filter(
      ({ method, path }) => method === "POST" && path.endsWith("/messages"),
    );
    expect(Number(sent?.body.flags) & (1 << 12)).toBe(1 << 12);
  });
  it("says nothing while muted, and makes nothing up afterwards", async () => {
    const made = await slash("alert", {
      what: "new",
      rest: "on layoff where people >= 500 notify here",
      confirm: true,
    });
    await beat();
    const id = /\br[0-9a-f]{4}\b/.exec(made.text)![0];
    await slash("alert", { what: "mute", rest: id });
    learn("New Co", "2026-01-07", 700);
    await beat();
    await slash("alert", { what: "resume", rest: id });
    await beat();
    expect(said()).toEqual([]);
  });
});

describe("a digest", () => {
  it("comes when it is due, once, though the process starts anew between and after", async () => {
    learn("Loud Co", "2026-01-06", 2_000);
    await slash("digest", { what: "new", rest: "every monday 09:00 Europe/Berlin" });
    await beat();
    expect(said()).toEqual([]);
    now = Date.UTC(2026, 0, 12, 8, 1);
    await beat();
    await beat();
    expect(said()).toHaveLength(1);
    expect(said()[0]).toContain("2,000 people");
    now += 7 * 24 * HOUR;
    await beat();
    expect(said()).toHaveLength(2);
  });
  it("that was due while we were down comes late and says so", async () => {
    await slash("digest", { what: "new", rest: "every monday 09:00 UTC" });
    now = Date.UTC(2026, 0, 12, 12);
    await beat();
    expect(said()).toHaveLength(1);
    expect(said()[0]).toContain("Late by 3 h");
  });
});
