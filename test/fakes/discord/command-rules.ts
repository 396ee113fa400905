import type { Problem } from "./api-fault.ts";
import { lengthProblem } from "./component-rules.ts";
import type { Json } from "./json.ts";
import { isGiven, listOf, recordOf, textOf } from "./json.ts";

/** https://docs.discord.com/developers/interactions/application-commands */
const OPTION = { subcommand: 1, group: 2, text: 3, integer: 4, number: 10 } as const;
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** What Discord finds wrong with a list of application commands. */
export function commandProblems(commands: readonly unknown[]): readonly Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [index, each] of commands.entries()) {
    const command = recordOf(each);
    const key = `${Number(command.type ?? 1)} ${textOf(command.name)}`;
    if (seen.has(key))
      problems.push({ path: `${index}`, code: "APPLICATION_COMMANDS_DUPLICATE_NAME" });
    seen.add(key);
    problems.push(...oneCommand(command, `${index}`));
  }
  return problems;
}

function oneCommand(command: Json, path: string): readonly Problem[] {
  if (command.type === 2 || command.type === 3)
    return lengthProblem(command.name, `${path}.name`, 32, 1);
  const problems = [
    ...nameProblems(command.name, `${path}.name`),
    ...descriptionProblems(command.description, `${path}.description`),
  ];
  problems.push(...optionsProblems(listOf(command.options), `${path}.options`));
  if (sizeOf(command) > 8_000) problems.push({ path, code: "APPLICATION_COMMAND_TOO_LARGE" });
  return problems;
}

function optionsProblems(options: readonly unknown[], path: string): readonly Problem[] {
  const problems: Problem[] = [];
  if (options.length > 25) problems.push({ path, code: "BASE_TYPE_MAX_LENGTH" });
  const all = options.map((each) => recordOf(each));
  const nested = all.filter(({ type }) => type === OPTION.subcommand || type === OPTION.group);
  if (nested.length > 0 && nested.length < all.length)
    problems.push({ path, code: "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID" });
  const names = new Set<unknown>();
  for (const [index, option] of all.entries()) {
    const at = `${path}.${index}`;
    if (names.has(option.name))
      problems.push({ path: at, code: "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED" });
    names.add(option.name);
    if (option.required === true && all.slice(0, index).some(({ required }) => required !== true)) {
      problems.push({ path: at, code: "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID" });
    }
    problems.push(
      ...nameProblems(option.name, `${at}.name`),
      ...descriptionProblems(option.description, `${at}.description`),
    );
    problems.push(...choicesProblems(option, at));
    if (nested.includes(option))
      problems.push(...optionsProblems(listOf(option.options), `${at}.options`));
  }
  return problems;
}

function choicesProblems(option: Json, path: string): readonly Problem[] {
  const choices = listOf(option.choices);
  const problems: Problem[] = [];
  if (choices.length > 25) problems.push({ path: `${path}.choices`, code: "BASE_TYPE_MAX_LENGTH" });
  if (choices.length > 0 && option.autocomplete === true) {
    problems.push({
      path: `${path}.autocomplete`,
      code: "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES_INVALID",
    });
  }
  for (const [index, each] of choices.entries()) {
    const { name, value } = recordOf(each);
    problems.push(...lengthProblem(name, `${path}.choices.${index}.name`, 100, 1));
    if (option.type === OPTION.text)
      problems.push(...lengthProblem(value, `${path}.choices.${index}.value`, 100, 1));
  }
  return problems;
}

function nameProblems(value: unknown, path: string): readonly Problem[] {
  const name = textOf(value);
  if (name === undefined) return [{ path, code: "BASE_TYPE_REQUIRED" }];
  return NAME.test(name) && name === name.toLowerCase()
    ? []
    : [{ path, code: "APPLICATION_COMMAND_INVALID_NAME" }];
}

function descriptionProblems(value: unknown, path: string): readonly Problem[] {
  return isGiven(value) && value !== ""
    ? lengthProblem(value, path, 100)
    : [{ path, code: "BASE_TYPE_REQUIRED" }];
}

function sizeOf(part: Json): number {
  const own =
    (textOf(part.name)?.length ?? 0) +
    (textOf(part.description)?.length ?? 0) +
    (textOf(part.value)?.length ?? 0);
  return [...listOf(part.options), ...listOf(part.choices)].reduce<number>(
    (sum, each) => sum + sizeOf(recordOf(each)),
    own,
  );
}

/** What Discord finds wrong with the suggestions for an option. */
export function suggestionProblems(data: Json, isText: boolean): readonly Problem[] {
  const choices = listOf(data.choices);
  if (choices.length > 25) return [{ path: "data.choices", code: "BASE_TYPE_MAX_LENGTH" }];
  return choices.flatMap((each, index) => {
    const { name, value } = recordOf(each);
    const at = `data.choices.${index}`;
    const isBad = (text: unknown): boolean =>
      typeof text !== "string" || text.length < 1 || text.length > 100;
    if (isBad(name)) return [{ path: `${at}.name`, code: "BASE_TYPE_BAD_LENGTH" }];
    if (!isText && typeof value !== "number")
      return [{ path: `${at}.value`, code: "NUMBER_TYPE_COERCE" }];
    return isText && isBad(value) ? [{ path: `${at}.value`, code: "BASE_TYPE_BAD_LENGTH" }] : [];
  });
}
