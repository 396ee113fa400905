import { afterEach, expect, it } from "vitest";
import type { Chart } from "../../src/charts/chart.ts";
import { reply } from "../../src/reply/reply.ts";
import { plan, postOf } from "./crew.ts";
import type { Story } from "./story.ts";
import { openStory } from "./story.ts";

let story: Story;
afterEach(() => story.close());

const bars: Chart = {
  kind: "bars",
  title: "People laid off by month",
  subtitle: "Announced",
  unit: "people",
  categories: ["2023-01", "2023-02"],
  series: [{ name: "people", values: [12_000, 115] }],
  lastIncomplete: false,
};
/** A hole makes it a picture: Slack's own chart could not say that a month is missing. */
const holed: Chart = { ...bars, series: [{ name: "people", values: [12_000, null] }] };

async function shownWith(chart: Chart): Promise<void> {
  const { book, stage, time } = story;
  await plan(book, {
    postKey: "digest:d1:1:2026-W10",
    target: stage.channel("market"),
    kind: "digest",
    now: time.clock(),
    reply: reply("The week", { blocks: [{ kind: "chart", chart }] }),
  });
  await story.pass();
}

it("on Discord a chart comes with its message, in one request", async () => {
  story = await openStory("discord");
  await shownWith(bars);
  expect(story.stage.visible()).toMatchObject([{ pictures: 1 }]);
  expect(story.stage.asked).toHaveLength(1);
});

it("on Slack a simple chart is Slack's own", async () => {
  story = await openStory("slack-history");
  await shownWith(bars);
  const [seen] = story.stage.slack!.messages(
    story.stage.slack!.world.channels.get(story.stage.visible()[0]!.channel),
  );
  expect(seen!.blocks.map(({ type }) => type)).toContain("data_visualization");
  expect(story.stage.asked.some(({ path }) => path.includes("files."))).toBe(false);
});

it("on Slack another chart is uploaded first, so that the message is the one thing people see", async () => {
  story = await openStory("slack-history");
  await shownWith(holed);
  expect(story.stage.visible()).toMatchObject([{ pictures: 1 }]);
});

it("a fresh picture that Slack still looks at is waited for", async () => {
  story = await openStory("slack-history");
  story.stage.slack!.files.unreadyLooks = 1;
  await shownWith(holed);
  expect(story.stage.visible()).toMatchObject([{ pictures: 1 }]);
});

it("a picture whose upload fails is said in words, and the post is not lost", async () => {
  story = await openStory("slack-history");
  story.stage.slack!.trouble("files.completeUploadExternal", { error: "storage_limit_reached" });
  await shownWith(holed);
  const [seen, ...more] = story.stage.visible();
  expect(more).toEqual([]);
  expect(seen).toMatchObject({ pictures: 0 });
  expect(seen!.text).toContain("People laid off by month");
  expect(postOf(story.book, story.stage.tenant, "digest:d1:1:2026-W10").generation).toBe(1);
});

it("on Slack a file is named, since it would be a second message", async () => {
  story = await openStory("slack-history");
  const { book, stage, time } = story;
  const file = { name: "week.csv", mediaType: "text/csv", content: "a", encoding: "utf8" } as const;
  await plan(book, {
    postKey: "a",
    target: stage.channel("market"),
    now: time.clock(),
    reply: reply("The week", { files: [file] }),
  });
  await story.pass();
  expect(stage.visible().map(({ text }) => text)).toEqual([
    expect.stringContaining("Not attached here: week.csv."),
  ]);
});
