import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import type { Market } from "./market/market.ts";
import type { Building } from "./market-built.ts";
import { marketOfFolder } from "./market-of-folder.ts";
import type { Said } from "./market-worker.ts";
import { fingerprintOf, keptMarket, marketFingerprint, openMarket } from "./stores/open.ts";

/** The market of one data folder, kept up with imports done beside the running bot. */
export interface OpenFacts {
  readonly market: Market;
  /** Reads ahead what the first questions for names, notices and postings would wait for; a refresh does so by itself. */
  prepare(): Promise<void>;
  /**
   * Reads anew when an import has changed the folder since; otherwise does nothing. A worker reads and builds, however long
   * that takes, and questions are answered from what was known until it is done.
   */
  refresh(): Promise<void>;
  /** Writes down what a person says of reports, durably, and reads anew. Rejects as an import does. */
  judge(verdict: Said): Promise<void>;
  /** What the operator should know of the folder: an unfinished import that was left out. */
  readonly notices: readonly string[];
}

/** Work goes on for so long without a pause: nobody notices that an answer comes so much later. */
const WORK_MS = 3;

async function inTurns(steps: Generator<void, void>): Promise<void> {
  let began = performance.now();
  while (steps.next().done !== true) {
    if (performance.now() - began < WORK_MS) continue;
    // A breath and not only a turn: nobody is in a hurry for the new facts, and a crowd of questions may come at any time.
    await sleep(1);
    began = performance.now();
  }
}

export async function openFacts(dir: string, clock: Clock = systemClock): Promise<OpenFacts> {
  const log = join(dir, "facts.ndjson");
  let notices: readonly string[] = [];
  const sources = marketOfFolder(dir, (heard) => (notices = heard));
  let read = fingerprintOf([log]);
  let opened = await openMarket(sources);
  let building: Building | undefined;
  let turn: Promise<void> = Promise.resolve();

  async function renewed(said?: Said): Promise<void> {
    const before = fingerprintOf([log]);
    if (said === undefined && before === read) return;
    // Whoever imported may have kept the snapshot already.
    let next = said === undefined ? keptMarket(sources, marketFingerprint(sources)) : undefined;
    if (next === undefined) {
      // A start that only reads does without the module.
      building ??= (await import("./market-built.ts")).openBuilding();
      const built = await building.build({
        dir,
        ...(said !== undefined && { said: { verdict: said, now: clock() } }),
      });
      notices = built.notices;
      next = built.fingerprint === undefined ? undefined : keptMarket(sources, built.fingerprint);
    }
    // Where no snapshot can be written, the facts are read here after all.
    next ??= await openMarket(sources);
    await inTurns(next.prepare());
    opened = next;
    // A verdict changed the log itself; what else arrived meanwhile is found at the next look.
    read = said === undefined ? before : "";
  }

  /** One after the other: two would write the snapshot at once. */
  function inTurn(said?: Said): Promise<void> {
    const mine = turn.then(() => renewed(said));
    turn = mine.catch(() => {});
    return mine;
  }

  return {
    get market() {
      return opened.market;
    },
    prepare: () => inTurns(opened.prepare()),
    get notices() {
      return notices;
    },
    refresh: () => inTurn(),
    judge: (verdict) => inTurn(verdict),
  };
}
