import { execFileSync } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { generate } from "./generate.ts";

/*
 * A million layoffs taken in beside DuckDB reading the same file, each in a process of its own; and how long questions wait in
 * a bot that runs meanwhile, while it reads what was imported and after.
 */

const SEED = 20_240_317;
const EVENTS = 1_000_000;

export interface Told {
  readonly seconds: number;
  readonly megabytes: number;
}
/** Milliseconds. */
export type Spread = readonly [median: number, p99: number, max: number];
export interface Waited {
  /** How long a question waited and took, by a clock that asks every few milliseconds. */
  readonly waited: Spread;
  /**
   * Processor time the answering thread spent from one question to the next: what it could not have answered in. Unlike a wait it
   * does not count the turns that a busy machine gives to others.
   */
  readonly worked: Spread;
}
export interface Waits {
  readonly idle: Waited;
  readonly meanwhile: Waited;
  readonly asked: number;
  readonly refreshSeconds: number;
}

const dir = mkdtempSync(join(tmpdir(), "bench-backfill-"));
try {
  await measure();
} finally {
  rmSync(dir, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const file = join(dir, "tracker_2024-12-31.csv");
  await write(file);
  const part = (name: string, ...args: readonly string[]) =>
    JSON.parse(
      execFileSync(
        process.execPath,
        [join(import.meta.dirname, "backfill-parts.ts"), name, ...args],
        { encoding: "utf8", maxBuffer: 1 << 24 },
      ),
    );
  // In turn, twice: the first warms the page cache.
  const runs = [1, 2].map((run): readonly [ours: Told, theirs: Told] => [
    part("import", file, join(dir, `data-${run}`)),
    part("duckdb", file),
  ]);
  const [ours, theirs] = runs[1]!;
  const waits: Waits = part("refresh", join(dir, "data-2"), join(dir, "bot"));
  const [, p99, longest] = waits.meanwhile.worked;
  console.table({ "market-pulse": ours, DuckDB: theirs });
  for (const what of ["waited", "worked"] as const)
    console.table({
      [`${what}, idle`]: waits.idle[what].map(round),
      [`${what}, meanwhile`]: waits.meanwhile[what].map(round),
    });
  const figures = {
    "import: times as fast as DuckDB's read_csv": theirs.seconds / ours.seconds,
    "import: memory beside DuckDB's": ours.megabytes / theirs.megabytes,
    "p99 of a question's wait while the bot reads it, ms (goal 5)": waits.meanwhile.waited[1],
    "the same while nothing happens, ms": waits.idle.waited[1],
    "p99 of the thread's work between two questions, ms (goal 5)": p99,
    "longest, ms": longest,
    "seconds until the bot answers from it": waits.refreshSeconds,
  };
  console.table(figures);
  console.log(JSON.stringify(figures));
  // Half the goal: twice as long. A wait is shown and not judged, since a busy machine makes it.
  process.exitCode = p99 > 10 ? 1 : 0;
}

async function write(path: string): Promise<void> {
  const out = createWriteStream(path);
  out.write(
    "Company,Location_HQ,Industry,Laid_Off_Count,Date,Source,Funds_Raised,Stage,Date_Added,Country,Percentage\n",
  );
  let piece = "";
  for (const { versions, learnedOn } of generate(EVENTS, SEED).facts.layoffs) {
    const { company, industry, headcount, announcedOn, url, stage, country, percentOfStaff } =
      versions[0]!.values;
    const percent = percentOfStaff === null ? "" : percentOfStaff / 100;
    piece += `${company},"Place of ${industry}, X",${industry},${headcount ?? ""},${announcedOn},${url},12,${stage},${learnedOn},${country},${percent}\n`;
    if (piece.length < 1 << 20) continue;
    out.write(piece);
    piece = "";
  }
  out.end(piece);
  await finished(out);
}

function round(number: number): number {
  return Number(number.toPrecision(3));
}
