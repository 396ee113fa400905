import { Fault } from "../fault.ts";
import type { Day } from "../market/facts.ts";
import { isPeriod } from "../market/period.ts";
import { argsOf } from "./args.ts";
import type { Asked, Command } from "./define.ts";
import { parseQuestion } from "./parse.ts";
import { questionText } from "./question-text.ts";

const TIME_WORDS = ["period", "asof", "todate", "from", "to"];

/**
 * Every refusal ends in something to type that is not what was just typed: what the refusal names, else the question with a
 * time that can be read, else the command's own page.
 */
export function withWayOut(
  fault: Fault,
  asked: Asked | undefined,
  commands: readonly Command[],
  today: Day,
): Fault {
  const command = commands.find(({ name }) => name === asked?.command);
  if (asked === undefined || command === undefined) return fault;
  const same = questionText(command, asked);
  const others = fault.tries.filter((text) => spelled(text, commands) !== same);
  const tries =
    others.length > 0 ? others : [...readable(command, asked, today), `/help ${command.name}`];
  return new Fault(fault.reason, fault.message, fault.right, tries);
}

function spelled(text: string, commands: readonly Command[]): string {
  try {
    const { command, asked } = parseQuestion(text, commands);
    return questionText(command, asked);
  } catch (fault) {
    if (fault instanceof Fault) return text;
    throw fault;
  }
}

/** The question with its unreadable time as an example writes it; a first or last day is left out. */
function readable(command: Command, asked: Asked, today: Day): readonly string[] {
  const word = TIME_WORDS.find(
    (name) => asked.words[name] !== undefined && !isPeriod(asked.words[name], today),
  );
  if (word === undefined) return [];
  const { meta } = argsOf(command).find(({ name }) => name === word) ?? {};
  const value = word === "from" || word === "to" ? undefined : meta?.example;
  return [questionText(command, asked, { [word]: value })];
}
