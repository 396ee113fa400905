import { expect, it } from "vitest";
import type { Sender } from "../../src/delivery/sender.ts";
import { isOpen } from "../../src/delivery/post.ts";
import type { Post } from "../../src/stores/records.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { live } from "../reliability/delivery/life.ts";
import { seeded } from "../reliability/delivery/promise.ts";
import { HOUR, plan, postOf } from "./crew.ts";
import { movedTime } from "./moved-time.ts";
import { stubSender } from "./stub-sender.ts";

const POSTS = 60;

it.each([1, 2, 3, 4, 5])(
  "a post that kills the process is buried though others kill it too, and none of its neighbours is (seed %i)",
  async (seed) => {
    const chance = seeded(seed);
    const time = movedTime();
    const book = memoryBook();
    const far = stubSender();
    for (let at = 0; at < POSTS; at += 1)
      await plan(book, {
        postKey: at === 7 ? "bad" : `p${at}`,
        target: { platform: "slack", tenant: "slack:T1", kind: "channel", id: `C${at % 8}` },
        now: time.clock() + at,
        expiresAt: time.clock() + 100 * HOUR,
      });
    let poisoned = 0;
    let killed = 0;
    const isPoison = ({ postKey }: Post): boolean => {
      if (postKey === "bad") poisoned += 1;
      return postKey === "bad";
    };
    // What it was given stands there, whether the process lived to hear of it or not.
    const sender: Sender = {
      ...far.sender,
      find: async ({ postKey, target: { id } }) =>
        far.keys().includes(postKey)
          ? { status: "found", receipt: { channel: id, message: postKey, link: null } }
          : { status: "absent" },
    };
    const latest = time.clock() + 72 * HOUR;
    while (book.list("posts").some(({ value }) => isOpen(value)) && time.clock() < latest) {
      const before = poisoned;
      const wasKilled = await live(
        { book, sender, time, chance, killAt: 1 + Math.floor(chance() * 30), isPoison },
        latest,
      );
      if (wasKilled && poisoned === before) killed += 1;
    }
    expect(killed).toBeGreaterThan(10);
    expect(poisoned).toBeGreaterThanOrEqual(5);
    expect(postOf(book, "slack:T1", "bad")).toMatchObject({ status: "dead", reason: "poison" });
    for (const { value } of book.list("posts"))
      if (value.postKey !== "bad") expect(value.status).toBe("shown");
    expect(far.keys().toSorted()).toEqual([...new Set(far.keys())].toSorted());
    expect(far.keys()).toHaveLength(POSTS - 1);
  },
);
