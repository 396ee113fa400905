import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Json } from "../discord/json.ts";
import { recordOf } from "../discord/json.ts";
import type { RawClient } from "./raw-client.ts";
import { openRawClient } from "./raw-client.ts";

let client: RawClient;
let fake: RawClient["fake"];
const sockets: WebSocket[] = [];

beforeEach(async () => {
  client = await openRawClient();
  ({ fake } = client);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await fake.close();
});

interface Line {
  readonly socket: WebSocket;
  /** The next message of this type, past or to come. */
  readonly next: (type: string) => Promise<Json>;
  readonly ack: (envelope: Json, payload?: object) => void;
}

async function ticket(): Promise<string> {
  const { url } = await client.call("apps.connections.open", {}, fake.settings.appToken);
  return String(url);
}

async function dial(url?: string): Promise<Line> {
  const socket = new WebSocket(url ?? (await ticket()));
  sockets.push(socket);
  const messages: Json[] = [];
  socket.on("message", (raw) => {
    messages.push(recordOf(JSON.parse(Buffer.isBuffer(raw) ? raw.toString() : "")));
    socket.emit("heard");
  });
  return {
    socket,
    ack: ({ envelope_id }, payload) => socket.send(JSON.stringify({ envelope_id, payload })),
    async next(type) {
      for (;;) {
        const at = messages.findIndex((message) => message.type === type);
        if (at >= 0) return messages.splice(at, 1)[0]!;
        await once(socket, "heard");
      }
    },
  };
}

async function connected(): Promise<Line> {
  const line = await dial();
  await line.next("hello");
  return line;
}

const byName = (left: unknown, right: unknown): number => String(left).localeCompare(String(right));

const seen = (...notes: string[]) =>
  fake.world.see(() => (fake.notes.length >= notes.length ? fake.notes : undefined), "notes");

describe("a ticket", () => {
  const refused = async (url: string): Promise<number | undefined> => {
    const socket = new WebSocket(url);
    sockets.push(socket);
    socket.on("error", () => undefined);
    const [, response] = await once(socket, "unexpected-response");
    return recordOf(response).statusCode === 401 ? 401 : undefined;
  };

  it("lets in once", async () => {
    const url = await ticket();
    await (await dial(url)).next("hello");
    expect(await refused(url)).toBe(401);
  });

  it("is good for half a minute", async () => {
    const url = await ticket();
    fake.advance(30_001);
    expect(await refused(url)).toBe(401);
  });

  it("needs connections:write", async () => {
    fake.withoutScope("connections:write");
    const answer = await client.call("apps.connections.open", {}, fake.settings.appToken);
    expect(answer).toMatchObject({ error: "missing_scope", needed: "connections:write" });
  });
});

it("an eleventh connection is sent away", async () => {
  for (let count = 1; count <= 10; count += 1) await connected();
  const line = await dial();
  expect(await line.next("disconnect")).toMatchObject({ reason: "too_many_websockets" });
  expect(fake.socket.connections).toBe(10);
});

it("each envelope goes to one connection", async () => {
  const lines = [await connected(), await connected()];
  fake.slash({ command: "/pay", text: "first" });
  fake.slash({ command: "/pay", text: "second" });
  const heard = await Promise.all(
    lines.map(async ({ next }) => (await next("slash_commands")).payload),
  );
  expect(heard.map((payload) => recordOf(payload).text).toSorted(byName)).toEqual([
    "first",
    "second",
  ]);
});

describe("a command", () => {
  it("with nobody connected fails at once", async () => {
    await expect(fake.slash({ command: "/pay" }).acked()).rejects.toThrow("dispatch_failed");
  });

  it("not acknowledged within three seconds fails, and a later acknowledgement is noted", async () => {
    const line = await connected();
    const asked = fake.slash({ command: "/pay" });
    const envelope = await line.next("slash_commands");
    fake.advance(3_000);
    await expect(asked.answer()).rejects.toThrow("operation_timeout");
    line.ack(envelope);
    expect(await seen("operation_timeout", "ack.late")).toEqual(["operation_timeout", "ack.late"]);
  });

  it("may be answered in its acknowledgement", async () => {
    const line = await connected();
    const asked = fake.slash({ command: "/pay" });
    line.ack(await line.next("slash_commands"), {
      text: "No pay known",
      response_type: "in_channel",
    });
    expect(await asked.answer()).toMatchObject({ text: "No pay known", isEphemeral: false });
    expect(fake.messages()).toHaveLength(1);
  });

  it("sent again is the same envelope", async () => {
    const line = await connected();
    const { delivery } = fake.slash({ command: "/pay" });
    const first = await line.next("slash_commands");
    line.ack(first);
    await fake.world.see(() => delivery.acked, "the acknowledgement");
    fake.socket.sendAgain(delivery);
    expect((await line.next("slash_commands")).envelope_id).toBe(first.envelope_id);
  });
});

describe("an event", () => {
  it("not acknowledged comes again at once, after a minute and after five, then no more", async () => {
    const line = await connected();
    fake.mention({ text: "layoffs?" });
    const attempts = [await line.next("events_api")];
    for (const ms of [3_000, 60_000, 300_000]) {
      fake.advance(ms);
      attempts.push(await line.next("events_api"));
    }
    expect(attempts.map(({ retry_attempt }) => retry_attempt)).toEqual([0, 1, 2, 3]);
    expect(new Set(attempts.map(({ payload }) => recordOf(payload).event_id)).size).toBe(1);
    fake.advance(300_000);
    expect(fake.notes).toEqual(["event.undelivered"]);
  });

  it("waits for a connection", async () => {
    fake.dm({ text: "layoffs?" });
    const line = await connected();
    expect(await line.next("events_api")).toMatchObject({
      payload: { event: { text: "layoffs?" } },
    });
  });

  it("acknowledged with a payload is noted", async () => {
    const line = await connected();
    fake.mention({ text: "layoffs?" });
    line.ack(await line.next("events_api"), { text: "Here" });
    expect(await seen("ack.payload_on_event")).toEqual(["ack.payload_on_event"]);
  });

  it("tells a bot of its own direct messages, their changes and their end", async () => {
    const line = await connected();
    const channel = fake.world.directChannel(fake.user).id;
    const { ts } = await client.call("chat.postMessage", { channel, text: "x" });
    await client.call("chat.update", { channel, ts, text: "y" });
    await client.call("chat.delete", { channel, ts });
    const event = async () => recordOf((await line.next("events_api")).payload).event;
    expect(await event()).toMatchObject({ bot_id: fake.world.botId, text: "x" });
    expect(await event()).toMatchObject({ subtype: "message_changed", message: { text: "y" } });
    expect(await event()).toMatchObject({ subtype: "message_deleted", deleted_ts: ts });
  });
});

describe("an acknowledgement", () => {
  it.each<[string, string, string]>([
    ["that is not JSON", "{", "ack.not_json"],
    ["of an unknown envelope", `{"envelope_id":"x"}`, "ack.unknown_envelope"],
  ])("%s is noted", async (_, said, note) => {
    const line = await connected();
    line.socket.send(said);
    expect(await seen(note)).toEqual([note]);
  });

  it("given twice is noted", async () => {
    const line = await connected();
    fake.slash({ command: "/pay" });
    const envelope = await line.next("slash_commands");
    line.ack(envelope);
    line.ack(envelope);
    expect(await seen("ack.twice")).toEqual(["ack.twice"]);
  });
});

it("a refresh asks every connection to come again", async () => {
  const lines = [await connected(), await connected()];
  fake.socket.refresh();
  for (const { next } of lines)
    expect(await next("disconnect")).toMatchObject({ reason: "refresh_requested" });
});
