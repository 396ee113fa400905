import { describe, expect, it } from "vitest";
import {
  codeBlock,
  escapeMarkdown,
  inlineCode,
  markdown,
  link,
  webAddress,
} from "../../../src/platforms/discord/markdown.ts";

describe("foreign text", () => {
  it.each([
    ["@everyone", "\\@everyone"],
    ["mail@here.test", "mail\\@here.test"],
    ["<@1> <#2> <@&3> </x:4>", "\\<@1> \\<#2> \\<@&3> \\</x:4>"],
    ["<:a:1>", "\\<\\:a:1>"],
    ["[a](https://b)", "\\[a\\](https\\://b)"],
    [
      "**a** __b__ ~~c~~ ||d|| `e`",
      "\\*\\*a\\*\\* \\_\\_b\\_\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\`",
    ],
    ["# a\n > b\n- c\n-# d\n1. e", "\\# a\n \\> b\n\\- c\n\\-# d\n1\\. e"],
    ["10:30 and 12:45", "10:30 and 12:45"],
    [":tada:", "\\:tada:"],
    ["a\\*b", "a\\\\\\*b"],
    ["R&D, 3.5 %, a-b, C#", "R&D, 3.5 %, a-b, C#"],
    ["pay\u202Eroll\u200B", "payroll"],
  ])("%j is shown as it is", (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it("in bold keeps its blanks outside the marks", () => {
    expect(markdown([{ bold: "Press: " }, "a sample", { bold: " b\nc" }, { bold: " " }])).toBe(
      "**Press:** a sample **b c** ",
    );
  });

  it("in code cannot end the code", () => {
    expect(inlineCode("a`b")).toBe("`aˋb`");
    expect(inlineCode("")).toBe("");
    expect(codeBlock(["a", "```", "b ` c"])).toBe("```\na\nˋˋˋ\nb ` c\n```");
    expect(codeBlock(["``", "`"]).match(/```/g)).toHaveLength(2);
  });
});

describe("a link", () => {
  it.each([
    ["Google", "https://a.test/b?c=d", "[Google](<https://a.test/b?c=d>)"],
    ["a]b", "https://a.test/", "[a\\]b](<https://a.test/>)"],
    ["x", "https://a.test/<b>|c", "[x](<https://a.test/%3Cb%3E|c>)"],
    ["", "https://a.test/b", "[a.test](<https://a.test/b>)"],
    ["x", "javascript:alert(1)", "x"],
    ["x", "not an address", "x"],
  ])("%j to %j", (text, address, markdown) => {
    expect(link(text, address)).toBe(markdown);
  });

  it("goes to web addresses only", () => {
    expect(webAddress("ftp://a.test")).toBeUndefined();
    expect(webAddress("https://a.test/a b\n")).toBe("https://a.test/a%20b");
  });
});
