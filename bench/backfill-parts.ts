import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openFacts } from "../src/facts.ts";
import type { Market } from "../src/market/market.ts";
import { pulse } from "../src/market/pulse.ts";
import { csvFile } from "../src/sources/csv/file.ts";
import { importFile } from "../src/sources/import.ts";
import { layoffPlaces } from "../src/sources/layoffs-csv.ts";
import { payPlaces } from "../src/sources/pay-csv.ts";
import { openFile } from "../src/sources/text-file.ts";
import type { Spread, Told, Waits } from "./backfill.ts";
import { companyAnswer } from "./contenders/ours.ts";

/* Processes of their own: each does one thing and prints what it took as JSON. */
const ASK_EVERY_MS = 4;
const IDLE_MS = 5_000;
const TODAY = "2024-12-31";

const [part = "", ...args] = process.argv.slice(2);
const parts: Readonly<Record<string, (...args: readonly string[]) => Promise<Told | Waits>>> = {
  import: (file = "", rows = "", dir = "") =>
    told(async () => {
      const { accepted } = await importFile(file, { dir, now: Date.now() });
      if (accepted !== Number(rows)) throw new Error(`${accepted} rows were taken`);
    }),
  read: (file = "", rows = "") =>
    told(async () => {
      const { size } = await csvFile(
        await openFile(file),
        (header) => new Set([...layoffPlaces(header), ...payPlaces(header)]),
      );
      if (size !== Number(rows)) throw new Error(`${size} rows were read`);
    }),
  duckdb: (file = "", rows = "") => told(() => readByDuckdb(file, Number(rows))),
  refresh: (imported = "", dir = "") => refreshed(imported, dir),
};
console.log(JSON.stringify(await parts[part]!(...args)));
process.exit(0);

async function told(run: () => Promise<void>): Promise<Told> {
  const began = performance.now();
  await run();
  const seconds = (performance.now() - began) / 1_000;
  return { seconds, megabytes: process.resourceUsage().maxRSS / 1_024 };
}

async function readByDuckdb(file: string, wanted: number): Promise<void> {
  interface DuckDB {
    readonly DuckDBInstance: {
      create(path: string): Promise<{
        connect(): Promise<{
          run(sql: string): Promise<unknown>;
          runAndReadAll(sql: string): Promise<{ getRowsJS(): unknown[][] }>;
        }>;
      }>;
    };
  }
  // Installed in this folder only, so that type-checking the project does not need it.
  const name: string = "@duckdb/node-api";
  const { DuckDBInstance }: DuckDB = await import(name);
  const db = await (await DuckDBInstance.create(":memory:")).connect();
  await db.run(`CREATE TABLE taken AS SELECT * FROM read_csv('${file}')`);
  const rows = (await db.runAndReadAll("SELECT count(*)::INTEGER FROM taken")).getRowsJS();
  if (rows[0]?.[0] !== wanted) throw new Error(`${String(rows[0]?.[0])} rows were read`);
}

/** A bot with the bundled facts, beside which the import appears; it is asked all the time. */
async function refreshed(imported: string, dir: string): Promise<Waits> {
  mkdirSync(dir, { recursive: true });
  const facts = await openFacts(dir);
  const ask = (market: Market) => [pulse(market, TODAY), companyAnswer(market, "google", TODAY)];
  for (let question = 0; question < 2_000; question++) ask(facts.market);
  let waits: number[] = [];
  let work: number[] = [];
  let cpu = process.threadCpuUsage();
  let next = performance.now() + ASK_EVERY_MS;
  const asking = setInterval(() => {
    ask(facts.market);
    const now = performance.now();
    // Asked when the clock was due, so that a question also waits for what kept the process.
    waits.push(Math.max(0, now - next));
    next = now + ASK_EVERY_MS;
    const { user, system } = process.threadCpuUsage(cpu);
    work.push((user + system) / 1_000);
    cpu = process.threadCpuUsage();
  }, ASK_EVERY_MS);
  await sleep(IDLE_MS);
  const idle = { waited: spread(waits), worked: spread(work) };
  copyFileSync(join(imported, "facts.ndjson"), join(dir, "facts.ndjson"));
  await sleep(100);
  [waits, work] = [[], []];
  const began = performance.now();
  await facts.refresh();
  const refreshSeconds = (performance.now() - began) / 1_000;
  await sleep(1_000);
  clearInterval(asking);
  const meanwhile = { waited: spread(waits), worked: spread(work) };
  return { idle, meanwhile, asked: waits.length, refreshSeconds };
}

function spread(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]!;
  return [at(0.5), at(0.99), at(1)];
}
