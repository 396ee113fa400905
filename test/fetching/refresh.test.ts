import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { chosenSources } from "../../src/fetching/chosen.ts";
import { openSources } from "../../src/fetching/open-sources.ts";
import { refresh } from "../../src/fetching/refresh.ts";
import { silentLog } from "../../src/log.ts";
import { SAMPLE_CATALOGUE, SOURCES } from "../sources/sample-catalogue.ts";
import { sourceStage } from "./stage.ts";
import type { Stage, StageOptions } from "./stage.ts";

const REGISTER = "https://register.example/notices.csv";
const FEED = "https://news.example/feed.xml";
const HEADER = "Notice ID,Company,People,Noticed";

function register(rows: number, from = 1): string {
  const lines = Array.from(
    { length: rows },
    (_, at) => `${from + at},Acme ${from + at},${10 + at},2026-01-02`,
  );
  return `${[HEADER, ...lines].join("\n")}\n`;
}
const csv = (body: string) => ({ type: "text/csv", body, tagged: true });

async function stage(options: Partial<StageOptions> = {}): Promise<Stage> {
  const opened = await sourceStage({ wanted: ["test-register"], ...options });
  onTestFinished(() => opened.close());
  return opened;
}

describe("sources that are on are asked when they are due", () => {
  it("takes what is answered into the facts, and asks again after its minutes, only for what changed", async () => {
    const { web, turn, stored, state } = await stage();
    web.serves(REGISTER, csv(register(20)));
    expect(state("test-register")).toBe("waiting");
    expect(await turn(0)).toMatchObject([
      { id: "test-register", outcome: "taken", rows: 20, new: 20 },
    ]);
    expect(state("test-register")).toBe("ok");
    expect(await turn(59)).toEqual([]);
    expect(await turn(1)).toMatchObject([{ outcome: "unchanged" }]);
    expect(web.seen.map(({ headers }) => headers["if-none-match"] !== undefined)).toEqual([
      false,
      true,
    ]);
    web.serves(REGISTER, csv(register(21)));
    expect(await turn(60)).toMatchObject([{ outcome: "taken", new: 1, changed: 0, withdrawn: 0 }]);
    expect((await stored()).entries.notices).toHaveLength(21);
  });
  it("a restart remembers when each was asked, and what it answered", async () => {
    const { web, turn, restart } = await stage();
    web.serves(REGISTER, csv(register(20)));
    await turn(0);
    await restart();
    expect(await turn(30)).toEqual([]);
    expect(await turn(30)).toMatchObject([{ outcome: "unchanged" }]);
  });
  it("a folder whose facts were put back to an earlier day is not told that nothing changed", async () => {
    const { web, turn, restart, dir, stored } = await stage();
    web.serves(REGISTER, csv(register(20)));
    await turn(0);
    writeFileSync(join(dir, "facts.ndjson"), "");
    await restart();
    expect(await turn(60)).toMatchObject([{ outcome: "taken", new: 20 }]);
    expect((await stored()).entries.notices).toHaveLength(20);
  });
  it("an answer that could not be read is asked for again in full", async () => {
    const { web, turn } = await stage();
    web.serves(REGISTER, csv(register(20).replace("Company", "Firm")), csv(register(20)));
    expect(await turn(0)).toMatchObject([{ outcome: "failed" }]);
    expect(await turn(15)).toMatchObject([{ outcome: "taken", new: 20 }]);
    expect(web.seen[1]?.headers["if-none-match"]).toBeUndefined();
  });
  it("the operator's address of a source is asked instead of its own", async () => {
    const own = { SOURCES_TEST_REGISTER_URL: "https://mirror.example/n.csv" };
    const { web, turn } = await stage({ own });
    web.serves(own.SOURCES_TEST_REGISTER_URL, csv(register(20)));
    expect(await turn(0)).toMatchObject([{ outcome: "taken", new: 20 }]);
  });
  it("JSON is asked for with a body, a feed tells of layoffs with their sentences", async () => {
    const { web, turn, stored } = await stage({ wanted: ["default"] });
    web.serves("https://series.example/v2", {
      type: "application/json",
      body: '{"testSeries":[{"month":"2026-01","value":2}]}',
    });
    web.serves(FEED, {
      type: "application/rss+xml",
      body: '<testfeed><item id="1" on="2026-11-21">Acme cuts 40 people</item></testfeed>',
    });
    const done = await turn(0, { ids: ["test-series", "test-feed"] });
    expect(done.map(({ outcome }) => outcome)).toEqual(["taken", "taken"]);
    const { layoffs, entries } = await stored();
    expect(entries.points).toHaveLength(1);
    expect(layoffs).toMatchObject([
      { source: "test-feed", sentence: expect.stringContaining("cuts 40") },
    ]);
  });
  it("a feed that wants to know whom it serves is off without a contact, and says so", async () => {
    const { sources, turn, web } = await stage({ wanted: ["test-feed"], contact: null });
    expect(sources.standings().find(({ id }) => id === "test-feed")?.off).toContain(
      "SOURCES_CONTACT is not set",
    );
    expect(await turn(0)).toEqual([]);
    expect(await turn(0, { ids: ["test-feed"] })).toMatchObject([{ outcome: "failed" }]);
    expect(web.seen).toEqual([]);
  });
  it("a source nobody asked for is off; one that is not there is told with the nearest", async () => {
    const { sources, turn } = await stage({ wanted: [] });
    expect(sources.standings().map(({ off }) => off === null)).not.toContain(true);
    expect(await turn(0)).toEqual([]);
    await expect(turn(0, { ids: ["test-regster"] })).rejects.toMatchObject({ reason: "not_found" });
    const settings = {
      wanted: ["test-regster"],
      contact: null,
      own: { SOURCES_TEST_FED_URL: "x" },
    };
    expect(() => chosenSources(SOURCES, settings)).toThrow(
      "there is no source ‘test-regster’; did you mean test-register?\nUnknown setting SOURCES_TEST_FED_URL",
    );
  });
});

describe("the running bot", () => {
  it("asks in a thread, logs what it says, and asks nothing that is not due", async () => {
    const dir = mkdtempSync(join(tmpdir(), "pulse-sources-"));
    const told: unknown[] = [];
    const sources = await openSources({
      dir,
      clock: Date.now,
      log: { ...silentLog, error: (about: unknown) => void told.push(about) },
      settings: {
        wanted: ["test-register"],
        contact: null,
        // Refused before anything is sent.
        own: { SOURCES_TEST_REGISTER_URL: "https://127.0.0.1/" },
      },
      catalogue: SAMPLE_CATALOGUE,
    });
    onTestFinished(async () => {
      await sources.close();
      rmSync(dir, { recursive: true, force: true });
    });
    const health = () => sources.standings().find(({ id }) => id === "test-register")?.health;
    expect(health()).toBeNull();
    sources.beat();
    sources.beat();
    await expect.poll(health, { timeout: 15_000 }).toMatchObject({
      failures: 1,
      error: expect.stringContaining("is of a private network"),
    });
    sources.beat();
    await sources.close();
    expect(health()).toMatchObject({ failures: 1 });
    expect(told).toEqual([]);
  });
});

describe("a failing source", () => {
  it("is tried again sooner than its turn, then less often, is told of once, and once when it is good again", async () => {
    const { web, turn, told, state } = await stage();
    web.serves(REGISTER, { status: 404 });
    for (const minutes of [0, 15, 30, 60, 60]) {
      expect(await turn(minutes - 1 > 0 ? minutes - 1 : 0)).toHaveLength(minutes === 0 ? 1 : 0);
      if (minutes > 0) expect(await turn(1)).toMatchObject([{ outcome: "failed" }]);
    }
    expect(state("test-register")).toBe("failing");
    expect(told).toEqual(["source.failing"]);
    web.serves(REGISTER, csv(register(20)));
    await turn(60);
    await turn(60);
    expect(told).toEqual(["source.failing", "source.good"]);
    expect(state("test-register")).toBe("ok");
  });
  it("is stale when its last good answer is too old", async () => {
    const { web, turn, state } = await stage();
    web.serves(REGISTER, csv(register(20)), { status: 404 });
    await turn(0);
    await turn(5 * 60);
    expect(state("test-register")).toBe("failing");
    await turn(2 * 60);
    expect(state("test-register")).toBe("stale");
  });
  it("whose server asked to be left alone is left alone, also by hand and after a restart", async () => {
    const { web, turn, restart } = await stage();
    web.serves(REGISTER, { status: 429, headers: { "retry-after": "86400" } });
    await turn(0);
    await restart();
    expect(await turn(23 * 60)).toEqual([]);
    expect(await turn(0, { ids: ["test-register"] })).toMatchObject([
      { outcome: "failed", errors: [expect.stringContaining("left alone until 2026-11-23T09:00")] },
    ]);
    web.serves(REGISTER, csv(register(20)));
    expect(await turn(61)).toMatchObject([{ outcome: "taken" }]);
    expect(web.seen).toHaveLength(2);
  });
  it("a damaged health file is as none, and no fact depends on it", async () => {
    const { web, turn, dir, stored } = await stage();
    web.serves(REGISTER, csv(register(20)));
    await turn(0);
    writeFileSync(join(dir, "sources.json"), readFileSync(join(dir, "sources.json")).subarray(9));
    expect(await turn(1)).toMatchObject([{ outcome: "unchanged", rows: 20 }]);
    expect((await stored()).entries.notices).toHaveLength(20);
  });
  it("two processes do not ask for one folder at once", async () => {
    const { web, sources, dir } = await stage();
    web.serves(REGISTER, { ...csv(register(20)), fault: "stalled" });
    const first = sources.refresh();
    await expect.poll(() => web.seen.length).toBe(1);
    const other = refresh({
      dir,
      clock: Date.now,
      log: silentLog,
      sources: [],
      getting: { session: () => ({ get: async () => null, met: new Map() }) },
      reading: { read: () => Promise.reject(new Error("unused")), close: async () => {} },
      signal: new AbortController().signal,
    });
    await expect(other).rejects.toMatchObject({ reason: "busy" });
    await first;
  });
});

describe("a suspicious answer", () => {
  it("changes nothing, is told once, and is taken when the operator says it is right", async () => {
    const { web, turn, told, state, stored } = await stage();
    web.serves(REGISTER, csv(register(20)), csv(register(9)));
    await turn(0);
    expect(await turn(60)).toMatchObject([
      { outcome: "suspicious", errors: ["Not believed: it lists 9 where the last one listed 20."] },
    ]);
    await turn(60);
    expect(state("test-register")).toBe("suspicious");
    expect((await stored()).entries.notices.every(({ versions }) => versions.length === 1)).toBe(
      true,
    );
    expect(told).toEqual(["source.suspicious"]);
    expect(await turn(0, { ids: ["test-register"], trust: true })).toMatchObject([
      { outcome: "taken", withdrawn: 11 },
    ]);
    expect(told).toEqual(["source.suspicious", "source.good"]);
    expect(state("test-register")).toBe("ok");
  });
  it("a few rows of days to come are left out, and nothing is taken down on the word of that answer", async () => {
    const { web, turn, stored } = await stage();
    web.serves(REGISTER, csv(register(40)), csv(register(39).replace("2026-01-02", "2099-01-02")));
    await turn(0);
    expect(await turn(60)).toMatchObject([
      {
        outcome: "unchanged",
        withdrawn: 0,
        notices: ["1 rows are dated in the future and were left out."],
      },
    ]);
    expect((await stored()).entries.notices.every(({ versions }) => versions.length === 1)).toBe(
      true,
    );
  });
});
