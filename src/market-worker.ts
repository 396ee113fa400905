import { parentPort } from "node:worker_threads";
import { Fault } from "./fault.ts";
import type { Reason } from "./fault.ts";
import type { Verdict } from "./market/facts.ts";
import { marketOfFolder } from "./market-of-folder.ts";
import { verdictBatch } from "./sources/verdict-batch.ts";
import { openFactsLog } from "./stores/facts-log.ts";
import { saveMarket } from "./stores/open.ts";

/** What a person says of reports; null takes it back. */
export type Said = Pick<Verdict, "a" | "b"> & { readonly says: Verdict["says"] | null };

export interface MarketTask {
  /** The data folder. */
  readonly dir: string;
  /** Written down before the facts are read. */
  readonly said?: { readonly verdict: Said; readonly now: number };
}

export interface Built {
  /** What the snapshot is kept under; undefined where the folder cannot be written. */
  readonly fingerprint: string | undefined;
  readonly notices: readonly string[];
}

export type MarketOutcome =
  | { readonly built: Built }
  | {
      readonly fault: { readonly reason: Reason; readonly message: string; readonly right: string };
    };

/* A thread of its own: reading a million facts takes most of a minute, in which the bot answers. */
parentPort!.on("message", (task: MarketTask) => {
  void outcomeOf(task).then((outcome) => parentPort!.postMessage(outcome));
});

async function outcomeOf({ dir, said }: MarketTask): Promise<MarketOutcome> {
  try {
    if (said !== undefined) {
      const log = await openFactsLog(dir);
      await log.append(verdictBatch(said.verdict, said.now));
    }
    let notices: readonly string[] = [];
    const fingerprint = await saveMarket(marketOfFolder(dir, (heard) => (notices = heard)));
    return { built: { fingerprint, notices } };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { fault: { reason: error.reason, message: error.message, right: error.right } };
  }
}
