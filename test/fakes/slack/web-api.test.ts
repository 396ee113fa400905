import { webApi } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordOf } from "../discord/json.ts";
import { silent } from "./genuine-app.ts";
import type { RawClient } from "./raw-client.ts";
import { openRawClient, refusal, upload } from "./raw-client.ts";

let client: RawClient;
let fake: RawClient["fake"];
let call: RawClient["call"];

beforeEach(async () => {
  client = await openRawClient();
  ({ fake, call } = client);
});
afterEach(() => fake.close());

const post = (more: object = {}) =>
  call("chat.postMessage", { channel: fake.channel.id, text: "x", ...more });

describe("who asks", () => {
  it.each<[string, string, () => string, string]>([
    ["nobody", "auth.test", () => "", "not_authed"],
    ["somebody unknown", "auth.test", () => "xoxb-0", "invalid_auth"],
    [
      "the app where the bot belongs",
      "auth.test",
      () => fake.settings.appToken,
      "not_allowed_token_type",
    ],
    [
      "the bot where the app belongs",
      "apps.connections.open",
      () => fake.settings.botToken,
      "not_allowed_token_type",
    ],
  ])("%s is refused", async (_, method, token, error) => {
    expect(refusal(await call(method, {}, token()))).toEqual([error]);
  });

  it.each(["token_revoked", "account_inactive"] as const)(
    "with a token that is %s is refused",
    async (refused) => {
      fake.revoke(refused);
      expect(await post()).toEqual({ ok: false, error: refused });
    },
  );

  it("without the scope hears which one is needed", async () => {
    fake.withoutScope("chat:write");
    expect(await post()).toMatchObject({
      error: "missing_scope",
      needed: "chat:write",
      provided: expect.stringContaining("im:history"),
    });
    fake.withoutScope("channels:history");
    expect(await call("conversations.history", { channel: fake.channel.id })).toMatchObject({
      error: "missing_scope",
      needed: "channels:history",
    });
  });
});

describe("a body", () => {
  const send = async (
    type: string,
    body: string,
    authorization = `Bearer ${fake.settings.botToken}`,
  ) => {
    const response = await fetch(`${fake.settings.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { "content-type": type, authorization },
      body,
    });
    return refusal(recordOf(await response.json()));
  };

  it("that is broken JSON is refused", async () => {
    expect(await send("application/json", "{")).toEqual(["invalid_json"]);
  });

  it("of an unsupported type is refused", async () => {
    expect(await send("text/xml", "<a/>")).toEqual(["invalid_post_type"]);
  });

  it("of JSON does not carry the token", async () => {
    const body = JSON.stringify({
      token: fake.settings.botToken,
      channel: fake.channel.id,
      text: "x",
    });
    expect(await send("application/json", body, "")).toEqual(["not_authed"]);
  });

  it("of a form does, and its blocks are JSON", async () => {
    const blocks = JSON.stringify([{ type: "divider" }]);
    const form = new URLSearchParams({
      token: fake.settings.botToken,
      channel: fake.channel.id,
      text: "x",
      blocks,
    });
    expect(await send("application/x-www-form-urlencoded", form.toString(), "")).toEqual([
      undefined,
    ]);
    expect(fake.messages()[0]?.blocks).toMatchObject([{ type: "divider" }]);
  });
});

describe("a post", () => {
  it("without channel is refused", async () => {
    expect(refusal(await call("chat.postMessage", { text: "x" }))).toEqual([
      "invalid_arguments",
      "[ERROR] missing required field: channel",
    ]);
  });

  it.each<[string, object, string]>([
    ["to an unknown channel", { channel: "C0NOWHERE" }, "channel_not_found"],
    ["with nothing to say", { text: "" }, "no_text"],
    ["of markdown over 12,000", { text: "", markdown_text: "x".repeat(12_001) }, "msg_too_long"],
    ["of markdown and text", { markdown_text: "x" }, "markdown_text_conflict"],
    [
      "with 101 attachments",
      { attachments: Array.from({ length: 101 }, () => ({})) },
      "too_many_attachments",
    ],
    [
      "with metadata without event_payload",
      { metadata: { event_type: "x" } },
      "invalid_metadata_format",
    ],
    ["with blocks that are no array", { blocks: { type: "divider" } }, "invalid_blocks_format"],
    ["under another name", { username: "Boss" }, "missing_scope"],
  ])("%s is refused", async (_, args, error) => {
    expect(await post(args)).toMatchObject({ ok: false, error });
    expect(fake.messages()).toEqual([]);
  });

  it.each<[string, () => void, string]>([
    [
      "a private channel without the bot",
      () => fake.kick(Object.assign(fake.channel, { kind: "private" })),
      "channel_not_found",
    ],
    ["a public channel without the bot", () => fake.kick(fake.channel), "not_in_channel"],
    ["an archived channel", () => fake.archive(fake.channel), "is_archived"],
    [
      "a read-only channel",
      () => Object.assign(fake.channel, { isReadOnly: true }),
      "restricted_action",
    ],
  ])("to %s is refused", async (_, change, error) => {
    change();
    expect(await post()).toEqual({ ok: false, error });
  });

  it("longer than 40,000 characters is cut, and that is noted", async () => {
    await post({ text: "x".repeat(40_001) });
    expect(fake.messages()[0]?.text).toHaveLength(40_000);
    expect(fake.notes).toEqual(["message.truncated"]);
  });

  it("of blocks alone is noted: a notification would be empty", async () => {
    await post({ text: undefined, blocks: [{ type: "divider" }] });
    expect(fake.notes).toEqual(["message.no_fallback_text"]);
  });

  it("in a thread nobody began is noted", async () => {
    await post({ thread_ts: "1.000000" });
    expect(fake.notes).toEqual(["thread.unknown"]);
  });

  it("with a client_msg_id is doubled unless Slack is set not to", async () => {
    const client_msg_id = "8c8b5b0e-0000-5000-8000-000000000001";
    const first = await post({ client_msg_id });
    expect((await post({ client_msg_id })).ts).not.toBe(first.ts);
    fake.setIdempotent();
    expect((await post({ client_msg_id })).ts).toBe(first.ts);
    expect(fake.messages()).toHaveLength(2);
  });

  it("beyond the rate of a channel waits as long as it is told", async () => {
    fake.rateLimit(fake.channel, 30);
    const response = await fetch(`${fake.settings.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${fake.settings.botToken}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ channel: fake.channel.id, text: "x" }),
    });
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "30"]);
    fake.advance(30_000);
    expect(await post()).toMatchObject({ ok: true });
  });

  it("that one person sees needs that person in the channel", async () => {
    const stranger = fake.world.addUser("eve");
    const args = { channel: fake.channel.id, text: "x" };
    expect(await call("chat.postEphemeral", { ...args, user: stranger.id })).toMatchObject({
      error: "user_not_in_channel",
    });
    await call("chat.postEphemeral", { ...args, user: fake.user.id });
    expect(fake.ephemeral()).toMatchObject([{ text: "x", isEphemeral: true }]);
    expect(fake.messages()).toEqual([]);
  });
});

describe("a change", () => {
  it("with text alone leaves the old blocks on show, and that is noted", async () => {
    const { ts } = await post({ blocks: [{ type: "divider" }] });
    await call("chat.update", { channel: fake.channel.id, ts, text: "y" });
    expect(fake.messages()).toMatchObject([
      { text: "y", blocks: [{ type: "divider" }], isEdited: true },
    ]);
    expect(fake.notes).toEqual(["update.hidden_text"]);
  });

  it.each<[string, string, () => object, string]>([
    ["of an unknown message", "chat.update", () => ({ ts: "1.000000" }), "message_not_found"],
    [
      "of someone else's message",
      "chat.update",
      () => ({ ts: fake.write({ text: "mine" }).ts }),
      "cant_update_message",
    ],
    [
      "longer than 4,000 characters",
      "chat.update",
      () => ({ ts: fake.messages()[0]?.ts, text: "x".repeat(4_001) }),
      "msg_too_long",
    ],
    [
      "that deletes someone else's message",
      "chat.delete",
      () => ({ ts: fake.write({ text: "mine" }).ts }),
      "cant_delete_message",
    ],
  ])("%s is refused", async (_, method, args, error) => {
    await post();
    const answer = await call(method, { channel: fake.channel.id, text: "y", ...args() });
    expect(answer).toEqual({ ok: false, error });
  });

  it("that deletes takes the message away", async () => {
    const { ts } = await post();
    expect(await call("chat.delete", { channel: fake.channel.id, ts })).toMatchObject({
      ok: true,
      ts,
    });
    expect(fake.messages()).toEqual([]);
  });
});

describe("a look back", () => {
  it("gives metadata only when asked for it, newest message first", async () => {
    const metadata = { event_type: "market_pulse", event_payload: { key: "k" } };
    await post({ text: "first", metadata });
    fake.advance(5_000);
    const { ts } = await post({ text: "second" });
    await post({ text: "in a thread", thread_ts: ts });
    const look = (more: object) =>
      call("conversations.history", { channel: fake.channel.id, ...more });
    expect((await look({ include_all_metadata: true })).messages).toMatchObject([
      { text: "second" },
      { text: "first", metadata },
    ]);
    expect(JSON.stringify((await look({})).messages)).not.toContain("market_pulse");
    expect((await look({ oldest: String(Number(ts) - 1) })).messages).toMatchObject([
      { text: "second" },
    ]);
    expect(
      (await call("conversations.replies", { channel: fake.channel.id, ts })).messages,
    ).toMatchObject([{ text: "second" }, { text: "in a thread", thread_ts: ts }]);
  });

  it("does not show what one person alone saw", async () => {
    const { channel, user } = fake;
    await call("chat.postEphemeral", { channel: channel.id, user: user.id, text: "alone" });
    expect((await call("conversations.history", { channel: channel.id })).messages).toEqual([]);
  });

  it("comes in pages", async () => {
    for (const text of ["a", "b", "c"]) await post({ text });
    const look = (more: object) =>
      call("conversations.history", { channel: fake.channel.id, limit: 2, ...more });
    const first = await look({});
    expect(first).toMatchObject({ has_more: true, messages: [{ text: "c" }, { text: "b" }] });
    const { next_cursor: cursor } = recordOf(first.response_metadata);
    expect(await look({ cursor })).toMatchObject({ has_more: false, messages: [{ text: "a" }] });
    expect(await look({ cursor: "made-up" })).toMatchObject({ error: "invalid_cursor" });
    expect(await look({ limit: 1_001 })).toMatchObject({ error: "invalid_limit" });
  });
});

describe("direct messages", () => {
  it("are opened by a person's id", async () => {
    const { channel } = await call("conversations.open", { users: fake.user.id });
    expect(await post({ channel: recordOf(channel).id })).toMatchObject({ ok: true });
    expect(await post({ channel: fake.user.id })).toMatchObject({ ok: true });
    expect(fake.messages(fake.world.directChannel(fake.user))).toHaveLength(2);
  });

  it("with nobody, or with somebody gone, are refused", async () => {
    expect(await call("conversations.open", { users: "U0NOBODY" })).toMatchObject({
      error: "user_not_found",
    });
    fake.closeDm(fake.user);
    expect(await call("conversations.open", { users: fake.user.id })).toMatchObject({
      error: "user_disabled",
    });
    expect(await post({ channel: fake.user.id })).toMatchObject({ error: "channel_not_found" });
  });
});

describe("a file", () => {
  it.each<[string, object, string]>([
    ["of no length", { filename: "a.csv", length: 0 }, "missing_argument"],
    [
      "with too long words for it",
      { filename: "a.png", length: 1, alt_txt: "x".repeat(1_001) },
      "alt_txt_too_large",
    ],
    [
      "as a snippet over 1 MB",
      { filename: "a.csv", length: 1_000_001, snippet_type: "csv" },
      "snippet_too_large",
    ],
  ])("%s is refused", async (_, args, error) => {
    expect(await call("files.getUploadURLExternal", args)).toEqual({ ok: false, error });
  });

  it("that was never uploaded cannot be shared", async () => {
    const { file_id } = await call("files.getUploadURLExternal", { filename: "a.csv", length: 3 });
    expect(await call("files.completeUploadExternal", { files: [{ id: file_id }] })).toMatchObject({
      error: "file_not_found",
    });
  });

  it("of another length than announced is refused", async () => {
    const announced = await call("files.getUploadURLExternal", { filename: "a.csv", length: 3 });
    const response = await fetch(String(announced.upload_url), { method: "POST", body: "long" });
    expect(response.status).toBe(400);
  });

  it("says what it is once Slack has looked through it", async () => {
    fake.files.unreadyLooks = 1;
    const file = await upload(client, "chart.png", "bytes");
    expect((await call("files.info", { file })).file).toMatchObject({
      id: file,
      mimetype: "",
      size: 5,
    });
    expect((await call("files.info", { file })).file).toMatchObject({ mimetype: "image/png" });
  });
});

describe("trouble", () => {
  it("that loses an answer does the work, and the genuine client does it twice", async () => {
    fake.trouble("chat.postMessage", "lose");
    const genuine = new webApi.WebClient(fake.settings.botToken, {
      slackApiUrl: fake.settings.apiUrl,
      logger: silent,
      retryConfig: { retries: 1, minTimeout: 1 },
    });
    await genuine.chat.postMessage({ channel: fake.channel.id, text: "x" });
    expect(fake.messages()).toHaveLength(2);
  });

  it.each<[string, Parameters<RawClient["fake"]["trouble"]>[1], number]>([
    ["that cuts a call leaves the work undone", "cut", 0],
    ["that cuts an answer leaves the work done", "lose", 1],
    ["that delays leaves the work to a later time", "delay-apply", 0],
  ])("%s", async (_, trouble, before) => {
    fake.trouble("chat.postMessage", trouble);
    await expect(post()).rejects.toThrow("fetch failed");
    expect(fake.messages()).toHaveLength(before);
    fake.advance(60_000);
    expect(fake.messages()).toHaveLength(trouble === "cut" ? 0 : 1);
  });

  it("that answers an error may hide work that was done", async () => {
    fake.trouble("chat.postMessage", { error: "internal_error", isDone: true });
    expect(await post()).toEqual({ ok: false, error: "internal_error" });
    expect(fake.messages()).toHaveLength(1);
  });

  it("that answers a status of its own comes once", async () => {
    fake.trouble("auth.test", { status: 503, body: { any: "thing" } });
    expect(await call("auth.test")).toEqual({ any: "thing" });
    expect(await call("auth.test")).toMatchObject({ ok: true, user: "pulse" });
  });
});

it("a method that does not exist is refused", async () => {
  expect(await call("chat.shout")).toMatchObject({ ok: false, error: "unknown_method" });
});
