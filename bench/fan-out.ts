import { strictEqual } from "node:assert";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newPost, plannedChange } from "../src/delivery/post.ts";
import type { Sender } from "../src/delivery/sender.ts";
import { openDelivery } from "../src/delivery/worker.ts";
import { digestSent } from "../src/digests/words.ts";
import { silentLog } from "../src/log.ts";
import { buildMarket } from "../src/market/build.ts";
import type { Market } from "../src/market/market.ts";
import { openInvalidMeter } from "../src/platforms/discord/invalid-meter.ts";
import { discordSender } from "../src/platforms/discord/send.ts";
import { reply } from "../src/reply/reply.ts";
import { planDigests } from "../src/standing/digests.ts";
import { keyOf, type Book } from "../src/stores/book.ts";
import { openJsonBook } from "../src/stores/json-book.ts";
import type { Digest, Post } from "../src/stores/records.ts";
import { movedTime } from "../test/delivery/moved-time.ts";
import { generate } from "./generate.ts";
import { timesOf } from "./timing.ts";

/*
 * One Monday morning: the same digests for very many channels. First, what a channel more costs beside writing its words
 * anew. Then how well the platform's rate is used, on a mock that keeps Discord's (50 requests a second over everything)
 * by a clock that is moved, and how long alerts wait that become due meanwhile.
 */

const SEED = 20_240_317;
const EVENTS = 100_000;
const CHANNELS = 1_000;
const SERVERS = 20;
const ROUNDS = 5;
/** https://docs.discord.com/developers/topics/rate-limits#global-rate-limit */
const PLATFORM = { requests: 50, windowMs: 1_000 };
const ALERT_EVERY_MS = 1_000;
/** A Monday of the last week that was made up. */
const NOW = Date.UTC(2024, 11, 30, 9);

const { facts, book: companies } = generate(EVENTS, SEED);
const built = buildMarket(facts, companies);
let reads = 0;
const market: Market = {
  ...built,
  layoffs: (...about) => {
    reads++;
    return built.layoffs(...about);
  },
};
const wishes = (["brief", "standard", "deep", "leadership"] as const).flatMap((density) =>
  ["", 'sector:"Industry 3"', 'country:"Country 2"'].map((filter) => ({ density, filter })),
);

const words = await measuredWords();
const sending = await measuredSending();
const figures = {
  /** What every channel beyond the first of its words costs, of writing the words anew. */
  body: words.channelUs / words.freshUs,
  /** How often words were written for many channels, for each that was written for one channel a wish. */
  renderings: words.renderings,
  /** Messages a second, of those the platform takes. */
  rate: sending.rate,
  /** The longest an alert waited, in slots: the time between two messages at the pace we keep. */
  alertSlots: sending.alertSlots,
  refused: sending.refused,
};
const verdicts = {
  "a channel more, beside fresh words (≤ 0.05×)": [
    figures.body,
    figures.body <= 0.05,
    figures.body <= 0.1,
  ],
  "words written per distinct wish (1)": [
    figures.renderings,
    figures.renderings === 1,
    figures.renderings === 1,
  ],
  "of the platform's rate (≥ 0.99)": [figures.rate, figures.rate >= 0.99, figures.rate >= 0.495],
  "refused as too often (0)": [figures.refused, figures.refused === 0, figures.refused === 0],
  "an alert's longest wait, slots (≤ 1)": [
    figures.alertSlots,
    figures.alertSlots <= 1,
    figures.alertSlots <= 2,
  ],
} as const;
console.table(
  Object.fromEntries(
    Object.entries(verdicts).map(([name, [value, isReached]]) => [
      name,
      { measured: round(value), goal: isReached ? "reached" : "missed" },
    ]),
  ),
);
console.log(
  JSON.stringify({ channels: CHANNELS, wishes: wishes.length, ...words, ...sending, ...figures }),
);
if (Object.values(verdicts).some(([, , isTolerable]) => !isTolerable)) process.exitCode = 1;

/** Digests for many channels and for one channel a wish, planned in turn, and the words of each wish written anew. */
async function measuredWords() {
  const many: number[] = [];
  const few: number[] = [];
  const fresh: number[] = [];
  let renderings = 0;
  for (let time = 0; time <= ROUNDS; time++) {
    const [ofMany, ofFew] = [await planned(CHANNELS), await planned(wishes.length)];
    renderings = ofMany.reads / ofFew.reads;
    const times = wishes.map(freshUs);
    // The first round only warms up.
    if (time === 0) continue;
    many.push(ofMany.us);
    few.push(ofFew.us);
    fresh.push(...times);
  }
  const channelUs = (timesOf(many).median - timesOf(few).median) / (CHANNELS - wishes.length);
  return { channelUs, freshUs: timesOf(fresh).median, renderings };
}

async function planned(channels: number): Promise<{ readonly us: number; readonly reads: number }> {
  return withBook(async (book) => {
    await book.commit(
      Array.from({ length: channels }, (_, at) => {
        const value = digestOf(at);
        return { table: "digests" as const, key: keyOf(value.tenant, value.id), value };
      }),
    );
    const readsBefore = reads;
    const began = performance.now();
    const count = await planDigests({ book, market, now: NOW, lastBeatMs: 0, log: silentLog });
    const us = (performance.now() - began) * 1_000;
    if (count < channels) throw new Error(`Only ${count} messages for ${channels} channels.`);
    return { us, reads: reads - readsBefore };
  });
}

function freshUs(wish: (typeof wishes)[number]): number {
  const began = performance.now();
  digestSent({
    digest: { ...wish, sections: [] },
    window: { from: "2024-12-23", to: "2024-12-29" },
    market,
    today: "2024-12-30",
    lateBy: 0,
    missed: [],
    id: "{id}",
  });
  return (performance.now() - began) * 1_000;
}

function digestOf(at: number): Digest {
  const tenant = `discord:${at % SERVERS}`;
  return {
    id: `d${at}`,
    tenant,
    owner: "U1",
    target: { platform: "discord", tenant, kind: "channel", id: `C${at}` },
    schedule: "every monday 09:00 UTC",
    sections: [],
    ...wishes[at % wishes.length]!,
    createdAt: NOW - 6 * 86_400_000,
    changedAt: NOW - 6 * 86_400_000,
    revision: 1,
    paused: null,
    mutedUntil: null,
  };
}

/** A digest for every channel and, each second, an alert for one whose digest still waits, until all are shown. */
async function measuredSending() {
  return withBook(async (book) => {
    const time = movedTime(NOW);
    const mock = openMock(time.clock);
    for (let at = 0; at < CHANNELS; at++) await plan(book, at, "digest", NOW);
    const delivery = openDelivery({
      book,
      senders: [mock.sender],
      clock: time.clock,
      after: time.after,
      log: silentLog,
      chance: () => 0.5,
    });
    const began = performance.now();
    let alerts = 0;
    for (let second = 1; mock.shown.size < CHANNELS + alerts; second++) {
      do await delivery.idle();
      while (time.next(NOW + second * ALERT_EVERY_MS));
      const waiting = CHANNELS - 1 - second;
      if (mock.shown.has(`digest:${waiting}`)) continue;
      await plan(book, waiting, "alert", time.clock());
      alerts++;
      delivery.poke();
    }
    await delivery.idle();
    await delivery.close();
    const waits = [...mock.shown.values()]
      .filter(({ kind }) => kind === "alert")
      .map(({ createdAt, at }) => at - createdAt);
    const last = Math.max(...[...mock.shown.values()].map(({ at }) => at));
    // The first goes at once, the others as close behind as the platform takes them.
    const allowed = 1 + ((last - NOW) / PLATFORM.windowMs) * PLATFORM.requests;
    const { pace } = mock.sender.ways;
    return {
      alerts,
      rate: (CHANNELS + alerts) / allowed,
      alertSlots: Math.max(...waits) / pace.app.everyMs,
      refused: mock.refused(),
      seconds: (last - NOW) / 1_000,
      cpuUs: ((performance.now() - began) * 1_000) / (CHANNELS + alerts),
    };
  });
}

/** A platform with Discord's rate over everything, before which we keep the pace we keep before the real one. */
function openMock(clock: () => number) {
  const bot = { draw: async () => new Uint8Array(), keep: (command: string) => command };
  const settings = { token: "none", apiUrl: "http://127.0.0.1:9/api" };
  const meter = openInvalidMeter(clock, silentLog);
  const { ways } = discordSender({ bot, settings, meter, log: silentLog });
  const shown = new Map<
    string,
    { readonly kind: Post["kind"]; readonly createdAt: number; readonly at: number }
  >();
  let window = { from: 0, count: 0 };
  let refused = 0;
  const sender: Sender = {
    platform: "discord",
    ways,
    async send({ postKey, kind, createdAt, target }, _, { begin }) {
      await begin();
      const now = clock();
      if (now - window.from >= PLATFORM.windowMs) window = { from: now, count: 0 };
      if (window.count >= PLATFORM.requests) {
        refused++;
        const retryAfterMs = window.from + PLATFORM.windowMs - now;
        return { status: "wait", reason: "rate_limited", retryAfterMs, scope: "app" };
      }
      window.count++;
      strictEqual(shown.has(postKey), false);
      shown.set(postKey, { kind, createdAt, at: now });
      return { status: "shown", receipt: { channel: target.id, message: postKey, link: null } };
    },
    find: async () => ({ status: "absent" }),
    edit: async (receipt) => ({ status: "shown", receipt }),
  };
  return { sender, shown, refused: () => refused };
}

async function plan(
  book: Book,
  channel: number,
  kind: "digest" | "alert",
  now: number,
): Promise<void> {
  const { target } = digestOf(channel);
  const words = reply(`${kind} ${channel}`);
  const post = newPost({
    postKey: `${kind}:${channel}`,
    kind,
    target,
    subscription: null,
    reply: words,
    now,
  });
  strictEqual(await book.commit([plannedChange(post)]), "done");
}

/** A book of its own, in memory where there is such a place: how fast a disk syncs is not asked here. */
async function withBook<Value>(run: (book: Book) => Promise<Value>): Promise<Value> {
  const dir = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "pulse-bench-"));
  const book = await openJsonBook(dir);
  try {
    return await run(book);
  } finally {
    await book.close();
    rmSync(dir, { recursive: true });
  }
}

function round(number: number): number {
  return Number(number.toPrecision(3));
}
