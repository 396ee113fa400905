import { z } from "zod";
import type { Bot, Caller, Invocation, Place } from "../../../src/command/bot.ts";
import { choice, whole, words, yesNo } from "../../../src/command/args.ts";
import { defineCommand } from "../../../src/command/define.ts";
import type { Command } from "../../../src/command/define.ts";
import type { Reply } from "../../../src/reply/reply.ts";
import { reply } from "../../../src/reply/reply.ts";
import { chart } from "./replies.ts";

/** A bot in memory: it says back what it was asked, and what a test tells it to. */
export interface SmallBot extends Bot {
  readonly asked: readonly Invocation[];
  readonly askedAbout: readonly {
    readonly message: string;
    readonly caller: Caller;
    readonly place: Place;
  }[];
  /** What the next questions are answered with, in place of the echo. */
  say(reply: Reply | Promise<Reply>): void;
  /** Whether charts can be drawn. */
  canDraw: boolean;
}

export function smallBot(commands: readonly Command[] = [layoffs, help]): SmallBot {
  const asked: Invocation[] = [];
  const askedAbout: { message: string; caller: Caller; place: Place }[] = [];
  const kept = new Map<string, string>();
  const said: (Reply | Promise<Reply>)[] = [];
  return {
    commands,
    asked,
    askedAbout,
    canDraw: true,
    say: (next) => void said.push(next),
    async answer(invocation) {
      asked.push(invocation);
      return said.shift() ?? echo(invocation.text);
    },
    async about(message, caller, place) {
      askedAbout.push({ message, caller, place });
      return reply(`About ${message}`);
    },
    async check(message, writtenOn, caller, place) {
      askedAbout.push({ message: `${message} (${writtenOn})`, caller, place });
      return reply(`Checked ${message}`);
    },
    complete: (command, option, typed) => [
      { name: `${command} ${option}: ${typed}…`, value: `${typed}!` },
    ],
    async draw(_, theme) {
      if (!this.canDraw) throw new Error("no canvas");
      return new TextEncoder().encode(`png ${theme}`);
    },
    keep(command) {
      const key = `k${kept.size}`;
      kept.set(key, command);
      return key;
    },
    recall: (key) => kept.get(key),
    home: async () => reply("Home"),
  };
}

/** The question repeated, with two buttons, a menu and, when it asks for one, a chart. */
export function echo(text: string): Reply {
  return reply(`You asked ${text}`, {
    blocks: text.includes("chart") ? [{ kind: "chart", chart }] : [],
    actions: [
      { label: "Rows", run: `${text} rows:20` },
      { label: "Long", run: `${text} note:"${"long ".repeat(30)}"` },
      { label: "Share", run: "/share" },
    ],
    choices: [{ placeholder: "Period", options: [{ label: "2023", run: `${text} period:2023` }] }],
    notes: ["Basis: date announced"],
    audience: text.startsWith("/share") ? "everyone" : "asker",
  });
}

const layoffs = defineCommand({
  name: "layoffs",
  summary: "Layoffs at one company, or across the market",
  args: z.object({
    company: words("Company name", { complete: "company" }),
    from: words("First day to count"),
    basis: choice("Which date counts", ["announced", "learned"]),
    rows: whole("How many rows", 1, 25),
    rollup: yesNo("Count subsidiaries too"),
  }),
  bare: ["company"],
  examples: ["/layoffs google"],
  run: () => reply("unused"),
});

const help = defineCommand({
  name: "help",
  summary: "What I can do",
  args: z.object({}),
  examples: ["/help"],
  run: () => reply("unused"),
});
