import { z } from "zod";
import { words } from "../src/command/args.ts";
import { argsOf, defineCommand } from "../src/command/define.ts";
import type { Command } from "../src/command/define.ts";
import { usageLine } from "../src/command/usage.ts";
import { Fault, cite } from "../src/fault.ts";
import { nearest } from "../src/market/nearest.ts";
import type { Reply } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";

export const help = defineCommand({
  name: "help",
  summary: "What I can do, with examples to run",
  args: z.object({
    command: words("One command, for all its words", { complete: "command", example: "layoffs" }),
  }),
  bare: ["command"],
  examples: ["/help", "/help layoffs"],
  run: ({ command }, { commands }) => {
    if (command === undefined) return overview(commands);
    const name = command.replace(/^\//, "").toLowerCase();
    const found = commands.find((candidate) => candidate.name === name);
    if (found !== undefined) return page(found);
    const close = nearest(
      name,
      commands.map((candidate) => candidate.name),
    );
    throw new Fault(
      "not_found",
      `There is no command ${cite(command)}.`,
      close[0] ? `Did you mean /${close[0]}?` : "/help lists them all.",
      [...close.slice(0, 3).map((other) => `/help ${other}`), "/help"],
    );
  },
});

function overview(commands: readonly Command[]): Reply {
  return reply("market-pulse: who cuts, who pays more, how sure we are", {
    blocks: [
      {
        kind: "bullets",
        items: commands.map((command) => [{ bold: `/${command.name}` }, ` ${command.summary}`]),
      },
      {
        kind: "text",
        words: [
          "Words go in any order: ",
          { code: "/layoffs google from:2024-01-01 country:US" },
          ". On Slack every command also works as ",
          { code: "/pulse command …" },
          ".",
        ],
      },
    ],
    figures: { commands: commands.map((command) => command.name) },
    actions: [
      "/pulse",
      "/layoffs google",
      "/trend layoffs compare:yoy",
      "/salary ai-engineer level:senior",
      "/top cuts",
    ].map((run) => ({ label: run, run })),
    choices: [
      {
        placeholder: "Help for…",
        options: commands.map((command) => ({
          label: `/${command.name}`,
          run: `/help ${command.name}`,
          detail: command.summary,
        })),
      },
    ],
  });
}

function page(command: Command): Reply {
  const args = argsOf(command);
  return reply(`/${command.name}: ${command.summary}`, {
    blocks: [
      { kind: "code", text: usageLine(command) },
      ...(args.length === 0
        ? []
        : [
            {
              kind: "bullets" as const,
              items: args.map(({ name, meta }) => [
                { code: `${name}:` },
                ` ${meta.describe}${meta.choices ? ` (${meta.choices.join(", ")})` : ""}${meta.example ? `, e.g. ${meta.example}` : ""}`,
              ]),
            },
          ]),
      ...Object.entries(command.without).map(([name, { says, why }]) => ({
        kind: "text" as const,
        words: ["No ", { code: `${name}:` }, ` here. ${says} ${why}`],
      })),
    ],
    figures: { command: command.name, args: args.map(({ name }) => name) },
    actions: command.examples.map((run) => ({ label: run, run })),
  });
}
