import { setTimeout as pause } from "node:timers/promises";
import type { webApi } from "@slack/bolt";
import type { Bot } from "../../command/bot.ts";
import type { Log } from "../../log.ts";
import { withoutSecrets } from "../../log.ts";
import type { Reply } from "../../reply/reply.ts";
import { reply } from "../../reply/reply.ts";
import type { SlackBlock } from "./block.ts";
import { slackCode } from "./connect.ts";
import { shareFiles, withPictures } from "./pictures.ts";
import type { SlackOptions } from "./render.ts";
import { renderSlack } from "./render.ts";

export interface Answering {
  readonly bot: Bot;
  readonly client: webApi.WebClient;
  readonly log: Log;
  /** An answer slower than this is announced first. */
  readonly announceAfterMs: number;
}

/** A message ready to be sent. */
export interface Form {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}
/** Shows a form where the asker looks; rejects when Slack does not take it. */
export type Show = (form: Form) => Promise<unknown>;

/** Slack looks at a fresh picture for a moment before it can be shown. */
const PICTURE_PAUSES_MS = [400, 1_200] as const;

/**
 * The answer to a question, shown: with Slack's own charts first, with pictures when Slack refuses those, in plain words
 * when it refuses everything. `working` tells the asker to wait when the answer takes long.
 */
export async function answered(
  ask: () => Promise<Reply>,
  {
    show,
    working,
  }: { readonly show: (said: Reply) => Show; readonly working?: () => Promise<unknown> },
  answering: Answering,
): Promise<Reply> {
  const asking = ask();
  if (working !== undefined && (await within(asking, answering.announceAfterMs)) === undefined)
    await attempted("working", working, answering.log);
  const said = await asking;
  await shown(said, show(said), answering);
  return said;
}

/** Shows a reply in the richest form Slack takes. Never rejects: what cannot be shown is logged once. */
export async function shown(
  said: Reply,
  show: Show,
  { bot, client, log }: Answering,
  surface: SlackOptions["surface"] = "message",
): Promise<boolean> {
  for (const picture of ["native", "upload", "none"] as const) {
    const message = renderSlack(
      picture === "none" && hasChart(said) ? withoutPicture(said) : said,
      { surface, keep: (command) => bot.keep(command), picture },
    );
    if (
      picture === "upload" &&
      message.pictures.length === 0 &&
      !hasChart(said) &&
      !said.blocks.some((block) => block.kind === "table")
    )
      continue;
    const done = await attempted(
      `show.${picture}`,
      async () => {
        const blocks = await withPictures(message, client, bot.draw);
        await patiently(() => show({ text: message.text, blocks }), message.pictures.length > 0);
      },
      log,
    );
    if (done) return true;
  }
  return attempted(
    "show.plain",
    () =>
      show({
        text: renderSlack(said, { surface, keep: (command) => bot.keep(command), picture: "none" })
          .text,
        blocks: [],
      }),
    log,
  );
}

/** Files go to the asker's own direct messages, since a file in a channel is everyone's. */
export async function handOver(
  said: Reply,
  user: string,
  { client, log }: Answering,
): Promise<void> {
  if (said.files.length === 0) return;
  await attempted(
    "files",
    async () => {
      const { channel } = await client.conversations.open({ users: user });
      if (channel?.id === undefined) throw new Error("Slack opened no direct message.");
      await shareFiles(said.files, client, { channel: channel.id });
    },
    log,
  );
}

/** Where the files of an answer were put, for the answer itself to say. */
export function filesNote(said: Reply): Reply {
  if (said.files.length === 0) return said;
  return {
    ...said,
    notes: [
      `${said.files.map((file) => file.name).join(", ")}: in your direct messages with me.`,
      ...said.notes,
    ],
  };
}

export const WORKING: Form = { text: "Working on it…", blocks: [] };

function hasChart(said: Reply): boolean {
  return said.blocks.some((block) => block.kind === "chart");
}

function withoutPicture(said: Reply): Reply {
  return {
    ...reply(said.title),
    ...said,
    notes: [...said.notes, "The picture is missing: it is said in words."],
  };
}

async function patiently(show: () => Promise<unknown>, hasPictures: boolean): Promise<void> {
  for (const ms of hasPictures ? PICTURE_PAUSES_MS : []) {
    try {
      await show();
      return;
    } catch {
      await pause(ms);
    }
  }
  await show();
}

async function attempted(what: string, work: () => Promise<unknown>, log: Log): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    log.warn({
      event: "slack.not_shown",
      what,
      reason:
        slackCode(error) ??
        (error instanceof Error ? withoutSecrets(error.message).slice(0, 120) : "unknown"),
    });
    return false;
  }
}

async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  const stop = new AbortController();
  const late = pause(ms, undefined, { signal: stop.signal }).catch(() => undefined);
  const first = await Promise.race([work, late]);
  stop.abort();
  return first;
}
