import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openFacts } from "../src/facts.ts";
import { breakdown, rows, totals } from "../src/market/layoffs.ts";
import type { Market } from "../src/market/market.ts";
import { openFactsLog } from "../src/stores/facts-log.ts";
import type { Batch } from "../src/stores/facts-log.ts";
import { layoff } from "./market/layoff-facts.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "facts-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const NOW = Date.UTC(2024, 5, 1);

/** Layoffs of a source of their own, so that they stand beside the bundled ones. */
function batchOf(companies: readonly string[]): Batch {
  return {
    record: {
      file: "made-up.csv",
      layout: "made-up",
      source: "made-up",
      sha256: "",
      asOfOn: "2024-05-01",
      rows: companies.length,
      importedAt: new Date(NOW).toISOString(),
    },
    changes: companies.map((company, at) => ({
      kind: "sighting",
      key: `made-up|${company}|${at}`,
      learnedOn: "2024-04-01",
      assumed: false,
      values: layoff(company, "2024-04-01", { headcount: 10 + at }).versions[0]!.values,
    })),
  };
}

async function appended(companies: readonly string[]): Promise<void> {
  await (await openFactsLog(dir)).append(batchOf(companies));
}

const answers = (market: Market) => [
  totals(market, {}),
  rows(market, {}),
  breakdown(market, {}, "company"),
  market.sources,
  market.entries,
  market.unsure,
  market.verdicts,
];

describe("a folder that changes while the bot runs", () => {
  it("is answered from as a bot started afterwards answers", async () => {
    const facts = await openFacts(dir);
    const before = totals(facts.market, {}).events;
    await appended(["Zyx One", "Zyx Two"]);
    await facts.refresh();
    expect(totals(facts.market, {}).events).toBe(before + 2);
    rmSync(join(dir, "snapshot.bin"));
    expect(answers(facts.market)).toEqual(answers((await openFacts(dir)).market));
  });

  it("answers from what was known until the new facts are ready", async () => {
    const facts = await openFacts(dir);
    const before = facts.market;
    await appended(["Zyx One"]);
    const refreshing = facts.refresh();
    expect(facts.market).toBe(before);
    await refreshing;
    expect(facts.market).not.toBe(before);
  });

  it("is left alone when nothing has changed", async () => {
    await appended(["Zyx One"]);
    const facts = await openFacts(dir);
    const before = facts.market;
    await facts.refresh();
    expect(facts.market).toBe(before);
  });

  it("tells of an unfinished import, and of a damaged file as a start would", async () => {
    await appended(["Zyx One"]);
    const facts = await openFacts(dir);
    const log = join(dir, "facts.ndjson");
    appendFileSync(log, readFileSync(log, "utf8").split("\n")[1]!);
    await facts.refresh();
    expect(facts.notices.join()).toContain("not finished");
    truncateSync(log, statSync(log).size - 1);
    appendFileSync(log, "\nnot a line\n");
    await expect(facts.refresh()).rejects.toMatchObject({ reason: "bad_file" });
    expect(totals(facts.market, {}).events).toBeGreaterThan(0);
  });

  it("has what a person says of reports at once, and on disk", async () => {
    const facts = await openFacts(dir, () => NOW);
    await appended(["Zyx One", "Zyx Two"]);
    const said = { a: "made-up|Zyx One|0", b: "made-up|Zyx Two|1", says: "different" } as const;
    await Promise.all([facts.refresh(), facts.judge(said)]);
    expect(facts.market.verdicts).toEqual([said]);
    expect((await openFacts(dir)).market.verdicts).toEqual([said]);
    await facts.judge({ ...said, says: null });
    expect(facts.market.verdicts).toEqual([]);
  });
});
