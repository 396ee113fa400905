import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs with a folder of its own, which is gone afterwards. In `memory` where there is such a place: for faults that no
 * disk is needed for, since a kill loses nothing of what was written, synced or not.
 */
export async function inScratch<Value>(
  run: (dir: string) => Promise<Value>,
  place: "disk" | "memory" = "disk",
): Promise<Value> {
  const parent = place === "memory" && existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  const root = mkdtempSync(join(parent, "pulse-promise-"));
  try {
    return await run(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
