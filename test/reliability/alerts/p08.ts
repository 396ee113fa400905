import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openFacts } from "../../../src/facts.ts";
import { importFile } from "../../../src/sources/import.ts";
import { LAYOFF_TRACKER } from "../../../src/sources/layoffs-csv.ts";
import { openFactsLog, type Batch } from "../../../src/stores/facts-log.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import { movedTime } from "../../delivery/moved-time.ts";
import { openStage } from "../../delivery/stage.ts";
import { layoff } from "../../market/layoff-facts.ts";
import { deadline, type Figure, type Timed } from "../program.ts";
import { chance, pick } from "../store/chance.ts";
import { inScratch } from "../store/scratch.ts";
import { addRule, DAY, openLife } from "./road.ts";

const START = Date.UTC(2026, 0, 5, 9);
/** Facts reach so many days back. */
const DAYS = 6 * 365;
const SLOWEST_MS = 5_000;
const HEADER =
  "company,location,industry,total_laid_off,percentage_laid_off,date,stage,country,funds_raised";

/**
 * P8: an alert is shown within 5 s of its fact. Each ingest is one new layoff of a company that one rule watches, written
 * to the facts log on disk; then the heartbeat is poked, and time runs until Slack has confirmed the message: facts are
 * read from the folder and the market built anew, every rule is looked at, mark and message are committed to the book on
 * disk, and the message is sent and settled. Half the rules watch a company's layoffs, half a figure. What people see in
 * the end says whether each was told once, by its rule alone.
 */
export async function runP8({
  facts,
  rules,
  ingests,
  within = SLOWEST_MS,
  minutes,
  seed = 8,
}: {
  readonly facts: number;
  readonly rules: number;
  readonly ingests: number;
  /** Ms; Infinity where only what is said counts, and not when. */
  readonly within?: number;
  readonly seed?: number;
} & Timed): Promise<Figure> {
  const isOver = deadline(minutes);
  const next = chance(seed);
  const took: number[] = [];
  const wrong = await inScratch(async (root) => {
    const dir = join(root, "live");
    const time = movedTime(START);
    const stage = await openStage("slack-history", time);
    const known = join(root, "layoffs_2026-01-05.csv");
    writeFileSync(known, csvOf(facts, next));
    await importFile(known, { dir, now: START });
    const [book, log, market] = [
      await openJsonBook(dir),
      await openFactsLog(dir),
      await openFacts(dir),
    ];
    const life = openLife({
      book,
      market: () => market.market,
      refresh: () => market.refresh(),
      clock: time.clock,
      channels: { sender: stage.sender() },
    });
    try {
      const homes = Array.from({ length: rules }, (_, at) => stage.channel(`of-r${at}`));
      for (const [at, home] of homes.entries())
        await addRule(book, `r${at}`, ruleText(at), START, home);
      await life.beat();
      for (let at = 0; at < ingests && !isOver(); at++) {
        const [rule, round] = [at % rules, Math.floor(at / rules)];
        // A new day for each round: what more is reported of a day that was told would be its correction.
        time.to(START + round * DAY + at * 1_000);
        const batch = oneLayoff(`Watched ${rule}`, at, sizeAt(round), time.clock());
        const began = performance.now();
        await log.append(batch);
        await life.beat();
        took.push(performance.now() - began);
      }
      const seen = Map.groupBy(stage.visible(), ({ channel }) => channel);
      return homes.flatMap(({ id }, rule) => {
        const texts = (seen.get(id) ?? []).map(({ text }) => text);
        const due = Math.ceil((took.length - rule) / rules);
        if (texts.length !== due) return [`r${rule} was heard ${texts.length} times, not ${due}`];
        const strange = texts.find((text) => !text.includes(`Watched ${rule}`));
        return strange === undefined ? [] : [`r${rule} said: ${strange.slice(0, 80)}`];
      });
    } finally {
      await life.close();
      await book.close();
      await log.close();
      await stage.close();
    }
  });
  const slow = took.filter((ms) => ms > within).length;
  took.sort((one, other) => one - other);
  const share = (part: number) => Math.round(took[Math.ceil(took.length * part) - 1] ?? 0);
  return {
    id: "P8",
    promise: "An alert is shown within 5 s of the import of its fact",
    injected: `${took.length} imports one after the other, ${rules} rules, ${facts} facts, facts and book on disk, Slack over HTTP (seed ${seed})`,
    count: took.length,
    violations: wrong.length + slow,
    detail:
      wrong.length === 0
        ? {
            "p50 ms": share(0.5),
            "p95 ms": share(0.95),
            "p99 ms": share(0.99),
            "longest ms": share(1),
            ...(took.length < ingests && { "asked for": ingests }),
          }
        : wrong.slice(0, 3).join(" | "),
  };
}

function csvOf(rows: number, next: () => number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const day = dayText(START - Math.ceil((1 - at / rows) * DAYS) * DAY);
    return `Co ${pick(next, 2_000)},Boston,Data,${1 + at},,${day},,United States,`;
  });
  return `${[HEADER, ...lines].join("\n")}\n`;
}

/** An import of one new report, as a file with nothing else in it would give. */
function oneLayoff(company: string, at: number, headcount: number, now: number): Batch {
  const day = dayText(now);
  const { values } = layoff(company, day, { headcount, country: "United States" }).versions[0]!;
  const key = `${LAYOFF_TRACKER.id}|${company.toLowerCase()}|${day}|${at}`;
  return {
    record: {
      file: `more-${at}.csv`,
      layout: "nine",
      source: LAYOFF_TRACKER.id,
      sha256: `${at}`,
      asOfOn: day,
      rows: 1,
      importedAt: new Date(now).toISOString(),
    },
    changes: [{ kind: "sighting", key, learnedOn: day, assumed: false, values }],
  };
}

/** A figure that passes with the first import, and says so again whenever it doubled; or each layoff of a company. */
function ruleText(at: number): string {
  return at % 2 === 0
    ? `on layoff where company = "Watched ${at}" notify here`
    : `when people(7d) > 1000 where company = "Watched ${at}" notify here`;
}

/** With each the sum of those before is more than doubled. */
function sizeAt(round: number): number {
  return 1_500 * 3 ** round;
}

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
