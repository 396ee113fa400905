import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Sender } from "../../src/delivery/sender.ts";
import { silentLog } from "../../src/log.ts";
import type { Log } from "../../src/log.ts";
import { openInvalidMeter } from "../../src/platforms/discord/invalid-meter.ts";
import { reply } from "../../src/reply/reply.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { MINUTE, openCrew, plan, runUntil } from "./crew.ts";
import { movedTime } from "./moved-time.ts";
import { NOW, samplePost } from "./sample-post.ts";
import { openStage } from "./stage.ts";
import { stubSender } from "./stub-sender.ts";

let time: ReturnType<typeof movedTime>;
beforeEach(() => {
  time = movedTime(NOW);
});

describe("requests that Discord calls invalid", () => {
  const many = (meter: ReturnType<typeof openInvalidMeter>, count: number): void => {
    for (let each = 0; each < count; each += 1) meter.answered(403, null);
  };

  it("slow delivery down from 500 within ten minutes, and leave one probe a minute from 2,000", () => {
    const meter = openInvalidMeter(time.clock, silentLog);
    many(meter, 499);
    expect(meter.everyMs()).toBe(0);
    many(meter, 1);
    expect(meter.everyMs()).toBe(1_000);
    many(meter, 1_500);
    expect(meter.everyMs()).toBe(60_000);
  });

  it("are forgotten after ten minutes, and when the clock falls back", () => {
    const meter = openInvalidMeter(time.clock, silentLog);
    many(meter, 400);
    time.to(NOW + 5 * MINUTE);
    many(meter, 100);
    expect(meter.everyMs()).toBe(1_000);
    time.to(NOW + 10 * MINUTE);
    expect(meter.everyMs()).toBe(0);
    let now = NOW;
    const falling = openInvalidMeter(() => now, silentLog);
    many(falling, 600);
    now -= 24 * 60 * MINUTE;
    expect(falling.everyMs()).toBe(0);
  });

  it("are 401, 403 and 429, but not a limit shared with other apps", () => {
    const meter = openInvalidMeter(time.clock, silentLog);
    const answers = [401, 403, 429].flatMap((status) => Array.from({ length: 167 }, () => status));
    for (const status of [200, 400, 404, 500, 502])
      for (let each = 0; each < 500; each += 1) meter.answered(status, null);
    for (let each = 0; each < 500; each += 1) meter.answered(429, "shared");
    expect(meter.everyMs()).toBe(0);
    for (const status of answers) meter.answered(status, "user");
    expect(meter.everyMs()).toBe(1_000);
  });

  it("are told in the log once at each level", () => {
    const logged: unknown[] = [];
    const log: Log = { ...silentLog, error: (line: unknown) => void logged.push(line) };
    many(openInvalidMeter(time.clock, log), 3_000);
    expect(logged).toEqual([
      { event: "discord.invalid", count: 500, status: 403 },
      { event: "discord.invalid", count: 2_000, status: 403 },
    ]);
  });
});

describe("a platform that may soon bar us", () => {
  it("is asked one thing at a time, so often as it wants, and as before once it is calm", async () => {
    let everyMs = 60_000;
    const book = memoryBook();
    const far = stubSender("discord");
    const asked: number[] = [];
    const sender: Sender = {
      ...far.sender,
      cautionMs: () => everyMs,
      send: (post, words, attempt) => {
        asked.push(time.clock() - NOW);
        return far.sender.send(post, words, attempt);
      },
    };
    for (let at = 0; at < 5; at += 1)
      await plan(book, {
        postKey: `p${at}`,
        target: { platform: "discord", tenant: "discord:1", kind: "channel", id: `C${at}` },
        now: NOW,
      });
    const { delivery } = openCrew(book, [sender], time);
    await runUntil(delivery, time, NOW + 2 * MINUTE);
    expect(asked).toEqual([0, MINUTE, 2 * MINUTE]);
    everyMs = 0;
    await runUntil(delivery, time, NOW + 3 * MINUTE);
    expect(asked).toEqual([0, MINUTE, 2 * MINUTE, 2 * MINUTE, 2 * MINUTE]);
    await delivery.close();
  });
});

describe("Discord's own answers", () => {
  let close = async (): Promise<void> => {};
  afterEach(() => close());

  it("are counted: after 500 refusals the sender wants a second between requests", async () => {
    time.rule();
    const stage = await openStage("discord", time);
    close = () => {
      time.release();
      return stage.close();
    };
    const sender = stage.sender();
    const post = samplePost({}, { target: stage.channel("market") });
    const attempt = { form: "full", under: null, begin: async () => {} } as const;
    for (let each = 0; each < 500; each += 1) {
      expect(sender.cautionMs?.()).toBe(0);
      // discord.js keeps to the pace of a channel by itself.
      time.to(NOW + each * 1_100);
      stage.discord!.trouble("POST", /messages$/, {
        status: 403,
        body: { code: 50_013, message: "Missing Permissions" },
      });
      await sender.send(post, reply("Google cuts 12,000"), attempt);
    }
    expect(sender.cautionMs?.()).toBe(1_000);
  });
});
