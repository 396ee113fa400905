import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { silentLog } from "../../src/log.ts";
import { buildMarket } from "../../src/market/build.ts";
import type { LayoffSighting } from "../../src/market/facts.ts";
import type { Market } from "../../src/market/market.ts";
import { plainText } from "../../src/reply/plain.ts";
import { planDigests } from "../../src/standing/digests.ts";
import { keyOf } from "../../src/stores/book.ts";
import type { Book } from "../../src/stores/book.ts";
import { openJsonBook } from "../../src/stores/json-book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import type { Digest, Post } from "../../src/stores/records.ts";
import { changed, factsOf, layoff, plainBook } from "../market/layoff-facts.ts";
import { DAY, HOUR, digest } from "../schedule/desk.ts";

/** The Monday after the digest was made, past its hour: it tells of 23 Feb – 1 Mar. */
const MONDAY = Date.UTC(2026, 2, 2, 9);
const ACME = layoff("Acme", "2026-02-24", { headcount: 200, industry: "Retail" });
const BOLT = layoff("Bolt", "2026-02-26", { headcount: 79, url: "https://news.example/bolt" });
const LATE = layoff(
  "Cove",
  "2026-02-25",
  { headcount: 1_000, url: "https://news.example/cove" },
  { learnedOn: "2026-03-03" },
);

let book: Book;
let layoffs: LayoffSighting[];
beforeEach(async () => {
  book = memoryBook();
  layoffs = [ACME, BOLT];
});

/** A market of the facts so far: a new one each time, as after an import or a restart. */
function marketOn(now: number): Market {
  const asOfOn = new Date(now).toISOString().slice(0, 10);
  return buildMarket(factsOf(layoffs, { asOfOn }), plainBook());
}

async function subscribe(values: Partial<Digest> = {}): Promise<void> {
  const value = digest(values);
  await book.commit([{ table: "digests", key: keyOf(value.tenant, value.id), value }]);
}

/** Looks once, and sees that whatever was planned is shown. Gives what was said. */
async function look(now: number, market = marketOn(now)): Promise<readonly Post[]> {
  await planDigests({ book, market, now, lastBeatMs: 0, log: silentLog });
  const planned = book.list("posts").filter(({ value }) => value.status === "planned");
  for (const { key, value } of planned)
    await book.commit([
      { table: "posts", key, value: { ...value, status: "shown", settledAt: now } },
    ]);
  return planned.map(({ value }) => value);
}

const titles = (posts: readonly Post[]) => posts.map(({ reply }) => reply.title);

describe("a digest whose figures move", () => {
  it("is corrected once in its thread, though we look again and start anew", async () => {
    await subscribe();
    const [shown] = await look(MONDAY);
    layoffs.push(LATE);
    const [correction, ...more] = await look(MONDAY + DAY);
    expect(more).toEqual([]);
    expect(correction).toMatchObject({
      postKey: "digest:d1:1:2026-W10:corrected-1",
      kind: "correction",
      inReplyTo: shown!.postKey,
      subscription: "d1",
      repeat: "at-most-once",
    });
    expect(correction!.reply.title).toBe(
      "Figures of 23 Feb – 1 Mar 2026 moved: at least 279 → 1,279 people, 2 → 3 events (Cove 1,000, reported late)",
    );
    expect(await look(MONDAY + DAY)).toEqual([]);
    expect(await look(MONDAY + 3 * DAY)).toEqual([]);
  });
  it("names what moved with its source, as known when, and counts all four", async () => {
    await subscribe();
    await look(MONDAY);
    layoffs.push(LATE);
    const [correction] = await look(MONDAY + DAY);
    expect(correction!.reply.figures).toMatchObject({
      people: 1_279,
      events: 3,
      companies: 3,
      unknownSize: 0,
      asof: "2026-03-03",
      told: { people: 279, events: 2, companies: 2, unknownSize: 0 },
    });
    const text = plainText(correction!.reply);
    expect(text).toContain("news.example");
    expect(text).toContain(
      "The digest told what was known on 1 Mar 2026; now is as known 3 Mar 2026.",
    );
    expect(text).toMatch(/Cove\s+–\s+1,000\s+reported late\s+2026-03-03/);
  });
  it("is corrected to what a withdrawn event leaves", async () => {
    await subscribe();
    await look(MONDAY);
    layoffs[0] = { ...ACME, withdrawnOn: "2026-03-04" };
    expect(titles(await look(MONDAY + 2 * DAY))).toEqual([
      "Figures of 23 Feb – 1 Mar 2026 moved: at least 279 → 79 people, 2 → 1 event (Acme 200, no longer listed)",
    ]);
  });
  it("is corrected when a size changes by more than a twentieth of the people, not by less", async () => {
    await subscribe();
    await look(MONDAY);
    layoffs[0] = changed(ACME, "2026-03-03", { headcount: 213 });
    expect(await look(MONDAY + DAY)).toEqual([]);
    layoffs[0] = changed(ACME, "2026-03-03", { headcount: 214 });
    expect(titles(await look(MONDAY + DAY))).toEqual([
      "Figures of 23 Feb – 1 Mar 2026 moved: at least 279 → 293 people (Acme 200 → 214, changed)",
    ]);
  });
  it("is corrected when an unknown size becomes known", async () => {
    const unknown = layoff("Dune", "2026-02-27");
    layoffs.push(unknown);
    await subscribe();
    await look(MONDAY);
    layoffs[2] = changed(unknown, "2026-03-03", { headcount: 50 });
    expect(titles(await look(MONDAY + DAY))).toEqual([
      "Figures of 23 Feb – 1 Mar 2026 moved: at least 279 → 329 people, 1 → 0 of unknown size (Dune (size not reported) → 50, changed)",
    ]);
  });
  it("is corrected though its source had the report before we read it", async () => {
    await subscribe();
    await look(MONDAY);
    layoffs.push(layoff("Early", "2026-02-25", { headcount: 500 }));
    expect(titles(await look(MONDAY + HOUR))).toEqual([
      "Figures of 23 Feb – 1 Mar 2026 moved: at least 279 → 779 people, 2 → 3 events (Early 500, reported late)",
    ]);
  });
  it("that said nothing was known says what is known now", async () => {
    layoffs = [];
    await subscribe();
    const stale = buildMarket(factsOf([], { asOfOn: "2026-02-20" }), plainBook());
    const [shown] = await look(MONDAY, stale);
    expect(shown!.reply.title).toContain("not known yet");
    expect(await look(MONDAY + HOUR, stale)).toEqual([]);
    layoffs = [ACME, BOLT, LATE];
    expect(titles(await look(MONDAY + DAY))).toEqual([
      "Figures of 23 Feb – 1 Mar 2026 are known now: at least 1,279 people in 3 events (Cove 1,000, reported late; Acme 200, reported late; 1 more)",
    ]);
  });
});

it("a book read anew from its files is corrected once too", async () => {
  const dir = mkdtempSync(join(tmpdir(), "corrections-"));
  /** One process's life: what it finds in the files, and one look. */
  const live = async (now: number): Promise<readonly string[]> => {
    const files = await openJsonBook(dir, { clock: () => now });
    book = files;
    const said = titles(await look(now));
    await files.close();
    return said;
  };
  book = await openJsonBook(dir, { clock: () => MONDAY });
  await subscribe();
  await book.close();
  expect(await live(MONDAY)).toHaveLength(1);
  layoffs.push(LATE);
  expect(await live(MONDAY + DAY)).toHaveLength(1);
  expect(await live(MONDAY + 3 * DAY)).toEqual([]);
});

describe("a digest corrected before", () => {
  it("is corrected again from its own figures, naming what is new, at the earliest a day later", async () => {
    await subscribe();
    await look(MONDAY);
    layoffs.push(LATE);
    await look(MONDAY + DAY);
    layoffs.push(layoff("Dune", "2026-02-27", { headcount: 300 }, { learnedOn: "2026-03-03" }));
    expect(await look(MONDAY + DAY + HOUR)).toEqual([]);
    const [second] = await look(MONDAY + 2 * DAY);
    expect(second!.postKey).toBe("digest:d1:1:2026-W10:corrected-2");
    expect(second!.reply.title).toContain("at least 279 → 1,579 people, 2 → 4 events");
    const table = second!.reply.blocks.find((block) => block.kind === "table");
    expect(table).toMatchObject({ caption: "What moved since the last correction", more: 0 });
    expect(table!.kind === "table" && table!.rows.map(([company]) => company)).toEqual(["Dune"]);
  });
  it("says so when it is as first told again", async () => {
    await subscribe();
    await look(MONDAY);
    layoffs.push(LATE);
    await look(MONDAY + DAY);
    layoffs[2] = { ...LATE, withdrawnOn: "2026-03-05" };
    expect(titles(await look(MONDAY + 3 * DAY))).toEqual([
      "Figures of 23 Feb – 1 Mar 2026 are again as first told: at least 279 people in 2 events",
    ]);
  });
});

describe("no correction", () => {
  it("for what was known when the digest was written and is younger than its days", async () => {
    layoffs.push({
      ...LATE,
      learnedOn: "2026-03-02",
      versions: [{ ...LATE.versions[0]!, from: "2026-03-02" }],
    });
    await subscribe();
    const [shown] = await look(MONDAY);
    expect(shown!.reply.figures).toMatchObject({ people: 279 });
    expect(await look(MONDAY + HOUR)).toEqual([]);
  });
  it("from the 15th day after the digest was shown", async () => {
    await subscribe({
      schedule: "quarterly 1st 09:00 Europe/Berlin",
      createdAt: Date.UTC(2025, 11, 30),
    });
    layoffs = [layoff("Acme", "2025-12-03", { headcount: 200 })];
    const shownAt = Date.UTC(2026, 0, 1, 9);
    expect(await look(shownAt)).toHaveLength(1);
    layoffs.push(layoff("Bolt", "2025-12-04", { headcount: 500 }));
    expect(await look(shownAt + 14 * DAY + 1)).toEqual([]);
    expect(await look(shownAt + 14 * DAY)).toHaveLength(1);
  });
  it.each([
    ["paused", { paused: { reason: "by-owner", since: MONDAY, by: "u1" } }],
    ["muted", { mutedUntil: MONDAY + 7 * DAY }],
  ] as const)("of a %s digest", async (_, values) => {
    await subscribe();
    await look(MONDAY);
    await subscribe(values);
    layoffs.push(LATE);
    expect(await look(MONDAY + DAY)).toEqual([]);
  });
  it("of a deleted digest, nor of one that was not shown", async () => {
    await subscribe();
    await planDigests({
      book,
      market: marketOn(MONDAY),
      now: MONDAY,
      lastBeatMs: 0,
      log: silentLog,
    });
    layoffs.push(LATE);
    const at = { book, market: marketOn(MONDAY + DAY), now: MONDAY + DAY, lastBeatMs: 0 };
    expect(await planDigests({ ...at, log: silentLog })).toBe(0);
    await book.commit([{ table: "digests", key: "local|d1", value: null }]);
    await look(MONDAY + DAY);
    expect(await look(MONDAY + 2 * DAY)).toEqual([]);
  });
  it("in quiet hours, but after them", async () => {
    await subscribe();
    await look(MONDAY);
    await book.commit([
      {
        table: "settings",
        key: keyOf("local", "channel", "c1"),
        value: {
          tenant: "local",
          scope: "channel",
          id: "c1",
          zone: "UTC",
          quiet: { from: "22:00", to: "10:00", mode: "drop" },
          changedAt: 0,
        },
      },
    ]);
    layoffs.push(LATE);
    expect(await look(MONDAY + DAY)).toEqual([]);
    expect(await look(MONDAY + DAY + 2 * HOUR)).toHaveLength(1);
  });
  it("of another filter's figures", async () => {
    await subscribe({ filter: "sector:Retail" });
    await look(MONDAY);
    layoffs.push(LATE);
    expect(await look(MONDAY + DAY)).toEqual([]);
    layoffs.push(layoff("Eats", "2026-02-25", { headcount: 9, industry: "Retail" }));
    expect(titles(await look(MONDAY + DAY))).toEqual([
      "Figures of 23 Feb – 1 Mar 2026, Retail, moved: at least 200 → 209 people, 1 → 2 events (Eats 9, reported late)",
    ]);
  });
});

it("the days are counted once for all channels that want the same, and not again while the facts stay", async () => {
  const CHANNELS = 50;
  for (let at = 0; at < CHANNELS; at += 1)
    await subscribe({
      id: `d${at}`,
      density: at % 2 === 0 ? "brief" : "standard",
      target: { platform: "local", tenant: "local", kind: "channel", id: `c${at}` },
    });
  expect(await look(MONDAY)).toHaveLength(CHANNELS);
  let asked = 0;
  const market = marketOn(MONDAY + DAY);
  const counting: Market = {
    ...market,
    layoffs(...of) {
      asked += 1;
      return market.layoffs(...of);
    },
  };
  expect(await look(MONDAY + DAY, counting)).toEqual([]);
  const first = asked;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(CHANNELS);
  expect(await look(MONDAY + DAY + HOUR, counting)).toEqual([]);
  expect(asked).toBe(first);
  layoffs.push(LATE);
  expect(await look(MONDAY + DAY + HOUR)).toHaveLength(CHANNELS);
});
