import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { words } from "../../src/command/args.ts";
import { defineCommand } from "../../src/command/define.ts";
import { filledCommand, keyedWords } from "../../src/command/fill.ts";
import { parseQuestion } from "../../src/command/parse.ts";
import { reply } from "../../src/reply/reply.ts";

const make = (name: string, keepsUnknownKeys: boolean) =>
  defineCommand({
    name,
    summary: "Something",
    args: z.object({ rest: words("The rest"), a: words("A"), b: words("B") }),
    bare: ["rest"],
    keepsUnknownKeys,
    examples: [`/${name}`],
    run: () => reply("unused"),
  });
const commands = [make("plain", false), make("keeper", true)];
const wordsOf = (text: string) => parseQuestion(text, commands).asked.words;

/** One line of what people and phones type, quotes and backslashes more often than not. */
const line = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', "“", "”", "\\", " ", "a:", "{b}", "$&", "x"),
      fc.string({ unit: "grapheme-ascii", maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join("").replace(/\s+/g, " ").trim());

describe("a filled-in form", () => {
  it("gives each of its own fields the value typed, whatever that is", () => {
    fc.assert(
      fc.property(line, line, (a, b) => {
        const given = { ...(a !== "" && { a }), ...(b !== "" && { b }) };
        expect(wordsOf(filledCommand("/plain a:{a} b:{b}", { a, b }))).toEqual(given);
        expect(wordsOf(filledCommand("/plain {a}", { a }))).toEqual(a === "" ? {} : { rest: a });
      }),
    );
  });

  it("comes back whole through a command that keeps the words it does not know", () => {
    fc.assert(
      fc.property(line, line, (c, d) => {
        const { rest = "" } = wordsOf(filledCommand("/keeper c:{c} d:{d}", { c, d }));
        expect(keyedWords(rest)).toEqual({ ...(c !== "" && { c }), ...(d !== "" && { d }) });
      }),
    );
  });

  it("leaves out the word of an empty field and of one that is not there", () => {
    expect(filledCommand("/plain a:{a} b:{b} go", { a: "  " })).toBe("/plain go");
    expect(filledCommand("/plain a:{constructor}", {})).toBe("/plain");
  });
});

it.each(["when people(7d) > 5", "c:1 loose", 'c:"open', "c:", '"c:1"'])(
  "%s is no list of keyed words",
  (text) => {
    expect(keyedWords(text)).toBeUndefined();
  },
);
