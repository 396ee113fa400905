import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUDGET } from "../../../src/platforms/slack/limits.ts";
import { reply } from "../../../src/reply/reply.ts";
import { blockWeight } from "../../fakes/slack/block-weight.ts";
import { anyReply, TRAPS } from "./any-reply.ts";
import { pingsIn, problems, rendered, wire, words } from "./rendered.ts";

const RUNS = { numRuns: 50 };

describe("any reply, in any dress", () => {
  it.each([
    ["a message", {}],
    ["a message with pictures only", { picture: "upload" }],
    ["a message without pictures", { picture: "none" }],
    ["the app's own tab", { surface: "home" }],
  ] as const)("in %s is taken by Slack, within our budget, and pings nobody", (_, options) => {
    fc.assert(
      fc.property(anyReply, (said) => {
        const message = rendered(said, options);
        expect(problems(message, "surface" in options ? "home" : "message")).toEqual([]);
        expect(message.blocks.length).toBeLessThanOrEqual(BUDGET.blocks);
        expect(blockWeight(wire(message))).toBeLessThanOrEqual(BUDGET.characters);
        expect(message.text.length).toBeLessThanOrEqual(BUDGET.text);
        expect(message.text).not.toBe("");
        expect(pingsIn(message)).toEqual([]);
        expect(JSON.stringify(message.blocks).isWellFormed()).toBe(true);
      }),
      RUNS,
    );
  });

  it("is the same message every time", () => {
    fc.assert(
      fc.property(anyReply, (said) => {
        expect(rendered(said)).toEqual(rendered(said));
      }),
      { numRuns: 15 },
    );
  });

  it("has no two controls of one name", () => {
    fc.assert(
      fc.property(anyReply, (said) => {
        const ids = rendered(said).blocks.flatMap((block) =>
          block.type === "actions" ? block.elements.map((element) => element.action_id) : [],
        );
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 15 },
    );
  });
});

describe("foreign words", () => {
  it.each(TRAPS)("%j stay what they are, wherever they stand", (trap) => {
    const visible = trap.replace("\u200B", "");
    const message = rendered(
      reply(trap, {
        blocks: [
          {
            kind: "text",
            words: [trap, { bold: trap }, { code: trap }, { link: "https://a.test", text: trap }],
          },
          { kind: "bullets", items: [trap] },
          { kind: "figures", items: [{ label: trap, value: trap }] },
          { kind: "meters", items: [{ label: "a", ratio: 1, text: trap }] },
          { kind: "code", text: trap },
          {
            kind: "table",
            caption: trap,
            columns: [{ title: trap, align: "left" }],
            rows: [[trap]],
            more: 0,
          },
        ],
        actions: [{ label: trap, run: `/claim ${trap}` }],
        notes: [trap],
      }),
    );
    expect(pingsIn(message)).toEqual([]);
    expect(words(message).split(visible).length - 1).toBe(15);
  });

  it.each(TRAPS)("%j in a refusal are shown and dead", (trap) => {
    const message = rendered(reply(`No company ‘${trap}’.`, { reason: "not_found" }));
    expect(pingsIn(message)).toEqual([]);
    expect(words(message)).toContain(`⚠️ No company ‘${trap.replace("\u200B", "")}’.`);
  });
});
