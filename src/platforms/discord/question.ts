import type {
  APIApplicationCommandInteraction,
  APIInteraction,
  APIMessageComponentInteraction,
  APIModalSubmitInteraction,
  GatewayMessageCreateDispatchData,
} from "discord.js";
import {
  ApplicationCommandType,
  ComponentType,
  InteractionContextType,
  InteractionType,
  MessageType,
  PermissionFlagsBits,
} from "discord.js";
import type { Bot, Caller, Place, Standing } from "../../command/bot.ts";
import type { Reply } from "../../reply/reply.ts";
import { reply } from "../../reply/reply.ts";
import { pressedCommand, staleReply } from "../say.ts";
import { FLAGS } from "./component.ts";
import { sentForm } from "./form.ts";
import { CHECK_FIGURES } from "./register.ts";
import { mentionedText, mentions, typedText } from "./typed-text.ts";

/** A verified interaction as a question to the bot and the manner of its answer. */
export interface Question {
  ask(): Promise<Reply>;
  /** The answer takes the place of the message whose button was pressed. */
  readonly refines: boolean;
  /** Everything said here is between us and the asker anyway: nothing needs to be ephemeral. */
  readonly isDirect: boolean;
  /** It may be answered with a modal, as a modal itself may not. */
  readonly mayAskBack: boolean;
}

export type AnsweredInteraction =
  | APIApplicationCommandInteraction
  | APIMessageComponentInteraction
  | APIModalSubmitInteraction;

/** What an interaction asks; undefined for kinds we never offer. */
export function questionOf(interaction: APIInteraction, bot: Bot): Question | undefined {
  const caller = callerOf(interaction);
  if (caller === undefined) return undefined;
  const place = placeOf(interaction);
  const isDirect = interaction.context === InteractionContextType.BotDM;
  const answer = (text: string, via: "typed" | "pressed") =>
    bot.answer({ text, caller, place, via });

  if (interaction.type === InteractionType.ApplicationCommand) {
    const { data } = interaction;
    if (data.type === ApplicationCommandType.ChatInput) {
      const declared = bot.commands.find(({ name }) => name === data.name);
      const options = (data.options ?? []).filter((option) => "value" in option);
      return {
        ask: () => answer(typedText(data.name, options, declared), "typed"),
        refines: false,
        isDirect,
        mayAskBack: true,
      };
    }
    if (data.type === ApplicationCommandType.Message) {
      const message = data.resolved.messages[data.target_id];
      return {
        ask: () =>
          data.name === CHECK_FIGURES
            ? bot.check(
                message?.content ?? "",
                message?.timestamp.slice(0, 10) ?? "",
                caller,
                place,
              )
            : bot.about(message?.content ?? "", caller, place),
        refines: false,
        isDirect,
        mayAskBack: true,
      };
    }
    return undefined;
  }
  if (interaction.type === InteractionType.MessageComponent) {
    const command = pressedCommand(pressedValue(interaction), (key) => bot.recall(key));
    return {
      ask: () =>
        typeof command === "string" ? answer(command, "pressed") : Promise.resolve(command),
      refines: isDirect || isEphemeral(interaction),
      isDirect,
      mayAskBack: true,
    };
  }
  if (interaction.type === InteractionType.ModalSubmit) {
    const command = sentForm(interaction, (key) => bot.recall(key));
    return {
      ask: () => Promise.resolve(command === undefined ? staleReply() : answer(command, "pressed")),
      refines: false,
      isDirect,
      mayAskBack: false,
    };
  }
  return undefined;
}

export interface Spoken {
  readonly ask: () => Promise<Reply>;
}

/** A message that speaks to us: a direct message, or one in a server that mentions us. Undefined for all others. */
export function spokenOf(
  message: GatewayMessageCreateDispatchData,
  ourId: string,
  bot: Bot,
): Spoken | undefined {
  if (message.author.bot === true || message.webhook_id !== undefined) return undefined;
  if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return undefined;
  const isDirect = message.guild_id === undefined;
  if (!isDirect && !mentions(message.content, ourId)) return undefined;
  const caller = { id: message.author.id, tenant: tenantOf(message.guild_id, message.author.id) };
  const place: Place = { kind: isDirect ? "dm" : "channel", id: message.channel_id };
  return {
    ask: () =>
      bot.answer({ text: mentionedText(message.content, ourId), caller, place, via: "mention" }),
  };
}

/** An answer for when we failed ourselves. */
export function brokenReply(): Reply {
  return reply("Something broke on my side. Nothing was changed.", {
    reason: "internal",
    blocks: [{ kind: "text", words: "Try again; if it repeats, tell whoever runs this bot." }],
  });
}

export function callerOf(interaction: APIInteraction): Caller | undefined {
  const id = interaction.member?.user.id ?? interaction.user?.id;
  if (id === undefined) return undefined;
  const { member } = interaction;
  return {
    id,
    tenant: tenantOf(interaction.guild_id, id),
    ...(member !== undefined && { standing: standingOf(member.permissions, member.roles) }),
  };
}

/** What the signed request says of a member of a server; its permissions are those in this channel. */
function standingOf(permissions: string, roles: readonly string[]): Standing {
  const bits = BigInt(permissions);
  const has = (bit: bigint) => (bits & bit) !== 0n;
  const { Administrator, ManageChannels, ManageGuild } = PermissionFlagsBits;
  return {
    admin: has(Administrator),
    manager: has(ManageGuild) || has(ManageChannels),
    outsider: false,
    roles: [...roles],
  };
}

export function placeOf(interaction: APIInteraction): Place {
  return {
    kind: interaction.guild_id === undefined ? "dm" : "channel",
    id: interaction.channel?.id ?? "",
  };
}

/** What is kept belongs to a server; in direct messages to the person. */
function tenantOf(guildId: string | undefined, userId: string): string {
  return guildId === undefined ? `discord:dm:${userId}` : `discord:${guildId}`;
}

function pressedValue({ data }: APIMessageComponentInteraction): string {
  if (data.component_type === ComponentType.StringSelect) return data.values[0] ?? "";
  return data.custom_id;
}

function isEphemeral({ message }: APIMessageComponentInteraction): boolean {
  return ((message.flags ?? 0) & FLAGS.ephemeral) !== 0;
}
