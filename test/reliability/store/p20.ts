import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Fault } from "../../../src/fault.ts";
import type { Book } from "../../../src/stores/book.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import type { Holder } from "../../../src/stores/lock.ts";
import { memoryBook } from "../../../src/stores/memory-book.ts";
import { ownProcess } from "../../../src/stores/process-id.ts";
import type { Figure } from "../program.ts";
import { figureOf } from "./figure.ts";
import { mountObstacle, skipped, system } from "./machine.ts";
import { inScratch } from "./scratch.ts";
import { scriptedCommands, textOf } from "./script.ts";

const WORKS = "Saving works again";

/** P20: with a full disk nothing is answered "saved" that is not, reading goes on, and saving resumes by itself. */
export async function runP20({ cycles }: { readonly cycles: number }): Promise<Figure> {
  const about = {
    id: "P20",
    promise:
      "Disk full: reading goes on, nothing answered “saved” is lost, saving resumes by itself",
    injected:
      "a disk of 4 MB in memory, filled to the last byte and freed again; every 5th time a new start on it, also after a kill",
  };
  const obstacle = mountObstacle();
  if (obstacle !== undefined) return skipped(about, obstacle);
  return inScratch(async (root) => {
    const disk = join(root, "disk");
    mkdirSync(disk);
    system("mount", "-t", "tmpfs", "-o", "size=4m", "none", disk);
    try {
      const told = await filling(disk, cycles);
      return figureOf(
        about,
        cycles,
        told.wrong,
        `${told.saved} saved, ${told.refused} refused, ${told.cramped} starts where not one byte was left; saving resumed after ${told.slowestMs.toFixed(0)} ms at most; one notice an episode`,
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
  let cramped = 0;
  let slowestMs = 0;

  const counted = (beginning: string) =>
    notices.filter((notice) => notice.startsWith(beginning)).length;

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
      // A start with a full disk reads and answers, too; what a stopped process frees, others have taken.
      await book.close();
      if (counted("Saving fails") !== 1) wrong.push(`cycle ${cycle}: not told once that it fails`);
      notices.length = 0;
      if (cycle % 2 === 1) leaveDeadLock(dir);
      fill(filler);
      if (takesNothing(disk)) cramped++;
      book = await open();
      if (textOf(book) !== textOf(model)) wrong.push(`cycle ${cycle}: differs after a start`);
    }
    rmSync(filler);
    const freed = performance.now();
    // A start that found the room it needed has nothing to tell.
    const troubled = () => counted("Saving fails") + counted("Saving may fail") > 0;
    const resumed = async () => (await command()) && (!troubled() || counted(WORKS) > 0);
    while (!(await resumed()) && performance.now() - freed < 5_000) await nextTurn();
    slowestMs = Math.max(slowestMs, performance.now() - freed);
    const begun = counted("Saving fails");
    const ended = counted(WORKS);
    if (begun > 1 || (!restarting && begun < 1) || ended !== (troubled() ? 1 : 0))
      wrong.push(`cycle ${cycle}: said ${begun} times that it fails, ${ended} that it works`);
  }
  if (cycles >= 5 && cramped === 0) wrong.push("no start met a disk that was quite full");
  if (slowestMs > 5_000) wrong.push(`saving resumed after ${slowestMs} ms`);
  await book.close();
  book = await open();
  if (textOf(book) !== textOf(model)) wrong.push("the end differs");
  await book.close();
  return { wrong, saved, refused, cramped, slowestMs };
}

/** What a killed process leaves: a name in the folder that belongs to nobody alive. */
function leaveDeadLock(dir: string): void {
  const process = { ...ownProcess(), pid: 4_194_300 };
  const holder: Holder = { token: "gone", since: "2026-11-22T00:00:00.000Z", process };
  writeFileSync(join(dir, "lock"), JSON.stringify(holder));
}

/** Whether not even a file of one byte has room. */
function takesNothing(disk: string): boolean {
  const probe = join(disk, "probe");
  try {
    writeFileSync(probe, "x");
    return false;
  } catch {
    return true;
  } finally {
    rmSync(probe, { force: true });
  }
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
