import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { HOUR, openCrew, plan, postOf, runUntil, titleOf } from "./crew.ts";
import { movedTime } from "./moved-time.ts";
import type { Mode, Stage } from "./stage.ts";
import { MODES, openStage } from "./stage.ts";

let time: ReturnType<typeof movedTime>;
let stage: Stage;
const open = async (mode: Mode): Promise<void> => {
  stage = await openStage(mode, time);
};

beforeEach(() => {
  time = movedTime();
  time.rule();
});
afterEach(async () => {
  time.release();
  await stage.close();
});

describe.each(MODES)("on %s", (mode) => {
  it("a post is shown once, with its receipt", async () => {
    await open(mode);
    const book = memoryBook();
    const target = stage.channel("market");
    await plan(book, { postKey: "alert:r1:google:1:opened", target, now: time.clock() });
    const { delivery } = openCrew(book, [stage.sender()], time);
    await runUntil(delivery, time, time.clock() + HOUR);
    await delivery.close();
    const [only, ...more] = stage.visible();
    expect(more).toEqual([]);
    expect(only?.text).toContain(titleOf("alert:r1:google:1:opened"));
    expect(postOf(book, stage.tenant, "alert:r1:google:1:opened")).toMatchObject({
      status: "shown",
      reason: null,
      lease: null,
      crashes: 0,
      receipt: { channel: target.id, message: only?.id },
    });
  });

  it("whose answer is lost is shown once", async () => {
    await open(mode);
    const book = memoryBook();
    let isLost = false;
    stage.network.become(({ path }) => {
      if (isLost || !/chat\.postMessage$|messages$/.test(path)) return undefined;
      isLost = true;
      return "lose";
    });
    await plan(book, { postKey: "a", target: stage.channel("market"), now: time.clock() });
    const { delivery } = openCrew(book, [stage.sender()], time);
    await runUntil(delivery, time, time.clock() + HOUR);
    await delivery.close();
    const copies = stage.visible();
    if (mode === "slack-blind") {
      expect(copies).toHaveLength(2);
      expect(copies[1]?.text).toContain("may repeat: Slack did not confirm the first");
    } else {
      expect(copies).toHaveLength(1);
    }
    expect(postOf(book, stage.tenant, "a").status).toBe("shown");
  });
});
