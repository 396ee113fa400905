import { randomBytes } from "node:crypto";
import type { Json } from "../discord/json.ts";

export interface User {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
  /** Has left, or wants no direct messages of the bot. */
  isClosed: boolean;
  /** What they are in this workspace. */
  rank: "owner" | "admin" | "member" | "guest" | "single-channel guest";
  /** Another workspace's for people met in a shared channel. */
  teamId: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: "public" | "private" | "im";
  /** The other person of a direct message. */
  readonly user?: User;
  readonly members: Set<string>;
  /** Who made it. */
  readonly creator?: User;
  isArchived: boolean;
  isReadOnly: boolean;
  /** Shared with another organisation through Slack Connect. */
  isShared: boolean;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly altText: string;
  readonly length: number;
  readonly uploadKey: string;
  title: string;
  bytes?: Buffer;
  /** Since when it is more than an upload, by the clock of the world. */
  completedAt?: number;
}

export interface StoredMessage {
  readonly ts: string;
  readonly channel: Channel;
  readonly author: User;
  /** Only this person sees it. */
  readonly seenBy?: User;
  readonly thread?: string;
  readonly clientMsgId?: string;
  text: string;
  blocks: readonly unknown[];
  metadata?: Json;
  files: readonly StoredFile[];
  editedAt?: number;
}

export interface StoredView {
  readonly id: string;
  readonly kind: "home" | "modal";
  readonly user: User;
  hash: string;
  content: Json;
}

/** What became of a message. */
export interface Happening {
  readonly kind: "message" | "message_changed" | "message_deleted";
  readonly message: StoredMessage;
  /** What it was before it changed. */
  readonly before?: StoredMessage;
}

/** Everything there is on the far side: people, channels, messages, files, under a clock that tests move. */
export class World {
  readonly team = { id: "T0ACME001", domain: "acme" };
  readonly appId = "A0PULSE01";
  readonly bot: User;
  readonly botId = "B0PULSE01";
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly files = new Map<string, StoredFile>();
  readonly views = new Map<string, StoredView>();
  messages: readonly StoredMessage[] = [];
  #now: number;
  #count = 0;
  #lastMicros = 0;
  readonly #watchers = new Set<() => void>();
  readonly #followers: ((happening: Happening) => void)[] = [];

  constructor(now: number) {
    this.#now = now;
    this.bot = this.addUser("pulse", true);
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  newId(letter: string): string {
    this.#count += 1;
    return `${letter}0${this.#count.toString(36).toUpperCase().padStart(8, "0")}`;
  }

  /** The time of a message is its name, so no two are the same. */
  newTs(): string {
    this.#lastMicros = Math.max(this.#now * 1_000, this.#lastMicros + 1);
    const digits = String(this.#lastMicros);
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  }

  addUser(name: string, isBot = false, more: Partial<Pick<User, "rank" | "teamId">> = {}): User {
    const user: User = {
      id: this.newId("U"),
      name,
      isBot,
      isClosed: false,
      rank: "member",
      teamId: this.team.id,
      ...more,
    };
    this.users.set(user.id, user);
    return user;
  }

  addChannel(
    name: string,
    {
      members = [this.bot],
      ...more
    }: Partial<Omit<Channel, "members">> & { readonly members?: readonly User[] } = {},
  ): Channel {
    const channel: Channel = {
      id: this.newId("C"),
      name,
      kind: "public",
      isArchived: false,
      isReadOnly: false,
      isShared: false,
      ...more,
      members: new Set(members.map(({ id }) => id)),
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  directChannel(user: User): Channel {
    const known = [...this.channels.values()].find((channel) => channel.user === user);
    return (
      known ??
      this.addChannel("directmessage", {
        id: this.newId("D"),
        kind: "im",
        user,
        members: [this.bot, user],
      })
    );
  }

  place(
    message: Pick<StoredMessage, "channel" | "author"> & Partial<StoredMessage>,
  ): StoredMessage {
    const placed = { ts: this.newTs(), text: "", blocks: [], files: [], ...message };
    this.messages = [...this.messages, placed];
    this.#tell({ kind: "message", message: placed });
    return placed;
  }

  edit(message: StoredMessage, content: Partial<StoredMessage>): void {
    const before = { ...message };
    Object.assign(message, content, { editedAt: this.#now });
    this.#tell({ kind: "message_changed", message, before });
  }

  remove(message: StoredMessage): void {
    this.messages = this.messages.filter((each) => each !== message);
    this.#tell({ kind: "message_deleted", message });
  }

  /** Calls back whenever a message comes, changes or goes. */
  follow(listener: (happening: Happening) => void): void {
    this.#followers.push(listener);
  }

  #tell(happening: Happening): void {
    for (const follower of this.#followers) follower(happening);
  }

  home(user: User): StoredView | undefined {
    return [...this.views.values()].find((view) => view.kind === "home" && view.user === user);
  }

  newHash(): string {
    return `${Math.floor(this.#now / 1_000)}.${randomBytes(4).toString("hex")}`;
  }

  /** Says that something happened, to those who wait for it. */
  changed(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** The first value a look gives; rejects with what the look throws, or when nothing comes within five real seconds. */
  async see<T>(look: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`Slack waited 5 s in vain for ${what}`));
      }, 5_000);
      const watcher = (): void => {
        try {
          const found = look();
          if (found === undefined) return;
          stop();
          resolve(found);
        } catch (error) {
          stop();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      this.#watchers.add(watcher);
      watcher();
    });
  }
}
