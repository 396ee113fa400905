import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Bot, Caller } from "../../command/bot.ts";
import { completions } from "./completions.ts";
import { numbered, shown, type Button } from "./show.ts";

export interface Terminal {
  readonly bot: Bot;
  readonly input: Readable;
  /** Colours and column widths are used where this is a terminal. */
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly caller: Caller;
  /** Colours; by default as the output and NO_COLOR (https://no-color.org) say. */
  readonly colour?: boolean;
}

/**
 * Asks and answers line by line until `quit`, Ctrl-D or the end of the input. A number presses the
 * button it stands before in the last answer; Tab completes commands, arguments and their values.
 */
export async function terminalPrompt({
  bot,
  input,
  output,
  caller,
  colour,
}: Terminal): Promise<void> {
  const coloured = colour ?? (output.isTTY === true && !process.env["NO_COLOR"]);
  const lines = createInterface({
    input,
    output,
    terminal: output.isTTY === true,
    prompt: "pulse> ",
    completer: (line: string) => completions(bot, line),
  });
  let buttons: readonly Button[] = [];

  async function answer(text: string, via: "typed" | "pressed"): Promise<void> {
    const reply = await bot.answer({
      text,
      caller,
      place: { kind: "terminal", id: "terminal" },
      via,
    });
    buttons = numbered(reply);
    // A terminal that does not know its width says 0.
    const width = output.isTTY === true ? Math.max(24, output.columns || 80) : undefined;
    output.write(`${shown(reply, buttons, { coloured, width })}\n\n`);
  }

  async function take(line: string): Promise<void> {
    if (!/^\d{1,4}$/.test(line)) return await answer(line, "typed");
    const button = buttons[Number(line) - 1];
    if (button === undefined) output.write(`${noSuchButton(line, buttons.length)}\n\n`);
    else if ("url" in button) output.write(`${button.url}\n\n`);
    else await answer(button.run, "pressed");
  }

  lines.prompt();
  for await (const raw of lines) {
    const line = raw.trim();
    if (/^\/?(?:quit|exit)$/i.test(line)) break;
    if (line !== "") await take(line);
    lines.prompt();
  }
  lines.close();
}

function noSuchButton(number: string, count: number): string {
  if (count === 0) return `There is nothing to press yet. Ask first, for example: /layoffs google`;
  return `There is no button ${number}; the last answer has 1 to ${count}.`;
}
