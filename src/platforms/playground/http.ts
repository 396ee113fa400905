import type { IncomingMessage, ServerResponse } from "node:http";

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Longer addresses are refused: 2,000 characters of a question, percent-encoded at worst, and some room. */
const ADDRESS_MAX = 20_000;

/**
 * Nothing may come from or go to anywhere but this server, nobody may frame the page, and the page holds no
 * inline style or script to make an exception for.
 */
const SECURITY_HEADERS = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** Why a request is not even looked at, or nothing when it may pass. */
export function refusal(request: IncomingMessage, port: number): Answer | undefined {
  const {
    host = "",
    "content-length": length = "0",
    "transfer-encoding": chunked,
  } = request.headers;
  // A foreign name that points at 127.0.0.1 would make a foreign page same-origin with us (DNS rebinding).
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    return plain(403, `This page answers only to http://127.0.0.1:${port}.`);
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return {
      ...plain(405, "Only GET is answered here."),
      headers: { allow: "GET, HEAD", connection: "close" },
    };
  }
  if (length !== "0" || chunked !== undefined) {
    return { ...plain(413, "No body is taken here."), headers: { connection: "close" } };
  }
  if ((request.url ?? "").length > ADDRESS_MAX) return plain(414, "That address is too long.");
  return undefined;
}

export function plain(status: number, body: string): Answer {
  return { status, type: "text/plain; charset=utf-8", body: `${body}\n` };
}

export function json(body: unknown): Answer {
  return { status: 200, type: "application/json; charset=utf-8", body: JSON.stringify(body) };
}

export function send(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, {
    "cache-control": "no-store",
    ...SECURITY_HEADERS,
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    ...headers,
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

/** The cookies of a request by name; a cookie that is not well formed is left out. */
export function cookies(request: IncomingMessage): Readonly<Record<string, string | undefined>> {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
  return Object.fromEntries(
    pairs.flatMap(([name, value]) => (name && value ? [[name, value]] : [])),
  );
}
