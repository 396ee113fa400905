import { afterEach, describe, expect, it } from "vitest";
import { reply } from "../../src/reply/reply.ts";
import { plan, postOf } from "./crew.ts";
import type { Story } from "./story.ts";
import { openStory } from "./story.ts";

let story: Story;
afterEach(() => story.close());

const opened = "alert:r1:google:1:opened";
const corrected = "alert:r1:google:1:corrected-1";

async function planBoth(): Promise<string> {
  const { book, stage, time } = story;
  const target = stage.channel("market");
  await plan(book, {
    postKey: opened,
    target,
    now: time.clock(),
    reply: reply("Google cuts 12,000", { notes: ["Basis: filed"] }),
  });
  await plan(book, {
    postKey: corrected,
    target,
    kind: "correction",
    inReplyTo: opened,
    now: time.clock() + 1,
    reply: reply("It was 11,400"),
  });
  return target.id;
}

describe.each(["slack-history", "discord"] as const)("a correction on %s", (mode) => {
  it("stands in the thread of what it corrects, which says so itself", async () => {
    story = await openStory(mode);
    const channel = await planBoth();
    await story.pass();
    const [parent, answer, ...more] = story.seen(channel);
    expect(more).toEqual([]);
    expect(answer).toMatchObject({ thread: parent!.id, isEdited: false });
    expect(parent).toMatchObject({ thread: undefined, isEdited: true });
    expect(parent!.text).toMatch(
      /Google cuts 12,000[\s\S]*Corrected:[\s\S]*It was 11,400[\s\S]*Basis: filed/,
    );
    const tenant = story.stage.tenant;
    expect([
      postOf(story.book, tenant, opened).reason,
      postOf(story.book, tenant, corrected).reason,
    ]).toEqual(["edited", null]);
  });

  it("whose change of words is lost changes them again, and shows nothing twice", async () => {
    story = await openStory(mode);
    const channel = await planBoth();
    let lost = 0;
    story.stage.network.become(({ method, path }) => {
      const isEdit = path.endsWith("chat.update") || method === "PATCH";
      if (!isEdit || lost === 2) return undefined;
      lost += 1;
      return lost === 1 ? "lose" : "broken";
    });
    await story.pass();
    expect(lost).toBe(2);
    expect(story.seen(channel)).toHaveLength(2);
    expect(story.seen(channel)[0]!.text.match(/Corrected:/g)).toHaveLength(
      mode === "discord" ? 1 : 2,
    );
    expect(postOf(story.book, story.stage.tenant, opened).reason).toBe("edited");
  });

  it("of a message that cannot be changed any more stays in the thread", async () => {
    story = await openStory(mode);
    const channel = await planBoth();
    story.stage.slack?.trouble("chat.update", { error: "edit_window_closed" });
    story.stage.discord?.trouble("PATCH", /messages/, {
      status: 400,
      body: { code: 30_046, message: "Too many edits to messages older than 1 hour" },
    });
    await story.pass();
    expect(story.seen(channel).map(({ isEdited }) => isEdited)).toEqual([false, false]);
    expect(postOf(story.book, story.stage.tenant, corrected)).toMatchObject({
      status: "shown",
      reason: "edit-refused",
    });
  });

  it("of what nobody saw is not shown", async () => {
    story = await openStory(mode);
    const { book, stage, time } = story;
    await plan(book, {
      postKey: corrected,
      target: stage.channel("market"),
      kind: "correction",
      inReplyTo: opened,
      now: time.clock(),
    });
    await story.pass();
    expect(stage.visible()).toEqual([]);
    expect(postOf(book, stage.tenant, corrected)).toMatchObject({
      status: "skipped",
      reason: "parent-not-shown",
    });
  });
});

it("on Discord a change of words forbids mentions again", async () => {
  story = await openStory("discord");
  await planBoth();
  await story.pass();
  const edits = story.stage.discord!.requests.filter(({ method }) => method === "PATCH");
  expect(edits.map(({ body }) => body.allowed_mentions)).toEqual([{ parse: [] }]);
});

it("an answer in a Slack thread whose fate is unknown is looked for in the thread", async () => {
  story = await openStory("slack-history");
  const channel = await planBoth();
  let posts = 0;
  story.stage.network.become(({ path }) => {
    if (!path.endsWith("chat.postMessage")) return undefined;
    posts += 1;
    return posts === 2 ? "lose" : undefined;
  });
  await story.pass();
  expect(story.seen(channel)).toHaveLength(2);
  expect(
    story.stage.asked.filter(({ path }) => path.endsWith("conversations.replies")),
  ).toHaveLength(1);
});
