import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { auditLines, verifyAudit } from "../../src/authority/audit.ts";
import { outboxLine, outboxLines } from "../../src/delivery/outbox.ts";
import { plannedChange } from "../../src/delivery/post.ts";
import { Fault } from "../../src/fault.ts";
import { openJsonBook } from "../../src/stores/json-book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import type { Post } from "../../src/stores/records.ts";
import { outbox, shown } from "../../src/tasks/outbox.ts";
import { acted } from "../../src/tasks/outbox-act.ts";
import { addRule, MINUTE, openCrew, plan, postOf, runUntil } from "./crew.ts";
import { movedTime } from "./moved-time.ts";
import { NOW, samplePost, target } from "./sample-post.ts";
import { shownAs, stubSender } from "./stub-sender.ts";
import { refused } from "../../src/delivery/sender.ts";

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

describe("the operator, with the bot stopped,", () => {
  let dir: string;
  let said: string;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "market-pulse-outbox-"));
    said = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      said += String(text);
      return true;
    });
    await inBook(async (book) => {
      const dead = { status: "dead", reason: "blocked", settledAt: NOW } as const;
      await book.commit([
        plannedChange(samplePost({ postKey: "alert:r1:google:1:opened", ...dead })),
        plannedChange(samplePost({ postKey: "twice", ...dead })),
        plannedChange(samplePost({ postKey: "twice", tenant: "slack:T2", ...dead })),
        plannedChange(samplePost({ postKey: "sent", status: "shown", receipt })),
      ]);
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(dir, { recursive: true });
  });
  async function inBook<T>(
    work: (book: Awaited<ReturnType<typeof openJsonBook>>) => Promise<T>,
  ): Promise<T> {
    const book = await openJsonBook(dir);
    try {
      return await work(book);
    } finally {
      await book.close();
    }
  }
  const asked = (...args: string[]) => outbox([...args, "--data", dir]);
  const fault = async (...args: string[]): Promise<Fault> => {
    const error: unknown = await asked(...args).catch((thrown: unknown) => thrown);
    if (!(error instanceof Fault)) throw new Error("It was not refused.");
    return error;
  };

  it("lists what failed with the key to give", async () => {
    expect(await asked("--status", "failed")).toBe(0);
    expect(said).toContain("KEY alert:r1:google:1:opened");
    expect(said).not.toContain("KEY sent");
    expect(said).toContain("3 messages: 3 failed");
    expect((await fault("--status", "faild")).tries).toEqual([
      "npm run -s outbox -- --status failed",
    ]);
  });

  it.each([
    ["retry", { status: "planned", reason: null }, "queued"],
    ["drop", { status: "skipped", reason: "dropped" }, "skipped"],
  ])("can %s one that failed, and the log of changes says so", async (act, state, after) => {
    expect(await asked(act, "alert:r1:google:1:opened")).toBe(0);
    expect(said).toContain("“Google cuts 12,000” (slack:T1)");
    await inBook(async (book) => {
      expect(postOf(book, "slack:T1", "alert:r1:google:1:opened")).toMatchObject(state);
      const lines = auditLines(book, "slack:T1");
      expect(lines.map(({ value }) => value)).toMatchObject([
        {
          actor: "operator",
          act: `${act}-message`,
          object: "alert:r1:google:1:opened",
          before: "failed (blocked)",
          after,
          outcome: "done",
        },
      ]);
      expect(verifyAudit(lines)).toMatchObject({ intact: true });
    });
  });

  it("is refused while a bot holds the folder, with its process and what to do", async () => {
    await inBook(async () => {
      const { reason, message, right } = await fault("retry", "alert:r1:google:1:opened");
      expect(reason).toBe("running");
      expect(message).toContain(`pid ${process.pid}`);
      expect(right).toContain("Stop it first");
    });
  });

  it("is told what to type for a key that is not known, not failed, or in two workspaces", async () => {
    expect(await fault("drop", "alert:r1:gogle:1:opened")).toMatchObject({
      reason: "not_found",
      tries: ["npm run -s outbox -- drop 'alert:r1:google:1:opened'"],
    });
    expect((await fault("retry", "sent")).message).toContain("it is sent");
    const { reason, tries } = await fault("retry", "twice");
    expect([reason, tries]).toEqual(["ambiguous", ["npm run -s outbox -- retry 'slack:T1|twice'"]]);
    expect(await asked("retry", "slack:T1|twice")).toBe(0);
    expect((await fault("shred", "sent")).reason).toBe("bad_argument");
  });
});

it("a message tried anew that fails again is told to its owner again", async () => {
  const time = movedTime(NOW);
  const book = memoryBook();
  const far = stubSender();
  await addRule(book, target, { owner: "U1" });
  await plan(book, { postKey: "a", target, subscription: "r1", now: NOW });
  far.answer((post) => (post.postKey === "a" ? refused("blocked") : shownAs(post)));
  const { delivery } = openCrew(book, [far.sender], time);
  await runUntil(delivery, time, NOW + MINUTE);
  await acted(book, "retry", "a", time.clock());
  delivery.poke();
  await runUntil(delivery, time, NOW + 2 * MINUTE);
  expect(far.keys()).toEqual(["a", "lost:a", "a", "lost:a:2"]);
  far.answer(shownAs);
  await acted(book, "retry", "a", time.clock());
  delivery.poke();
  await runUntil(delivery, time, NOW + 3 * MINUTE);
  expect(postOf(book, "slack:T1", "a").status).toBe("shown");
});
