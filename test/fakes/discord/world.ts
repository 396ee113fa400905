import { FAULTS, refuse } from "./api-fault.ts";
import type { Json } from "./json.ts";
import { isGiven, listOf, numberOf, recordOf, textOf } from "./json.ts";
import { checkMessage, keptAttachments, MESSAGE_FLAGS } from "./message-rules.ts";

export interface User {
  readonly id: string;
  readonly username: string;
  readonly bot?: boolean;
  /** Takes no direct messages. */
  readonly isClosed?: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** Absent in direct messages. */
  readonly guildId?: string;
  /** The other person of a direct message. */
  readonly recipient?: User;
  readonly bot: { readonly sees: boolean; readonly writes: boolean };
}

export interface Upload {
  readonly name: string;
  readonly contentType: string;
  readonly data: Buffer;
}

export interface StoredAttachment {
  readonly id: string;
  readonly filename: string;
  readonly description?: string;
  readonly contentType: string;
  readonly data: Buffer;
}

export interface StoredMessage {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly createdAt: number;
  /** Only this person sees it. */
  readonly seenBy?: User;
  readonly answers?: string;
  readonly nonce?: string;
  content: string;
  components: readonly unknown[];
  attachments: readonly StoredAttachment[];
  flags: number;
  editedAt?: number;
}

const DISCORD_EPOCH = 1_420_070_400_000;
/** Discord remembers a nonce "for the past few minutes". */
const NONCE_MS = 3 * 60_000;

/** Everything there is on the far side: people, channels and messages, under a clock that tests move. */
export class World {
  readonly application: User;
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, string>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, StoredMessage>();
  #now: number;
  #count = 0;
  #watchers = new Set<() => void>();

  constructor(now: number) {
    this.#now = now;
    this.application = { id: this.newId(), username: "market-pulse", bot: true };
    this.users.set(this.application.id, this.application);
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  /** A snowflake: https://docs.discord.com/developers/reference#snowflakes */
  newId(): string {
    this.#count += 1;
    return String((BigInt(this.#now - DISCORD_EPOCH) << 22n) + BigInt(this.#count));
  }

  addUser(username: string, more: Partial<User> = {}): User {
    const user = { id: this.newId(), username, ...more };
    this.users.set(user.id, user);
    return user;
  }

  addGuild(name: string): string {
    const id = this.newId();
    this.guilds.set(id, name);
    return id;
  }

  addChannel(name: string, guildId: string, bot: Partial<Channel["bot"]> = {}): Channel {
    const channel = { id: this.newId(), name, guildId, bot: { sees: true, writes: true, ...bot } };
    this.channels.set(channel.id, channel);
    return channel;
  }

  directChannel(recipient: User): Channel {
    const known = [...this.channels.values()].find(
      (channel) => channel.recipient?.id === recipient.id,
    );
    if (known) return known;
    const channel = {
      id: this.newId(),
      name: recipient.username,
      recipient,
      bot: { sees: true, writes: true },
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** Posts what the bot sent, or throws Discord's refusal. */
  post(
    body: Json,
    uploads: readonly Upload[],
    {
      channel,
      seenBy,
      isInteraction,
      prefix,
    }: {
      readonly channel: Channel;
      readonly seenBy?: User;
      readonly isInteraction: boolean;
      readonly prefix?: string;
    },
  ): StoredMessage {
    checkMessage(body, {
      isInteraction,
      uploaded: sizes(uploads),
      ...(prefix !== undefined && { prefix }),
    });
    const nonce = isGiven(body.nonce) ? String(body.nonce) : undefined;
    if (nonce !== undefined && body.enforce_nonce === true) {
      const earlier = [...this.messages.values()].find(
        (each) =>
          each.nonce === nonce && each.channel === channel && this.#now - each.createdAt < NONCE_MS,
      );
      if (earlier) return earlier;
    }
    const answers = this.#answered(recordOf(body.message_reference), channel);
    const message: StoredMessage = {
      id: this.newId(),
      channel,
      author: this.application,
      createdAt: this.#now,
      ...(seenBy !== undefined && { seenBy }),
      ...(answers !== undefined && { answers }),
      ...(nonce !== undefined && { nonce }),
      content: textOf(body.content) ?? "",
      components: listOf(body.components),
      attachments: this.#stored(body, uploads),
      flags: numberOf(body.flags) ?? 0,
    };
    this.messages.set(message.id, message);
    return message;
  }

  /** Changes a message of the bot as an edit does: what is not mentioned stays. */
  edit(
    message: StoredMessage,
    body: Json,
    uploads: readonly Upload[],
    isInteraction: boolean,
    prefix = "",
  ): StoredMessage {
    checkMessage(body, { prefix, isInteraction, uploaded: sizes(uploads), before: message });
    const { keptOld } = keptAttachments(body, sizes(uploads), message.attachments);
    if (Array.isArray(body.components)) message.components = body.components;
    if (isGiven(body.content)) message.content = textOf(body.content) ?? "";
    message.attachments = [
      ...message.attachments.filter(({ id }) => keptOld.includes(id)),
      ...this.#stored(body, uploads),
    ];
    message.flags =
      (message.flags & ~MESSAGE_FLAGS.loading) |
      ((numberOf(body.flags) ?? 0) & MESSAGE_FLAGS.componentsV2);
    message.editedAt = this.#now;
    return message;
  }

  /** A message by a person, or an empty promise by the bot. */
  place(
    message: Pick<StoredMessage, "channel" | "author"> & Partial<StoredMessage>,
  ): StoredMessage {
    const placed: StoredMessage = {
      id: this.newId(),
      createdAt: this.#now,
      content: "",
      components: [],
      attachments: [],
      flags: 0,
      ...message,
    };
    this.messages.set(placed.id, placed);
    return placed;
  }

  /** Says that something happened, to those who wait for it. */
  changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** The first value a look at the world gives; rejects when nothing comes within five real seconds. */
  async see<T>(look: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`Discord waited 5 s in vain for ${what}`));
      }, 5_000);
      const watcher = (): void => {
        const found = look();
        if (found === undefined) return;
        stop();
        resolve(found);
      };
      this.#watchers.add(watcher);
      watcher();
    });
  }

  #answered({ message_id, fail_if_not_exists }: Json, channel: Channel): string | undefined {
    const id = textOf(message_id);
    if (id === undefined) return undefined;
    if (this.messages.get(id)?.channel === channel) return id;
    refuse(
      fail_if_not_exists === false
        ? []
        : [{ path: "message_reference", code: "REPLIES_UNKNOWN_MESSAGE" }],
    );
    return undefined;
  }

  #stored(body: Json, uploads: readonly Upload[]): StoredAttachment[] {
    return uploads.map(({ name, contentType, data }, index) => {
      const listed = listOf(body.attachments)
        .map((each) => recordOf(each))
        .find(({ id }) => Number(id) === index);
      const description = textOf(listed?.description);
      return {
        id: this.newId(),
        filename: name,
        contentType,
        data,
        ...(description !== undefined && { description }),
      };
    });
  }
}

/** A channel the bot may write in, or what Discord answers. */
export function writable(channel: Channel | undefined): Channel {
  if (channel === undefined) throw FAULTS.unknownChannel();
  if (!channel.bot.sees) throw FAULTS.missingAccess();
  if (channel.recipient?.isClosed) throw FAULTS.closedDirectMessages();
  if (!channel.bot.writes) throw FAULTS.missingPermissions();
  return channel;
}

function sizes(uploads: readonly Upload[]): { readonly name: string; readonly size: number }[] {
  return uploads.map(({ name, data }) => ({ name, size: data.length }));
}
