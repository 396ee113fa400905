import { Fault } from "../fault.ts";
import { list } from "../reply/words.ts";
import type { Asked, Command } from "./define.ts";
import { questionText } from "./question-text.ts";

/** One of the things a command can be about, where not all of its words count in each. */
export interface Mode<Word extends string = string> {
  /** "posted pay": what is asked about, in the words of a refusal. */
  readonly about: string;
  /** The words that change the answer. */
  readonly counts: readonly Word[];
  /** The words that choose it; where told, a question whose words do not all count elsewhere is offered with them. */
  readonly chosenBy?: Readonly<Partial<Record<Word, string>>>;
}

/** Whoever sees an answer, it is the same. */
const ALWAYS = ["share"];

/**
 * Throws a Fault (`unsupported`) where a word was typed that does not count in that mode: an answer without it would be to
 * another question. It offers the question without the word, and in modes where it counts.
 */
export function requireCounting(
  command: Pick<Command, "args" | "bare" | "modes">,
  mode: string,
  asked: Asked,
): void {
  const { about, counts } = command.modes[mode]!;
  const typed = Object.keys(asked.words);
  const idle = typed.filter((word) => !ALWAYS.includes(word) && !counts.includes(word));
  if (idle.length === 0) return;
  const keys = counts.filter((word) => !command.bare.includes(word));
  const elsewhere = Object.values(command.modes).flatMap((other) =>
    other.chosenBy !== undefined &&
    typed.every((word) => ALWAYS.includes(word) || other.counts.includes(word))
      ? [questionText(command, asked, other.chosenBy)]
      : [],
  );
  const without = Object.fromEntries(idle.map((word) => [word, undefined]));
  throw new Fault(
    "unsupported",
    `${list(idle.map(keyed))} ${idle.length === 1 ? "does" : "do"} not apply to ${about}.`,
    `${list(keys.map(keyed))} do.`,
    [questionText(command, asked, without), ...elsewhere],
  );
}

function keyed(word: string): string {
  return `${word}:`;
}
