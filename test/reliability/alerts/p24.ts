import { buildMarket } from "../../../src/market/build.ts";
import type { Market } from "../../../src/market/market.ts";
import type { LayoffSighting } from "../../../src/market/facts.ts";
import { memoryBook } from "../../../src/stores/memory-book.ts";
import { changed, factsOf, layoff, plainBook } from "../../market/layoff-facts.ts";
import type { Figure } from "../program.ts";
import { chance } from "../store/chance.ts";
import { addRule, channel, DAY, doubled, HOUR, openChannels, openLife } from "./road.ts";

const START = Date.UTC(2026, 0, 5);
const THRESHOLD = 1_000;
const CLEAR = 800;
const RULE = `when people(1d) > ${THRESHOLD} clear < ${CLEAR} notify here`;
/** Two looks a day: what is reported late changes a figure within its day. */
const LOOKS = [9, 18] as const;

/** The size of the day's layoff as known in the morning and in the evening, and of the day before where it is corrected. */
interface Reported {
  readonly looks: readonly [number, number];
  readonly yesterday: number | null;
}

/**
 * P24: an alert does not flap. Series that go to and fro over the threshold, with late and corrected reports, go the whole
 * road from facts to channel; people see one opening for each episode, on its day, at most one end, and no more other
 * words than there were corrections. What an episode is says a machine of four lines that knows nothing of ours.
 */
export async function runP24({
  crossings,
  series,
  days,
  seed = 24,
}: {
  /** Days of one series that only crosses the threshold by a percent. */
  readonly crossings: number;
  readonly series: number;
  readonly days: number;
  readonly seed?: number;
}): Promise<Figure> {
  const next = chance(seed);
  const wrong: string[] = [];
  let episodes = 0;
  let said = 0;
  const close = Array.from({ length: crossings }, (): Reported => {
    const near = () => Math.round(THRESHOLD * (0.99 + next() * 0.02));
    return { looks: [near(), near()], yesterday: null };
  });
  const all = [close, ...Array.from({ length: series }, () => randomSeries(days, next))];
  for (const [at, reports] of all.entries()) {
    const told = await play(reports);
    wrong.push(...told.wrong.map((what) => `series ${at}: ${what}`));
    episodes += told.episodes;
    said += told.said;
  }
  return {
    id: "P24",
    promise: "An alert does not flap",
    injected: `${crossings} days within 1 % of the threshold; ${series} random series of ${days} days with late and corrected reports (seed ${seed})`,
    count: all.length,
    violations: wrong.length,
    detail:
      wrong.length === 0
        ? `${episodes} episodes, each opened once and on its day; ${said} messages in all`
        : wrong.slice(0, 3).join(" | "),
  };
}

function randomSeries(days: number, next: () => number): readonly Reported[] {
  // Below twice the threshold: that it doubled would be news.
  const size = () => 600 + Math.floor(next() ** 2 * 1_300);
  return Array.from({ length: days }, () => {
    const morning = size();
    const evening = next() < 0.5 ? morning : Math.max(morning, size());
    return { looks: [morning, evening], yesterday: next() < 0.15 ? size() : null };
  });
}

async function play(reports: readonly Reported[]) {
  const book = memoryBook();
  const channels = openChannels();
  let now = START - DAY;
  let market: Market = marketOf([], now);
  const life = openLife({ book, market: () => market, clock: () => now, channels });
  await addRule(book, "r1", RULE, now);
  await life.beat();

  const openings: string[] = [];
  let isOpen = false;
  let corrections = 0;
  let facts: readonly LayoffSighting[] = [];
  for (const [at, { looks, yesterday }] of reports.entries()) {
    const day = dayText(START + at * DAY);
    if (yesterday !== null && facts.length > 0) {
      corrections += 1;
      const last = facts.at(-1)!;
      facts = [...facts.slice(0, -1), changed(last, day, { headcount: yesterday })];
    }
    const before = facts;
    for (const [look, headcount] of looks.entries()) {
      now = START + at * DAY + LOOKS[look]! * HOUR;
      facts = [...before, layoff(`Co ${at}`, day, { headcount })];
      market = marketOf(facts, now);
      await life.beat();
      if (!isOpen && headcount > THRESHOLD) openings.push(day);
      isOpen = isOpen ? headcount >= CLEAR : headcount > THRESHOLD;
    }
    // A day's report that grew by the evening is seen the next day as another figure of the day told.
    if (looks[0] !== looks[1]) corrections += 1;
  }
  await life.close();

  const { shown } = channels;
  const roots = shown.filter(({ inReplyTo }) => inReplyTo === null);
  const opened = roots.map(({ createdAt }) => dayText(createdAt));
  const ends = shown.filter(({ postKey }) => postKey.endsWith(":closed")).length;
  const others = shown.length - roots.length - ends;
  const wrong = [
    ...(opened.join() === openings.join()
      ? []
      : [`opened ${opened.join()}, not ${openings.join()}`]),
    ...(ends <= openings.length ? [] : [`${ends} ends of ${openings.length} episodes`]),
    ...(others <= corrections ? [] : [`${others} other words, ${corrections} corrections`]),
    ...doubled(shown).map((key) => `${key} twice`),
    ...shown
      .filter(({ target }) => target.id !== channel("of-r1").id)
      .map(({ target }) => `shown in ${target.id}`),
  ];
  return { wrong, episodes: openings.length, said: shown.length };
}

/** The market of the newest few days, known up to now: older ones are in no window and in no told day. */
function marketOf(facts: readonly LayoffSighting[], now: number): Market {
  return buildMarket(factsOf(facts.slice(-40), { asOfOn: dayText(now) }), plainBook());
}

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
