import type { Access } from "./access.ts";
import { scopeFor } from "./access.ts";
import { ApiFault, rateLimited } from "./api-fault.ts";
import { word } from "./args.ts";
import type { Json } from "../discord/json.ts";
import type { Channel, StoredMessage, World } from "./world.ts";

/** Who may read and write where, and how fast. */
export class Conversations {
  readonly #world: World;
  readonly #access: Access;
  readonly #limitedUntil = new Map<string, number>();

  constructor(world: World, access: Access) {
    this.#world = world;
    this.#access = access;
  }

  /** Refuses whatever goes to this channel for so many seconds. */
  limit(channel: Channel, seconds: number): void {
    this.#limitedUntil.set(channel.id, this.#world.now() + seconds * 1_000);
  }

  /** The channel to write in, or Slack's refusal. A person's id means the direct messages with them. */
  writable(args: Json): Channel {
    const channel = this.#known(word(args, "channel"));
    const leftMs = (this.#limitedUntil.get(channel.id) ?? 0) - this.#world.now();
    if (leftMs > 0) throw rateLimited(leftMs / 1_000);
    const isIn = channel.members.has(this.#world.bot.id);
    if (!isIn && (channel.kind !== "public" || !this.#access.has("chat:write.public")))
      throw new ApiFault("not_in_channel");
    if (channel.user?.isClosed === true) throw new ApiFault("channel_not_found");
    if (channel.isArchived) throw new ApiFault("is_archived");
    if (channel.isReadOnly) throw new ApiFault("restricted_action");
    return channel;
  }

  readable(args: Json): Channel {
    const channel = this.#known(word(args, "channel"));
    this.#access.need(scopeFor(channel, "history"));
    if (!channel.members.has(this.#world.bot.id)) throw new ApiFault("not_in_channel");
    return channel;
  }

  listed(args: Json): Channel {
    const channel = this.#known(word(args, "channel"));
    this.#access.need(scopeFor(channel, "read"));
    return channel;
  }

  /** A message of the bot that everybody sees, or the refusal. */
  own(args: Json, refusal: "cant_update_message" | "cant_delete_message"): StoredMessage {
    const channel = this.#known(word(args, "channel"));
    const found = this.#world.messages.find(
      ({ ts, channel: place, seenBy }) =>
        ts === args.ts && place === channel && seenBy === undefined,
    );
    if (found === undefined) throw new ApiFault("message_not_found");
    if (found.author !== this.#world.bot) throw new ApiFault(refusal);
    this.writable(args);
    return found;
  }

  /** A private channel the bot is not in does not exist for it. */
  #known(id: string): Channel {
    const user = this.#world.users.get(id);
    const channel = user ? this.#world.directChannel(user) : this.#world.channels.get(id);
    if (
      channel === undefined ||
      (channel.kind === "private" && !channel.members.has(this.#world.bot.id))
    )
      throw new ApiFault("channel_not_found");
    return channel;
  }
}
