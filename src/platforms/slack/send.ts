import { LogLevel, webApi } from "@slack/bolt";
import { z } from "zod";
import type { Bot } from "../../command/bot.ts";
import type { Log } from "../../log.ts";
import type { Failure, Found, Post, Receipt, Refused, Sender, Wait, Ways } from "../sender.ts";
import { channelsOf } from "../directs.ts";
import { lookedFor, lookSince, TOO_FAR } from "../look-back.ts";
import { refused, unsentAfter } from "../sender.ts";
import { boltLogger } from "./bolt-log.ts";
import type { SlackSettings } from "./connect.ts";
import { clientOptions } from "./connect.ts";
import { slackOutcome } from "./send-faults.ts";
import { shown } from "./send-form.ts";

const WAYS: Ways = {
  // Slack knows a `client_msg_id`, and promises nothing about it.
  repeatableMs: 0,
  token: "tenant",
  // One a second in a channel with short bursts, and several hundred a minute in a workspace: https://docs.slack.dev/apis/web-api/rate-limits
  pace: {
    channel: { everyMs: 1_000, burst: 3 },
    tenant: { everyMs: 300, burst: 20 },
    app: { everyMs: 20, burst: 20 },
  },
};

/** Newer apps get 15 messages a page whatever they ask for: https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps */
const PAGE = 100;
const EVENT_TYPE = "market_pulse";

const pageSchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      client_msg_id: z.string().optional(),
      metadata: z
        .object({ event_payload: z.object({ key: z.string() }).partial().optional() })
        .optional(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/**
 * Posts through the Web API. Slack has no key that keeps a message from appearing twice, so the message carries ours
 * in its metadata, and where the history may be read we look for it there.
 */
export function slackSender({
  bot,
  settings: { botToken, apiUrl },
  log,
}: {
  readonly bot: Pick<Bot, "draw" | "keep">;
  readonly settings: Pick<SlackSettings, "botToken" | "apiUrl">;
  readonly log: Log;
}): Sender {
  // It repeats nothing by itself: a lost answer would show a message up to eleven times.
  const client = new webApi.WebClient(
    botToken,
    clientOptions(apiUrl, boltLogger(log, LogLevel.ERROR)),
  );
  const parts = { bot, client, log };
  const channelOf = channelsOf(async (person) => {
    const { channel } = await client.conversations.open({ users: person });
    if (channel?.id === undefined) throw new Error("Slack opened no direct message.");
    return channel.id;
  });
  let workspaceUrl: string | undefined;

  return {
    platform: "slack",
    ways: WAYS,
    send: async (post, reply, { form, under, begin }) => {
      const place = await before(async () => ({
        channel: await channelOf(post.target),
        url: await urlOfWorkspace(),
      }));
      if ("status" in place) return forPerson(post, place);
      const { channel, url } = place;
      const outcome = await shown(reply, form, parts, begin, ({ text, blocks }) =>
        client.apiCall("chat.postMessage", {
          channel,
          text,
          ...(blocks.length > 0 && { blocks }),
          client_msg_id: post.providerKey,
          metadata: { event_type: EVENT_TYPE, event_payload: { key: post.providerKey } },
          unfurl_links: false,
          unfurl_media: false,
          link_names: false,
          ...(under !== null && { thread_ts: under.message }),
        }),
      );
      if (outcome.status !== "posted") return forPerson(post, outcome);
      return { status: "shown", receipt: receiptOf(url, channel, outcome.ts, under) };
    },

    async find(post, under): Promise<Found> {
      const place = await before(async () => ({
        channel: await channelOf(post.target),
        url: await urlOfWorkspace(),
      }));
      if ("status" in place) return forPerson(post, place);
      try {
        const ts = await lookFor(post, place.channel, under);
        if (ts === TOO_FAR) return { status: "cannot-look" };
        return ts === undefined
          ? { status: "absent" }
          : { status: "found", receipt: receiptOf(place.url, place.channel, ts, under) };
      } catch (error) {
        const outcome = forPerson(post, slackOutcome(error));
        // Reading is a right of its own, which not every workspace gives.
        const mayNotRead =
          outcome.status === "refused" && ["missing-scope", "unlisted"].includes(outcome.reason);
        return mayNotRead ? { status: "cannot-look" } : unsentAfter(outcome);
      }
    },

    edit: async (receipt, reply, begin) => {
      const outcome = await shown(reply, "full", parts, begin, ({ text, blocks }) =>
        // Without `blocks` the old ones would stay on show above the new words.
        client.apiCall("chat.update", {
          channel: receipt.channel,
          ts: receipt.message,
          text,
          blocks,
        }),
      );
      return outcome.status === "posted" ? { status: "shown", receipt } : outcome;
    },
  };

  /** What goes before a post shows nothing, so whatever became of it, nothing was sent. */
  async function before<T>(work: () => Promise<T>): Promise<T | Wait | Refused> {
    try {
      return await work();
    } catch (error) {
      return unsentAfter(slackOutcome(error));
    }
  }

  async function urlOfWorkspace(): Promise<string> {
    return (workspaceUrl ??= (await client.auth.test()).url ?? "https://slack.com/");
  }

  /** The message with our key. */
  function lookFor(
    post: Post,
    channel: string,
    under: Receipt | null,
  ): ReturnType<typeof lookedFor> {
    const oldest = (lookSince(post) / 1_000).toFixed(6);
    return lookedFor("", async (cursor) => {
      const answer = pageSchema.parse(
        await client.apiCall(under === null ? "conversations.history" : "conversations.replies", {
          channel,
          oldest,
          inclusive: true,
          include_all_metadata: true,
          limit: PAGE,
          ...(under !== null && { ts: under.message }),
          ...(cursor !== "" && { cursor }),
        }),
      );
      const ours = answer.messages.find(
        ({ metadata, client_msg_id: id }) =>
          metadata?.event_payload?.key === post.providerKey || id === post.providerKey,
      );
      const next = answer.response_metadata?.next_cursor;
      return { ours: ours?.ts, next: next === "" ? undefined : next };
    });
  }
}

/** Slack says of closed direct messages what it says of a channel that is gone. */
function forPerson<Outcome extends Failure>(
  { target }: Post,
  outcome: Outcome,
): Outcome | ReturnType<typeof refused> {
  const isGone = outcome.status === "refused" && outcome.reason === "channel-gone";
  return target.kind === "dm" && isGone ? refused("dm-closed") : outcome;
}

function receiptOf(
  workspaceUrl: string,
  channel: string,
  ts: string,
  under: Receipt | null,
): Receipt {
  const thread = under === null ? "" : `?thread_ts=${under.message}&cid=${channel}`;
  return {
    channel,
    message: ts,
    link: `${workspaceUrl}archives/${channel}/p${ts.replace(".", "")}${thread}`,
  };
}
