import type { webApi } from "@slack/bolt";
import { altText } from "../../charts/alt-text.ts";
import type { Chart, Draw } from "../../charts/chart.ts";
import { clip } from "../../reply/fit.ts";
import type { ReplyFile } from "../../reply/reply.ts";
import { LIMITS } from "./limits.ts";

const TIMEOUT_MS = 20_000;

/** Where a file is shown; nowhere when it is only used inside a message. */
export interface Shelf {
  readonly channel: string;
  readonly threadTs?: string;
}

/** Draws a chart and uploads it for an image block; gives the file's id. Rejects when either fails. */
export async function uploadPicture(
  client: webApi.WebClient,
  draw: Draw,
  chart: Chart,
): Promise<string> {
  const bytes = await draw(chart, "light");
  return upload(client, { name: "chart.png", bytes, alt: altText(chart) });
}

/** Uploads a file of an answer to where people can open it. Rejects when that fails. */
export async function uploadFile(
  client: webApi.WebClient,
  { name, content, encoding }: ReplyFile,
  shelf: Shelf,
): Promise<void> {
  const bytes = Buffer.from(content, encoding);
  await upload(client, { name, bytes }, shelf);
}

interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly alt?: string;
}

/** The three steps of https://docs.slack.dev/messaging/working-with-files#upload; the library's own sends `alt_text` where Slack reads `alt_txt`. */
async function upload(
  client: webApi.WebClient,
  { name, bytes, alt }: Upload,
  shelf?: Shelf,
): Promise<string> {
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: name,
    length: bytes.byteLength,
    ...(alt !== undefined && { alt_txt: clip(alt, LIMITS.uploadAlt) }),
  });
  if (url === undefined || id === undefined) throw new Error("Slack gave no place to upload to.");
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: new Uint8Array(bytes),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`The upload was answered ${response.status}.`);
  await client.apiCall("files.completeUploadExternal", {
    files: [{ id, title: name }],
    ...(shelf !== undefined && {
      channel_id: shelf.channel,
      ...(shelf.threadTs !== undefined && { thread_ts: shelf.threadTs }),
    }),
  });
  return id;
}
