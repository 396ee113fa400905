import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import { memoryBook } from "../../../src/stores/memory-book.ts";
import { startChild } from "./child.ts";
import type { Figure } from "../program.ts";
import { figureOf } from "./figure.ts";
import { skipped, straceObstacle } from "./machine.ts";
import { inScratch } from "./scratch.ts";
import { scriptedCommands, textOf } from "./script.ts";

/** The calls by which the book changes the disk. */
const CALLS = [
  "fdatasync",
  "fsync",
  "pwrite64",
  "rename",
  "unlink",
  "ftruncate",
  "link",
  "linkat",
] as const;

/**
 * P3: a process that is killed, or told EIO or ENOSPC, at any single one of its system calls that change the disk leaves
 * the state before or after the command in flight. Each point is one process, run under strace.
 */
export async function runP3({
  commands,
  every = 1,
  lanes = 1,
}: {
  readonly commands: number;
  /** How many points are tried side by side. */
  readonly lanes?: number;
  /** Try only every n-th point. */
  readonly every?: number;
}): Promise<Figure> {
  const about = {
    id: "P3",
    promise: "… at every single system call",
    injected: `SIGKILL, EIO and ENOSPC at each ${CALLS.join(", ")} of a run of ${commands} commands`,
  };
  const obstacle = straceObstacle();
  if (obstacle !== undefined) return skipped(about, obstacle);
  const counts = await inScratch((root) => countCalls(root, commands));
  const points = [...counts].flatMap(([call, count]) =>
    ["signal=SIGKILL", "error=EIO", "error=ENOSPC"].flatMap((fault) =>
      Array.from({ length: count }, (_, at) => `${call}:${fault}:when=${at + 1}`),
    ),
  );
  const tried = points.filter((_, index) => index % every === 0);
  const wrong: string[] = [];
  const left = tried.values();
  const lane = async (): Promise<void> => {
    for (const point of left)
      await inScratch(async (root) => {
        const what = await tryPoint(root, { point, commands });
        if (what !== undefined) wrong.push(`${point}: ${what}`);
      });
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return figureOf(
    about,
    tried.length,
    wrong,
    `${[...counts].map(([call, count]) => `${call} ${count}`).join(", ")}: every state read afterwards was before or after the command in flight`,
  );
}

/** How often an undisturbed run makes each call. */
async function countCalls(root: string, commands: number): Promise<ReadonlyMap<string, number>> {
  const log = join(root, "calls");
  await runScript(join(root, "live"), commands, ["-e", `trace=${CALLS.join(",")}`, "-o", log]);
  const counts = new Map<string, number>();
  for (const line of readFileSync(log, "utf8").split("\n")) {
    // `12 fsync(5 <unfinished ...>` and its `resumed` are one call.
    const call = /^\d+\s+(\w+)\(/.exec(line)?.[1];
    if (call !== undefined) counts.set(call, (counts.get(call) ?? 0) + 1);
  }
  return counts;
}

/** What is wrong after a run with this fault, if anything. */
async function tryPoint(
  root: string,
  { point, commands }: { point: string; commands: number },
): Promise<string | undefined> {
  const dir = join(root, "live");
  const call = point.slice(0, point.indexOf(":"));
  const answers = await runScript(dir, commands, [
    "-e",
    `trace=${call}`,
    "-e",
    `inject=${point}`,
    "-o",
    "/dev/null",
  ]);
  if (!existsSync(dir)) return answers.length === 0 ? undefined : "the folder is gone";
  const book = await openJsonBook(dir).catch((error: unknown) => String(error));
  if (typeof book === "string") return book;
  const text = textOf(book);
  await book.close();
  return judged(text, answers, commands);
}

/** Refused commands leave no trace, the saved ones are all there, and only one without an answer may be too. */
async function judged(
  text: string,
  answers: readonly string[],
  commands: number,
): Promise<string | undefined> {
  const model = memoryBook();
  const script = scriptedCommands(commands);
  for (const [at, answer] of answers.entries())
    if (answer === "saved") await model.commit(script[at]!);
  if (text === textOf(model)) return undefined;
  const open = script[answers.length];
  if (open !== undefined) await model.commit(open);
  return text === textOf(model)
    ? undefined
    : `after ${answers.join(",")} another state was read back`;
}

async function runScript(
  dir: string,
  commands: number,
  strace: readonly string[],
): Promise<readonly string[]> {
  const answers: string[] = [];
  const child = startChild("scripted.ts", [dir, String(commands)], {
    through: ["strace", "-f", "-qq", ...strace],
    env: { UV_THREADPOOL_SIZE: "1" },
    onLine: (line) => {
      if (line === "saved" || line === "refused") answers.push(line);
    },
  });
  await child.ended;
  return answers;
}
