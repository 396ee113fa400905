import type { FakeDiscord } from "./fake-discord.ts";
import { openFakeDiscord } from "./fake-discord.ts";
import { faultyFields } from "../../../src/platforms/discord/failure.ts";
import { isRecord, recordOf } from "./json.ts";

/** A refusal as its table row says it. */
export interface Refusal {
  readonly status: number;
  readonly code: unknown;
  readonly fields: string;
}

/** The fake with a client that checks nothing: what it sends is often wrong on purpose. */
export interface RawClient {
  readonly fake: FakeDiscord;
  readonly request: (method: string, path: string, body?: object) => Promise<Response>;
  readonly post: (path: string, body: object) => Promise<Response>;
  readonly get: (path: string) => Promise<Response>;
}

export async function openRawClient(): Promise<RawClient> {
  const fake = await openFakeDiscord({ isLenient: true });
  const request: RawClient["request"] = (method, path, body) => {
    const isForm = body instanceof FormData;
    return fetch(`${fake.settings.apiUrl}/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${fake.settings.token}`,
        ...(body !== undefined && !isForm && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
  };
  return {
    fake,
    request,
    post: (path, body) => request("POST", path, body),
    get: (path) => request("GET", path),
  };
}

export async function refusal(response: Response): Promise<Refusal> {
  const body: unknown = await response.json();
  return {
    status: response.status,
    code: isRecord(body) ? body.code : undefined,
    fields: faultyFields(recordOf(body).errors),
  };
}
