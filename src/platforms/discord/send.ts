import { REST } from "discord.js";
import { z } from "zod";
import type { Bot } from "../../command/bot.ts";
import type { Log } from "../../log.ts";
import type { Reply } from "../../reply/reply.ts";
import type {
  Attempt,
  Found,
  Post,
  Receipt,
  Refused,
  Sender,
  SendOutcome,
  Wait,
  Ways,
} from "../sender.ts";
import { channelsOf } from "../directs.ts";
import { lookedFor, lookSince, TOO_FAR } from "../look-back.ts";
import { refused, unsentAfter } from "../sender.ts";
import type { DiscordSettings } from "./index.ts";
import type { InvalidMeter } from "./invalid-meter.ts";
import { countedBy } from "./invalid-meter.ts";
import { BUDGET } from "./limits.ts";
import type { Outgoing } from "./outgoing.ts";
import { dress } from "./outgoing.ts";
import { FLAGS } from "./component.ts";
import { renderDiscordPlain } from "./plain.ts";
import { discordOutcome } from "./send-faults.ts";
import { refOf, withRef } from "./send-ref.ts";
import { bodyOf, filesOf } from "./wire.ts";

const WAYS: Ways = {
  // "The past few minutes", says https://docs.discord.com/developers/resources/message#create-message; two are safe.
  repeatableMs: 120_000,
  token: "app",
  pace: {
    // Discord tells the pace of a channel in its answers and discord.js keeps to it; this is only a politeness.
    channel: { everyMs: 1_000, burst: 5 },
    tenant: { everyMs: 100, burst: 20 },
    // 50 a second are allowed, and with a burst some second would hold more: https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
    app: { everyMs: 20, burst: 1 },
  },
};

const EPOCH = 1_420_070_400_000;
const PAGE = 100;

const messageSchema = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  nonce: z.union([z.string(), z.number()]).nullish(),
  components: z.unknown(),
});
const idSchema = z.object({ id: z.string() });

/**
 * Posts over REST. A nonce keeps a message from appearing twice for some minutes; after that we look for our visible
 * reference among our own messages in the channel.
 */
export function discordSender({
  bot,
  settings: { token, apiUrl },
  log,
  meter,
}: {
  readonly bot: Pick<Bot, "draw" | "keep">;
  readonly settings: Pick<DiscordSettings, "token" | "apiUrl">;
  readonly log: Log;
  readonly meter: InvalidMeter;
}): Sender {
  const rest = new REST({
    version: "10",
    retries: 0,
    timeout: BUDGET.requestMs,
    // Waiting belongs to whoever knows what else there is to do.
    rejectOnRateLimit: ["/"],
    makeRequest: countedBy(meter),
    ...(apiUrl !== undefined && { api: apiUrl }),
  });
  const channelOf = channelsOf(async (person) => {
    rest.setToken(token);
    const answer = await rest.post("/users/@me/channels", { body: { recipient_id: person } });
    return idSchema.parse(answer).id;
  });
  let ourId: string | undefined;

  return {
    platform: "discord",
    ways: WAYS,
    cautionMs: () => meter.everyMs(),
    send: async (post, reply, attempt) => {
      const channel = await opened(post);
      if (typeof channel !== "string") return channel;
      const outgoing = await dressed(reply, attempt.form);
      if (outgoing === undefined) return refused("bad-form");
      await attempt.begin();
      return tried(async () => {
        const sent = messageSchema.parse(
          await rest.post(`/channels/${channel}/messages`, {
            body: {
              ...bodyOf(withRef(outgoing, post.providerKey)),
              ...(post.silent === true && {
                flags: outgoing.message.flags | FLAGS.suppressNotifications,
              }),
              nonce: post.providerKey,
              enforce_nonce: true,
              ...(attempt.under !== null && {
                message_reference: { message_id: attempt.under.message, fail_if_not_exists: false },
              }),
            },
            files: filesOf(outgoing),
          }),
        );
        return { status: "shown", receipt: receiptOf(post.tenant, channel, sent.id) };
      });
    },

    async find(post): Promise<Found> {
      const channel = await opened(post);
      if (typeof channel !== "string") return channel;
      try {
        return await foundIn(channel, post);
      } catch (error) {
        return unsentAfter(discordOutcome(error));
      }
    },

    edit: async (receipt, reply, begin) => {
      const outgoing = await dressed(reply, "full");
      if (outgoing === undefined) return refused("bad-form");
      await begin();
      return tried(async () => {
        await rest.patch(`/channels/${receipt.channel}/messages/${receipt.message}`, {
          body: bodyOf(outgoing),
          files: filesOf(outgoing),
        });
        return { status: "shown", receipt };
      });
    },
  };

  /** Every request of a post. discord.js forgets a token that was once refused, so it is told each time. */
  async function tried(send: () => Promise<SendOutcome>): Promise<SendOutcome> {
    try {
      rest.setToken(token);
      return await send();
    } catch (error) {
      return discordOutcome(error);
    }
  }

  /** Undefined when the words cannot be dressed so. */
  async function dressed(reply: Reply, form: Attempt["form"]): Promise<Outgoing | undefined> {
    try {
      return form === "plain"
        ? { message: renderDiscordPlain(reply), uploads: [] }
        : await dress(reply, bot, log);
    } catch (error) {
      log.error({
        event: "discord.undressed",
        error: error instanceof Error ? error.name : typeof error,
      });
      return undefined;
    }
  }

  /** The channel to write in. Opening one for direct messages shows nothing, so whatever fails here, nothing was sent. */
  async function opened({ target }: Post): Promise<string | Wait | Refused> {
    try {
      return await channelOf(target);
    } catch (error) {
      const outcome = unsentAfter(discordOutcome(error));
      // An unknown person is answered as a fault of the form, but no other form would help.
      return outcome.status === "refused" && outcome.reason === "bad-form"
        ? refused("dm-closed")
        : outcome;
    }
  }

  /** Reads on from a little before our first try. Where nothing at all can be read, nothing is known. */
  async function foundIn(channel: string, post: Post): Promise<Found> {
    rest.setToken(token);
    ourId ??= idSchema.parse(await rest.get("/users/@me")).id;
    let seesAny = false;
    const id = await lookedFor(snowflake(lookSince(post)), async (after) => {
      const messages = await history(channel, new URLSearchParams({ after, limit: String(PAGE) }));
      seesAny ||= messages.length > 0;
      return {
        ours: messages.find((message) => isOurs(message, post))?.id,
        // The page nearest to `after` comes newest first.
        next: messages.length < PAGE ? undefined : messages[0]!.id,
      };
    });
    if (id === TOO_FAR) return { status: "cannot-look" };
    if (id !== undefined) return { status: "found", receipt: receiptOf(post.tenant, channel, id) };
    // Without the right to read history Discord shows an empty channel and no error.
    seesAny ||= (await history(channel, new URLSearchParams({ limit: "1" }))).length > 0;
    return { status: seesAny ? "absent" : "cannot-look" };
  }

  async function history(channel: string, query: URLSearchParams) {
    return z.array(messageSchema).parse(await rest.get(`/channels/${channel}/messages`, { query }));
  }

  /** Discord need not give the nonce back, so the reference in our words is what we know it by. */
  function isOurs(
    { author, nonce, components }: z.output<typeof messageSchema>,
    { providerKey }: Post,
  ): boolean {
    if (author.id !== ourId) return false;
    return nonce === providerKey || JSON.stringify(components ?? null).includes(refOf(providerKey));
  }
}

function receiptOf(tenant: string, channel: string, message: string): Receipt {
  const server = /^discord:(\d+)$/.exec(tenant)?.[1] ?? "@me";
  return { channel, message, link: `https://discord.com/channels/${server}/${channel}/${message}` };
}

/** The first id of an instant: https://docs.discord.com/developers/reference#snowflakes */
function snowflake(at: number): string {
  return String(BigInt(Math.max(0, at - EPOCH)) << 22n);
}
