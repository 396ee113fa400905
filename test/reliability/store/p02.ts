import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chance, pick } from "./chance.ts";
import { startChild } from "./child.ts";
import { figureOf, type Figure } from "./figure.ts";
import { powerCutObstacle, skipped, system } from "./machine.ts";
import { inScratch } from "./scratch.ts";
import { subscriptions } from "./subscriptions.ts";

const MOUNTS = ["defaults", "noauto_da_alloc", "data=writeback,commit=1"] as const;
/** Asks ext4 to stop at once, without writing what it still holds (EXT4_IOC_SHUTDOWN, no log flush). */
const CUT =
  'open(F,"<",$ARGV[0]) or die; my $how=pack("L",2); ioctl(F,0x8004587D,$how) or die "$!"';

/** P2: a subscription that was answered "saved" survives a power cut, whatever ext4 is told about order. */
export async function runP2({
  cuts,
  mounts = MOUNTS,
  seed = 2,
}: {
  /** For each way of mounting. */
  readonly cuts: number;
  readonly mounts?: readonly string[];
  readonly seed?: number;
}): Promise<Figure> {
  const about = {
    id: "P2",
    promise: "… and a power cut",
    injected: `ext4 in a file stopped without a flush at random moments, mounted with ${mounts.join("; ")} (seed ${seed})`,
  };
  const obstacle = powerCutObstacle();
  if (obstacle !== undefined) return skipped(about, obstacle);
  const next = chance(seed);
  const wrong: string[] = [];
  let saved = 0;
  for (const options of mounts)
    await inScratch(async (root) => {
      const known = subscriptions();
      const image = join(root, "disk.img");
      const dir = join(root, "disk");
      mkdirSync(dir);
      system("truncate", "-s", "32M", image);
      system("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", image);
      for (let round = 0; round <= cuts; round++) {
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
            wrong.push(`${options}: no start after cut ${round} (${child.lastWords()})`);
          if (round < cuts) {
            await pause(pick(next, 300));
            dark = true;
            system("perl", "-e", CUT, dir);
          }
          child.kill();
          await child.ended;
        } finally {
          system("umount", dir);
        }
      }
      saved += known.saved;
      wrong.push(...known.wrong.map((what) => `${options}: ${what}`));
    });
  return figureOf(
    about,
    cuts * mounts.length,
    wrong,
    `${saved} saved commands: 0 lost, 0 half applied, 0 starts that could not read`,
  );
}
