import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseQuestion } from "../../../src/command/parse.ts";
import { mentionedText, mentions, typedText } from "../../../src/platforms/discord/typed-text.ts";
import { smallBot } from "./small-bot.ts";

describe("typed text of a slash command", () => {
  it.each([
    [[], "/layoffs"],
    [
      [
        { name: "company", value: "google inc" },
        { name: "from", value: "2024-01-01" },
      ],
      '/layoffs company:"google inc" from:2024-01-01',
    ],
    [
      [
        { name: "rows", value: 5 },
        { name: "rollup", value: false },
      ],
      "/layoffs rows:5 rollup:no",
    ],
    [[{ name: "company", value: 'the "real" one' }], `/layoffs company:"the 'real' one"`],
    [[{ name: "company", value: "" }], "/layoffs"],
    [
      [
        { name: "company", value: "x" },
        { name: "more", value: "rows:5 from:2024" },
      ],
      "/layoffs company:x rows:5 from:2024",
    ],
  ])("%#: %j", (options, text) => {
    expect(typedText("layoffs", options)).toBe(text);
  });

  it("leaves a question inside a question as it was typed, and last", () => {
    const options = [
      { name: "question", value: 'layoffs "match group" period:2023' },
      { name: "format", value: "csv" },
    ];
    const command = { bare: ["question"], keepsUnknownKeys: true };
    expect(typedText("export", options, command)).toBe(
      '/export format:csv layoffs "match group" period:2023',
    );
  });

  it("says to the grammar what was filled in, whatever it was", () => {
    const value = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom("a:b", "rows:5", '"', "“x”", "a,b", ">=500", "not:x", "株式 会社", "\ttab"),
    );
    fc.assert(
      fc.property(value, (company) => {
        const { asked } = parseQuestion(
          typedText("layoffs", [
            { name: "company", value: company },
            { name: "rows", value: 7 },
          ]),
          smallBot().commands,
        );
        const plain = company.normalize("NFC").replace(/["“”]/g, "'").replace(/\s+/g, " ").trim();
        expect(asked.words.rows).toBe("7");
        expect(asked.words.company ?? "").toBe(plain);
      }),
    );
  });
});

describe("text of a message to us", () => {
  it.each([
    ["<@42> layoffs google", "/layoffs google"],
    ["<@!42>   /layoffs\n google", "/layoffs google"],
    ["layoffs google <@42>", "/layoffs google"],
    ["<@42>", "/help"],
    ["lay\u202Eoffs <@7>", "/layoffs <@7>"],
  ])("%j is the command %j", (content, text) => {
    expect(mentionedText(content, "42")).toBe(text);
  });

  it("is for us when it names us", () => {
    expect(mentions("hi <@!42>", "42")).toBe(true);
    expect(mentions("hi <@421> and @42", "42")).toBe(false);
  });
});
