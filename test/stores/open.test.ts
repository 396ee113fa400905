import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NO_ENTRIES } from "../../src/market/facts.ts";
import type { Entry, Facts, NoticeValues } from "../../src/market/facts.ts";
import { rows, totals } from "../../src/market/layoffs.ts";
import { notices } from "../../src/market/notices.ts";
import { fingerprintOf, openMarket } from "../../src/stores/open.ts";
import { changed, factsOf, layoff } from "../market/layoff-facts.ts";

const LISTED = [
  { name: "Meta", aliases: ["Facebook"], parent: null, note: null },
  { name: "Instagram", aliases: [], parent: "Meta", note: null },
];

let dir = "";
let seed = "";
let log = "";
let reads = 0;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "market-"));
  seed = join(dir, "seed.json");
  log = join(dir, "facts.ndjson");
  writeFileSync(seed, "seed");
  writeFileSync(log, "one\n");
  reads = 0;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const acme = factsOf([
  changed(layoff("Acme", "2024-01-01", { headcount: 10 }), "2024-02-01", {
    company: "ACME copy",
    headcount: 12,
  }),
]);

function notice(company: string, at: number): Entry<NoticeValues> {
  const effectiveOn = `2024-01-0${1 + (at % 9)}`;
  const values = {
    state: at % 2 === 0 ? "CA" : "NY",
    company,
    noticedOn: null,
    effectiveOn,
    people: at,
    kind: null,
    temporary: null,
    place: null,
    url: null,
  };
  return { key: `warn|${at}`, source: "warn", versions: [{ from: "2024-02-01", values }] };
}

async function open(facts: Facts = acme) {
  return (await opened(facts)).market;
}

function opened(facts: Facts) {
  return openMarket({
    dir,
    files: [seed],
    facts: () => {
      reads++;
      return facts;
    },
    listed: () => LISTED,
  });
}

describe("opening the market", () => {
  it("reads the facts once and then the snapshot", async () => {
    const first = await open();
    const second = await open();
    expect(reads).toBe(1);
    expect(totals(second, {})).toEqual(totals(first, {}));
    expect(second.sources).toEqual(first.sources);
  });

  it("reads the facts again when the log has grown", async () => {
    await open();
    appendFileSync(log, "two\n");
    expect(totals(await open(factsOf([])), {}).events).toBe(0);
    expect(reads).toBe(2);
  });

  it("reads the facts again when the log changed in place, whatever its time says", async () => {
    await open();
    const when = new Date(1_700_000_000_000);
    utimesSync(log, when, when);
    await open();
    writeFileSync(log, "owe\n");
    utimesSync(log, when, when);
    await open();
    expect(reads).toBe(3);
  });

  it("reads the facts again when a bundled file has changed or gone", async () => {
    await open();
    writeFileSync(seed, "seeds");
    await open();
    rmSync(seed);
    await open();
    expect(reads).toBe(3);
  });

  it("reads the facts again when the snapshot is damaged, and mends it", async () => {
    await open();
    const snapshot = join(dir, "snapshot.bin");
    writeFileSync(snapshot, readFileSync(snapshot).subarray(0, 200));
    expect(totals(await open(), {}).people).toBe(12);
    await open();
    expect(reads).toBe(2);
  });

  it("knows the same companies from the snapshot as from the facts", async () => {
    const reported = factsOf(
      [
        "Acme",
        "Zymergen ",
        "zymergen",
        "zymergen",
        "Facebok",
        "Goggle Works",
        "Nestlé",
        "日本",
      ].map((name) => layoff(name, "2024-01-01")),
    );
    const built = (await open(reported)).companies;
    const kept = (await open(reported)).companies;
    expect(reads).toBe(1);
    expect(kept.of("ZYMERGEN").name).toBe("zymergen");
    for (const words of "Acme;ACME copy;Zymergen;facebook;Instagram;google;gogle;nestle;日本;nobody;goggle wroks;".split(
      ";",
    )) {
      expect(kept.of(words)).toEqual(built.of(words));
      expect(kept.resolve(words)).toEqual(built.resolve(words));
      expect(kept.suggest(words, 5)).toEqual(built.suggest(words, 5));
      const { key } = built.of(words);
      expect(kept.byKey(key)).toEqual(built.byKey(key));
      expect(kept.family(key)).toEqual(built.family(key));
    }
    expect(kept.of("Acme")).toBe(kept.of("ACME"));
  });

  it("once prepared has notices and postings without the file", async () => {
    const entries = {
      ...NO_ENTRIES,
      notices: Array.from({ length: 700 }, (_, at) => notice(`Firm ${at % 90}, Inc.`, at)),
    };
    const built = await opened({ ...acme, entries });
    const kept = await opened({ ...acme, entries });
    expect(reads).toBe(1);
    // A pause after each few hundred that are read, and after each hundred names that are worked out.
    expect([...kept.prepare()].length).toBeGreaterThan(8);
    truncateSync(join(dir, "snapshot.bin"));
    expect(notices(kept.market, { employer: "firm 7" })).toHaveLength(8);
    for (const filter of [
      {},
      { employer: "Firm 7 LLC" },
      { state: "CA", effectiveTo: "2024-01-03" },
    ])
      expect(notices(kept.market, filter)).toEqual(notices(built.market, filter));
    expect(kept.market.entries.postings).toEqual([]);
  });

  it("works where nothing can be written", async () => {
    const file = join(dir, "no-folder");
    writeFileSync(file, "");
    dir = file;
    expect(rows(await open(), {}).rows[0]?.people).toBe(12);
    expect(existsSync(join(file, "snapshot.bin"))).toBe(false);
    dir = join(file, "..");
  });

  it("makes the data folder when there is none", async () => {
    const parent = dir;
    dir = join(parent, "live");
    await open();
    expect(existsSync(join(dir, "snapshot.bin"))).toBe(true);
    dir = parent;
  });

  it("passes on what the facts throw", async () => {
    await expect(
      openMarket({
        dir,
        files: [],
        facts: () => Promise.reject(new Error("line 3 is damaged")),
        listed: () => [],
      }),
    ).rejects.toThrow("line 3");
  });
});

it("a missing file has a fingerprint of its own", () => {
  expect(fingerprintOf([seed])).not.toBe(fingerprintOf([join(dir, "nobody")]));
  expect(fingerprintOf([join(dir, "nobody")])).toBe(fingerprintOf([join(dir, "nobody else")]));
});
