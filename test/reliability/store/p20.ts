import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Fault } from "../../../src/fault.ts";
import type { Book } from "../../../src/stores/book.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import { memoryBook } from "../../../src/stores/memory-book.ts";
import { figureOf, type Figure } from "./figure.ts";
import { mountObstacle, skipped, system } from "./machine.ts";
import { inScratch } from "./scratch.ts";
import { scriptedCommands, textOf } from "./script.ts";

/** P20: with a full disk nothing is answered "saved" that is not, reading goes on, and saving resumes by itself. */
export async function runP20({ cycles }: { readonly cycles: number }): Promise<Figure> {
  const about = {
    id: "P20",
    promise:
      "Disk full: reading goes on, nothing answered “saved” is lost, saving resumes by itself",
    injected: "a disk of 1 MB in memory, filled to the last byte and freed again",
  };
  const obstacle = mountObstacle();
  if (obstacle !== undefined) return skipped(about, obstacle);
  return inScratch(async (root) => {
    const disk = join(root, "disk");
    mkdirSync(disk);
    system("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk);
    try {
      const told = await filling(disk, cycles);
      return figureOf(
        about,
        cycles,
        told.wrong,
        `${told.saved} saved, ${told.refused} refused; saving resumed after ${told.slowestMs.toFixed(0)} ms at most; one notice an episode`,
      );
    } finally {
      system("umount", disk);
    }
  });
}

async function filling(disk: string, cycles: number) {
  const wrong: string[] = [];
  const notices: string[] = [];
  const dir = join(disk, "live");
  const filler = join(disk, "filler");
  const open = () =>
    openJsonBook(dir, { foldAtBytes: 20_000, onNotice: (sentence) => notices.push(sentence) });
  let book: Book = await open();
  const model = memoryBook();
  const script = scriptedCommands(cycles * 60);
  let at = 0;
  let saved = 0;
  let refused = 0;
  let slowestMs = 0;

  async function command(): Promise<boolean> {
    const changes = script[at++ % script.length]!;
    try {
      await book.commit(changes);
      await model.commit(changes);
      saved++;
      return true;
    } catch (error) {
      if (!(error instanceof Fault) || error.reason !== "store_readonly") wrong.push(String(error));
      refused++;
      return false;
    }
  }

  for (let cycle = 0; cycle < cycles; cycle++) {
    notices.length = 0;
    fill(filler);
    let filled = 0;
    // The last page of the journal may still have room for some.
    for (let turn = 0; turn < 30; turn++) if (!(await command())) filled++;
    if (filled === 0) wrong.push(`cycle ${cycle}: nothing was refused`);
    if (textOf(book) !== textOf(model)) wrong.push(`cycle ${cycle}: memory differs`);
    const restarting = cycle % 5 === 4;
    if (restarting) {
      // A start with a full disk reads and answers, too.
      await book.close();
      book = await open();
      if (textOf(book) !== textOf(model)) wrong.push(`cycle ${cycle}: differs after a start`);
    }
    rmSync(filler);
    const freed = performance.now();
    const resumed = async () => (await command()) && notices.some(saysItWorks);
    while (!(await resumed()) && performance.now() - freed < 5_000) await nextTurn();
    slowestMs = Math.max(slowestMs, performance.now() - freed);
    const begun = notices.filter((notice) => notice.startsWith("Saving fails")).length;
    const ended = notices.filter(saysItWorks).length;
    const most = restarting ? 2 : 1;
    if (begun < 1 || begun > most || ended < 1 || ended > most)
      wrong.push(`cycle ${cycle}: said ${begun} times that it fails, ${ended} that it works`);
  }
  if (slowestMs > 5_000) wrong.push(`saving resumed after ${slowestMs} ms`);
  await book.close();
  book = await open();
  if (textOf(book) !== textOf(model)) wrong.push("the end differs");
  await book.close();
  return { wrong, saved, refused, slowestMs };
}

function saysItWorks(notice: string): boolean {
  return notice.startsWith("Saving works");
}

/** Writes until not one more byte fits. */
function fill(path: string): void {
  for (const size of [1 << 16, 1 << 12, 1])
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), { flag: "a" });
    } catch {
      // Full for this size; the next one is smaller.
    }
}
