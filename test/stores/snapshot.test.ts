import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildMarket, layoffAbout, marketOf } from "../../src/market/build.ts";
import { companyNames } from "../../src/market/company-search.ts";
import { NO_ENTRIES } from "../../src/market/facts.ts";
import type { Entries, Entry, Facts, NoticeValues } from "../../src/market/facts.ts";
import { breakdown, companyRank, rows, series, totals } from "../../src/market/layoffs.ts";
import type { Market } from "../../src/market/market.ts";
import { payByCountry, payTable } from "../../src/market/pay-table.ts";
import { payStats } from "../../src/market/pay.ts";
import { pulse } from "../../src/market/pulse.ts";
import { revisions } from "../../src/market/revisions.ts";
import { openSnapshot, saveSnapshot } from "../../src/stores/snapshot.ts";
import { changed, daysFrom, factsOf, layoff, plainBook } from "../market/layoff-facts.ts";
import { someDay, someFilter, someLayoffs } from "../market/layoff-oracle.ts";
import { somePayQuery, somePayRows } from "../market/pay-oracle.ts";

let dir = "";
let path = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "snapshot-"));
  path = join(dir, "snapshot.bin");
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function saved(facts: Facts): Promise<boolean> {
  const { layoffs: _, payRows, ...others } = facts;
  return saveSnapshot(path, "one", {
    table: buildMarket(facts, plainBook()).layoffs(),
    about: layoffAbout(facts),
    pay: () => payTable(payRows),
    facts: () => others,
    names: () => companyNames([], new Map()),
  });
}

function opened(): Market {
  const snapshot = openSnapshot(path, "one")!;
  return marketOf(snapshot.table, snapshot.about, snapshot.pay, snapshot.facts, plainBook);
}

const some = factsOf([
  changed(
    layoff("Acme", "2024-01-10", {
      headcount: 100,
      industry: "Retail",
      url: "https://news.example/ä",
    }),
    "2024-02-01",
    { headcount: 150 },
  ),
  layoff("Bolt", "2024-01-11", { percentOfStaff: 12.5 }, { withdrawnOn: "2024-05-01" }),
  layoff("日本", "2024-03-01", { headcount: 0 }, { learnedIsAssumed: true }),
]);

function notice(at: number): Entry<NoticeValues> {
  const values = {
    state: "CA",
    company: `Firm ${at} ä`,
    noticedOn: "2024-01-01",
    effectiveOn: null,
    people: at,
    kind: null,
    temporary: null,
    place: null,
    url: null,
  };
  return { key: `warn|${at}`, source: "warn", versions: [{ from: "2024-02-01", values }] };
}

describe("a snapshot", () => {
  it("answers every question as the market it was made from", async () => {
    await fc.assert(
      fc.asyncProperty(someLayoffs, someFilter, someDay, async (layoffs, filter, day) => {
        const facts = factsOf(layoffs);
        const built = buildMarket(facts, plainBook());
        expect(await saved(facts)).toBe(true);
        const kept = opened();
        for (const answer of [
          (market: Market) => totals(market, filter),
          (market: Market) => series(market, filter, "month"),
          (market: Market) => breakdown(market, filter, "company"),
          (market: Market) => rows(market, filter),
          (market: Market) => pulse(market, day),
          (market: Market) => revisions(market, 99),
          (market: Market) => companyRank(market, "a"),
          (market: Market) => [
            market.asOfOn,
            market.sample,
            market.learnedAssumed,
            market.layoffSources,
            market.sources,
            market.aiPostings,
          ],
        ])
          expect(answer(kept)).toEqual(answer(built));
      }),
      { seed: 11, numRuns: 30 },
    );
  });

  it("keeps answering after its file was replaced", async () => {
    await saved(some);
    const market = opened();
    await saved(factsOf([]));
    expect(totals(market, {}).people).toBe(150);
    expect(rows(market, {}).rows.map(({ company }) => company)).toEqual(["日本", "Acme"]);
  });

  it("says the same after so many questions that its columns were read whole", async () => {
    const many = factsOf(
      daysFrom("2023-01-01", 700).map((on, day) => layoff(`C${day % 90}`, on, { headcount: day })),
    );
    await saved(many);
    const [kept, built] = [opened(), buildMarket(many, plainBook())];
    for (let company = 0; company < 90; company++) {
      const filter = { companies: [`c${company}`] };
      expect(rows(kept, filter, 2)).toEqual(rows(built, filter, 2));
    }
  });

  it("answers questions of pay as the rows it was made from", async () => {
    await fc.assert(
      fc.asyncProperty(
        somePayRows,
        fc.array(somePayQuery, { minLength: 3 }),
        async (payRows, queries) => {
          await saved({ ...some, payRows });
          const [kept, built] = [opened(), payTable(payRows)];
          for (const query of queries)
            expect(payStats(kept, query)).toEqual(
              payStats({ pay: built, payQuarters: kept.payQuarters }, query),
            );
          expect([...payByCountry(kept.pay)]).toEqual([...payByCountry(built)]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("gives back every notice and posting, whoever reads them first and however far", async () => {
    const entries: Entries = {
      ...NO_ENTRIES,
      notices: Array.from({ length: 1_000 }, (_, at) => notice(at)),
      totals: [{ key: "a|2023", source: "a", versions: [{ from: "2024-01-01", values: null }] }],
    };
    await saved({ ...some, entries });
    expect(opened().entries).toEqual(entries);
    const snapshot = openSnapshot(path, "one")!;
    const steps = snapshot.readAhead();
    for (let step = 0; step < 18; step++) steps.next();
    expect(snapshot.facts().entries.notices).toEqual(entries.notices);
    expect([...steps].length).toBeGreaterThan(0);
    expect(snapshot.facts().entries).toEqual(entries);
    const [first, second] = [openSnapshot(path, "one")!, openSnapshot(path, "one")!];
    expect([...first.readAhead()].length).toBeGreaterThan(3);
    expect(first.facts().entries).toEqual(second.facts().entries);
  });

  it("leaves no other file behind", async () => {
    await saved(some);
    expect(readdirSync(dir)).toEqual(["snapshot.bin"]);
  });

  it("of other facts is not opened", async () => {
    await saved(some);
    expect(openSnapshot(path, "two")).toBeUndefined();
  });

  it("that is not there is not opened", () => {
    expect(openSnapshot(path, "one")).toBeUndefined();
  });

  it("cut short anywhere is not opened", async () => {
    await saved(some);
    const { length } = readFileSync(path);
    for (const size of [length - 1, Math.floor(length / 2), 4_000, 100, 16, 15, 1, 0]) {
      truncateSync(path, size);
      expect(openSnapshot(path, "one"), `${size} bytes`).toBeUndefined();
    }
  });

  it("with any byte of its header changed is not opened", async () => {
    await saved(some);
    const good = readFileSync(path);
    const headerBytes = 16 + good.readUInt32LE(4);
    for (let at = 0; at < headerBytes; at += at < 16 ? 1 : 37) {
      if (at >= 12 && at < 16) continue; // four bytes of padding that nobody reads
      const bad = Buffer.from(good);
      bad[at]! ^= 0x10;
      writeFileSync(path, bad);
      expect(openSnapshot(path, "one"), `byte ${at}`).toBeUndefined();
    }
  });

  it("longer than it was written is not opened", async () => {
    await saved(some);
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(8)]));
    expect(openSnapshot(path, "one")).toBeUndefined();
  });

  it("that cannot be written is nobody's error", async () => {
    writeFileSync(join(dir, "file"), "");
    path = join(dir, "file", "snapshot.bin");
    expect(await saved(some)).toBe(false);
  });
});
