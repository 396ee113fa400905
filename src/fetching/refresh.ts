import { createHash } from "node:crypto";
import type { Clock } from "../clock.ts";
import { dayOf } from "../clock.ts";
import { Fault } from "../fault.ts";
import type { Log } from "../log.ts";
import { withoutSecrets } from "../log.ts";
import type { MatchedEntries } from "../sources/match-entries.ts";
import type { Reading } from "../sources/reading.ts";
import type { Answer, Parsed } from "../sources/source.ts";
import { cutAtNewEnd } from "../sources/list-end.ts";
import { takeIn } from "../sources/take-in.ts";
import { openFactsLog } from "../stores/facts-log.ts";
import type { FactsLog, Stored } from "../stores/facts-log.ts";
import type { ChosenSource } from "./chosen.ts";
import { isDue, isLeftAlone } from "./due.ts";
import { ComeBackFault } from "./get.ts";
import type { Getting, Session } from "./get.ts";
import { importMark, readHealth, whileAlone, writeHealth } from "./health-file.ts";
import type { SourceRecord } from "./health-file.ts";
import { listedIn } from "./listed.ts";
import { newestDay, suspicion, taken as takenOf, withoutSlips } from "./suspicion.ts";

export interface RefreshParts {
  /** The data folder. */
  readonly dir: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly sources: readonly ChosenSource[];
  readonly getting: Getting;
  readonly reading: Reading;
  readonly signal: AbortSignal;
  /** Told what became of each source as soon as it is kept. */
  readonly onEnded?: (refreshed: Refreshed) => void;
}

export interface Wanted {
  /** Ask these, due or not and chosen or not; left out: those that are chosen and due. */
  readonly ids?: readonly string[];
  /** Believe what looks suspicious, as the operator has looked at it. */
  readonly trust?: boolean;
}

/** What became of one source in a turn. */
export interface Refreshed {
  readonly id: string;
  /** Unchanged: the server said so, or nothing in its answer was new. */
  readonly outcome: "taken" | "unchanged" | "suspicious" | "failed";
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly withdrawn: number;
  readonly rejected: number;
  /** What went wrong, in whole sentences. */
  readonly errors: readonly string[];
  /** What to do about it, each once. */
  readonly advice: readonly string[];
  readonly notices: readonly string[];
}

/** A validator is not believed for longer: what we read out of an answer may have become better since. */
const VALID_MS = 7 * 86_400_000;
/** A board nobody asks any more is forgotten after this long. */
const REMEMBERED_MS = 90 * 86_400_000;
/** An operator is told of a source that fails for the third turn in a row. */
const TOLD_FROM = 3;

/**
 * Asks the sources that are due, one after the other, and takes what they answer into the facts: each answer whole or not at
 * all. What looks suspicious is not taken, and the facts stay as they were. How each fared is kept in the folder, and the
 * operator is told once when answers become suspicious or fail, and once when they are good again. Rejects with a Fault
 * (`busy`, `store_readonly`) only where nothing could be asked.
 */
export function refresh(parts: RefreshParts, wanted: Wanted = {}): Promise<readonly Refreshed[]> {
  return whileAlone(parts.dir, async () => {
    let records = await readHealth(parts.dir);
    const facts = openFacts(parts.dir);
    const done: Refreshed[] = [];
    for (const chosen of parts.sources.toSorted(oftenFirst)) {
      const { id } = chosen.def;
      const before = records[id];
      const isAsked =
        wanted.ids?.includes(id) ??
        (chosen.off === null && isDue(chosen.def, before, parts.clock()));
      if (!isAsked || parts.signal.aborted) continue;
      const turn = await askOne(parts, chosen, before, facts, wanted.trust === true);
      // A turn that was cut off says nothing of the source.
      if (parts.signal.aborted && turn.refreshed.outcome === "failed") break;
      tell(parts.log, id, before, turn.record);
      records = { ...records, [id]: turn.record };
      await writeHealth(parts.dir, records);
      done.push(turn.refreshed);
      parts.onEnded?.(turn.refreshed);
    }
    return done;
  });
}

/** What is asked every half hour need not wait for a day's five hundred boards. */
function oftenFirst(a: ChosenSource, b: ChosenSource): number {
  return (a.def.everyMinutes ?? Infinity) - (b.def.everyMinutes ?? Infinity) || 0;
}

/** The facts log, opened at the first answer, and again when another process has written meanwhile. */
function openFacts(dir: string) {
  let log: FactsLog | undefined;
  const opened = async () => (log ??= await openFactsLog(dir));
  return {
    async stored(): Promise<Stored> {
      return (await opened()).stored();
    },
    /** A mark for each import of a source, in order. */
    async importsOf(source: string): Promise<readonly string[]> {
      const { imports } = (await opened()).stored();
      return imports.filter((each) => each.source === source).map(importMark);
    },
    async take(parsed: Parsed, from: Parameters<typeof takeIn>[1]): Promise<MatchedEntries> {
      try {
        return await takeIn(parsed, from, await opened());
      } catch (error) {
        if (!(error instanceof Fault && error.reason === "conflict")) throw error;
        log = undefined;
        return takeIn(parsed, from, await opened());
      }
    },
  };
}
type OpenFacts = ReturnType<typeof openFacts>;

interface Turn {
  readonly record: SourceRecord;
  readonly refreshed: Refreshed;
}

async function askOne(
  parts: RefreshParts,
  { def, settings, lacks }: ChosenSource,
  before: SourceRecord | undefined,
  facts: OpenFacts,
  trust: boolean,
): Promise<Turn> {
  const { clock, signal } = parts;
  const now = clock();
  const today = dayOf(now);
  const counts = { rows: 0, new: 0, changed: 0, withdrawn: 0, rejected: 0 };
  const failures: Failure[] = [];
  const advice = new Set<string>();
  const doubts: string[] = [];
  const notices: string[] = [];
  const at = new Date(now).toISOString();
  const answers = recent(before?.answers ?? {}, now - REMEMBERED_MS, (each) => each.at);
  const validators = recent(before?.validators ?? {}, now - VALID_MS, (each) => each.keptAt);
  let newestOn: string | null = null;
  let taken = 0;
  let notBefore: number | null = null;

  function failed(error: unknown, topic?: string): void {
    if (error instanceof ComeBackFault) notBefore = error.at;
    failures.push({ topic, said: described(error) });
    if (error instanceof Fault && error.right !== "") advice.add(error.right);
  }
  async function keep(url: string, { met }: Session): Promise<void> {
    const validator = met.get(url);
    if (validator === undefined) return;
    const after = (await facts.importsOf(def.id)).at(-1) ?? "";
    validators[url] = { ...validator, keptAt: at, after };
  }
  /** Whether the answer was believed. */
  async function take(answer: Answer): Promise<boolean> {
    const { url, text, topic } = answer;
    const about = { today, url, ...(topic !== undefined && { topic }) };
    const parsed = await parts.reading.read(def.id, text, about);
    const key = topic ?? url;
    const { table } = parsed;
    const stored = await facts.stored();
    const doubt = trust
      ? null
      : suspicion(parsed, {
          mayBeEmpty: def.mayBeEmpty,
          before: answers[key]?.taken ?? listedIn(stored, def.id, parsed),
          today,
          cut: table && cutAtNewEnd(def.id, table, today, stored)?.clause,
        });
    if (doubt !== null) {
      doubts.push(topic === undefined ? doubt : `${topic}: ${doubt}`);
      return false;
    }
    const clean = withoutSlips(parsed, today);
    const sha256 = createHash("sha256").update(text).digest("hex");
    const asOfOn = clean.asOfOn !== null && clean.asOfOn < today ? clean.asOfOn : today;
    const matched = await facts.take(clean, { source: def.id, from: url, sha256, asOfOn, now });
    const newest = newestDay(clean, today);
    if (newest !== null && newest > (newestOn ?? "")) newestOn = newest;
    answers[key] = {
      at,
      rows: parsed.rows,
      taken: takenOf(clean),
    };
    taken += 1;
    counts.rows += parsed.rows;
    counts.new += matched.new;
    counts.changed += matched.changed;
    counts.withdrawn += matched.withdrawn;
    counts.rejected += new Set(parsed.faults.map(({ row }) => row)).size;
    notices.push(...clean.notices);
    return true;
  }

  // "Nothing changed" is worth asking for only while the facts hold what had been answered.
  const known = new Set(await facts.importsOf(def.id));
  const session = parts.getting.session(def, (url) => {
    const validator = validators[url];
    return validator !== undefined && known.has(validator.after) ? validator : undefined;
  });
  try {
    if (lacks !== null || def.fetch === undefined)
      throw new Fault("not_allowed", lacks ?? "It comes as files.", "");
    if (isLeftAlone(before, now))
      throw new Fault("busy", `Its server asked to be left alone until ${before?.notBefore}.`, "");
    const asking = {
      get: session.get,
      settings,
      today,
      missed: (topic: string, error: unknown) => failed(error, topic),
    };
    for await (const answer of def.fetch(asking)) {
      try {
        // One question among many stands for itself; others hang together, such as a list and the pages it leads to.
        if ((await take(answer)) && answer.topic !== undefined) await keep(answer.url, session);
      } catch (error) {
        if (signal.aborted) throw error;
        failed(error, answer.topic);
      }
    }
    if (failures.length === 0 && doubts.length === 0)
      for (const url of session.met.keys()) await keep(url, session);
  } catch (error) {
    failed(error);
  }
  const isGood = doubts.length === 0 && (failures.length === 0 || taken > 0);
  const errors = sentences(failures);
  const record: SourceRecord = {
    triedAt: at,
    succeededAt: isGood ? at : (before?.succeededAt ?? null),
    rows: Object.values(answers).reduce((sum, { rows }) => sum + rows, 0),
    newestOn: newestOn ?? before?.newestOn ?? null,
    failures: isGood ? 0 : (before?.failures ?? 0) + 1,
    error: summed(errors),
    suspicious:
      doubts.length > 0
        ? { since: before?.suspicious?.since ?? at, why: summed(doubts) ?? "" }
        : isGood
          ? null
          : (before?.suspicious ?? null),
    notBefore:
      notBefore !== null
        ? new Date(notBefore).toISOString()
        : isLeftAlone(before, now)
          ? (before?.notBefore ?? null)
          : null,
    toldFailing: !isGood && doubts.length === 0 && (before?.failures ?? 0) + 1 >= TOLD_FROM,
    answers,
    validators,
  };
  return {
    record,
    refreshed: {
      id: def.id,
      ...counts,
      outcome:
        doubts.length > 0
          ? "suspicious"
          : !isGood
            ? "failed"
            : counts.new + counts.changed + counts.withdrawn > 0
              ? "taken"
              : "unchanged",
      errors: [...doubts.map((doubt) => `Not believed: ${doubt}.`), ...errors],
      advice: [...advice],
      notices,
    },
  };
}

function recent<Kept>(
  kept: Readonly<Record<string, Kept>>,
  since: number,
  at: (kept: Kept) => string,
): Record<string, Kept> {
  return Object.fromEntries(
    Object.entries(kept).filter(([, each]) => Date.parse(at(each)) >= since),
  );
}

interface Failure {
  /** Which of several questions failed; undefined for the source as a whole. */
  readonly topic: string | undefined;
  readonly said: string;
}

const TOPICS_MAX = 10;

/** What failed, the same reason once with all it kept from being asked. */
function sentences(failures: readonly Failure[]): readonly string[] {
  const reasons = Map.groupBy(failures, ({ said }) => said);
  return [...reasons].map(([said, same]) => {
    if (same.some(({ topic }) => topic === undefined)) return said;
    const more = same.length > TOPICS_MAX ? ` and ${same.length - TOPICS_MAX} more` : "";
    const topics = same.slice(0, TOPICS_MAX).map(({ topic }) => topic);
    return `${topics.join(", ")}${more}: ${said}`;
  });
}

/** One clause of many. */
function summed(said: readonly string[]): string | null {
  const [first, ...others] = said;
  if (first === undefined) return null;
  return others.length === 0 ? first : `${first} (and ${others.length} more like it)`;
}

function described(error: unknown): string {
  if (error instanceof Fault) return error.message;
  return withoutSecrets(
    `It broke our reader: ${error instanceof Error ? error.message : String(error)}`,
  ).slice(0, 300);
}

function tell(
  log: Log,
  source: string,
  before: SourceRecord | undefined,
  after: SourceRecord,
): void {
  if (after.suspicious !== null && (before?.suspicious ?? null) === null)
    log.warn(
      { event: "source.suspicious", source, why: after.suspicious.why },
      `${source}: its answer is not believed (${after.suspicious.why}); the facts stay as they were. If it is right: npm run -s refresh -- ${source} --trust`,
    );
  if (after.toldFailing && before?.toldFailing !== true)
    log.warn(
      { event: "source.failing", source, failures: after.failures, error: after.error },
      `${source}: cannot be asked (${after.error})`,
    );
  const wasBad = (before?.suspicious ?? null) !== null || before?.toldFailing === true;
  if (wasBad && after.suspicious === null && after.failures === 0)
    log.warn({ event: "source.good", source }, `${source}: answers are good again`);
}
