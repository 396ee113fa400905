import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { ApiFault, FAULTS } from "./api-fault.ts";
import type { Json } from "./json.ts";
import { isRecord, recordOf } from "./json.ts";
import type { Upload } from "./world.ts";

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string;
  /** The JSON of the body, also when it came as one part of a form. */
  readonly json: unknown;
  readonly body: Json;
  readonly uploads: readonly Upload[];
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is done instead of, or after, a normal answer: `lose` does the work and cuts the connection. */
export type Trouble = "lose" | Answer | undefined;

/** An HTTP server on loopback that reads requests as Discord does and answers with `answer`. */
export function openServer(
  answer: (request: Request) => Answer | Promise<Answer>,
  trouble: (request: Request) => Trouble,
): Server {
  return createServer((incoming, outgoing) => {
    void serve(incoming, outgoing, answer, trouble);
  });
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: Request) => Answer | Promise<Answer>,
  trouble: (request: Request) => Trouble,
): Promise<void> {
  let result: Answer;
  try {
    const request = await readRequest(incoming);
    const planned = trouble(request);
    result = planned === undefined || planned === "lose" ? await answer(request) : planned;
    if (planned === "lose") {
      incoming.socket.destroy();
      return;
    }
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error;
    result = { status: error.status, body: faultBody(error), headers: error.headers };
  }
  const { status, body, headers = {} } = result;
  const isBytes = Buffer.isBuffer(body);
  outgoing.writeHead(status, {
    ...(body !== undefined && !isBytes && { "content-type": "application/json" }),
    ...headers,
  });
  outgoing.end(body === undefined ? undefined : isBytes ? body : JSON.stringify(body));
}

function faultBody(fault: ApiFault): object {
  if (fault.status !== 429) return fault.body();
  return {
    message: fault.message,
    retry_after: Number(fault.headers["x-ratelimit-reset-after"]),
    global: fault.headers["x-ratelimit-global"] === "true",
  };
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const url = new URL(incoming.url ?? "/", "http://discord.test");
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const { json, uploads } = await readBody(
    Buffer.concat(chunks),
    incoming.headers["content-type"] ?? "",
  );
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    authorization: incoming.headers.authorization ?? "",
    json,
    body: recordOf(json),
    uploads,
  };
}

async function readBody(
  bytes: Buffer,
  contentType: string,
): Promise<{ readonly json: unknown; readonly uploads: readonly Upload[] }> {
  if (bytes.length === 0) return { json: undefined, uploads: [] };
  if (!contentType.startsWith("multipart/form-data"))
    return { json: parsed(bytes.toString()), uploads: [] };
  const form = await new Response(new Uint8Array(bytes), {
    headers: { "content-type": contentType },
  }).formData();
  const uploads = await Promise.all(
    [...form.entries()]
      .flatMap(([key, value]) =>
        typeof value === "string" || !/^files\[\d+\]$/.test(key) ? [] : [value],
      )
      .map(async (file) => ({
        name: file.name,
        contentType: file.type,
        data: Buffer.from(await file.arrayBuffer()),
      })),
  );
  const payload = form.get("payload_json");
  return { json: typeof payload === "string" ? parsed(payload) : {}, uploads };
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value) || Array.isArray(value)) return value;
  } catch {
    // Said below, as for every other value that is no body.
  }
  throw FAULTS.brokenJson();
}
