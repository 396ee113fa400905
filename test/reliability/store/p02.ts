import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { deadline, type Figure, type Timed } from "../program.ts";
import { chance, pick } from "./chance.ts";
import { startChild } from "./child.ts";
import { figureOf } from "./figure.ts";
import { powerCutObstacle, skipped, system } from "./machine.ts";
import { inScratch } from "./scratch.ts";
import { subscriptions } from "./subscriptions.ts";

const MOUNTS = ["defaults", "noauto_da_alloc", "data=writeback,commit=1"] as const;
/** A disk is left after so many cuts, before what thousands of commands made fills it. */
const CUTS_A_DISK = 20;
/** Asks ext4 to stop at once, without writing what it still holds (EXT4_IOC_SHUTDOWN, no log flush). */
const CUT =
  'open(F,"<",$ARGV[0]) or die; my $how=pack("L",2); ioctl(F,0x8004587D,$how) or die "$!"';

/** P2: a subscription that was answered "saved" survives a power cut, whatever ext4 is told about order. */
export async function runP2({
  cuts,
  mounts = MOUNTS,
  seed = 2,
  minutes,
}: {
  /** For each way of mounting. */
  readonly cuts: number;
  readonly mounts?: readonly string[];
  readonly seed?: number;
} & Timed): Promise<Figure> {
  const about = {
    id: "P2",
    promise: "… and a power cut",
    injected: `ext4 in a file stopped without a flush at random moments, mounted with ${mounts.join("; ")} (seed ${seed})`,
  };
  const obstacle = powerCutObstacle();
  if (obstacle !== undefined) return skipped(about, obstacle);
  const next = chance(seed);
  const isOver = deadline(minutes);
  const done = { cuts: 0, saved: 0, wrong: new Array<string>() };
  // By turns, so that time that is over is over for all ways of mounting.
  for (let first = 0; first < cuts && !isOver(); first += CUTS_A_DISK)
    for (const options of mounts)
      await inScratch(async (root) => {
        const share = Math.min(CUTS_A_DISK, cuts - first);
        const part = await cutting(root, options, { cuts: share, next, isOver });
        done.cuts += part.cuts;
        done.saved += part.saved;
        done.wrong.push(...part.wrong.map((what) => `${options}: ${what}`));
      });
  return figureOf(
    about,
    done.cuts,
    done.wrong,
    `${done.saved} saved commands: 0 lost, 0 half applied, 0 starts that could not read${done.cuts < cuts * mounts.length ? `; the time was over before ${cuts * mounts.length}` : ""}`,
  );
}

/** One disk that is cut off again and again, with a start after each. */
async function cutting(
  root: string,
  options: string,
  {
    cuts,
    next,
    isOver,
  }: { readonly cuts: number; readonly next: () => number; readonly isOver: () => boolean },
) {
  const known = subscriptions();
  const unread: string[] = [];
  const image = join(root, "disk.img");
  const dir = join(root, "disk");
  mkdirSync(dir);
  system("truncate", "-s", "32M", image);
  system("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", image);
  let made = 0;
  // One start more than cuts: the last process only reads.
  for (let [round, last] = [0, false]; !last; round++) {
    last = round === cuts || isOver();
    system("mount", "-o", `loop,${options}`, image, dir);
    let dark = false;
    try {
      const child = startChild("subscriber.ts", [join(dir, "live"), String(round * 100_000)], {
        // An answer after the light went out was never seen by anybody.
        onLine: (line) => {
          if (!(dark && line.startsWith("saved"))) known.hear(line);
        },
      });
      if ((await child.line("ready")) === undefined)
        unread.push(`no start after cut ${round} (${child.lastWords()})`);
      if (!last) {
        await pause(pick(next, 300));
        dark = true;
        system("perl", "-e", CUT, dir);
        made++;
      }
      child.kill();
      await child.ended;
    } finally {
      system("umount", dir);
    }
  }
  return { cuts: made, saved: known.saved, wrong: [...unread, ...known.wrong] };
}
