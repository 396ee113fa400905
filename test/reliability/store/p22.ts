import { cpSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { importFile } from "../../../src/sources/import.ts";
import { openFactsLog } from "../../../src/stores/facts-log.ts";
import { chance, pick } from "./chance.ts";
import { startChild } from "./child.ts";
import type { Figure } from "../program.ts";
import { figureOf } from "./figure.ts";
import { mountObstacle, system } from "./machine.ts";
import { inScratch } from "./scratch.ts";

const HEADER =
  "company,location,industry,total_laid_off,percentage_laid_off,date,stage,country,funds_raised";
const LOG = "facts.ndjson";
const NOW = Date.UTC(2026, 10, 22);

/**
 * P22: an import is there whole or not at all. A newer export of half as many rows again is imported and killed at a
 * random moment, meets a full disk, or a row that ends the file's sense; what is known afterwards is the old or the new.
 */
export async function runP22({
  times,
  rows,
  seed = 22,
}: {
  readonly times: number;
  readonly rows: number;
  readonly seed?: number;
}): Promise<Figure> {
  const next = chance(seed);
  const obstacle = mountObstacle();
  return inScratch(async (root) => {
    const base = join(root, "base");
    const older = join(root, "layoffs_2026-03-01.csv");
    const newer = join(root, "layoffs_2026-03-08.csv");
    const broken = join(root, "layoffs_2026-03-09.csv");
    writeFileSync(older, csvOf(rows));
    writeFileSync(newer, csvOf(rows * 1.5));
    await importFile(older, { dir: base, now: NOW });
    const before = await knownIn(base);
    const took = await timed(async () => {
      const dir = join(root, "whole");
      cpSync(base, dir, { recursive: true });
      await startChild("importer.ts", [dir, newer]).ended;
    });
    const after = await knownIn(join(root, "whole"));
    const grown = statSync(join(root, "whole", LOG)).size - statSync(join(base, LOG)).size;
    const wrong: string[] = after === before ? ["the newer file changes nothing"] : [];
    const ends = { old: 0, new: 0 };
    for (let round = 0; round < times; round++) {
      const dir = join(root, "live");
      cpSync(base, dir, { recursive: true });
      const kind = round % 5;
      if (kind === 3) {
        // The quote is never closed, so that the file ends inside a cell.
        const text = csvOf(rows * 1.5).split("\n");
        text.splice(1 + pick(next, text.length - 2), 0, 'Acme,"Boston,Data,40,,2026-02-01,,,');
        writeFileSync(broken, text.join("\n"));
        await startChild("importer.ts", [dir, broken]).ended;
      } else if (kind === 4 && obstacle === undefined) {
        await onFullDisk(
          dir,
          pick(next, grown * 1.5),
          (small) => startChild("importer.ts", [small, newer]).ended,
        );
      } else {
        const child = startChild("importer.ts", [dir, newer]);
        await child.line("ready");
        await pause(pick(next, took * 1.5));
        child.kill();
        await child.ended;
      }
      const known = await knownIn(dir).catch((error: unknown) => String(error));
      if (known === before) ends.old++;
      else if (known === after) ends.new++;
      else wrong.push(`round ${round}: neither the old nor the new (${known.slice(0, 80)})`);
      rmSync(dir, { recursive: true });
    }
    return figureOf(
      {
        id: "P22",
        promise: "An import is all or nothing",
        injected: `SIGKILL at a random moment${obstacle === undefined ? ", a full disk" : ` (no full disk: ${obstacle})`}, an unclosed quote at a random row, of ${rows * 1.5} rows (seed ${seed})`,
      },
      times,
      wrong,
      `${ends.old} times the old facts, ${ends.new} times the new, never a part`,
    );
  });
}

function csvOf(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, at) =>
      `Company ${at},Boston,Data,${at + 1},,2026-02-${String(1 + (at % 28)).padStart(2, "0")},,United States,`,
  );
  return `${[HEADER, ...lines].join("\n")}\n`;
}

/** Everything the facts log knows, as one text; when and from where it was read does not count. */
async function knownIn(dir: string): Promise<string> {
  const { layoffs, imports } = (await openFactsLog(dir)).stored();
  return `${imports.length} ${JSON.stringify(layoffs)}`;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Does the work in the folder on a disk with only so many bytes left, and brings the folder back. */
async function onFullDisk(
  dir: string,
  spare: number,
  work: (dir: string) => Promise<void>,
): Promise<void> {
  const disk = `${dir}-disk`;
  system("mkdir", "-p", disk);
  const used = Number(system("du", "-sb", dir).split("\t")[0]);
  system("mount", "-t", "tmpfs", "-o", `size=${used + 16_384 + spare}`, "none", disk);
  try {
    cpSync(dir, join(disk, "live"), { recursive: true });
    await work(join(disk, "live"));
    rmSync(dir, { recursive: true });
    cpSync(join(disk, "live"), dir, { recursive: true });
  } finally {
    system("umount", disk);
    rmSync(disk, { recursive: true });
  }
}
