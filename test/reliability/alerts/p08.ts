import { join } from "node:path";
import { buildMarket } from "../../../src/market/build.ts";
import type { LayoffSighting } from "../../../src/market/facts.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import { factsOf, layoff, plainBook } from "../../market/layoff-facts.ts";
import type { Figure } from "../program.ts";
import { chance, pick } from "../store/chance.ts";
import { inScratch } from "../store/scratch.ts";
import { addRule, DAY, doubled, openChannels, openLife } from "./road.ts";

const START = Date.UTC(2026, 0, 5, 9);
/** Facts reach so many days back. */
const DAYS = 6 * 365;
const SLOWEST_MS = 5_000;

/**
 * P8: an alert is shown within 5 s of the beat that sees its fact, with the book on disk and a platform that takes what it
 * is sent. Each ingest is one new layoff of a company that one rule watches; from there the market is built anew, every
 * rule is looked at, and the message is written down and shown. Half the rules watch a company's layoffs, half a figure.
 */
export async function runP8({
  facts,
  rules,
  ingests,
  within = SLOWEST_MS,
  seed = 8,
}: {
  readonly facts: number;
  readonly rules: number;
  readonly ingests: number;
  /** Ms; Infinity where only what is said counts, and not when. */
  readonly within?: number;
  readonly seed?: number;
}): Promise<Figure> {
  const next = chance(seed);
  const known: LayoffSighting[] = Array.from({ length: facts }, (_, at) =>
    layoff(`Co ${pick(next, 2_000)}`, dayText(START - Math.ceil((at / facts) * DAYS) * DAY), {
      headcount: 1 + pick(next, 400),
    }),
  );
  const wrong: string[] = [];
  const took: number[] = [];
  await inScratch(async (root) => {
    const book = await openJsonBook(join(root, "live"));
    const shownAt: number[] = [];
    const channels = openChannels(() => void shownAt.push(performance.now()));
    const companies = plainBook();
    let now = START;
    let market = buildMarket(factsOf(known, { asOfOn: dayText(now) }), companies);
    const life = openLife({ book, market: () => market, clock: () => now, channels });
    for (let at = 0; at < rules; at++) await addRule(book, `r${at}`, ruleText(at), now);
    await life.beat();
    for (let at = 0; at < ingests; at++) {
      const [rule, round] = [at % rules, Math.floor(at / rules)];
      // A new day for each round: what more is reported of a day that was told would be its correction.
      now = START + round * DAY + at * 1_000;
      const today = dayText(now);
      const before = channels.shown.length;
      known.push(layoff(`Watched ${rule}`, today, { headcount: sizeAt(round) }));
      const began = performance.now();
      market = buildMarket(factsOf(known, { asOfOn: today }), companies);
      await life.beat();
      const seen = channels.shown.slice(before);
      if (seen.length !== 1 || seen[0]?.subscription !== `r${rule}`)
        wrong.push(
          `ingest ${at}: ${seen.map(({ postKey }) => postKey).join()}, not the one of r${rule}`,
        );
      else took.push(shownAt.at(-1)! - began);
    }
    wrong.push(...doubled(channels.shown).map((key) => `${key} twice`));
    await life.close();
    await book.close();
  });
  took.sort((one, other) => one - other);
  const slow = took.filter((ms) => ms > within).length;
  const share = (part: number) => `${(took[Math.ceil(took.length * part) - 1] ?? 0).toFixed(0)} ms`;
  return {
    id: "P8",
    promise: "An alert is shown within 5 s of the look that sees its fact",
    injected: `${ingests} ingests one after the other, ${rules} rules, ${facts} facts, the book on disk (seed ${seed})`,
    count: ingests,
    violations: wrong.length + slow,
    detail:
      wrong.length === 0
        ? `p50 ${share(0.5)}, p95 ${share(0.95)}, p99 ${share(0.99)}, longest ${share(1)}`
        : wrong.slice(0, 3).join(" | "),
  };
}

/** A figure that passes with the first ingest, and says so again whenever it doubled; or each layoff of a company. */
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
