import { cpSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { Fault } from "../../../src/fault.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import { RESERVE_FILE } from "../../../src/stores/reserve.ts";
import { chance, pick } from "./chance.ts";
import { DAMAGES, ruin } from "./damage.ts";
import type { Figure } from "../program.ts";
import { figureOf } from "./figure.ts";
import { inScratch } from "./scratch.ts";
import { scriptedCommands, textOf } from "./script.ts";

const COMMANDS = 40;

/**
 * P19: a damaged store never becomes an empty store. Every kind of damage is done to every kind of file of a folder whose
 * bot was killed; the book then is whole, or misses one command and says so, or does not open and says what to do.
 */
export async function runP19({
  damages,
  seed = 19,
  place = "disk",
}: {
  readonly damages: number;
  readonly seed?: number;
  readonly place?: "disk" | "memory";
}): Promise<Figure> {
  const next = chance(seed);
  return inScratch(async (root) => {
    const base = await killedFolder(root);
    const wrong: string[] = [];
    const seen = { whole: 0, oneLost: 0, refused: 0 };
    for (let round = 0; round < damages; round++) {
      const dir = join(root, "damaged");
      cpSync(base.dir, dir, { recursive: true });
      const files = filesIn(dir);
      const path = files[pick(next, files.length)]!;
      const damage = DAMAGES[round % DAMAGES.length]!;
      const name = relative(dir, path);
      ruin(path, damage, next, base.older(name));
      const outcome = await openDamaged(dir, base.states);
      if (outcome === "whole" || outcome === "oneLost" || outcome === "refused") seen[outcome]++;
      else wrong.push(`${damage.name}, ${name} (round ${round}): ${outcome}`);
      rmSync(dir, { recursive: true });
    }
    return figureOf(
      {
        id: "P19",
        promise: "A damaged store never becomes an empty store",
        injected: `${DAMAGES.length} kinds of damage to any file of the state (seed ${seed})`,
      },
      damages,
      wrong,
      `${seen.whole} read whole, ${seen.oneLost} missed one command and said so, ${seen.refused} refused with file and remedy; 0 silent losses`,
    );
  }, place);
}

interface KilledFolder {
  readonly dir: string;
  /** What the book held after each command. */
  readonly states: readonly string[];
  /** What files of this kind held before. */
  readonly older: (name: string) => readonly Buffer[];
}

/** A folder with several generations, as a process that was killed leaves it. */
async function killedFolder(root: string): Promise<KilledFolder> {
  const live = join(root, "live");
  const before = join(root, "before");
  const dir = join(root, "base");
  const states: string[] = [];
  let book = await openJsonBook(live);
  for (const [index, changes] of scriptedCommands(COMMANDS).entries()) {
    if (index === 10 || index === 20) {
      await book.close();
      book = await openJsonBook(live);
    }
    if (index === 30) cpSync(live, before, { recursive: true });
    await book.commit(changes);
    states.push(textOf(book));
  }
  cpSync(live, dir, { recursive: true });
  rmSync(join(dir, "lock"), { force: true });
  await book.close();
  return {
    dir,
    states,
    older(name) {
      const kind = name.replace(/\d+/, "");
      const same = filesIn(dir).filter((path) => relative(dir, path).replace(/\d+/, "") === kind);
      return [...same.filter((path) => relative(dir, path) !== name), join(before, name)].map(
        (path) => readFileSync(path),
      );
    },
  };
}

/** Every file that holds something; of the reserve only its length counts. */
function filesIn(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).isFile() && basename(path) !== RESERVE_FILE)
    .sort();
}

/** Which of the allowed ends it came to, or what is wrong. */
async function openDamaged(dir: string, states: readonly string[]): Promise<string> {
  const before = filesIn(dir).map((path) => `${path} ${readFileSync(path).toString("base64")}`);
  const notices: string[] = [];
  let text: string;
  try {
    const book = await openJsonBook(dir, { onNotice: (sentence) => notices.push(sentence) });
    text = textOf(book);
    await book.close();
  } catch (error) {
    if (!(error instanceof Fault)) return `not a Fault: ${String(error)}`;
    if (!error.message.includes(dir) || error.right === "")
      return `says too little: ${error.message}`;
    const after = filesIn(dir).map((path) => `${path} ${readFileSync(path).toString("base64")}`);
    return before.join() === after.join() ? "refused" : "refused and changed files";
  }
  if (text === states.at(-1)) return "whole";
  const lost = states.length - 1 - states.lastIndexOf(text);
  if (!states.includes(text)) return "read a state that never was";
  if (lost > 1) return `${lost} commands lost, said: ${notices.join(" ")}`;
  return notices.some((notice) => notice.includes("1 saved command is lost"))
    ? "oneLost"
    : `a command lost without a word: ${notices.join(" ")}`;
}
