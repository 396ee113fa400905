import type { Context } from "./define.ts";
import { questionText } from "./question-text.ts";

/** The question just asked, as text, with some words changed or (undefined) left out: what a refining button runs. */
export function again(
  context: Pick<Context, "asked" | "commands">,
  change: Readonly<Record<string, string | undefined>>,
): string {
  const command = context.commands.find((candidate) => candidate.name === context.asked.command);
  return questionText(command, context.asked, change);
}
