import { join } from "node:path";
import { buildMarket } from "../../../src/market/build.ts";
import type { Market } from "../../../src/market/market.ts";
import type { Book } from "../../../src/stores/book.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import { factsOf, layoff, plainBook } from "../../market/layoff-facts.ts";
import { deadline, type Figure, type Timed } from "../program.ts";
import { chance } from "../store/chance.ts";
import { inScratch } from "../store/scratch.ts";
import { addRule, DAY, doubled, HOUR, openChannels, openLife } from "./road.ts";

const COOLDOWN_DAYS = 3;
const RULES = 3;
/** Of the beats, so many end in death at a write. */
const DEATHS = 0.3;

/**
 * P25: the cool-down holds over restarts. Before every beat the book is read anew from its folder by a new process, some
 * die at a write (before or after it is done), and the clock falls back by up to a day now and then. People never see two
 * openings of a rule nearer together than its cool-down, by the clock the bot was given; and it does speak.
 */
export async function runP25({
  kills,
  minutes,
  seed = 25,
}: {
  readonly kills: number;
  readonly seed?: number;
} & Timed): Promise<Figure> {
  const isOver = deadline(minutes);
  const next = chance(seed);
  const channels = openChannels();
  let real = Date.UTC(2026, 0, 5);
  let now = real;
  let deaths = 0;
  let atMark = 0;
  let beats = 0;
  let jumps = 0;
  let isHigh = false;

  await inScratch(async (root) => {
    const dir = join(root, "live");
    await withBook(dir, async (book) => {
      for (let at = 0; at < RULES; at++)
        await addRule(
          book,
          `r${at}`,
          `when people(1d) > 1000 clear < 800 cooldown ${COOLDOWN_DAYS}d notify here`,
          now,
        );
    });
    const isDone = () => deaths >= kills || isOver();
    for (; !isDone(); beats++) {
      real += (4 + next() * 20) * HOUR;
      const fallsBack = next() < 0.1;
      if (fallsBack) jumps++;
      now = Math.floor(real - (fallsBack ? next() * DAY : 0));
      // The first look only notes how things are.
      isHigh = beats > 0 && (next() < 0.6 ? !isHigh : isHigh);
      const market = marketAt(now, isHigh ? 1_500 : 500);
      await withBook(dir, async (book) => {
        const dying =
          next() < DEATHS ? mortal(book, 1 + Math.floor(next() * 3), next() < 0.5) : null;
        const life = openLife({
          book: dying?.book ?? book,
          market: () => market,
          clock: () => now,
          channels,
        });
        await life.beat();
        if (dying?.isDead() === true) deaths++;
        if (dying?.isDead() === true && dying.tellsMark()) atMark++;
        else await life.close();
      });
    }
  });

  const openings = channels.shown.filter(({ postKey }) => postKey.endsWith(":opened"));
  const wrong = doubled(channels.shown).map((key) => `${key} twice`);
  for (const [rule, posts] of Map.groupBy(openings, ({ subscription }) => subscription))
    for (const [at, post] of posts.entries()) {
      const gap = post.createdAt - (posts[at - 1]?.createdAt ?? -Infinity);
      if (gap < COOLDOWN_DAYS * DAY) wrong.push(`${rule} again after ${(gap / HOUR).toFixed(1)} h`);
    }
  if (openings.length < (beats * RULES) / 20) wrong.push(`it spoke ${openings.length} times only`);
  return {
    id: "P25",
    promise: "The cool-down holds over restarts and a clock that falls back",
    injected: `${deaths} of ${beats} processes, one a beat, killed at a write, ${atMark} of them at the one that holds the message and what its cool-down counts from; ${jumps} falls of the clock (seed ${seed})`,
    count: deaths,
    violations: wrong.length,
    detail:
      wrong.length === 0
        ? `${openings.length} openings of ${RULES} rules, none within ${COOLDOWN_DAYS} days of the one before${deaths < kills ? `; the time was over before ${kills} kills` : ""}`
        : wrong.slice(0, 3).join(" | "),
  };
}

async function withBook(dir: string, use: (book: Book) => Promise<void>): Promise<void> {
  const book = await openJsonBook(dir);
  try {
    await use(book);
  } finally {
    await book.close();
  }
}

/** A book whose process dies at its n-th write, before or after it is done: nothing it does afterwards has any effect. */
function mortal(book: Book, atCommit: number, isWritten: boolean) {
  let left = atCommit;
  let isMark = false;
  return {
    isDead: () => left <= 0,
    /** Whether it died at the write of a mark. */
    tellsMark: () => isMark,
    book: {
      ...book,
      async commit(changes) {
        left -= 1;
        if (left === 0 && typeof changes !== "function")
          isMark = changes.some(({ table }) => table === "marks");
        if (left === 0 && isWritten) await book.commit(changes);
        if (left <= 0) throw new Error("killed");
        return book.commit(changes);
      },
    } satisfies Book,
  };
}

function marketAt(now: number, headcount: number): Market {
  const today = new Date(now).toISOString().slice(0, 10);
  return buildMarket(
    factsOf([layoff("Loud Co", today, { headcount })], { asOfOn: today }),
    plainBook(),
  );
}
