import type { Json } from "../discord/json.ts";
import type { Asked, Asker } from "./asked.ts";
import { sending } from "./asked.ts";
import { dialogs } from "./dialogs.ts";
import type { Far } from "./methods.ts";
import { actorPayload, messagePayload, viewPayload } from "./payloads.ts";
import type { ResponseUrls } from "./response-urls.ts";
import type { Seen } from "./seen.ts";
import { seenMessage } from "./seen.ts";
import type { StoredMessage, User } from "./world.ts";

/** What people do in front of Slack. */
export function asking({
  far,
  responses,
  defaults,
}: {
  readonly far: Far;
  readonly responses: ResponseUrls;
  readonly defaults: Required<Asker>;
}) {
  const { world, views, socket } = far;
  const sends = sending(far, responses);
  const { asked, event, interaction, reaction, homeChanged } = sends;
  const from = ({ user = defaults.user, channel = defaults.channel }: Asker) => ({ user, channel });

  const act = (seen: Seen, action: Json, asker: Asker): Asked => {
    const { stored } = seen;
    const payload = {
      type: "block_actions",
      state: { values: {} },
      actions: [{ ...action, action_ts: world.newTs() }],
    };
    if ("content" in stored) {
      const { user } = stored;
      const home = homeChanged(user);
      const said = reaction({ user, channel: world.directChannel(user) });
      const delivery = socket.send("interactive", {
        ...payload,
        ...actorPayload(world, user),
        trigger_id: views.openTrigger(user),
        container: { type: "view", view_id: stored.id },
        view: viewPayload(world, stored),
      });
      return asked(delivery, () => [...home(), ...said()]);
    }
    if (!world.messages.includes(stored)) throw new Error("That message is gone.");
    const { channel } = stored;
    const user = asker.user ?? stored.seenBy ?? defaults.user;
    const isEphemeral = stored.seenBy !== undefined;
    return interaction(
      "interactive",
      {
        ...payload,
        ...actorPayload(world, user),
        container: {
          type: "message",
          message_ts: stored.ts,
          channel_id: channel.id,
          is_ephemeral: isEphemeral,
          ...(stored.thread !== undefined && { thread_ts: stored.thread }),
        },
        channel: { id: channel.id, name: channel.name },
        // Of a message that only one person sees, Slack gives away its place alone.
        ...(!isEphemeral && { message: messagePayload(world, stored) }),
      },
      { user, channel },
      stored,
    );
  };

  return {
    ...dialogs(far, sends, defaults),
    /** Types a slash command. */
    slash({
      command,
      text = "",
      ...asker
    }: { readonly command: string; readonly text?: string } & Asker): Asked {
      const { user, channel } = from(asker);
      return interaction(
        "slash_commands",
        {
          token: "verification-token",
          team_id: user.teamId,
          team_domain: world.team.domain,
          channel_id: channel.id,
          channel_name: channel.name,
          user_id: user.id,
          user_name: user.name,
          command,
          text,
          api_app_id: world.appId,
          is_enterprise_install: "false",
        },
        { user, channel },
      );
    },
    /** Presses the button with this label. */
    press(seen: Seen, label: string, asker: Asker = {}): Asked {
      const button = seen.buttons.find((each) => each.label === label);
      if (button === undefined)
        throw new Error(
          `No button “${label}” among ${seen.buttons.map((each) => each.label).join(", ")}.`,
        );
      const { type, action_id, block_id, text, value } = button.element;
      return act(
        seen,
        { type, action_id, block_id, text, ...(value !== undefined && { value }) },
        asker,
      );
    },
    /** Picks an option of a menu. */
    pick(seen: Seen, label: string, asker: Asker = {}): Asked {
      for (const { element, options } of seen.menus) {
        const option = options.find((each) => each.label === label);
        if (option === undefined) continue;
        const { type, action_id, block_id, placeholder } = element;
        const selected_option = {
          text: { type: "plain_text", text: label, emoji: true },
          value: option.value,
        };
        return act(seen, { type, action_id, block_id, placeholder, selected_option }, asker);
      }
      throw new Error(`No menu offers “${label}”.`);
    },
    /** Writes a message that mentions the bot, alone or in a thread. */
    mention({
      text,
      thread,
      ...asker
    }: { readonly text: string; readonly thread?: string } & Asker): Asked {
      const { user, channel } = from(asker);
      if (!channel.members.has(world.bot.id))
        throw new Error("Slack tells a bot only of channels it is in.");
      const message = world.place({
        channel,
        author: user,
        text: `<@${world.bot.id}> ${text}`,
        ...(thread !== undefined && { thread }),
      });
      const look = reaction({ user, channel }, thread ?? message.ts);
      return event(written(message, "app_mention"), look);
    },
    /** Writes to the bot directly. */
    dm({
      text,
      user = defaults.user,
      thread,
    }: {
      readonly text: string;
      readonly user?: User;
      readonly thread?: string;
    }): Asked {
      const channel = world.directChannel(user);
      const message = world.place({
        channel,
        author: user,
        text,
        ...(thread !== undefined && { thread }),
      });
      return event(
        { ...written(message, "message"), channel_type: "im" },
        reaction({ user, channel }),
      );
    },
    /** Writes a message that says nothing to the bot. */
    write({
      text,
      thread,
      ...asker
    }: { readonly text: string; readonly thread?: string } & Asker): Seen {
      const { user, channel } = from(asker);
      return seenMessage(
        world.place({ channel, author: user, text, ...(thread !== undefined && { thread }) }),
      );
    },
    /** Opens the bot's own tab. */
    openHome(user: User = defaults.user): Asked {
      const view = world.home(user);
      const body = {
        type: "app_home_opened",
        user: user.id,
        channel: world.directChannel(user).id,
        tab: "home",
        event_ts: world.newTs(),
        ...(view && { view: viewPayload(world, view) }),
      };
      const look = homeChanged(user);
      return event(body, look);
    },
    /** Chooses the bot's entry in a message's own menu. */
    shortcut({
      message,
      callbackId,
      user = defaults.user,
    }: {
      readonly message: Seen;
      readonly callbackId: string;
      readonly user?: User;
    }): Asked {
      const { stored } = message;
      if ("content" in stored) throw new Error("A home tab has no shortcuts.");
      const { channel } = stored;
      return interaction(
        "interactive",
        {
          ...actorPayload(world, user),
          type: "message_action",
          callback_id: callbackId,
          action_ts: world.newTs(),
          message_ts: stored.ts,
          channel: { id: channel.id, name: channel.name },
          message: messagePayload(world, stored),
        },
        { user, channel },
      );
    },
  };

  function written(message: StoredMessage, type: "app_mention" | "message"): Json {
    return {
      ...messagePayload(world, message),
      type,
      channel: message.channel.id,
      event_ts: message.ts,
      client_msg_id: world.newId("c"),
    };
  }
}
