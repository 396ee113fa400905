import { randomBytes } from "node:crypto";
import type { Json } from "../discord/json.ts";
import { flag, isSaid, word } from "./args.ts";
import { ApiFault } from "./api-fault.ts";
import type { Compose } from "./compose.ts";
import type { Channel, StoredMessage, User, World } from "./world.ts";

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const MAX_USES = 5;
const LIFE_MS = 30 * 60_000;

export interface ResponseUrl {
  readonly key: string;
  readonly openedAt: number;
  readonly user: User;
  readonly channel: Channel;
  /** The message whose control was used. */
  readonly source?: StoredMessage;
  uses: number;
  /** Messages shown or changed through it, in order. */
  readonly shown: StoredMessage[];
  isDeleted: boolean;
}

/** The addresses at which an interaction may be answered, whether or not the bot is in the channel. */
export class ResponseUrls {
  readonly #world: World;
  readonly #compose: Compose;
  readonly #byKey = new Map<string, ResponseUrl>();
  readonly #notes: string[];

  constructor(world: World, compose: Compose, notes: string[]) {
    this.#world = world;
    this.#compose = compose;
    this.#notes = notes;
  }

  open(start: Pick<ResponseUrl, "user" | "channel" | "source">): ResponseUrl {
    const url: ResponseUrl = {
      key: randomBytes(12).toString("hex"),
      openedAt: this.#world.now(),
      uses: 0,
      shown: [],
      isDeleted: false,
      ...start,
    };
    this.#byKey.set(url.key, url);
    return url;
  }

  /** Takes an answer, or throws Slack's refusal, which has status 404 here. */
  post(key: string, args: Json): void {
    const url = this.#byKey.get(key);
    if (url === undefined || this.#world.now() - url.openedAt >= LIFE_MS)
      throw refusal("expired_url");
    if (url.uses >= MAX_USES) throw refusal("used_url");
    url.uses += 1;
    this.answer(url, args);
  }

  /** Whether a message came or changed through one of the addresses. */
  hasShown(message: StoredMessage): boolean {
    return [...this.#byKey.values()].some(({ shown }) => shown.includes(message));
  }

  /** Shows what an acknowledgement or a post to the address says. */
  answer(url: ResponseUrl, args: Json): void {
    try {
      this.#show(url, args);
    } catch (error) {
      if (error instanceof ApiFault)
        throw new ApiFault(error.error, { problems: error.problems, status: 404 });
      throw error;
    }
  }

  #show(url: ResponseUrl, args: Json): void {
    if (flag(args.delete_original)) {
      url.isDeleted = true;
      if (url.source !== undefined) this.#world.remove(url.source);
      return;
    }
    const composed = this.#compose(args, { isResponse: true });
    if (url.source !== undefined && this.#replaces(url.source, args)) {
      this.#world.edit(url.source, composed);
      url.shown.push(url.source);
      return;
    }
    const isPublic = args.response_type === "in_channel";
    const thread = word(args, "thread_ts");
    url.shown.push(
      this.#world.place({
        channel: url.channel,
        author: this.#world.bot,
        ...(!isPublic && { seenBy: url.user }),
        ...(thread !== "" && { thread }),
        ...composed,
      }),
    );
  }

  /**
   * Of a pressed button the answer takes the place of its message unless `replace_original` is false
   * or it is for others to see; that is easily forgotten, so it is noted. A command has no original:
   * there the word does nothing (https://github.com/slackapi/bolt-js/issues/2287).
   */
  #replaces(source: StoredMessage, args: Json): boolean {
    if (isSaid(args.replace_original)) return flag(args.replace_original);
    if (isSaid(args.response_type)) return false;
    this.#notes.push(`response.replaces_unasked ${source.ts}`);
    return true;
  }
}

function refusal(error: string): ApiFault {
  return new ApiFault(error, { status: 404 });
}
