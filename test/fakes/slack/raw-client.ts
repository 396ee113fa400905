import type { Json } from "../discord/json.ts";
import { listOf, recordOf } from "../discord/json.ts";
import type { FakeSlack } from "./fake-slack.ts";
import { openFakeSlack } from "./fake-slack.ts";

/** The fake with a client that checks nothing: what it sends is often wrong on purpose. */
export interface RawClient {
  readonly fake: FakeSlack;
  /** Calls a method with a JSON body and the bot's token, or another. */
  readonly call: (method: string, args?: object, token?: string) => Promise<Json>;
}

export async function openRawClient(
  options: Parameters<typeof openFakeSlack>[0] = {},
): Promise<RawClient> {
  const fake = await openFakeSlack({ isLenient: true, ...options });
  return {
    fake,
    async call(method, args = {}, token = fake.settings.botToken) {
      const response = await fetch(`${fake.settings.apiUrl}${method}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify(args),
      });
      return recordOf(await response.json());
    },
  };
}

/** A refusal as its table row says it: the error, then what is wrong where. */
export function refusal({ error, response_metadata }: Json): readonly unknown[] {
  return [error, ...listOf(recordOf(response_metadata).messages)];
}

/** Uploads a file the way Slack asks for it; gives its id. */
export async function upload({ call }: RawClient, name: string, content: string): Promise<string> {
  const length = Buffer.byteLength(content);
  const { upload_url, file_id } = await call("files.getUploadURLExternal", {
    filename: name,
    length,
  });
  await fetch(String(upload_url), { method: "POST", body: content });
  await call("files.completeUploadExternal", { files: [{ id: file_id }] });
  return String(file_id);
}
