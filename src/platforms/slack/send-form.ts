import { setTimeout as pause } from "node:timers/promises";
import type { webApi } from "@slack/bolt";
import { z } from "zod";
import type { Bot } from "../../command/bot.ts";
import type { Log } from "../../log.ts";
import type { Reply } from "../../reply/reply.ts";
import type { Attempt, Begin, Failure } from "../sender.ts";
import { refused } from "../sender.ts";
import type { SlackBlock } from "./block.ts";
import type { SlackMessage, SlackOptions } from "./render.ts";
import { renderSlack } from "./render.ts";
import { slackOutcome } from "./send-faults.ts";
import { uploadPicture } from "./upload.ts";

type Picture = NonNullable<SlackOptions["picture"]>;

/** Slack looks at a fresh picture for a moment before it can be shown. */
const PICTURE_PAUSES_MS = [400, 1_200] as const;

const sentSchema = z.object({ ts: z.string() });

export interface ShowParts {
  readonly bot: Pick<Bot, "draw" | "keep">;
  readonly client: webApi.WebClient;
  readonly log: Log;
}

export interface Dressed {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

export type Shown = { readonly status: "posted"; readonly ts: string } | Failure;

/**
 * Shows a reply in the richest form Slack takes: with its own charts and tables, else with the charts in words. A
 * refusal shows nothing, so the next form may follow at once; anything else ends the try. The plain form is text only.
 */
export async function shown(
  reply: Reply,
  form: Attempt["form"],
  parts: ShowParts,
  begin: Begin,
  call: (dressed: Dressed) => Promise<object>,
): Promise<Shown> {
  const pictures: readonly Picture[] = form === "plain" ? ["none"] : ["native", "none"];
  let outcome: Shown = refused("bad-form");
  let isBegun = false;
  for (const picture of pictures) {
    const dressed = await dress(withoutFiles(reply), picture, parts);
    if (dressed === undefined) continue;
    const { text, blocks, hasPictures } = dressed;
    if (!isBegun) await begin();
    isBegun = true;
    outcome = await posted(
      () => call({ text, blocks: form === "plain" ? [] : blocks }),
      hasPictures,
    );
    if (!isBadForm(outcome)) return outcome;
  }
  return outcome;
}

/** A file would be a second thing to show, which could go wrong by itself: it is named instead. */
function withoutFiles(reply: Reply): Reply {
  if (reply.files.length === 0) return reply;
  const names = reply.files.map(({ name }) => name).join(", ");
  return {
    ...reply,
    files: [],
    notes: [...reply.notes, `Not attached here: ${names}. Ask for it by /export.`],
  };
}

/** Undefined when the words cannot be dressed so: rendering broke, or a picture could not be drawn or uploaded. */
async function dress(reply: Reply, picture: Picture, { bot, client, log }: ShowParts) {
  try {
    const message = renderSlack(reply, {
      surface: "message",
      keep: (command) => bot.keep(command),
      picture,
    });
    const blocks = await withPictures(message, (chart) => uploadPicture(client, bot.draw, chart));
    return { text: message.text, blocks, hasPictures: message.pictures.length > 0 };
  } catch (error) {
    log.warn({
      event: "slack.undressed",
      picture,
      error: error instanceof Error ? error.name : typeof error,
    });
    return undefined;
  }
}

/** Pictures are uploaded for us alone first; the message is the one act that people see. */
async function withPictures(
  { blocks, pictures }: SlackMessage,
  upload: (chart: SlackMessage["pictures"][number]["chart"]) => Promise<string>,
): Promise<readonly SlackBlock[]> {
  const uploaded = new Map<string, string>();
  for (const { chart, blockId } of pictures) uploaded.set(blockId, await upload(chart));
  return blocks.map((block) => {
    const id = block.type === "image" ? uploaded.get(block.block_id) : undefined;
    return id === undefined ? block : { ...block, slack_file: { id } };
  });
}

async function posted(call: () => Promise<object>, hasPictures: boolean): Promise<Shown> {
  for (const pauseMs of hasPictures ? PICTURE_PAUSES_MS : []) {
    const outcome = await tried(call);
    if (!isBadForm(outcome)) return outcome;
    await pause(pauseMs);
  }
  return tried(call);
}

async function tried(call: () => Promise<object>): Promise<Shown> {
  try {
    return { status: "posted", ts: sentSchema.parse(await call()).ts };
  } catch (error) {
    return slackOutcome(error);
  }
}

function isBadForm(outcome: Shown): boolean {
  return outcome.status === "refused" && outcome.reason === "bad-form";
}
