import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import { Fault } from "../fault.ts";
import type { Log } from "../log.ts";
import { withoutSecrets } from "../log.ts";
import type { SourceStanding } from "../market/source-health.ts";
import { CATALOGUE, sourcesOf } from "../sources/catalogue.ts";
import { openReading } from "../sources/reading.ts";
import { chosenSources, standings } from "./chosen.ts";
import type { ChosenSource, SourceSettings } from "./chosen.ts";
import { httpsDial, systemResolve } from "./dial.ts";
import { isDue } from "./due.ts";
import { openGetting } from "./get.ts";
import type { GettingParts } from "./get.ts";
import { HEALTH_FILE } from "../stores/book-folder.ts";
import { healthIn } from "./health-file.ts";
import type { SourceRecords } from "./health-file.ts";
import { goesThrough } from "./proxy.ts";
import { refresh } from "./refresh.ts";
import { tunnelDial } from "./tunnel.ts";
import { turnInThread } from "./turn-in-thread.ts";
import type { Refreshed, Wanted } from "./refresh.ts";

/** The sources of one data folder: how they fare, and asking them. */
export interface Sources {
  readonly chosen: readonly ChosenSource[];
  /** As they were left by whichever process asked last. */
  standings(): readonly SourceStanding[];
  /** Starts a turn in a thread when a source is due and none is under way; never fails and is not to be waited for. */
  beat(): void;
  /** One turn now, told source by source as each ends. Rejects with a Fault as `refresh` does, and for an unknown id. */
  refresh(wanted?: Wanted, onEnded?: (refreshed: Refreshed) => void): Promise<readonly Refreshed[]>;
  /** Gives up what is under way. */
  close(): Promise<void>;
}

export interface SourcesOptions {
  readonly dir: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: SourceSettings;
  /** Another catalogue, and another way out, for tests. */
  readonly catalogue?: URL;
  readonly out?: Partial<
    Pick<GettingParts, "dial" | "proxy" | "resolve" | "wait" | "random" | "limits">
  >;
}

/** Throws a Fault (`bad_argument`) where the settings name what is not there. Touches no network before the first turn. */
export async function openSources(options: SourcesOptions): Promise<Sources> {
  const { dir, clock, log, settings, catalogue = CATALOGUE, out } = options;
  const { proxy } = settings;
  const since = clock();
  const chosen = chosenSources(await sourcesOf(catalogue), settings);
  const stopping = new AbortController();
  const reading = openReading({ catalogue });
  const health = healthView(join(dir, HEALTH_FILE));
  let underWay: Promise<unknown> | undefined;

  function turn(
    wanted: Wanted,
    onEnded: (refreshed: Refreshed) => void,
  ): Promise<readonly Refreshed[]> {
    // A host that was silent in one turn is asked anew in the next.
    const getting = openGetting({
      clock,
      wait: (ms, signal) => sleep(ms, undefined, { signal }),
      random: Math.random,
      resolve: systemResolve,
      dial: httpsDial,
      ...(proxy && {
        proxy: {
          goesThrough: (host: string) => goesThrough(proxy, host),
          dial: tunnelDial(proxy.url),
        },
      }),
      userAgent: settings.contact === null ? "market-pulse" : `market-pulse (${settings.contact})`,
      signal: stopping.signal,
      ...out,
    });
    const { signal } = stopping;
    const parts = { dir, clock, log, sources: chosen, getting, reading, signal, onEnded };
    const mine = refresh(parts, wanted);
    underWay = mine.catch(() => {}).finally(() => (underWay = undefined));
    return mine;
  }

  return {
    chosen,
    standings: () => standings(chosen, health(), { now: clock(), since }),
    beat() {
      const records = health();
      const now = clock();
      const isAnyDue = chosen.some(
        ({ def, off }) => off === null && isDue(def, records[def.id], now),
      );
      if (!isAnyDue || underWay !== undefined || stopping.signal.aborted) return;
      underWay = turnInThread({ dir, settings, catalogue, log, signal: stopping.signal })
        .catch((error: unknown) => {
          const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
          log.error(
            { event: "sources", error: withoutSecrets(said) },
            "sources could not be asked",
          );
        })
        .finally(() => (underWay = undefined));
    },
    async refresh(wanted = {}, onEnded = () => {}) {
      const unknown = wanted.ids?.find((id) => !chosen.some(({ def }) => def.id === id));
      if (unknown !== undefined)
        throw new Fault(
          "not_found",
          `There is no source ${unknown}.`,
          `There are ${chosen.map(({ def }) => def.id).join(", ")}.`,
        );
      await underWay;
      return turn(wanted, onEnded);
    },
    async close() {
      stopping.abort();
      await reading.close();
      await underWay;
    },
  };
}

/** What the health file says, read anew when it has changed. */
function healthView(path: string): () => SourceRecords {
  let read: { readonly stamp: string; readonly records: SourceRecords } | undefined;
  return () => {
    const stat = statSync(path, { throwIfNoEntry: false });
    const stamp = stat === undefined ? "" : `${stat.ino} ${stat.mtimeMs} ${stat.size}`;
    if (read?.stamp !== stamp)
      read = { stamp, records: stat === undefined ? {} : healthIn(readFileSync(path, "utf8")) };
    return read.records;
  };
}
