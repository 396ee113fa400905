import { again } from "../command/again.ts";
import type { Context } from "../command/define.ts";
import { Fault } from "../fault.ts";
import { list } from "../reply/words.ts";

/** Throws a Fault (`unsupported`) when a word was typed that does not narrow what is asked for; it offers the question without. */
export function refuseWords(
  words: readonly string[],
  context: Pick<Context, "asked" | "commands">,
  { of, right }: { readonly of: string; readonly right: string },
): void {
  const typed = words.filter((word) => context.asked.words[word] !== undefined);
  if (typed.length === 0) return;
  throw new Fault(
    "unsupported",
    `${list(typed.map((word) => `${word}:`))} ${typed.length === 1 ? "does" : "do"} not narrow ${of}.`,
    right,
    [again(context, Object.fromEntries(typed.map((word) => [word, undefined])))],
  );
}
