import { deepStrictEqual, ok } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildMarket, layoffAbout } from "../src/market/build.ts";
import { companyNames } from "../src/market/company-search.ts";
import { PAY_LEVELS } from "../src/market/facts.ts";
import type { PayRow } from "../src/market/facts.ts";
import { PAY_KEYS, payMedians } from "../src/market/pay-groups.ts";
import type { PayMedians } from "../src/market/pay-groups.ts";
import type { PayQuery } from "../src/market/pay-rows.ts";
import { payTable } from "../src/market/pay-table.ts";
import { payStats, quarterDays } from "../src/market/pay.ts";
import { roleFamily, TITLE_FAMILIES } from "../src/market/roles.ts";
import { quantile } from "../src/market/stats.ts";
import { openSnapshot, saveSnapshot } from "../src/stores/snapshot.ts";
import { payDuckdb } from "./contenders/pay-duckdb.ts";
import { countryCode, generatePay } from "./generate-pay.ts";
import { generate, LAST_DAY } from "./generate.ts";
import { race } from "./timing.ts";
import type { Times } from "./timing.ts";

/*
 * Pay of five million salaries beside DuckDB over the same rows sorted the same way, and beside the obvious filter. Our side reads
 * them from the snapshot, as a running bot does. The same snapshot holds a million layoffs for the cold starts.
 */

const SEED = 20_240_317;
const ROWS = 5_000_000;
const EVENTS = 1_000_000;
const ROUNDS = 5;
const FIGURES = ["n", "mean", "p10", "p25", "median", "p75", "p90"] as const;

const dir = mkdtempSync(join(tmpdir(), "bench-pay-"));
try {
  await measure();
} finally {
  rmSync(dir, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const { facts, book, ask } = generate(EVENTS, SEED);
  const company = ask();
  const rows = generatePay(ROWS, SEED);
  const began = performance.now();
  const table = payTable(rows);
  const builtMs = performance.now() - began;
  const market = buildMarket(facts, book);
  const path = join(dir, "snapshot.bin");
  const saved = await saveSnapshot(path, "bench", {
    table: market.layoffs(),
    about: layoffAbout(facts),
    pay: () => table,
    facts: () => ({ ...facts, layoffs: [], payRows: [] }),
    names: () => companyNames([], new Map()),
  });
  if (!saved) throw new Error(`cannot write to ${dir}`);
  const kept = { pay: openSnapshot(path, "bench")!.pay(), payQuarters: facts.payQuarters };
  const stats = (query: PayQuery) => payStats(kept, query);

  const peer = await payDuckdb(rows);
  const cells = TITLE_FAMILIES.flatMap((role) =>
    PAY_LEVELS.flatMap((level) =>
      Array.from({ length: 60 }, (_, at) => ({ role, level, country: countryCode(at + 1) })),
    ),
  );
  const asked: Record<string, readonly PayQuery[]> = {
    cell: cells,
    "role and country": cells.map(({ role, country }) => ({ role, country })),
    "role, every country": TITLE_FAMILIES.map((role) => ({ role })),
    "cell in a quarter": cells
      .filter(({ country }) => country <= countryCode(8))
      .map((cell) => ({ ...cell, ...quarterDays("2023Q3") })),
  };
  const largest = cells.reduce((most, cell) => (stats(cell).n > stats(most).n ? cell : most));
  asked["largest cell in a quarter"] = [{ ...largest, ...quarterDays("2023Q3") }];
  for (const queries of Object.values(asked))
    for (let at = 0; at < queries.length; at += Math.ceil(queries.length / 12))
      await agree(rows, queries[at]!, stats, peer);

  const times: Record<string, ReadonlyMap<string, Times>> = {};
  for (const [what, queries] of Object.entries(asked)) {
    times[what] = await race(
      [
        {
          name: "market-pulse",
          perRound: 2_000,
          ask: (question) => stats(queries[(question * 7) % queries.length]!),
        },
        {
          name: "DuckDB",
          perRound: 8,
          ask: (question) => peer.stats(queries[(question * 7) % queries.length]!),
        },
      ],
      ROUNDS,
    );
  }
  const medians = () => payMedians(kept.pay, {}, PAY_KEYS);
  await agreeOnMedians(medians(), stats, peer);
  times["every cell"] = await race(
    [
      { name: "market-pulse", perRound: 200, ask: medians },
      { name: "DuckDB", perRound: 2, ask: () => peer.medians() },
    ],
    ROUNDS,
  );
  peer.close();

  const cold = coldStarts(company);
  const us = (what: string) => times[what]!.get("market-pulse")!.median;
  const ratio = (what: string) => times[what]!.get("DuckDB")!.median / us(what);
  const atLeast = (what: string, goal: number, measured: number) =>
    ({ what, goal, measured, isHalf: measured >= goal / 2 }) as const;
  const atMost = (what: string, goal: number, measured: number) =>
    ({ what, goal, measured, isHalf: measured <= 1 + 2 * (goal - 1) }) as const;
  const figures = [
    atLeast("a cell: times faster than DuckDB", 300, ratio("cell")),
    atLeast("a role in a country: times faster than DuckDB", 300, ratio("role and country")),
    atLeast("a role everywhere: times faster than DuckDB", 300, ratio("role, every country")),
    atLeast("a cell in a quarter: times faster than DuckDB", 300, ratio("cell in a quarter")),
    atLeast("… the largest: times faster than DuckDB", 300, ratio("largest cell in a quarter")),
    atLeast("every cell's median: times faster than DuckDB", 3_000, ratio("every cell")),
    atMost(
      "cold start to /pulse, beside a bare node",
      1.15,
      cold.get("/pulse")!.median / cold.get("bare node")!.median,
    ),
    atMost(
      "cold start to /layoffs X, beside a bare node",
      1.15,
      cold.get("/layoffs X")!.median / cold.get("bare node")!.median,
    ),
  ];
  for (const [what, each] of [...Object.entries(times), ["cold start", cold] as const]) {
    console.log(what);
    console.table(
      Object.fromEntries(
        [...each].map(([name, { median, p99, questions }]) => [
          name,
          { "median µs": round(median), "p99 µs": round(p99), questions },
        ]),
      ),
    );
  }
  console.log(`laying out ${ROWS} rows took ${Math.round(builtMs)} ms`);
  console.table(
    figures.map(({ what, goal, measured }) => ({ what, goal, measured: round(measured) })),
  );
  console.log(JSON.stringify({ figures }));
  process.exitCode = figures.every(({ isHalf }) => isHalf) ? 0 : 1;
}

/** A race between different answers would mean nothing. */
async function agree(
  rows: readonly PayRow[],
  query: PayQuery,
  stats: (query: PayQuery) => ReturnType<typeof payStats>,
  peer: Awaited<ReturnType<typeof payDuckdb>>,
): Promise<void> {
  const answer = stats(query);
  const pay = Float64Array.from(
    rows.filter((row) => fits(row, query)),
    ({ usdPerYear }) => usdPerYear,
  ).sort();
  deepStrictEqual([answer.basis, answer.n], ["rows", pay.length]);
  if (answer.tooFew) return;
  const at = (share: number) => Math.round(quantile(pay, share)!);
  const tails = (share: number) => (pay.length < 5 ? null : at(share));
  const mean = Math.round(pay.reduce((sum, each) => sum + each, 0) / pay.length);
  deepStrictEqual(
    FIGURES.map((figure) => answer[figure]),
    [pay.length, mean, tails(0.1), at(0.25), at(0.5), at(0.75), tails(0.9)],
  );
  const theirs = await peer.stats(query);
  for (const [place, figure] of FIGURES.entries())
    ok(
      answer[figure] === null || Math.abs(answer[figure] - theirs[place]!) <= 0.5,
      `${figure} of ${JSON.stringify(query)}: ${answer[figure]} and ${theirs[place]}`,
    );
}

/** Every group's figures are those of its own card, and DuckDB has them all. */
async function agreeOnMedians(
  { n, median, nameOf }: PayMedians,
  stats: (query: PayQuery) => ReturnType<typeof payStats>,
  peer: Awaited<ReturnType<typeof payDuckdb>>,
): Promise<void> {
  for (const [group, size] of n.entries()) {
    const { role, level, country } = nameOf(group);
    const card = stats({ role: role!, level: level!, country: country! });
    deepStrictEqual(
      [size, card.tooFew ? null : Math.round(median[group]!)],
      [card.n, card.tooFew ? null : card.median],
    );
  }
  const ours = Array.from(n, (size, group) => [size, median[group]!] as const);
  const theirs = (await peer.medians()).map(
    ([size, value]) => [Number(size), Number(value)] as const,
  );
  const inOrder = (groups: readonly (readonly [number, number])[]) =>
    [...groups].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  deepStrictEqual(inOrder(ours), inOrder(theirs));
}

function fits(row: PayRow, { role, level, country, from, to }: PayQuery): boolean {
  return (
    row.employment === "full-time" &&
    (level === undefined || row.level === level) &&
    (country === undefined || row.employerCountry === country) &&
    roleFamily(row.title) === role &&
    (from === undefined ||
      (row.appearedOn !== null &&
        row.appearedOn >= from &&
        row.appearedOn <= to! &&
        row.appearedAfter! >= daysBefore(from)))
  );
}

/** The ten days by which a dump may stand before a period. */
function daysBefore(day: string): string {
  return new Date(Date.parse(day) - 10 * 86_400_000).toISOString().slice(0, 10);
}

function coldStarts(company: string): ReadonlyMap<string, Times> {
  const script = join(import.meta.dirname, "cold-start.ts");
  const printed = execFileSync(process.execPath, [script, dir, "bench", LAST_DAY, company], {
    encoding: "utf8",
  });
  const measured: Record<string, Times> = JSON.parse(printed);
  return new Map(Object.entries(measured));
}

function round(number: number): number {
  return Number(number.toPrecision(3));
}
