import { z } from "zod";
import type { Bot, Invocation } from "../../../src/command/bot.ts";
import type { Command } from "../../../src/command/define.ts";
import { defineCommand } from "../../../src/command/define.ts";
import type { Reply } from "../../../src/reply/reply.ts";
import { reply } from "../../../src/reply/reply.ts";

/** One white pixel: a picture is a picture. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=",
  "base64",
);

export interface SmallBot extends Bot {
  readonly asked: readonly Invocation[];
  readonly drawn: () => number;
  /** What the bot says to a command, by its whole text; everything else is echoed. */
  readonly answers: Map<string, Reply | Promise<Reply>>;
  drawing: () => Promise<Uint8Array>;
  /** Forgets every key, as after months. */
  forget(): void;
}

export const smallCommands: readonly Command[] = [
  defineCommand({
    name: "pulse",
    summary: "The market",
    args: z.object({}),
    ownSlash: true,
    examples: ["/pulse"],
    run: () => reply("Pulse"),
  }),
  defineCommand({
    name: "layoffs",
    summary: "Layoffs",
    args: z.object({ company: z.string().optional().meta({ describe: "Company" }) }),
    bare: ["company"],
    ownSlash: true,
    examples: ["/layoffs google"],
    run: () => reply("Layoffs"),
  }),
  defineCommand({
    name: "sources",
    summary: "Where facts come from",
    args: z.object({}),
    examples: ["/sources"],
    run: () => reply("Sources"),
  }),
];

/** A bot of a few lines: it echoes what it was asked, with a button and a menu, and remembers the questions. */
export function smallBot(): SmallBot {
  const asked: Invocation[] = [];
  const answers = new Map<string, Reply | Promise<Reply>>();
  const kept = new Map<string, string>();
  let drawn = 0;
  const echo = (text: string): Reply =>
    reply(`You asked ${text}`, {
      blocks: [{ kind: "text", words: ["Some ", { bold: "words" }] }],
      actions: [
        { label: "Rows", run: `${text} rows:yes` },
        { label: "Share", run: `${text} share:yes`, style: "primary" },
        { label: "Read", url: "https://example.com/story" },
      ],
      choices: [
        {
          placeholder: "Period…",
          options: [
            { label: "2023", run: `${text} period:2023` },
            { label: "2024", run: `${text} period:2024` },
          ],
        },
      ],
      notes: ["source: invented"],
      audience: text.includes("share:yes") ? "everyone" : "asker",
    });
  const bot: SmallBot = {
    commands: smallCommands,
    asked,
    answers,
    drawn: () => drawn,
    drawing: async () => PIXEL,
    answer(invocation) {
      asked.push(invocation);
      return Promise.resolve(answers.get(invocation.text) ?? echo(invocation.text));
    },
    about(message, caller, place) {
      asked.push({ text: `about ${message}`, caller, place, via: "pressed" });
      return Promise.resolve(reply(`About: ${message}`));
    },
    check(message, writtenOn, caller, place) {
      asked.push({ text: `check ${message} ${writtenOn}`, caller, place, via: "pressed" });
      return Promise.resolve(reply(`Checked: ${message}`));
    },
    complete: () => [],
    draw() {
      drawn += 1;
      return bot.drawing();
    },
    keep(command) {
      const key = `k${[...kept.values()].includes(command) ? [...kept.values()].indexOf(command) : kept.size}`;
      kept.set(key, command);
      return key;
    },
    recall: (key) => kept.get(key),
    forget: () => kept.clear(),
    home: () => Promise.resolve(answers.get("home") ?? echo("/pulse")),
  };
  return bot;
}
