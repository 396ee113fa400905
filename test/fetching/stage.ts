import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSources } from "../../src/fetching/open-sources.ts";
import type { Sources } from "../../src/fetching/open-sources.ts";
import type { Proxy } from "../../src/fetching/proxy.ts";
import type { Refreshed, Wanted } from "../../src/fetching/refresh.ts";
import type { Log } from "../../src/log.ts";
import { silentLog } from "../../src/log.ts";
import { sourceState } from "../../src/market/source-health.ts";
import type { SourceState } from "../../src/market/source-health.ts";
import { openFactsLog } from "../../src/stores/facts-log.ts";
import type { Stored } from "../../src/stores/facts-log.ts";
import { fakeWeb } from "../fakes/web/fake-web.ts";
import type { FakeWeb } from "../fakes/web/fake-web.ts";
import { SAMPLE_CATALOGUE } from "../sources/sample-catalogue.ts";

export interface StageOptions {
  readonly wanted: readonly string[];
  readonly contact?: string | null;
  readonly own?: Readonly<Record<string, string>>;
  readonly proxy?: Proxy;
  /** The product's own catalogue instead of the tests'. */
  readonly catalogue?: URL;
}

/** A data folder, a web of its own, and time that is moved: sources as the running bot asks them. */
export interface Stage {
  readonly dir: string;
  readonly web: FakeWeb;
  readonly sources: Sources;
  /** What the operator was told, an event a line, in order. */
  readonly told: readonly string[];
  readonly now: () => number;
  /** Lets so much time pass, then has the sources asked. */
  readonly turn: (minutes: number, wanted?: Wanted) => Promise<readonly Refreshed[]>;
  readonly state: (id: string) => SourceState | undefined;
  readonly stored: () => Promise<Stored>;
  /** The process ends and another one begins on the same folder. */
  readonly restart: (options?: StageOptions) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function sourceStage(first: StageOptions): Promise<Stage> {
  const dir = mkdtempSync(join(tmpdir(), "pulse-sources-"));
  const web = await fakeWeb();
  const told: string[] = [];
  let now = Date.parse("2026-11-22T09:00:00Z");
  const log: Log = {
    ...silentLog,
    warn: (about: unknown) => void told.push(eventOf(about)),
    error: (about: unknown) => void told.push(JSON.stringify(about)),
  };
  const open = ({
    wanted,
    contact = "me@example.org",
    own = {},
    proxy,
    catalogue = SAMPLE_CATALOGUE,
  }: StageOptions) =>
    openSources({
      dir,
      clock: () => now,
      log,
      settings: { wanted, contact, own, ...(proxy !== undefined && { proxy }) },
      catalogue,
      out: {
        dial: web.dial,
        resolve: web.resolve,
        wait: async (ms) => void (now += ms),
        random: () => 0,
        limits: { idleMs: 150, totalMs: 2_000 },
      },
    });
  let sources = await open(first);

  return {
    dir,
    web,
    told,
    get sources() {
      return sources;
    },
    now: () => now,
    turn(minutes, wanted) {
      now += minutes * 60_000;
      return sources.refresh(wanted);
    },
    state(id) {
      const standing = sources.standings().find((each) => each.id === id);
      return standing && sourceState(standing, now);
    },
    stored: async () => (await openFactsLog(dir)).stored(),
    async restart(options = first) {
      await sources.close();
      sources = await open(options);
    },
    async close() {
      await sources.close();
      await web.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function eventOf(about: unknown): string {
  const isEvent = typeof about === "object" && about !== null && "event" in about;
  return isEvent ? String(about.event) : JSON.stringify(about);
}
