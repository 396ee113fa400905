import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { choice, whole, words, yesNo } from "../../src/command/args.ts";
import { defineCommand } from "../../src/command/define.ts";
import { checkedArgs } from "../../src/command/check.ts";
import { parseQuestion } from "../../src/command/parse.ts";
import { questionText } from "../../src/command/question-text.ts";
import { Fault } from "../../src/fault.ts";
import { reply } from "../../src/reply/reply.ts";

const pulse = defineCommand({
  name: "pulse",
  summary: "All",
  args: z.object({}),
  examples: ["/pulse"],
  run: () => reply("pulse"),
});
const find = defineCommand({
  name: "find",
  summary: "Find",
  args: z.object({
    company: words("Company name"),
    from: words("First day"),
    top: whole("Rows", 1, 25),
    by: choice("Group", ["month", "year"]),
    why: yesNo("Why"),
  }),
  bare: ["company"],
  examples: ["/find google"],
  run: () => reply("found"),
});
const wrap = defineCommand({
  name: "wrap",
  summary: "Wrap",
  args: z.object({ question: words("Question"), format: choice("Format", ["csv"]) }),
  bare: ["question"],
  keepsUnknownKeys: true,
  examples: ["/wrap find x"],
  run: () => reply("wrapped"),
});
const commands = [pulse, find, wrap];

function parse(text: string) {
  const { command, asked } = parseQuestion(text, commands);
  return {
    command: command.name,
    words: { ...asked.words },
    args: { ...checkedArgs(command, asked) },
  };
}

function faultOf(text: string): Fault {
  try {
    parse(text);
  } catch (fault) {
    if (fault instanceof Fault) return fault;
    throw fault;
  }
  throw new Error(`${text} was taken`);
}

describe("a typed question", () => {
  it("takes free words and key:value in any order", () => {
    expect(parse("/find match group from:2024-01-01 top:5").args).toEqual({
      company: "match group",
      from: "2024-01-01",
      top: 5,
    });
    expect(parse("/find top:5 match from:2024-01-01 group").args).toEqual({
      company: "match group",
      from: "2024-01-01",
      top: 5,
    });
  });
  it("keeps quoted blanks together, straight or curly", () => {
    expect(parse('/find from:"last week" “match group”').args).toEqual({
      company: "match group",
      from: "last week",
    });
  });
  it("is the same behind /pulse, without a slash and in capitals", () => {
    for (const text of ["/pulse find google", "find google", "/FIND google", "/pulse /find google"])
      expect(parse(text)).toMatchObject({ command: "find", args: { company: "google" } });
  });
  it("is the pulse when empty", () => {
    expect(parse("").command).toBe("pulse");
    expect(parse("/pulse").command).toBe("pulse");
  });
  it("hands the keys it does not know to the question inside", () => {
    expect(parse("/wrap find google top:3 format:csv").words).toEqual({
      question: "find google top:3",
      format: "csv",
    });
  });
  it("reads >= before a number as the bound it is, and thousands with commas", () => {
    expect(parse("/find top:>=5").args).toEqual({ top: 5 });
  });
});

describe("a mistyped question", () => {
  it.each([
    ["/fnd google", "unknown_command", "/find google"],
    ["/find topp:3", "bad_argument", "/find top:3"],
    ["/find top:0", "bad_argument", "/find top:1"],
    ["/find top:1e9", "bad_argument", "/find top:1"],
    ["/find top:٣", "bad_argument", "/find top:1"],
    ["/find top:3.7", "bad_argument", "/find top:1"],
    ["/find by:decade", "bad_argument", "/find by:month"],
    ["/find why:perhaps", "bad_argument", "/find why:yes"],
  ])("%s is refused as %s with %s to type", (text, reason, first) => {
    const fault = faultOf(text);
    expect({ reason: fault.reason, first: fault.tries[0] }).toEqual({ reason, first });
  });
  it("says a value given twice, a key without value, and too long a name", () => {
    expect(faultOf("/find top:3 top:5").message).toContain("given twice");
    expect(faultOf("/find from: google").message).toContain("has no value");
    expect(faultOf(`/find ${"A".repeat(400)}`)).toMatchObject({ reason: "too_long" });
    expect(faultOf("A".repeat(4000)).reason).toBe("too_long");
  });
  it("never treats words of the language's own objects as commands or keys", () => {
    for (const word of ["__proto__", "constructor", "toString"]) {
      expect(faultOf(`/${word}`).reason).toBe("unknown_command");
      expect(faultOf(`/find ${word}:x`).reason).toBe("bad_argument");
    }
  });
  it("is answered for any text, quickly, and never with another kind of failure", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (text) => {
        try {
          parse(text);
        } catch (fault) {
          expect(fault).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 300 },
    );
    const started = process.cpuUsage().user;
    for (const hostile of [
      `/find ${'"'.repeat(1900)}`,
      `/find ${"a:".repeat(900)}`,
      `/find ${"( a+)+$".repeat(200)}`,
    ])
      expect(() => parse(hostile)).not.toThrow(TypeError);
    expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
  });
});

describe("a question repeated with one thing changed", () => {
  it("parses back to the same words", () => {
    const word = fc.stringMatching(/^[a-z0-9]([a-z0-9 -]{0,10}[a-z0-9])?$/);
    fc.assert(
      fc.property(
        fc.record(
          { company: word, from: word, by: fc.constantFrom("month", "year") },
          { requiredKeys: [] },
        ),
        (given) => {
          const clean = Object.fromEntries(
            Object.entries(given).map(([key, value]) => [key, value.replace(/\s+/g, " ")]),
          );
          const text = questionText(find, { command: "find", words: clean });
          expect(parse(text).words).toEqual(clean);
        },
      ),
    );
  });
  it("leaves out what is changed to nothing", () => {
    expect(
      questionText(
        find,
        { command: "find", words: { company: "google", from: "2024" } },
        { from: undefined, top: "3" },
      ),
    ).toBe("/find google top:3");
  });
});
