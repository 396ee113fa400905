import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { cite, Fault } from "../fault.ts";
import { decodedText } from "../sources/decoded-text.ts";
import type { Response } from "./dial.ts";

export interface BodyLimits {
  /** Bytes at most, unzipped. */
  readonly most: number;
  /** Milliseconds without a byte. */
  readonly idleMs: number;
}

/** The server was silent for too long. */
export class IdleError extends Error {}

/**
 * The text of an answer, unzipped at most once, in the character set it names. Rejects with a Fault (`too_large`, `bad_file`,
 * `unsupported`) for what must not be read, otherwise as the connection does.
 */
export async function bodyText({ headers, body }: Response, limits: BodyLimits): Promise<string> {
  const sent = sentEncoding(headers);
  const bytes = await collected(body, sent === "gzip", limits);
  return decodedText(bytes, charsetOf(headers));
}

/** The media type of an answer, in small letters without its parameters. */
export function mediaType(headers: IncomingHttpHeaders): string {
  return (headers["content-type"] ?? "").split(";", 1)[0]!.trim().toLowerCase();
}

function charsetOf(headers: IncomingHttpHeaders): string | undefined {
  return /;\s*charset\s*=\s*"?([\w.:-]+)"?/i.exec(headers["content-type"] ?? "")?.[1];
}

function sentEncoding(headers: IncomingHttpHeaders): "gzip" | "plain" {
  const encoding = (headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "gzip" || encoding === "x-gzip") return "gzip";
  if (encoding === "identity") return "plain";
  throw new Fault(
    "unsupported",
    `It is sent as ${cite(encoding)}; I asked for gzip or plain.`,
    "The server does not do as asked.",
  );
}

async function collected(body: Readable, zipped: boolean, limits: BodyLimits): Promise<Buffer> {
  const plain = zipped ? unzipped(watched(body, limits.idleMs)) : watched(body, limits.idleMs);
  const bytes = await gathered(plain, limits.most);
  if (!isGzip(bytes)) return bytes;
  // A .gz file sent as what it is; anything zipped in it once more is no answer.
  const inner = zipped ? bytes : await gathered(unzipped(once(bytes)), limits.most);
  if (isGzip(inner)) throw new Fault("bad_file", "It is zipped twice.", "Nothing was changed.");
  return inner;
}

async function gathered(chunks: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const held: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > most)
      throw new Fault(
        "too_large",
        `It is larger than ${Math.round(most / (1 << 20))} MB, so it was given up.`,
        "Nothing was changed.",
      );
    held.push(chunk);
  }
  return Buffer.concat(held);
}

async function* watched(body: Readable, idleMs: number): AsyncGenerator<Buffer> {
  const timer = setTimeout(
    () => body.destroy(new IdleError(`no byte for ${idleMs / 1_000} s`)),
    idleMs,
  );
  try {
    // A stream without an encoding gives Buffers, which its type leaves open.
    for await (const chunk of body as AsyncIterable<Buffer>) {
      timer.refresh();
      yield chunk;
    }
  } finally {
    clearTimeout(timer);
  }
}

async function* unzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  // Whatever fails on the way destroys the stream, so the loop below throws it.
  const fed = pipeline(chunks, gunzip).catch(() => undefined);
  // A stream without an encoding gives Buffers, which its type leaves open.
  yield* gunzip as AsyncIterable<Buffer>;
  await fed;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
