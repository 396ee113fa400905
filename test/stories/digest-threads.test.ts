import { afterEach, describe, expect, it } from "vitest";
import { silentLog } from "../../src/log.ts";
import { buildMarket } from "../../src/market/build.ts";
import type { LayoffSighting } from "../../src/market/facts.ts";
import { planDigests } from "../../src/standing/digests.ts";
import { addDigest, HOUR } from "../delivery/crew.ts";
import { openStory } from "../delivery/story.ts";
import type { Story } from "../delivery/story.ts";
import { factsOf, layoff, plainBook } from "../market/layoff-facts.ts";

const DAY = 24 * HOUR;

let story: Story;
afterEach(() => story.close());

/** Looks at what is due as the bot does each minute, and lets an hour pass in which it is sent. */
async function look(layoffs: readonly LayoffSighting[]): Promise<void> {
  const now = story.time.clock();
  const asOfOn = new Date(now).toISOString().slice(0, 10);
  const market = buildMarket(factsOf(layoffs, { asOfOn }), plainBook());
  await planDigests({ book: story.book, market, now, lastBeatMs: 0, log: silentLog });
  await story.pass();
}

const WEEK = [
  layoff("Acme", "2025-12-30", { headcount: 279, industry: "Retail", country: "Germany" }),
  layoff("Bolt", "2025-12-31", { headcount: 30, industry: "Finance", country: "Germany" }),
];

describe.each(["slack-history", "discord"] as const)("a digest on %s", (mode) => {
  it("whose week is reported late is corrected once: in its thread, and in its own words", async () => {
    story = await openStory(mode);
    const target = story.stage.channel("market");
    await addDigest(story.book, target, { density: "brief" });
    const layoffs = [layoff("Acme", "2025-12-30", { headcount: 279 })];
    await look(layoffs);
    expect(story.seen(target.id)).toHaveLength(1);
    await story.pass(DAY);
    layoffs.push(
      layoff("Cove", "2026-01-02", { headcount: 1_000, url: "https://news.example/cove" }),
    );
    await look(layoffs);
    await look(layoffs);
    await story.restart();
    await story.pass(DAY);
    await look(layoffs);
    const [parent, correction, ...more] = story.seen(target.id);
    expect(more).toEqual([]);
    expect(correction).toMatchObject({ thread: parent!.id, isEdited: false });
    expect(correction!.text).toContain("at least 279 → 1,279 people, 1 → 2 events");
    expect(correction!.text).toContain("news.example");
    expect(parent).toMatchObject({ thread: undefined, isEdited: true });
    expect(parent!.text).toMatch(/at least 279 people[\s\S]*Corrected:[\s\S]*279 → 1,279 people/);
  });
  it("corrected twice says the newer correction only", async () => {
    story = await openStory(mode);
    const target = story.stage.channel("market");
    await addDigest(story.book, target);
    const layoffs = [layoff("Acme", "2025-12-30", { headcount: 279 })];
    await look(layoffs);
    for (const [company, headcount] of [
      ["Cove", 1_000],
      ["Dune", 500],
    ] as const) {
      await story.pass(DAY);
      layoffs.push(layoff(company, "2026-01-02", { headcount }));
      await look(layoffs);
    }
    const [parent, ...corrections] = story.seen(target.id);
    expect(corrections.map(({ thread }) => thread)).toEqual([parent!.id, parent!.id]);
    expect(parent!.text).not.toContain("1,279");
    expect(parent!.text).toContain("279 → 1,779 people");
  });
  it("that is deep shows its headline, and below it each section in order", async () => {
    story = await openStory(mode);
    const target = story.stage.channel("market");
    await addDigest(story.book, target, { density: "deep" });
    await look(WEEK);
    const [head, ...parts] = story.seen(target.id);
    expect(head).toMatchObject({ thread: undefined, pictures: 1 });
    expect(parts.map(({ thread }) => thread)).toEqual([head!.id, head!.id]);
    expect(parts[0]!.text).toContain("The largest, 29 Dec 2025 – 4 Jan 2026");
    expect(parts[1]!.text).toContain("Industries and countries");
  });
});

it("a deep digest that cannot be shown in time shows no part of it alone, and one line says so", async () => {
  story = await openStory("slack-history");
  const target = story.stage.channel("market");
  await addDigest(story.book, target, { density: "deep", schedule: "daily 09:00 UTC" });
  let isDown = true;
  story.stage.network.become(() => (isDown ? "broken" : undefined));
  await look([...WEEK, layoff("Echo", "2026-01-04", { headcount: 5 })]);
  await story.pass(DAY);
  isDown = false;
  await story.pass(HOUR);
  const [line, ...more] = story.seen(target.id);
  expect(more).toEqual([]);
  expect(line!.text).toContain("While I was away: 1 message not shown in time");
  expect(story.book.list("posts").map(({ value }) => [value.status, value.reason])).toEqual([
    ["shown", null],
    ["expired", "too-old"],
    ["skipped", "parent-not-shown"],
  ]);
});
