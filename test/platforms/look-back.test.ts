import { describe, expect, it } from "vitest";
import { channelsOf } from "../../src/platforms/directs.ts";
import { lookedFor, TOO_FAR } from "../../src/platforms/look-back.ts";

describe("a look for our message", () => {
  /** A history of so many pages, with ours on one of them. */
  const pages = (count: number, oursOn?: number) => {
    const read: string[] = [];
    return {
      read,
      page: async (from: string) => {
        read.push(from);
        const at = read.length;
        return {
          ours: at === oursOn ? "ours" : undefined,
          next: at < count ? `page ${at + 1}` : undefined,
        };
      },
    };
  };
  it("reads on where the last page ended, until it is found", async () => {
    const history = pages(9, 3);
    expect(await lookedFor("start", history.page)).toBe("ours");
    expect(history.read).toEqual(["start", "page 2", "page 3"]);
  });
  it("says that nothing is there only when all was read", async () => {
    expect(await lookedFor("start", pages(1).page)).toBeUndefined();
    expect(await lookedFor("start", pages(5).page)).toBeUndefined();
  });
  it("ends after five pages, and then says nothing about the rest", async () => {
    const history = pages(6);
    expect(await lookedFor("start", history.page)).toBe(TOO_FAR);
    expect(history.read).toHaveLength(5);
  });
});

describe("the channel of a post", () => {
  const to = (kind: "channel" | "dm", id: string) =>
    ({ platform: "slack", tenant: "slack:T1", kind, id }) as const;
  it("is its own, or the direct messages of a person, opened once", async () => {
    const opened: string[] = [];
    const channelOf = channelsOf(async (person) => {
      opened.push(person);
      return `D-${person}`;
    });
    expect(await channelOf(to("channel", "C1"))).toBe("C1");
    expect([await channelOf(to("dm", "U1")), await channelOf(to("dm", "U1"))]).toEqual([
      "D-U1",
      "D-U1",
    ]);
    expect(opened).toEqual(["U1"]);
  });
  it("that could not be opened is asked for again", async () => {
    let isDown = true;
    const channelOf = channelsOf(async () => {
      if (isDown) throw new Error("down");
      return "D1";
    });
    await expect(channelOf(to("dm", "U1"))).rejects.toThrow("down");
    isDown = false;
    expect(await channelOf(to("dm", "U1"))).toBe("D1");
  });
});
