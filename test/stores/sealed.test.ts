import { describe, expect, it } from "vitest";
import { reply, type Block } from "../../src/reply/reply.ts";
import { commitLine } from "../../src/stores/journal-read.ts";
import type { DigestTold, Post } from "../../src/stores/records.ts";
import { sealedChange, sharedReply, sharedTold } from "../../src/stores/sealed.ts";
import { post } from "../contracts/book-records.ts";
import { bookFolder } from "./book-folder.ts";

const told: DigestTold = {
  from: "2026-11-09",
  to: "2026-11-15",
  filter: "sector:tech",
  said: { people: 10, events: 1, companies: 1, unknownSize: 0, byCompany: [["a", "A", 10, 1, 0]] },
  seen: { people: 10, events: 1 },
};
const words = post("p1").reply;

function change(rest: Partial<Post>) {
  return { table: "posts" as const, key: "slack:T1|p1", value: { ...post("p1"), ...rest } };
}

/** A value of another shape than is wanted, as a fault of ours would give it: `Object` gives any, which no type refuses. */
function misshapen(value: unknown) {
  return Object(value);
}

describe("words that many messages share", () => {
  it("stand in a line of the journal as words of one message do", () => {
    const shared = sharedReply(words);
    for (const [own, many] of [
      [words, shared],
      [
        { ...words, actions: [] },
        { ...shared, actions: [] },
      ],
    ] as const) {
      const line = (given: Partial<Post>) =>
        commitLine(7, [{ change: sealedChange(change(given)), version: 2 }]);
      expect(line({ reply: many, told: sharedTold(told) })).toBe(line({ reply: own, told }));
    }
  });
  it("are kept once, whatever becomes of each message, and read back whole", async () => {
    const { open } = bookFolder();
    const book = await open();
    const shared = sharedReply(words);
    const keys = ["p1", "p2"].map((name) => `slack:T1|${name}`);
    for (const key of keys)
      await book.commit([{ ...change({ reply: { ...shared, actions: [] } }), key }]);
    await book.commit([
      { ...change({ reply: book.get("posts", keys[0]!)!.value.reply, status: "sending" }) },
    ]);
    const [one, other] = keys.map((key) => book.get("posts", key)!.value);
    expect(one?.status).toBe("sending");
    expect(one?.reply.blocks).toBe(other?.reply.blocks);
    await book.close();
    const reopened = await open();
    expect(keys.map((key) => reopened.get("posts", key)?.value)).toEqual([one, other]);
  });
  it("cannot be changed by whoever gave them", async () => {
    const book = await bookFolder().open();
    const blocks: Block[] = [{ kind: "text", words: "as given" }];
    const given = { ...reply("Title"), blocks };
    const shared = sharedReply(given);
    await book.commit([change({ reply: given })]);
    blocks.push({ kind: "text", words: "later" });
    expect(book.get("posts", "slack:T1|p1")?.value.reply.blocks).toHaveLength(1);
    expect(shared.blocks).toHaveLength(1);
    expect(Object.isFrozen(shared.blocks)).toBe(true);
    await book.commit([change({ reply: given })]);
    expect(book.get("posts", "slack:T1|p1")?.value.reply.blocks).toHaveLength(2);
  });
  it("are known as what they were found to be, and as nothing else", () => {
    const { blocks } = sharedReply(words);
    expect(() => sealedChange(change({ reply: { ...words, figures: misshapen(blocks) } }))).toThrow(
      /value\.reply\.figures/,
    );
    expect(() => sealedChange(change({ told: misshapen(blocks) }))).toThrow(/value\.told/);
  });
  it("that do not fit are given back, and refused where they are to be kept", () => {
    const unfit = { ...words, blocks: misshapen([{ kind: "text" }]) };
    expect(sharedReply(unfit)).toBe(unfit);
    expect(() => sealedChange(change({ reply: unfit }))).toThrow(/value\.reply\.blocks\.0\.words/);
    const wrong = { ...told, filter: misshapen(1) };
    expect(sharedTold(wrong)).toBe(wrong);
    expect(() => sealedChange(change({ told: wrong }))).toThrow(/value\.told\.filter/);
  });
});
