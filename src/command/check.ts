import type { z } from "zod";
import { Fault, cite } from "../fault.ts";
import { nearest } from "../market/nearest.ts";
import { argsOf } from "./args.ts";
import type { ArgMeta } from "./args.ts";
import type { Asked } from "./define.ts";
import { questionText } from "./question-text.ts";

/** What is needed of a declaration to check typed words and to say what would be right. */
interface Checked<Args extends z.ZodObject> {
  readonly name: string;
  readonly args: Args;
  readonly bare?: readonly string[];
  readonly examples: readonly string[];
}

/** The arguments of a question, typed; a Fault names the first that does not fit and what would. */
export function checkedArgs<Args extends z.ZodObject>(
  command: Checked<Args>,
  asked: Asked,
): z.infer<Args> {
  const result = command.args.safeParse(asked.words);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = String(issue?.path[0] ?? "");
  const meta = argsOf(command).find((arg) => arg.name === name)?.meta ?? { describe: "" };
  const given = asked.words[name];
  const example = exampleFor(command, asked, name, meta);
  if (given === undefined) {
    throw new Fault(
      "missing_argument",
      `/${command.name} needs ${cite(name)}: ${lowerFirst(meta.describe)}.`,
      "",
      example,
    );
  }
  if (issue?.code === "too_big") {
    throw new Fault(
      "too_long",
      `${cite(name)} is up to ${issue.maximum} characters; this has ${given.length.toLocaleString("en-US")}.`,
      "",
      [questionText({ bare: command.bare ?? [] }, asked, { [name]: undefined })],
    );
  }
  throw new Fault(
    "bad_argument",
    `${cite(given)} does not fit ${cite(name)}.`,
    `It takes ${expected(meta)}.`,
    example,
  );
}

function expected(meta: ArgMeta): string {
  if (meta.choices) return meta.choices.join(", ");
  if (meta.type === "integer") return `a whole number from ${meta.min} to ${meta.max}`;
  if (meta.type === "boolean") return "yes or no";
  return lowerFirst(meta.describe);
}

/** The same question with a value that fits, else the command's first example. */
function exampleFor(
  command: Checked<z.ZodObject>,
  asked: Asked,
  name: string,
  meta: ArgMeta,
): readonly string[] {
  const [close] = nearest(asked.words[name] ?? "", meta.choices ?? []);
  const value =
    close ??
    meta.choices?.[0] ??
    meta.example ??
    (meta.type === "integer" ? String(meta.min) : undefined);
  if (value === undefined) return command.examples.slice(0, 1);
  return [questionText({ bare: command.bare ?? [] }, asked, { [name]: value })];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
