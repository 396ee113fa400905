import { createHash } from "node:crypto";
import type { LookupAddress } from "node:dns";
import { createServer, request as httpRequest } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { Dial, Resolve } from "../../../src/fetching/dial.ts";

/** What the web answers at one address. */
export interface WebAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly body?: string | Buffer;
  /** Sent zipped, however often; the headers say once. */
  readonly zipped?: number;
  /** Sends an ETag and answers 304 to who has it. */
  readonly tagged?: boolean;
  /** Ends the connection before the last byte; sends a byte and then nothing; sends without end; no answer at all. */
  readonly fault?: "cut" | "stalled" | "endless" | "reset";
}

export interface WebRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A whole web on one loopback port: every host is here, told apart by its name. */
export interface FakeWeb {
  /** Connects here whatever the address, as the host that was asked for. */
  readonly dial: Dial;
  /** Every host has a public address unless `moves` gave it others or `forgets` took it away. */
  readonly resolve: Resolve;
  /** Names in the order they were looked up. */
  readonly lookedUp: readonly string[];
  /** In order of arrival. */
  readonly seen: readonly WebRequest[];
  /** Answers in order, the last one from then on; without any, 404. */
  serves(url: string, ...answers: readonly WebAnswer[]): void;
  /** What is answered at every address that has no answer of its own, robots.txt apart. */
  everywhere(answer: WebAnswer): void;
  moves(host: string, ...addresses: readonly string[]): void;
  /** The name, or `*` for every name, cannot be looked up: an error with that code; null ends it. */
  forgets(host: string, code: string | null): void;
  close(): Promise<void>;
}

export async function fakeWeb(): Promise<FakeWeb> {
  const answers = new Map<string, WebAnswer[]>();
  const hosts = new Map<string, readonly string[]>();
  const forgotten = new Map<string, string>();
  const lookedUp: string[] = [];
  const seen: WebRequest[] = [];
  let fallback: WebAnswer | undefined;
  const server = createServer((request, response) => {
    void collected(request).then((body) => {
      const url = `https://${request.headers.host}${request.url}`;
      seen.push({ url, method: request.method ?? "", headers: request.headers, body });
      const waiting = answers.get(url) ?? [];
      const [first] = waiting;
      if (waiting.length > 1) waiting.shift();
      const other = request.url === "/robots.txt" ? undefined : fallback;
      give(first ?? other ?? { status: 404, body: "nothing here" }, request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("no port");
  const { port } = place;

  return {
    seen,
    serves: (url, ...given) => void answers.set(url, [...given]),
    everywhere: (answer) => void (fallback = answer),
    moves: (host, ...addresses) => void hosts.set(host, addresses),
    forgets: (host, code) =>
      void (code === null ? forgotten.delete(host) : forgotten.set(host, code)),
    lookedUp,
    async resolve(host) {
      lookedUp.push(host);
      const code = forgotten.get(host) ?? forgotten.get("*");
      if (code !== undefined)
        throw Object.assign(new Error(`getaddrinfo ${code} ${host}`), { code });
      return (hosts.get(host) ?? ["93.184.215.14"]).map((address): LookupAddress => ({
        address,
        family: address.includes(":") ? 6 : 4,
      }));
    },
    dial: ({ url, method, headers, body, signal }) =>
      new Promise((resolve, reject) => {
        const request = httpRequest(
          {
            host: "127.0.0.1",
            port,
            path: `${url.pathname}${url.search}`,
            method,
            headers: { ...headers, host: url.host },
            signal,
            agent: false,
          },
          (response) =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: response,
            }),
        );
        request.on("error", reject);
        request.end(body);
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function collected(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  // A stream without an encoding gives Buffers, which its type leaves open.
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function give(
  { status = 200, headers = {}, type, body = "", zipped = 0, tagged, fault }: WebAnswer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (fault === "reset") {
    request.socket.destroy();
    return;
  }
  let bytes = Buffer.from(body);
  for (let times = 0; times < zipped; times += 1) bytes = gzipSync(bytes);
  const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}"`;
  const isKnown = tagged === true && request.headers["if-none-match"] === etag;
  response.writeHead(isKnown ? 304 : status, {
    ...(type !== undefined && { "content-type": type }),
    ...(zipped > 0 && { "content-encoding": "gzip" }),
    ...(tagged === true && { etag }),
    ...(fault === "cut" && { "content-length": String(bytes.length) }),
    ...headers,
  });
  if (isKnown) response.end();
  else if (fault === "cut") {
    response.write(bytes.subarray(0, bytes.length >> 1), () => request.socket.destroy());
  } else if (fault === "stalled") {
    response.write(bytes.subarray(0, 1));
  } else if (fault === "endless") {
    pour(response);
  } else {
    response.end(bytes);
  }
}

/** Megabyte after megabyte for as long as somebody listens. */
function pour(response: ServerResponse): void {
  const megabyte = Buffer.alloc(1 << 20, "x");
  const more = (): void => {
    while (!response.destroyed && response.write(megabyte));
  };
  response.on("drain", more);
  more();
}
