import type {
  APIApplicationCommandBasicOption,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord.js";
import type { ArgMeta, Command } from "../../command/define.ts";
import { argsOf } from "../../command/define.ts";
import { clip, oneLine } from "../../reply/fit.ts";
import { LIMITS } from "./limits.ts";

/** Our commands have options and no subcommands: with subcommands the bare command could not be used. */
type Option = APIApplicationCommandBasicOption;
type SlashCommand = Omit<RESTPostAPIChatInputApplicationCommandsJSONBody, "options"> & {
  options?: Option[];
};
type MenuCommand = RESTPostAPIContextMenuApplicationCommandsJSONBody;
export type DiscordCommand = SlashCommand | MenuCommand;

/** The entry in a message's own menu: what do we know of the companies it names? */
export const ASK_ABOUT = "Ask market-pulse";
/** And: are the figures it states right? */
export const CHECK_FIGURES = "Check the figures";

/** The option that takes, as typed words, the arguments a command has beyond Discord's 25. */
export const MORE = "more";

/** In servers, in direct messages with us, and in other direct messages where a person brought us along. */
const EVERYWHERE = {
  contexts: [0, 1, 2],
  integration_types: [0, 1],
} satisfies Partial<DiscordCommand>;

/** Our commands as Discord's global application commands, with typed options; and the entries of the message menu. */
export function discordCommands(commands: readonly Command[]): readonly DiscordCommand[] {
  return [
    ...commands.map(slashCommand),
    ...[ASK_ABOUT, CHECK_FIGURES].map((name) => ({ type: 3, name, ...EVERYWHERE }) as const),
  ];
}

/** The options of a command that Discord shows one by one; the rest go into `more`. */
function slashCommand(command: Command): SlashCommand {
  const options = argsOf(command)
    .toSorted((left, right) => Number(right.required) - Number(left.required))
    .map(({ name, meta, required }) => optionOf(name, meta, required));
  const head = {
    type: 1,
    name: command.name,
    description: described(command.summary, command.name),
    ...EVERYWHERE,
  } as const;
  let shown = options.length <= LIMITS.commandOptions ? options.length : LIMITS.commandOptions - 1;
  const built = (): SlashCommand => ({
    ...head,
    options:
      shown === options.length
        ? options
        : [...options.slice(0, shown), moreOption(options.slice(shown))],
  });
  while (shown > 0 && commandSize(built()) > LIMITS.commandCharacters) shown -= 1;
  return built();
}

function optionOf(name: string, meta: ArgMeta, required: boolean): Option {
  const base = { name, description: described(meta.describe, name), ...(required && { required }) };
  if (meta.type === "boolean") return { type: 5, ...base };
  if (meta.type === "integer") {
    return {
      type: 4,
      ...base,
      ...(meta.min !== undefined && { min_value: meta.min }),
      ...(meta.max !== undefined && { max_value: meta.max }),
    };
  }
  const choices = meta.choices ?? [];
  if (
    choices.length > 0 &&
    choices.length <= LIMITS.optionChoices &&
    choices.every((choice) => choice.length <= LIMITS.choiceText)
  ) {
    return {
      type: 3,
      ...base,
      choices: choices.map((choice) => ({ name: choice, value: choice })),
    };
  }
  return { type: 3, ...base, ...(meta.complete !== undefined && { autocomplete: true as const }) };
}

function moreOption(left: readonly Option[]): Option {
  const names = left.map(({ name }) => `${name}:`).join(" ");
  return {
    type: 3,
    name: MORE,
    description: described(`More words as key:value, for ${names}`, MORE),
  };
}

function described(text: string, name: string): string {
  return clip(oneLine(text), LIMITS.commandDescription) || name;
}

/** Characters Discord counts to its 8,000 a command: names, descriptions and values. */
function commandSize({ name, description, options = [] }: SlashCommand): number {
  return options.reduce(
    (sum, option) => sum + option.name.length + option.description.length + choicesSize(option),
    name.length + description.length,
  );
}

function choicesSize(option: Option): number {
  if (!("choices" in option) || option.choices === undefined) return 0;
  return option.choices.reduce(
    (sum, { name, value }) => sum + name.length + String(value).length,
    0,
  );
}
