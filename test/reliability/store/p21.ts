import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chance, pick } from "./chance.ts";
import { startChild, type Child } from "./child.ts";
import type { Figure } from "../program.ts";
import { figureOf } from "./figure.ts";
import { namespaceObstacle } from "./machine.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import { inScratch } from "./scratch.ts";

const CONTAINER = ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"] as const;
const TAKEN_OVER_WITHIN_MS = 15_000;

/**
 * P21: two processes cannot share a folder. Two to five start at once; one may hold it, it is killed, and the next start
 * must have it within 15 s. `containers` of the rounds play it between containers, which see only the shared folder.
 */
export async function runP21({
  rounds,
  containers = 0,
  seed = 21,
}: {
  readonly rounds: number;
  readonly containers?: number;
  readonly seed?: number;
}): Promise<Figure> {
  const next = chance(seed);
  const wrong: string[] = [];
  let slowestMs = 0;
  let refusals = 0;
  const obstacle = containers > 0 ? namespaceObstacle() : undefined;
  const contained = obstacle === undefined ? containers : 0;
  await inScratch(async (root) => {
    for (let round = 0; round < rounds + contained; round++) {
      const dir = join(root, `round-${round}`);
      mkdirSync(dir, { mode: 0o700 });
      const through = round < rounds ? [] : CONTAINER;
      const told = await oneRound(dir, 2 + pick(next, 4), through);
      wrong.push(...told.wrong.map((what) => `round ${round}: ${what}`));
      slowestMs = Math.max(slowestMs, told.tookOverMs);
      refusals += told.refused;
    }
  });
  const said = obstacle === undefined ? "" : ` (containers not tried: ${obstacle})`;
  return figureOf(
    {
      id: "P21",
      promise: "Two processes cannot share a folder",
      injected: `2 to 5 processes at once, the holder killed; ${contained} rounds between containers${said} (seed ${seed})`,
    },
    rounds + contained,
    wrong,
    `${refusals} were refused and named the holder; never two holders; taken over after ${(slowestMs / 1_000).toFixed(1)} s at most`,
  );
}

async function oneRound(dir: string, count: number, through: readonly string[]) {
  const wrong: string[] = [];
  const saved: string[] = [];
  const onLine = (line: string) => {
    if (line.startsWith("saved ")) saved.push(line.slice("saved ".length));
    if (line.startsWith("fenced")) wrong.push(line);
  };
  const children = Array.from({ length: count }, (_, at) =>
    startChild("holder.ts", [dir, `p${at}`], { onLine, through }),
  );
  const outcomes = await Promise.all(children.map(outcomeOf));
  const holders = outcomes.filter((outcome) => outcome.startsWith("held"));
  if (holders.length !== 1) wrong.push(`${holders.length} of ${count} hold the folder`);
  const refused = outcomes.filter((outcome) => outcome.startsWith("refused"));
  for (const outcome of refused)
    if (!/^refused running: .*already running.*pid \d+/.test(outcome)) wrong.push(outcome);
  for (const child of children) child.kill();
  await Promise.all(children.map(({ ended }) => ended));

  const began = performance.now();
  const heir = startChild("holder.ts", [dir, "heir"], { onLine, through });
  const outcome = await outcomeOf(heir);
  const tookOverMs = performance.now() - began;
  if (!outcome.startsWith("held")) wrong.push(`after the holder's death: ${outcome}`);
  if (tookOverMs > TAKEN_OVER_WITHIN_MS) wrong.push(`taken over after ${tookOverMs} ms`);
  heir.kill("SIGTERM");
  if (through.length > 0) heir.kill();
  await heir.ended;
  const book = await openJsonBook(dir, { readOnly: true });
  const kept = new Set(book.list("watches").map(({ value }) => value.name));
  wrong.push(...saved.filter((name) => !kept.has(name)).map((name) => `${name} is lost`));
  return { wrong, tookOverMs, refused: refused.length };
}

async function outcomeOf(child: Child): Promise<string> {
  const first = await Promise.race([child.line("held"), child.line("refused")]);
  return first ?? "ended without a word";
}
