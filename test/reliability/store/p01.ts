import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chance, pick } from "./chance.ts";
import { startChild } from "./child.ts";
import { figureOf, type Figure } from "./figure.ts";
import { inScratch } from "./scratch.ts";
import { subscriptions } from "./subscriptions.ts";

/**
 * P1: a subscription that was answered "saved" survives kill -9. Processes of four clients are killed at random moments;
 * each next one reads the book afresh and says what is there, which is judged by the answers that were seen.
 */
export async function runP1({
  kills,
  lanes = 2,
  withinMs = 250,
  seed = 1,
  place = "disk",
}: {
  readonly kills: number;
  /** How many folders are tried side by side. */
  readonly lanes?: number;
  /** The kill falls at a random moment within so long after the first command. */
  readonly withinMs?: number;
  readonly seed?: number;
  readonly place?: "disk" | "memory";
}): Promise<Figure> {
  const parts = await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      inScratch(
        (root) =>
          killing(join(root, "live"), {
            kills: Math.ceil((kills - lane) / lanes),
            withinMs,
            next: chance(seed * 1_000 + lane),
          }),
        place,
      ),
    ),
  );
  const saved = parts.reduce((sum, part) => sum + part.saved, 0);
  return figureOf(
    {
      id: "P1",
      promise: "A subscription that was answered “saved” survives kill -9",
      injected: `SIGKILL at a random moment within ${withinMs} ms of the first of four clients' commands (seed ${seed})`,
    },
    kills,
    parts.flatMap(({ wrong }) => wrong),
    `${saved} saved commands: 0 lost, 0 half applied, 0 starts that could not read`,
  );
}

async function killing(
  dir: string,
  { kills, withinMs, next }: { kills: number; withinMs: number; next: () => number },
): Promise<{ readonly saved: number; readonly wrong: readonly string[] }> {
  const known = subscriptions();
  const unread: string[] = [];
  // One start more than kills: the last process only reads.
  for (let round = 0; round <= kills; round++) {
    const child = startChild("subscriber.ts", [dir, String(round * 100_000)], {
      onLine: (line) => known.hear(line),
    });
    if ((await child.line("ready")) === undefined) {
      unread.push(`start ${round} did not read (${child.lastWords()})`);
      break;
    }
    if (round < kills) await pause(pick(next, withinMs));
    child.kill();
    await child.ended;
  }
  return { saved: known.saved, wrong: [...known.wrong, ...known.stopped, ...unread] };
}
