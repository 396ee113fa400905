import { expect, it } from "vitest";
import { firedAlerts } from "../../src/delivery/fired.ts";
import { plannedChange } from "../../src/delivery/post.ts";
import { reply } from "../../src/reply/reply.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import type { Post } from "../../src/stores/records.ts";
import { NOW, samplePost, target } from "./sample-post.ts";

const DAY = 86_400_000;
const WEEK = { from: "2026-01-05", to: "2026-01-11" };
const SHOWN = { status: "shown", settledAt: NOW } as const;
const receipt = (message: string) => ({
  channel: "C1",
  message,
  link: `https://chat.example/${message}`,
});

/** A book of these posts, each under the key that is its title too. */
async function bookOf(posts: Readonly<Record<string, Partial<Post>>>) {
  const book = memoryBook();
  for (const [title, more] of Object.entries(posts))
    await book.commit([
      plannedChange(samplePost({ reply: reply(title), ...more }, { postKey: title })),
    ]);
  return book;
}

it("lists what was shown in the place on these days, those that speak in digests only first", async () => {
  const book = await bookOf({
    later: { ...SHOWN, createdAt: NOW + 2 * DAY, receipt: receipt("2") },
    sooner: { ...SHOWN, receipt: receipt("1") },
    "digest only": { status: "skipped", reason: "digest-only", createdAt: NOW + 3 * DAY },
    before: { ...SHOWN, createdAt: NOW - DAY },
    after: { ...SHOWN, createdAt: NOW + 7 * DAY },
    elsewhere: { ...SHOWN, target: { ...target, id: "C2" } },
    "a person of that id": { ...SHOWN, target: { ...target, kind: "dm" } },
    "another workspace": { ...SHOWN, target: { ...target, tenant: "slack:T2" } },
    "not shown": { status: "expired" },
    "no alert": { ...SHOWN, kind: "digest" },
  });
  expect(firedAlerts(book)(target, WEEK)).toEqual([
    { title: "digest only", on: "2026-01-08", rule: "r1", link: null, isNew: true, opens: true },
    {
      title: "sooner",
      on: "2026-01-05",
      rule: "r1",
      link: "https://chat.example/1",
      isNew: false,
      opens: true,
    },
    {
      title: "later",
      on: "2026-01-07",
      rule: "r1",
      link: "https://chat.example/2",
      isNew: false,
      opens: true,
    },
  ]);
});

it("lists each of those said in one message, by that message's link, and not the message", async () => {
  const book = await bookOf({
    one: { status: "skipped", reason: "folded", inReplyTo: "storm" },
    two: { status: "skipped", reason: "folded", inReplyTo: "storm" },
    lost: { status: "skipped", reason: "folded", inReplyTo: "storm that was not shown" },
    storm: { ...SHOWN, receipt: receipt("9"), folds: ["one", "two"] },
    "storm that was not shown": { status: "dead", folds: ["lost"] },
  });
  const found = firedAlerts(book)(target, WEEK);
  expect(found.map(({ title, link }) => [title, link])).toEqual([
    ["one", "https://chat.example/9"],
    ["two", "https://chat.example/9"],
  ]);
});

it("leaves what was said in a thread to the thread, but for a rule that has none", async () => {
  const book = await bookOf({
    "over, in its thread": { ...SHOWN, inReplyTo: "opened" },
    "over, in digests only": { status: "skipped", reason: "digest-only", inReplyTo: "opened" },
  });
  expect(firedAlerts(book)(target, WEEK)).toMatchObject([
    { title: "over, in digests only", opens: false },
  ]);
});

it("lists one whose words are no longer kept by its rule and its day", async () => {
  const book = await bookOf({ "": { ...SHOWN } });
  expect(firedAlerts(book)(target, WEEK)).toMatchObject([
    { title: "Its words are no longer kept", on: "2026-01-05", rule: "r1" },
  ]);
});
