import * as fc from "fast-check";
import { expect, it } from "vitest";
import { commandText, typedText, withoutMention } from "../../../src/platforms/slack/typed-text.ts";

it.each([
  ["layoffs min:&gt;=500", "layoffs min:>=500"],
  ["R&amp;D", "R&D"],
  ["&amp;lt;b&amp;gt;", "&lt;b&gt;"],
  ["<https://a.test|a.test> and <https://b.test>", "a.test and https://b.test"],
  ["<mailto:a@b.test|a@b.test>", "a@b.test"],
  ["<#C0GENERAL|news>", "#news"],
  ["<@U0SOMEONE|bob>", "@bob"],
  ["<@U0SOMEONE>", "<@U0SOMEONE>"],
  ["<!here|here>", "@here"],
  ["<!channel>", "<!channel>"],
  ["<>", "<>"],
  [" a\u00a0\n b\u202E ", "a b"],
  ["alert new when people(7d) &lt; 5", "alert new when people(7d) < 5"],
])("%j was typed as %j", (given, typed) => {
  expect(typedText(given)).toBe(typed);
});

it.each([
  ["", "/pulse"],
  ["layoffs google", "/layoffs google"],
  ["/trend layoffs", "/trend layoffs"],
  ["asof:2024-03-15", "/pulse asof:2024-03-15"],
  ["<!channel>", "/<!channel>"],
])("%j is the command %j", (words, command) => {
  expect(commandText(words)).toBe(command);
});

it("only our own name is taken out of a message", () => {
  expect(withoutMention("<@U0PULSE> a <@U0PULSE|pulse> <@U0PULSE1>", "U0PULSE")).toBe(
    "  a   <@U0PULSE1>",
  );
});

it("what a person types comes back, however Slack escapes it", () => {
  const typed = fc.string().map((text) => text.replace(/[^\x21-\x7e]+/g, " ").trim());
  fc.assert(
    fc.property(typed, (text) => {
      const sent = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      expect(typedText(sent)).toBe(text);
    }),
  );
});
