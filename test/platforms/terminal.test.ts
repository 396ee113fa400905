import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Bot, Invocation } from "../../src/command/bot.ts";
import { defineCommand } from "../../src/command/define.ts";
import { completions } from "../../src/platforms/terminal/completions.ts";
import { terminalPrompt } from "../../src/platforms/terminal/prompt.ts";
import { reply } from "../../src/reply/reply.ts";

const layoffs = defineCommand({
  name: "layoffs",
  summary: "Layoffs at one company",
  args: z.object({
    company: z.string().optional().meta({ describe: "Company" }),
    from: z.string().optional().meta({ describe: "First day" }),
    sector: z.string().optional().meta({ describe: "Sector" }),
  }),
  bare: ["company"],
  examples: ["/layoffs acme"],
  run: () => reply("unused"),
});
const pulse = defineCommand({
  name: "pulse",
  summary: "The market",
  args: z.object({}),
  examples: [],
  run: () => reply("unused"),
});
const VALUES = ["Acme", "Acme Labs", "Consumer goods"];

/** A bot that repeats the question and offers three things to press. */
function parrot(): { readonly bot: Bot; readonly asked: Invocation[] } {
  const asked: Invocation[] = [];
  const bot: Bot = {
    commands: [pulse, layoffs],
    answer: async (invocation) => {
      asked.push(invocation);
      return reply(`You asked ${invocation.text}`, {
        notes: ["Basis: invented"],
        actions: [
          { label: "Rows", run: "/layoffs acme rows:yes" },
          { label: "Source", url: "https://example.org/a" },
        ],
        choices: [
          { placeholder: "Period", options: [{ label: "2023", run: "/layoffs acme period:2023" }] },
        ],
      });
    },
    about: async () => reply("unused"),
    check: async () => reply("unused"),
    complete: (_command, _option, typed) =>
      VALUES.filter((value) => value.toLowerCase().includes(typed.toLowerCase().slice(0, 4))).map(
        (value) => ({ name: value, value }),
      ),
    draw: async () => new Uint8Array(),
    keep: () => "key",
    recall: () => undefined,
    home: async () => reply("unused"),
  };
  return { bot, asked };
}

async function session(
  lines: readonly string[],
  colour?: boolean,
): Promise<{ readonly text: string; readonly asked: readonly Invocation[] }> {
  const { bot, asked } = parrot();
  const [input, output] = [new PassThrough(), new PassThrough()];
  const caller = { id: "local", tenant: "local" };
  const ended = terminalPrompt({
    bot,
    input,
    output,
    caller,
    ...(colour === undefined ? {} : { colour }),
  });
  input.end(lines.map((line) => `${line}\n`).join(""));
  await ended;
  return { text: String(output.read() ?? ""), asked };
}

describe("the terminal", () => {
  it("answers a line in plain text with numbered buttons", async () => {
    const { text } = await session(["layoffs acme"]);
    expect(text).toBe(
      "pulse> You asked layoffs acme\nBasis: invented\n[1] Rows [2] Source\nPeriod: [3] 2023\n\npulse> ",
    );
  });

  it("presses the button whose number is typed, a menu's option too", async () => {
    const { asked } = await session(["/layoffs acme", "1", "3"]);
    expect(asked.map(({ text, via }) => [text, via])).toEqual([
      ["/layoffs acme", "typed"],
      ["/layoffs acme rows:yes", "pressed"],
      ["/layoffs acme period:2023", "pressed"],
    ]);
  });

  it("shows the address behind a link", async () => {
    expect((await session(["/layoffs acme", "2"])).text).toContain("https://example.org/a\n");
  });

  it("says which buttons there are when a number is none of them", async () => {
    const { text, asked } = await session(["7", "/layoffs acme", "0"]);
    expect(text).toContain("There is nothing to press yet.");
    expect(text).toContain("There is no button 0; the last answer has 1 to 3.");
    expect(asked).toHaveLength(1);
  });

  it("ends at quit and asks nothing after it, and passes over empty lines", async () => {
    const { asked } = await session(["", "   ", "/layoffs acme", "Quit", "/layoffs other"]);
    expect(asked.map(({ text }) => text)).toEqual(["/layoffs acme"]);
  });

  it("is coloured only when asked or in a terminal", async () => {
    expect((await session(["layoffs"])).text).not.toContain("\u001B[");
    expect((await session(["layoffs"], true)).text).toContain(
      "\u001B[1mYou asked layoffs\u001B[22m",
    );
  });
});

describe("Tab", () => {
  const { bot } = parrot();

  it.each([
    ["", ["/pulse ", "/layoffs "], ""],
    ["/la", ["/layoffs "], "/la"],
    ["la", ["layoffs "], "la"],
    ["/pulse la", ["layoffs "], "la"],
    ["/layoffs ac", ["Acme", "Acme Labs"], "ac"],
    ["/layoffs acme l", ["Acme Labs"], "acme l"],
    ["/layoffs acme xy", ["Acme", "Acme Labs"], "acme xy"],
    ["/layoffs labs", ["Acme Labs"], "labs"],
    ["/layoffs fr", ["from:"], "fr"],
    ["/layoffs acme se", ["sector:"], "se"],
    ["/layoffs acme from:2024 se", ["sector:"], "se"],
    ["/layoffs sector:con", ['sector:"Consumer goods"'], "sector:con"],
    ['/layoffs sector:"consumer g', ['sector:"Consumer goods"'], 'sector:"consumer g'],
    ["/nothing ", [], ""],
  ])("after ‘%s’ offers %j", (line, offers, replaced) => {
    expect(completions(bot, line)).toEqual([offers, replaced]);
  });
});
