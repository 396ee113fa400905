import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { isRecord } from "../discord/json.ts";
import type { Json } from "../discord/json.ts";
import { ApiFault } from "./api-fault.ts";

export interface Request {
  /** `chat.postMessage`, `upload` or `response_url`. */
  readonly method: string;
  readonly path: string;
  readonly token: string;
  /** What was asked, whichever way the body was written. */
  readonly args: Json;
  /** The bytes, where the body is a file. */
  readonly bytes: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What is done instead of, or beside, a normal answer: `lose` does the work and cuts the connection,
 * `cut` cuts it without working, `delay-apply` cuts it and does the work when time next moves, and a
 * promise is waited for first. An `error` refuses, after the work when `isDone`.
 */
export type Trouble =
  | "lose"
  | "cut"
  | "delay-apply"
  | Promise<void>
  | Answer
  | { readonly error: string; readonly isDone?: boolean };

/** An HTTP server on loopback that reads requests as Slack does. */
export function openServer(work: (request: Request) => Promise<Answer | "cut">): Server {
  return createServer((incoming, outgoing) => {
    void serve(incoming, outgoing, work);
  });
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  work: (request: Request) => Promise<Answer | "cut">,
): Promise<void> {
  let answer: Answer | "cut";
  try {
    answer = await work(await readRequest(incoming));
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error;
    answer = faultAnswer(error);
  }
  if (answer === "cut") {
    incoming.socket.destroy();
    return;
  }
  const { status, body = "", headers } = answer;
  const isText = typeof body === "string" || Buffer.isBuffer(body);
  outgoing.writeHead(status, {
    "content-type": isText ? "text/plain" : "application/json; charset=utf-8",
    ...headers,
  });
  outgoing.end(isText ? body : JSON.stringify(body));
}

export function faultAnswer(fault: ApiFault): Answer {
  return { status: fault.status, body: fault.body(), headers: fault.headers };
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const url = new URL(incoming.url ?? "/", "http://slack.test");
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const [, place = "", name = ""] = url.pathname.split("/");
  const method = place === "api" ? name : place;
  const type = incoming.headers["content-type"] ?? "";
  const isUpload = method === "upload";
  const body: Json = isUpload ? {} : await readArgs(bytes, type);
  const bearer = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? "")?.[1];
  const isForm = !type.startsWith("application/json");
  const inBody = isForm && typeof body.token === "string" ? body.token : "";
  return {
    method,
    path: url.pathname,
    token: bearer ?? inBody,
    args: { ...Object.fromEntries(url.searchParams), ...body },
    bytes: isUpload ? await uploadedBytes(bytes, type) : Buffer.alloc(0),
  };
}

async function readArgs(bytes: Buffer, type: string): Promise<Json> {
  if (bytes.length === 0) return {};
  if (type.startsWith("application/json")) return parsedObject(bytes.toString());
  if (type.startsWith("application/x-www-form-urlencoded"))
    return unpacked(new URLSearchParams(bytes.toString()));
  if (type.startsWith("multipart/form-data")) return unpacked(await formOf(bytes, type));
  throw new ApiFault("invalid_post_type");
}

/** In a form what is not text comes as JSON. */
const JSON_ARGS = new Set(["blocks", "attachments", "metadata", "view", "files", "file_ids"]);

function unpacked(form: Iterable<readonly [string, unknown]>): Json {
  return Object.fromEntries([...form].map(([name, value]) => [name, unpackedValue(name, value)]));
}

function unpackedValue(name: string, value: unknown): unknown {
  if (typeof value !== "string" || !JSON_ARGS.has(name)) return value;
  try {
    return JSON.parse(value);
  } catch {
    // What is no JSON is refused where it is read, as the argument it is.
    return value;
  }
}

async function uploadedBytes(bytes: Buffer, type: string): Promise<Buffer> {
  if (!type.startsWith("multipart/form-data")) return bytes;
  for (const [, value] of await formOf(bytes, type)) {
    if (typeof value !== "string") return Buffer.from(await value.arrayBuffer());
  }
  return Buffer.alloc(0);
}

async function formOf(bytes: Buffer, type: string) {
  const response = new Response(new Uint8Array(bytes), { headers: { "content-type": type } });
  return [...(await response.formData()).entries()];
}

function parsedObject(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Said below, as for every other value that is no body.
  }
  throw new ApiFault("invalid_json");
}
