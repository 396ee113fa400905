import { afterEach, describe, expect, it } from "vitest";
import { keyOf } from "../../src/stores/book.ts";
import type { Target } from "../../src/stores/records.ts";
import { addDigest, addRule, HOUR, MINUTE, plan, postOf, titleOf } from "./crew.ts";
import type { Story } from "./story.ts";
import { openStory } from "./story.ts";

const DAY = 24 * HOUR;
let story: Story;
afterEach(() => story.close());

/** A rule whose channel on Slack we were put out of, found out by its first message. */
async function refusedThere(): Promise<Target> {
  story = await openStory("slack-history");
  const { book, stage, time } = story;
  const target = stage.channel("market");
  await addRule(book, target, { owner: stage.dm("ada").id });
  stage.slack!.kick(placeOf(target));
  await plan(book, {
    postKey: "a",
    target,
    subscription: "r1",
    now: time.clock(),
    expiresAt: time.clock() + 30 * DAY,
  });
  await story.pass(HOUR);
  expect(pausedBy()).toBe("not-in-channel");
  return target;
}
const placeOf = ({ id }: Target) => story.stage.slack!.world.channels.get(id)!;
const invite = (target: Target): void =>
  void placeOf(target).members.add(story.stage.slack!.world.bot.id);
const pausedBy = (): string | undefined =>
  story.book.get("rules", keyOf(story.stage.tenant, "r1"))?.value.paused?.reason;
const tries = (): number =>
  story.stage.asked.filter(({ path }) => path.endsWith("chat.postMessage")).length;
const texts = (target: Target): string[] => story.seen(target.id).map(({ text }) => text);

describe("a rule paused because its channel refused us", () => {
  it("is tried once a day for a week, without a word to anybody, and then no more", async () => {
    await refusedThere();
    const before = tries();
    await story.pass(DAY - 2 * HOUR);
    expect(tries()).toBe(before);
    await story.pass(2 * HOUR);
    expect(tries()).toBe(before + 1);
    await story.pass(20 * DAY);
    expect(tries()).toBe(before + 7);
    expect(pausedBy()).toBe("not-in-channel");
    expect(story.stage.visible().map(({ text }) => text)).toEqual([
      expect.stringContaining("Paused: alert r1"),
    ]);
  });

  it("goes on by itself the day after we were invited, with what it missed, and the log says so", async () => {
    const target = await refusedThere();
    await addDigest(story.book, target, { owner: "U9", paused: null });
    await plan(story.book, {
      postKey: "d",
      kind: "digest",
      target,
      subscription: "d1",
      now: story.time.clock(),
      expiresAt: story.time.clock() + 30 * DAY,
    });
    await story.pass(HOUR);
    invite(target);
    await story.pass(DAY);
    expect(texts(target)).toEqual([
      expect.stringContaining("I may write here again"),
      expect.stringContaining(titleOf("a")),
      expect.stringContaining(titleOf("d")),
    ]);
    expect(pausedBy()).toBeUndefined();
    expect(story.book.get("digests", keyOf(story.stage.tenant, "d1"))?.value.paused).toBeNull();
    expect(story.logged).toContainEqual({
      event: "delivery.resumed",
      subscription: "r1",
      reason: "not-in-channel",
    });
    await story.pass(10 * DAY);
    expect(texts(target)).toHaveLength(3);
  });

  it("goes on at once when somebody asks us something there, but is not tried at every question", async () => {
    const target = await refusedThere();
    const before = tries();
    const ask = async (ms: number): Promise<void> => {
      story.delivery.welcomed(story.stage.tenant, target.id);
      await story.pass(ms);
    };
    await ask(MINUTE);
    await ask(MINUTE);
    await ask(9 * MINUTE);
    expect(tries()).toBe(before + 1);
    invite(target);
    await ask(MINUTE);
    expect(pausedBy()).toBeUndefined();
    expect(texts(target)).toHaveLength(2);
  });

  it("resumed by hand is not tried any more", async () => {
    const target = await refusedThere();
    const key = keyOf(story.stage.tenant, "r1");
    invite(target);
    const rule = story.book.get("rules", key)!.value;
    await story.book.commit([{ table: "rules", key, value: { ...rule, paused: null } }]);
    await story.pass(8 * DAY);
    expect(texts(target)).toEqual([expect.stringContaining(titleOf("a"))]);
    const probe = story.book.list("posts").find(({ value }) => value.postKey.startsWith("probe:"))!;
    expect(postOf(story.book, story.stage.tenant, probe.value.postKey)).toMatchObject({
      status: "skipped",
      reason: "not-needed",
    });
  });
});

it("a digest whose channel was archived goes on the day after it is brought back", async () => {
  story = await openStory("slack-history");
  const { book, stage, time } = story;
  const target = stage.channel("market");
  await addDigest(book, target, { owner: stage.dm("ada").id });
  stage.slack!.archive(placeOf(target));
  await plan(book, {
    postKey: "d",
    kind: "digest",
    target,
    subscription: "d1",
    now: time.clock(),
    expiresAt: time.clock() + 30 * DAY,
  });
  await story.pass(HOUR);
  placeOf(target).isArchived = false;
  await story.pass(DAY);
  expect(texts(target)).toHaveLength(2);
});

it("a pause of the owner's own is never tried", async () => {
  story = await openStory("discord");
  const { book, stage, time } = story;
  const target = stage.channel("market");
  await addRule(book, target, { paused: { reason: "by-owner", since: time.clock(), by: "U1" } });
  await plan(book, { postKey: "a", target, subscription: "r1", now: time.clock() });
  await story.pass(10 * DAY);
  expect(stage.asked).toEqual([]);
});
