import { describe, expect, it } from "vitest";
import { newPost, plannedChange } from "../../src/delivery/post.ts";
import { silentLog } from "../../src/log.ts";
import { buildMarket } from "../../src/market/build.ts";
import type { Market } from "../../src/market/market.ts";
import { planDigests } from "../../src/standing/digests.ts";
import { reply } from "../../src/reply/reply.ts";
import { keyOf } from "../../src/stores/book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import type { Digest, Post } from "../../src/stores/records.ts";
import { factsOf, layoff, plainBook } from "../market/layoff-facts.ts";
import { digest } from "../schedule/desk.ts";
import { bookFolder } from "../stores/book-folder.ts";
import { gatedDisk } from "../stores/gated-disk.ts";

/** The Monday after the digests were made, past their hour. */
const MONDAY = Date.UTC(2026, 2, 2, 9);
const KINDS: readonly Partial<Digest>[] = [
  { density: "brief" },
  { density: "deep" },
  { filter: "sector:Retail" },
  { filter: "sector:Finance country:Germany" },
];

const market = buildMarket(
  factsOf(
    [
      layoff("Acme", "2026-02-24", { headcount: 120, industry: "Retail" }),
      layoff("Bolt", "2026-02-26", { headcount: 80, industry: "Finance", country: "Germany" }),
    ],
    { asOfOn: "2026-03-01" },
  ),
  plainBook(),
);

/** What the market was asked while these digests were planned, and the posts there are afterwards. */
async function planned(digests: readonly Digest[], before: readonly Post[] = []) {
  let asked = 0;
  const counting: Market = {
    ...market,
    layoffs(...of) {
      asked += 1;
      return market.layoffs(...of);
    },
  };
  const book = memoryBook();
  for (const value of digests)
    await book.commit([{ table: "digests", key: keyOf(value.tenant, value.id), value }]);
  for (const post of before) await book.commit([plannedChange(post)]);
  const about = { book, market: counting, now: MONDAY, lastBeatMs: 0, log: silentLog };
  return {
    count: await planDigests(about),
    asked,
    posts: book.list("posts").filter(({ value }) => value.kind === "digest"),
    again: await planDigests(about),
  };
}

function inChannels(channels: number, kinds: readonly Partial<Digest>[]): readonly Digest[] {
  return Array.from({ length: channels }, (_, at) =>
    digest({
      id: `d${at}`,
      target: { platform: "local", tenant: "local", kind: "channel", id: `c${at}` },
      ...kinds[at % kinds.length],
    }),
  );
}

describe("digests that many channels wait for", () => {
  it("the words are written once for each kind, however many channels want them", async () => {
    const [few, many] = [
      await planned(inChannels(4, KINDS)),
      await planned(inChannels(200, KINDS)),
    ];
    expect(few.asked).toBeGreaterThan(0);
    expect(many.asked).toBe(few.asked);
    // Each kind costs something: leaving one out is asking less.
    expect((await planned(inChannels(200, KINDS.slice(1)))).asked).toBeLessThan(few.asked);
  });
  it("every channel gets its own post with its own digest's buttons, and none a second", async () => {
    const { count, posts, again } = await planned(inChannels(200, KINDS));
    expect([count, again]).toEqual([posts.length, 0]);
    const heads = posts.filter(({ value }) => value.inReplyTo === null);
    expect(heads).toHaveLength(200);
    expect(new Set(heads.map(({ value }) => value.target.id)).size).toBe(200);
    for (const { value } of heads) {
      const runs = value.reply.actions.flatMap((action) => ("run" in action ? [action.run] : []));
      expect(runs.join(" ")).toMatch(new RegExp(`\\b${value.subscription}\\b`));
      expect(runs.join(" ")).not.toContain("{id}");
    }
  });
  it("sixty-four are written down with few syncs of the disk, and one that breaks costs no other", async () => {
    const gated = gatedDisk();
    const book = await bookFolder().open({ disk: gated.disk });
    const digests = inChannels(65, KINDS.slice(0, 1));
    await book.commit(
      digests.map((value, at) => ({
        table: "digests",
        key: keyOf(value.tenant, value.id),
        value: at === 30 ? { ...value, schedule: "never" } : value,
      })),
    );
    const before = gated.syncs();
    const about = { book, market, now: MONDAY, lastBeatMs: 0, log: silentLog };
    expect(await planDigests(about)).toBe(64);
    expect(gated.syncs() - before).toBeLessThanOrEqual(8);
    expect(book.list("slots")).toHaveLength(64);
    expect(book.list("posts")).toHaveLength(64);
    expect(await planDigests(about)).toBe(0);
  });
  it("channels that want the same read the same words, and others read others", async () => {
    const { posts } = await planned(inChannels(8, KINDS));
    const words = posts
      .filter(({ value }) => value.inReplyTo === null)
      .map(({ value }) => JSON.stringify([value.reply.title, value.reply.blocks]));
    expect(new Set(words).size).toBe(KINDS.length);
    expect(words.slice(0, 4)).toEqual(words.slice(4));
  });
});

describe("alerts of the week before", () => {
  const said = (channel: string): Post => ({
    ...newPost({
      postKey: `alert:r1:level@${channel}:1:opened`,
      target: { platform: "local", tenant: "local", kind: "channel", id: channel },
      kind: "alert",
      reply: reply("500 people in 7 days"),
      subscription: "r1",
      now: MONDAY - 3 * 86_400_000,
    }),
    status: "shown",
  });
  it("are listed in the digest of their own place, and cost the others nothing", async () => {
    const [plain, one] = [
      await planned(inChannels(50, [{}])),
      await planned(inChannels(50, [{}]), [said("c7")]),
    ];
    const listing = one.posts.filter(({ value }) =>
      JSON.stringify(value.reply.blocks).includes("500 people in 7 days"),
    );
    expect(listing.map(({ value }) => value.target.id)).toEqual(["c7"]);
    // Two wordings for 50 channels, where there was one.
    expect(one.asked).toBe(2 * plain.asked);
  });
});

describe("a deep digest", () => {
  const DEEP = [{ density: "deep" }] as const;
  it("is its headline and one post for each further section, in one commit, in order", async () => {
    const { posts, count } = await planned(inChannels(1, DEEP));
    const values = posts.map(({ value }) => value);
    const [head, ...parts] = values;
    expect(count).toBe(3);
    expect(head).toMatchObject({ postKey: "digest:d0:1:2026-W10", inReplyTo: null });
    expect(parts.map(({ postKey, reply }) => [postKey, reply.title])).toEqual([
      ["digest:d0:1:2026-W10:part-1", "The largest, 23 Feb – 1 Mar 2026"],
      ["digest:d0:1:2026-W10:part-2", "Industries and countries, 23 Feb – 1 Mar 2026"],
    ]);
    for (const part of parts)
      expect(part).toMatchObject({
        kind: "digest",
        inReplyTo: head!.postKey,
        subscription: "d0",
        expiresAt: head!.expiresAt,
        repeat: "at-most-once",
      });
  });
  it("shows in its first message what a standard one shows, and names what is in the thread", async () => {
    const { posts } = await planned(inChannels(1, DEEP));
    const kinds = posts[0]!.value.reply.blocks.map(({ kind }) => kind);
    expect(kinds).toEqual(["text", "figures", "chart", "text"]);
    expect(posts[0]!.value.reply.blocks.at(-1)).toEqual({
      kind: "text",
      words: "In the thread: the largest · industries and countries",
    });
  });
});
