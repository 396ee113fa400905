import { describe, expect, it } from "vitest";
import { outboxLine, outboxLines } from "../../src/delivery/outbox.ts";
import { plannedChange } from "../../src/delivery/post.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import type { Post } from "../../src/stores/records.ts";
import { shown } from "../../src/tasks/outbox.ts";
import { NOW, samplePost } from "./sample-post.ts";

const receipt = { channel: "C1", message: "1.2", link: "https://acme.slack.com/archives/C1/p12" };

describe("the log calls a post", () => {
  it.each<[Partial<Post>, string, string | null]>([
    [{ status: "planned" }, "queued", null],
    [{ status: "planned", reason: "quiet", notBefore: NOW + 1 }, "held", "quiet"],
    [{ status: "planned", reason: "quiet" }, "queued", null],
    [{ status: "sending" }, "queued", null],
    [{ status: "waiting", reason: "rate_limited" }, "queued", "rate_limited"],
    [{ status: "looking" }, "ambiguous", "looking"],
    [{ status: "held", reason: "ambiguous" }, "ambiguous", null],
    [{ status: "held", reason: "not-in-channel" }, "held", "not-in-channel"],
    [{ status: "shown", receipt }, "sent", null],
    [{ status: "shown", receipt, reason: "edited" }, "edited", null],
    [{ status: "shown", receipt, reason: "may-repeat" }, "sent", "may-repeat"],
    [{ status: "expired", reason: "too-old" }, "skipped", "too-old"],
    [{ status: "skipped", reason: "unsubscribed" }, "skipped", "unsubscribed"],
    [{ status: "dead", reason: "poison" }, "failed", "poison"],
  ])("%o %s (%s)", (more, word, why) => {
    expect(outboxLine(samplePost(more), NOW)).toMatchObject({ word, why });
  });
});

it("the list is the newest first, with link and count, of one tenant when told", async () => {
  const book = memoryBook();
  await book.commit([
    plannedChange(samplePost({ postKey: "a", createdAt: NOW - 60_000 })),
    plannedChange(samplePost({ postKey: "b", status: "shown", receipt, settledAt: NOW })),
    plannedChange({ ...samplePost({ postKey: "c", tenant: "slack:T2" }) }),
  ]);
  expect(outboxLines(book, NOW, "slack:T1").map(({ postKey }) => postKey)).toEqual(["b", "a"]);
  expect(shown(outboxLines(book, NOW, "slack:T1"))).toBe(
    [
      "2026-01-05 09:00  sent                    alert       slack:T1 #C1  Google cuts 12,000  https://acme.slack.com/archives/C1/p12",
      "2026-01-05 08:59  queued                  alert       slack:T1 #C1  Google cuts 12,000",
      "",
      "2 messages: 1 sent · 1 queued",
    ].join("\n"),
  );
  expect(shown([])).toBe("Nothing was ever sent from here.");
});
