import type { webApi } from "@slack/bolt";
import { altText } from "../../charts/alt-text.ts";
import type { Draw } from "../../charts/chart.ts";
import { clip } from "../../reply/fit.ts";
import type { ReplyFile } from "../../reply/reply.ts";
import type { SlackBlock } from "./block.ts";
import { LIMITS } from "./limits.ts";
import type { SlackMessage } from "./render.ts";

const UPLOAD_MS = 15_000;

/** The blocks with every picture drawn, uploaded and named in its place. Rejects when one could not be. */
export async function withPictures(
  message: SlackMessage,
  client: webApi.WebClient,
  draw: Draw,
): Promise<readonly SlackBlock[]> {
  const uploaded = await Promise.all(
    message.pictures.map(async ({ chart, blockId }) => {
      const png = await draw(chart, "light");
      return [
        blockId,
        await upload(client, { name: `${blockId}.png`, bytes: png, alt: altText(chart) }),
      ] as const;
    }),
  );
  const ids = new Map(uploaded);
  return message.blocks.map((block) => {
    const id = block.type === "image" ? ids.get(block.block_id) : undefined;
    return id === undefined ? block : { ...block, slack_file: { id } };
  });
}

/** Puts the files of a reply where the asker can take them; the channel's other people see them only in a direct message's stead. */
export async function shareFiles(
  files: readonly ReplyFile[],
  client: webApi.WebClient,
  where: { readonly channel: string; readonly thread?: string },
): Promise<void> {
  for (const file of files) {
    await upload(
      client,
      { name: file.name, bytes: Buffer.from(file.content, file.encoding), alt: file.name },
      where,
    );
  }
}

interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly alt: string;
}

/** The three steps of an upload; without a place the file is ours alone, to be shown by a message of ours. */
async function upload(
  client: webApi.WebClient,
  { name, bytes, alt }: Upload,
  where?: { readonly channel: string; readonly thread?: string },
): Promise<string> {
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: name,
    length: bytes.byteLength,
    alt_text: clip(alt, LIMITS.uploadAlt),
  });
  if (url === undefined || id === undefined) throw new Error("Slack gave no upload address.");
  const sent = await fetch(url, {
    method: "POST",
    body: new Uint8Array(bytes),
    signal: AbortSignal.timeout(UPLOAD_MS),
  });
  if (!sent.ok) throw new Error(`The upload was answered with ${sent.status}.`);
  const files: [{ id: string; title: string }] = [{ id, title: name }];
  if (where === undefined) await client.files.completeUploadExternal({ files });
  else if (where.thread === undefined)
    await client.files.completeUploadExternal({ files, channel_id: where.channel });
  else
    await client.files.completeUploadExternal({
      files,
      channel_id: where.channel,
      thread_ts: where.thread,
    });
  return id;
}
