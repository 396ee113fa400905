import { join } from "node:path";
import { Fault } from "../../../src/fault.ts";
import type { Book, Change } from "../../../src/stores/book.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import { memoryBook } from "../../../src/stores/memory-book.ts";
import { faultyDisk, type DiskFault } from "./faulty-disk.ts";
import type { Figure } from "../program.ts";
import { figureOf } from "./figure.ts";
import { inScratch } from "./scratch.ts";
import { scriptedCommands, textOf } from "./script.ts";

/** Small enough that the script folds its journal into a snapshot on the way. */
const FOLD_AT_BYTES = 2_500;

/**
 * P3 without strace: every call the book makes to the disk, from its first start to its close, is the one at which the
 * process dies, the disk fails once, or the disk is full for the rest of the run.
 */
export async function runP3InProcess({ commands }: { readonly commands: number }): Promise<Figure> {
  const calls = await inScratch(async (root) => {
    const counted = faultyDisk();
    await playScript(join(root, "live"), counted, commands);
    return counted.calls;
  }, "memory");
  const wrong: string[] = [];
  let saved = 0;
  let refused = 0;
  for (let at = 1; at <= calls; at++)
    for (const kind of ["die", "EIO", "ENOSPC", "full"] as const) {
      const told = await inScratch(
        (root) => tryFault(join(root, "live"), { at, kind }, commands),
        "memory",
      );
      wrong.push(...told.wrong.map((what) => `${kind} at call ${at}: ${what}`));
      saved += told.saved;
      refused += told.refused;
    }
  return figureOf(
    {
      id: "P3",
      promise: "… at every single call to the disk (in process)",
      injected: `${calls} calls × death, EIO, ENOSPC once, ENOSPC until freed`,
    },
    calls * 4,
    wrong,
    `${saved} saved, ${refused} refused commands; every state read afterwards was the one answered, or that of the one command in flight`,
  );
}

interface Played {
  /** State after the answered commands, and after the one in flight when the process died too. */
  readonly allowed: readonly string[];
  readonly saved: number;
  readonly refused: number;
  readonly wrong: readonly string[];
}

async function tryFault(dir: string, fault: DiskFault, commands: number): Promise<Played> {
  const faulty = faultyDisk(fault);
  const played = await playScript(dir, faulty, commands);
  const wrong = [...played.wrong];
  // A disk that is freed before its call comes was never full.
  if (!faulty.happened && fault.kind !== "full") wrong.push("the fault never happened");
  const again = await openJsonBook(dir).catch((error: unknown) => String(error));
  if (typeof again === "string") return { ...played, wrong: [...wrong, again] };
  if (!played.allowed.includes(textOf(again)))
    wrong.push(`read back ${textOf(again).length} bytes that were never a state`);
  await again.close();
  return { ...played, wrong };
}

/** Runs the script as far as it goes; the book in memory follows what is answered. */
async function playScript(
  dir: string,
  faulty: ReturnType<typeof faultyDisk>,
  commands: number,
): Promise<Played> {
  const model = memoryBook();
  const taken: (readonly Change[])[] = [];
  const wrong: string[] = [];
  let inFlight: string | undefined;
  let saved = 0;
  let refused = 0;
  let book: Book | undefined;
  try {
    book = await openJsonBook(dir, { disk: faulty.disk, foldAtBytes: FOLD_AT_BYTES });
  } catch (error) {
    if (!(error instanceof Fault)) wrong.push(`not a Fault: ${String(error)}`);
  }
  if (book !== undefined) {
    for (const [index, changes] of scriptedCommands(commands).entries()) {
      if (index === commands - 2) faulty.free();
      try {
        await book.commit(changes);
        saved++;
        await model.commit(changes);
        taken.push(changes);
        inFlight = undefined;
      } catch (error) {
        refused++;
        if (!(error instanceof Fault) || error.reason !== "store_readonly")
          wrong.push(`refused with ${String(error)}`);
        inFlight ??= await stateAfter([...taken, changes]);
        if (!faulty.dead && !(await onDisk(dir, model)))
          wrong.push(`command ${index} was refused, and a crash now would bring it back`);
      }
      if (textOf(book) !== textOf(model)) wrong.push(`memory differs after command ${index}`);
    }
    if (!faulty.dead && !(await onDisk(dir, model)))
      wrong.push("a crash before the close would lose");
    await book.close().catch((error: unknown) => wrong.push(`close: ${String(error)}`));
  }
  // A process that lives must have nothing in doubt; one that died may have saved its last command.
  const allowed = [textOf(model), ...(inFlight !== undefined && faulty.dead ? [inFlight] : [])];
  return { allowed, saved, refused, wrong };
}

/** Whether a process that died now would leave exactly what was answered. */
async function onDisk(dir: string, model: Book): Promise<boolean> {
  const left = await openJsonBook(dir, { readOnly: true }).catch((error: unknown) => String(error));
  return typeof left !== "string" && textOf(left) === textOf(model);
}

/** What a book holds after these commands. */
async function stateAfter(commands: readonly (readonly Change[])[]): Promise<string> {
  const book = memoryBook();
  for (const changes of commands) await book.commit(changes);
  return textOf(book);
}
