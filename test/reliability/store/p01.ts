import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { deadline, type Figure, type Timed } from "../program.ts";
import { chance, pick } from "./chance.ts";
import { startChild, type Child } from "./child.ts";
import { figureOf } from "./figure.ts";
import { inScratch } from "./scratch.ts";
import { subscriptions } from "./subscriptions.ts";

/** A folder is left after so many kills: reading what thousands of commands made is not what is tried here. */
const KILLS_A_FOLDER = 50;

/**
 * P1: a subscription that was answered "saved" survives kill -9. Processes of four clients are killed at random moments,
 * every fifth already while it takes over the folder and reads; each next one reads the book afresh and says what is
 * there, which is judged by the answers that were seen.
 */
export async function runP1({
  kills,
  lanes = 2,
  withinMs = 250,
  seed = 1,
  minutes,
  place = "disk",
}: {
  readonly kills: number;
  /** How many folders are tried side by side. */
  readonly lanes?: number;
  /** The kill falls at a random moment within so long after the first command, or after the start. */
  readonly withinMs?: number;
  readonly seed?: number;
  readonly place?: "disk" | "memory";
} & Timed): Promise<Figure> {
  const isOver = deadline(minutes);
  const shares = Array.from({ length: lanes }, (_, lane) => Math.ceil((kills - lane) / lanes));
  const parts = await Promise.all(
    shares.map((share, lane) =>
      inLane(share, { withinMs, next: chance(seed * 1_000 + lane), place, isOver }),
    ),
  );
  const saved = parts.reduce((sum, part) => sum + part.saved, 0);
  const tried = parts.reduce((sum, part) => sum + part.kills, 0);
  return figureOf(
    {
      id: "P1",
      promise: "A subscription that was answered “saved” survives kill -9",
      injected: `SIGKILL at a random moment within ${withinMs} ms of the first of four clients' commands, every fifth while the folder is taken over and read; a new folder every ${KILLS_A_FOLDER} kills (seed ${seed})`,
    },
    tried,
    parts.flatMap(({ wrong }) => wrong),
    `${saved} saved commands: 0 lost, 0 half applied, 0 starts that could not read${tried < kills ? `; the time was over before ${kills}` : ""}`,
  );
}

interface Killed {
  readonly kills: number;
  readonly saved: number;
  readonly wrong: readonly string[];
}

async function inLane(
  kills: number,
  how: {
    readonly withinMs: number;
    readonly next: () => number;
    readonly place: "disk" | "memory";
    readonly isOver: () => boolean;
  },
): Promise<Killed> {
  const done = { kills: 0, saved: 0, wrong: new Array<string>() };
  while (done.kills < kills && done.wrong.length === 0 && !how.isOver()) {
    const share = Math.min(KILLS_A_FOLDER, kills - done.kills);
    const part = await inScratch((root) => killing(join(root, "live"), share, how), how.place);
    done.kills += part.kills;
    done.saved += part.saved;
    done.wrong.push(...part.wrong);
  }
  return done;
}

async function killing(
  dir: string,
  kills: number,
  {
    withinMs,
    next,
    isOver,
  }: {
    readonly withinMs: number;
    readonly next: () => number;
    readonly isOver: () => boolean;
  },
): Promise<Killed> {
  const known = subscriptions();
  const unread: string[] = [];
  // Loading its code is most of what a short-lived process does; the next one has done so when its turn comes.
  const prepare = (): Child =>
    startChild("subscriber.ts", [], { spokenTo: true, onLine: (line) => known.hear(line) });
  let ahead = prepare();
  let killed = 0;
  // One start more than kills: the last process only reads.
  for (let [round, last] = [0, false]; !last; round++) {
    last = round === kills || isOver();
    const child = ahead;
    await child.line("loaded");
    if (!last) ahead = prepare();
    child.say(`${round * 100_000} ${dir}`);
    // A process killed at its start answers nothing; the last one has to.
    const early = !last && round % 5 === 4;
    if (!early && (await child.line("ready")) === undefined) {
      unread.push(`start ${round} did not read (${child.lastWords()})`);
      ahead.kill();
      await ahead.ended;
      break;
    }
    if (!last) {
      await pause(pick(next, early ? Math.min(withinMs, 40) : withinMs));
      killed++;
    }
    child.kill();
    await child.ended;
  }
  return {
    kills: killed,
    saved: known.saved,
    wrong: [...known.wrong, ...known.stopped, ...unread],
  };
}
