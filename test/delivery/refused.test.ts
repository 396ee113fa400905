import { afterEach, describe, expect, it } from "vitest";
import { keyOf } from "../../src/stores/book.ts";
import { addDigest, addRule, HOUR, plan, postOf, titleOf } from "./crew.ts";
import type { Story } from "./story.ts";
import { openStory } from "./story.ts";

let story: Story;
afterEach(() => story.close());

describe("on Slack", () => {
  it("an archived channel pauses the rule and tells its owner once, with a button to resume", async () => {
    story = await openStory("slack-history");
    const { book, stage } = story;
    const target = stage.channel("market");
    const owner = stage.dm("ada");
    const rule = await addRule(book, target, { owner: owner.id });
    stage.slack!.archive(stage.slack!.world.channels.get(target.id)!);
    for (const at of [1, 2, 3])
      await plan(book, {
        postKey: `alert:r1:x:${at}:opened`,
        target,
        subscription: "r1",
        now: story.time.clock() + at,
      });
    await story.pass();
    expect(book.get("rules", keyOf(rule.tenant, "r1"))?.value.paused).toMatchObject({
      reason: "channel-gone",
      by: null,
    });
    expect(story.paused).toEqual([
      { tenant: rule.tenant, subscription: "r1", reason: "channel-gone" },
    ]);
    const [notice, ...more] = stage.visible();
    expect(more).toEqual([]);
    expect(notice?.text).toContain("Paused: alert r1");
    const [asSeen] = stage.slack!.messages(stage.slack!.world.channels.get(notice!.channel));
    expect(asSeen?.buttons.map(({ label, element }) => [label, element.value])).toEqual([
      ["Resume", "run:/alert resume r1"],
      ["Show", "run:/alert show r1"],
    ]);
    // One request found out; the others were held without asking.
    expect(stage.asked.filter(({ path }) => path.endsWith("chat.postMessage"))).toHaveLength(2);
    expect(postOf(book, rule.tenant, "alert:r1:x:3:opened")).toMatchObject({
      status: "held",
      reason: "channel-gone",
    });
  });

  it("a channel we are not in holds the post, and being invited and resumed shows it", async () => {
    story = await openStory("slack-history");
    const { book, stage } = story;
    const target = stage.channel("market");
    const place = stage.slack!.world.channels.get(target.id)!;
    const rule = await addRule(book, target, { owner: stage.dm("ada").id });
    stage.slack!.kick(place);
    await plan(book, { postKey: "a", target, subscription: "r1", now: story.time.clock() });
    await story.pass();
    expect(story.seen(target.id)).toEqual([]);
    expect(postOf(book, rule.tenant, "a")).toMatchObject({
      status: "held",
      reason: "not-in-channel",
    });

    place.members.add(stage.slack!.world.bot.id);
    await book.commit([
      { table: "rules", key: keyOf(rule.tenant, "r1"), value: { ...rule, paused: null } },
    ]);
    await story.pass();
    expect(story.seen(target.id).map(({ text }) => text.includes(titleOf("a")))).toEqual([true]);
  });

  it("closed direct messages pause what goes there, and the word about it goes where the rule was made", async () => {
    story = await openStory("slack-history");
    const { book, stage } = story;
    const home = stage.channel("market");
    const target = stage.dm("ada");
    await addRule(book, home, { owner: target.id });
    stage.slack!.closeDm(stage.slack!.world.users.get(target.id)!);
    await plan(book, { postKey: "a", target, subscription: "r1", now: story.time.clock() });
    await story.pass();
    expect(story.paused).toMatchObject([{ reason: "dm-closed" }]);
    expect(story.seen(home.id).map(({ text }) => text)).toEqual([
      expect.stringContaining("Paused: alert r1"),
    ]);
  });

  it("a revoked token silences the workspace at the first answer, and being connected again goes on", async () => {
    story = await openStory("slack-history");
    const { book, stage } = story;
    const channels = [stage.channel("a"), stage.channel("b"), stage.channel("c")];
    const owner = stage.dm("ada");
    await addRule(book, channels[0]!, { owner: owner.id });
    await addDigest(book, channels[1]!, { owner: owner.id });
    stage.slack!.trouble("chat.postMessage", { error: "token_revoked" });
    await plan(book, {
      postKey: "first",
      target: channels[0]!,
      subscription: "r1",
      now: story.time.clock(),
    });
    await story.pass();
    const asked = stage.asked.length;
    for (const [at, target] of channels.entries())
      await plan(book, {
        postKey: `p${at}`,
        target,
        subscription: at === 1 ? "d1" : "r1",
        now: story.time.clock(),
      });
    await story.pass();
    await story.restart();
    await story.pass();
    expect(stage.asked).toHaveLength(asked);
    expect(book.list("rules").map(({ value }) => value.paused?.reason)).toEqual(["token-revoked"]);
    expect(book.list("digests").map(({ value }) => value.paused?.reason)).toEqual([
      "token-revoked",
    ]);

    await story.delivery.reconnected("slack");
    await story.pass();
    const texts = stage.visible().map(({ text }) => text);
    for (const key of ["first", "p0", "p1", "p2"])
      expect(texts.filter((text) => text.includes(titleOf(key)))).toHaveLength(1);
    expect(texts.filter((text) => text.includes("Paused: "))).toHaveLength(2);
    expect(book.list("rules").map(({ value }) => value.paused)).toEqual([null]);
  });

  it("blocks that Slack does not take are shown as plain text, once", async () => {
    story = await openStory("slack-history");
    const { book, stage } = story;
    const target = stage.channel("market");
    for (let each = 0; each < 2; each += 1)
      stage.slack!.trouble("chat.postMessage", { error: "invalid_blocks" });
    await plan(book, { postKey: "a", target, now: story.time.clock() });
    await story.pass();
    expect(story.seen(target.id).map(({ text }) => text.includes(titleOf("a")))).toEqual([true]);
    expect(postOf(book, stage.tenant, "a")).toMatchObject({ status: "shown", generation: 2 });
  });
});

describe("on Discord", () => {
  it("a channel that is gone pauses the digest and tells its owner", async () => {
    story = await openStory("discord");
    const { book, stage } = story;
    const target = stage.channel("market");
    await addDigest(book, target, { owner: stage.dm("ada").id });
    stage.discord!.world.channels.delete(target.id);
    await plan(book, {
      postKey: "a",
      target,
      kind: "digest",
      subscription: "d1",
      now: story.time.clock(),
    });
    await story.pass();
    expect(story.paused).toMatchObject([{ subscription: "d1", reason: "channel-gone" }]);
    expect(stage.visible().map(({ text }) => text)).toEqual([
      expect.stringContaining("Paused: digest d1"),
    ]);
  });

  it("a person who takes no direct messages is told nothing there", async () => {
    story = await openStory("discord");
    const { book, stage } = story;
    const target = stage.dm("ada");
    const ada = stage.discord!.world.users.get(target.id)!;
    stage.discord!.world.users.set(ada.id, { ...ada, isClosed: true });
    await addRule(book, target, { owner: target.id });
    await plan(book, { postKey: "a", target, subscription: "r1", now: story.time.clock() });
    await story.pass();
    expect(story.paused).toMatchObject([{ reason: "dm-closed" }]);
    expect(stage.visible()).toEqual([]);
    expect(book.list("posts").map(({ value }) => value.postKey)).toEqual(["a"]);
  });

  it("a wrong token is asked about once, for every server", async () => {
    story = await openStory("discord");
    const { book, stage } = story;
    for (let each = 0; each < 2; each += 1)
      stage.discord!.trouble("POST", /messages$/, {
        status: 401,
        body: { code: 0, message: "401" },
      });
    const target = stage.channel("a");
    await addRule(book, target);
    await addRule(book, { ...target, tenant: "discord:7" }, { tenant: "discord:7" });
    await plan(book, { postKey: "a", target, subscription: "r1", now: story.time.clock() });
    await story.pass();
    await plan(book, { postKey: "b", target, now: story.time.clock() });
    await story.pass(HOUR);
    expect(stage.asked.filter(({ path }) => path.endsWith("/messages"))).toHaveLength(1);
    expect(book.list("rules").map(({ value }) => value.paused?.reason)).toEqual([
      "token-revoked",
      "token-revoked",
    ]);
  });

  it("a form it does not take is shown as plain text", async () => {
    story = await openStory("discord");
    const { book, stage } = story;
    stage.discord!.trouble("POST", /messages$/, {
      status: 400,
      body: { code: 50_035, message: "Invalid Form Body" },
    });
    await plan(book, { postKey: "a", target: stage.channel("a"), now: story.time.clock() });
    await story.pass();
    expect(stage.visible().map(({ text }) => text.includes(titleOf("a")))).toEqual([true]);
    expect(postOf(book, stage.tenant, "a").generation).toBe(2);
  });
});
