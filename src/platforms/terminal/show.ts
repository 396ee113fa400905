import { styleText } from "node:util";
import { displayWidth, oneLine } from "../../reply/fit.ts";
import { plainText } from "../../reply/plain.ts";
import type { Reply } from "../../reply/reply.ts";

/** A button or a menu's option; pressing it is typing its number. */
export type Button =
  | { readonly label: string; readonly run: string; readonly menu?: string }
  | { readonly label: string; readonly url: string };

/** Everything in an answer that can be pressed: its buttons, then the options of its menus. */
export function numbered({ actions, choices }: Reply): readonly Button[] {
  return [
    ...actions,
    ...choices.flatMap(({ placeholder, options }) =>
      options.map(({ label, run }) => ({ label, run, menu: placeholder })),
    ),
  ];
}

/** An answer as the terminal shows it: the headline bold, small print faint, numbered buttons last. */
export function shown(
  reply: Reply,
  buttons: readonly Button[],
  { coloured, width }: { readonly coloured: boolean; readonly width: number | undefined },
): string {
  const style = (format: "bold" | "yellow" | "dim" | "cyan", text: string): string =>
    coloured ? styleText(format, text, { validateStream: false }) : text;
  const text = plainText(reply, { actions: "none", ...(width === undefined ? {} : { width }) });
  const [title = "", ...rest] = text.split("\n");
  const small = rest.length - reply.notes.length;
  return [
    style(reply.reason === undefined ? "bold" : "yellow", title),
    ...rest.map((line, at) => (at < small ? line : style("dim", line))),
    ...buttonLines(buttons, width ?? 80).map((line) => style("cyan", line)),
  ].join("\n");
}

/** `[1] Rows [2] Chart`, broken between buttons; each menu begins a line with its name. */
function buttonLines(buttons: readonly Button[], width: number): string[] {
  const lines: string[] = [];
  let menu: string | undefined;
  for (const [at, button] of buttons.entries()) {
    const its = "menu" in button ? button.menu : undefined;
    const word = `[${at + 1}] ${oneLine(button.label)}`;
    const longer = `${lines.at(-1)} ${word}`;
    if (its !== menu) lines.push(`${oneLine(its ?? "")}: ${word}`);
    else if (lines.length > 0 && displayWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
    menu = its;
  }
  return lines;
}
