import type { Gateway } from "./gateway.ts";
import { INTENTS } from "./gateway.ts";
import type { Interaction } from "./interactions.ts";
import type { Json } from "./json.ts";
import { listOf, recordOf, textOf } from "./json.ts";
import { MESSAGE_FLAGS } from "./message-rules.ts";
import type { Modal } from "./modals.ts";
import { modalData, seenModal } from "./modals.ts";
import { channelPayload, memberPayload, messagePayload, userPayload } from "./payloads.ts";
import type { Far } from "./routes.ts";
import type { Seen } from "./seen.ts";
import { seenMessage } from "./seen.ts";
import type { Channel, StoredMessage, User } from "./world.ts";

export type OptionValue = string | number | boolean;

/** Who asks, and where; the fake's own person and channel unless told. */
export interface Asker {
  readonly user?: User;
  readonly channel?: Channel;
}

/** An interaction on its way. */
export interface Asked {
  readonly id: string;
  /** The type of the first response. */
  first(): Promise<number>;
  /** The message that answers it, once it says something. */
  answer(): Promise<Seen>;
  /** The suggestions, for an option being typed. */
  choices(): Promise<readonly Json[]>;
  /** The modal that answers it. */
  modal(): Promise<Modal>;
  /** How it stands by now: whether it was responded to in time, and what was said or suggested. */
  stands(): { readonly isTaken: boolean; readonly answer: Seen | readonly Json[] | undefined };
}

const TYPES = { text: 3, integer: 4, boolean: 5 } as const;

/** What people do in front of Discord. Like its apps, it lets them fill in only what a command declared. */
export function asking({
  far,
  gateway,
  defaults,
}: {
  readonly far: Far;
  readonly gateway: Gateway;
  readonly defaults: Required<Asker>;
}) {
  const { world, interactions } = far;

  const send = (
    interaction: Interaction,
    type: number,
    data: object,
    message?: StoredMessage,
  ): Asked => {
    const { channel, user } = interaction;
    gateway.dispatch("INTERACTION_CREATE", {
      id: interaction.id,
      application_id: world.application.id,
      type,
      token: interaction.token,
      version: 1,
      data,
      channel: channelPayload(channel),
      channel_id: channel.id,
      ...(channel.guildId === undefined
        ? { user: userPayload(user) }
        : { guild_id: channel.guildId, member: memberPayload(user), guild_locale: "en-US" }),
      ...(message && { message: payload(message) }),
      context: channel.guildId === undefined ? 1 : 0,
      authorizing_integration_owners: { "0": channel.guildId ?? "0" },
      app_permissions: "2147483647",
      attachment_size_limit: 10 * 1024 * 1024,
      locale: "en-US",
      entitlements: [],
    });
    const what = `an answer to interaction ${interaction.id}`;
    return {
      id: interaction.id,
      first: () => world.see(() => interaction.first, what),
      answer: () => world.see(() => lastShown(interaction), what),
      choices: () => world.see(() => interaction.choices, what),
      modal: () =>
        world.see(() => interaction.modal && seenModal(interaction.modal, interaction), what),
      stands: () => ({
        isTaken: interaction.first !== undefined,
        answer: interaction.choices ?? lastShown(interaction),
      }),
    };
  };
  const payload = (message: StoredMessage) => messagePayload(message, { cdnUrl: far.cdnUrl() });
  const from = ({ user = defaults.user, channel = defaults.channel }: Asker) => ({ user, channel });
  const control = (message: Seen, customId: string, data: Json, asker: Asker): Asked => {
    const stored = world.messages.get(message.id);
    if (stored === undefined) throw new Error("That message is gone.");
    const user = asker.user ?? stored.seenBy ?? defaults.user;
    if (stored.seenBy !== undefined && stored.seenBy !== user)
      throw new Error(`${user.username} does not see that message.`);
    const interaction = interactions.open({
      kind: "component",
      user,
      channel: stored.channel,
      source: stored,
    });
    return send(interaction, 3, { custom_id: customId, ...data }, stored);
  };

  return {
    /** Types a slash command with its options. */
    slash({
      name,
      options = {},
      ...asker
    }: {
      readonly name: string;
      readonly options?: Readonly<Record<string, OptionValue>>;
    } & Asker): Asked {
      const command = commandNamed(far, name, 1);
      const data = { id: command.id, name, type: 1, options: filledIn(command, options) };
      return send(interactions.open({ kind: "command", ...from(asker) }), 2, data);
    },
    /** Types in one option, with what was filled in before. */
    autocomplete({
      name,
      option,
      typed,
      options = {},
      ...asker
    }: {
      readonly name: string;
      readonly option: string;
      readonly typed: string;
      readonly options?: Readonly<Record<string, OptionValue>>;
    } & Asker): Asked {
      const command = commandNamed(far, name, 1);
      const declared = listOf(command.options)
        .map((each) => recordOf(each))
        .find((each) => each.name === option);
      if (declared?.autocomplete !== true)
        throw new Error(`/${name} ${option} does not suggest anything.`);
      const data = {
        id: command.id,
        name,
        type: 1,
        options: [
          ...filledIn(command, options, false),
          { name: option, type: declared.type, value: typed, focused: true },
        ],
      };
      return send(
        interactions.open({
          kind: "autocomplete",
          ...from(asker),
          isText: declared.type === TYPES.text,
        }),
        4,
        data,
      );
    },
    /** Chooses the bot's entry in a message's own menu. */
    contextMenu({
      name,
      message,
      ...asker
    }: { readonly name: string; readonly message: Seen } & Asker): Asked {
      const command = commandNamed(far, name, 3);
      const target = world.messages.get(message.id);
      if (target === undefined) throw new Error("That message is gone.");
      const data = {
        id: command.id,
        name,
        type: 3,
        target_id: target.id,
        resolved: { messages: { [target.id]: payload(target) } },
      };
      return send(interactions.open({ kind: "command", ...from(asker) }), 2, data);
    },
    /** Presses the button with this label. */
    press(message: Seen, label: string, asker: Asker = {}): Asked {
      const button = message.buttons.find((each) => each.label === label);
      if (button?.customId === undefined)
        throw new Error(
          `No button “${label}” among ${message.buttons.map((each) => each.label).join(", ")}.`,
        );
      return control(message, button.customId, { component_type: 2 }, asker);
    },
    /** Picks an option of a menu. */
    pick(message: Seen, label: string, asker: Asker = {}): Asked {
      for (const menu of message.menus) {
        const option = menu.options.find((each) => each.label === label);
        if (option)
          return control(
            message,
            menu.customId,
            { component_type: 3, values: [option.value] },
            asker,
          );
      }
      throw new Error(`No menu offers “${label}”.`);
    },
    /** Sends a modal with some fields (by their labels) filled in anew. */
    submit(modal: Modal, values: Readonly<Record<string, string>> = {}): Asked {
      const { user, channel, source } = modal.opened;
      return send(
        interactions.open({ kind: "modal", user, channel }),
        5,
        modalData(modal, values, () => world.newId()),
        source,
      );
    },
    /** Writes a message that mentions the bot; `write` alone writes one that does not. */
    mention(text: string, asker: Asker = {}): Asked {
      return written(`<@${world.application.id}> ${text}`, from(asker));
    },
    write(text: string, asker: Asker = {}): Asked {
      return written(text, from(asker));
    },
    /** Writes to the bot directly. */
    dm(text: string, user: User = defaults.user): Asked {
      return written(text, { user, channel: world.directChannel(user) });
    },
  };

  function written(content: string, { user, channel }: Required<Asker>): Asked {
    const message = world.place({ channel, author: user, content });
    const isForUs = channel.guildId === undefined || content.includes(`<@${world.application.id}>`);
    gateway.dispatch("MESSAGE_CREATE", (intents) => {
      const wanted = channel.guildId === undefined ? INTENTS.directMessages : INTENTS.guildMessages;
      if ((intents & wanted) === 0) return undefined;
      return {
        ...payload(message),
        // Without the privileged intent only messages for us come with their text.
        ...(!isForUs && { content: "" }),
        mentions: isForUs && channel.guildId !== undefined ? [userPayload(world.application)] : [],
        ...(channel.guildId !== undefined && {
          guild_id: channel.guildId,
          member: memberPayload(user),
        }),
      };
    });
    const what = `an answer to ${content}`;
    const below = (): Seen | undefined => {
      const found = [...world.messages.values()].find(({ answers }) => answers === message.id);
      return found && seenMessage(found);
    };
    const none = async (): Promise<never> =>
      Promise.reject(new Error("A message is no interaction."));
    return {
      id: message.id,
      first: none,
      choices: none,
      modal: none,
      answer: () => world.see(below, what),
      stands: () => ({ isTaken: true, answer: below() }),
    };
  }
}

function lastShown({ shown }: Interaction): Seen | undefined {
  const last = shown.at(-1);
  return last === undefined || (last.flags & MESSAGE_FLAGS.loading) !== 0
    ? undefined
    : seenMessage(last);
}

function commandNamed(far: Far, name: string, type: number): Json {
  const command = far.commands.find((each) => each.name === name && each.type === type);
  if (command === undefined) throw new Error(`No command ${name} is registered.`);
  return command;
}

/** Options as Discord's apps send them; throws what the app would not let a person do. */
function filledIn(
  command: Json,
  values: Readonly<Record<string, OptionValue>>,
  needsRequired = true,
): object[] {
  const declared = listOf(command.options).map((each) => recordOf(each));
  for (const { name, required } of declared) {
    if (needsRequired && required === true && values[String(name)] === undefined)
      throw new Error(`${String(name)} is required.`);
  }
  return Object.entries(values).map(([name, value]) => {
    const option = declared.find((each) => each.name === name);
    if (option === undefined) throw new Error(`/${String(command.name)} has no option ${name}.`);
    const type =
      typeof value === "string"
        ? TYPES.text
        : typeof value === "number"
          ? TYPES.integer
          : TYPES.boolean;
    if (option.type !== type) throw new Error(`${name} is not of type ${type}.`);
    const choices = listOf(option.choices).map((each) => textOf(recordOf(each).value));
    if (choices.length > 0 && !choices.includes(String(value)))
      throw new Error(`${name} does not offer ${String(value)}.`);
    return { name, type, value };
  });
}
