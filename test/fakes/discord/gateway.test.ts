import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { FakeDiscord } from "./fake-discord.ts";
import { openFakeDiscord } from "./fake-discord.ts";
import { CLOSE, INTENTS } from "./gateway.ts";
import type { Json } from "./json.ts";
import { recordOf } from "./json.ts";

let fake: FakeDiscord;
const lines: Line[] = [];

beforeEach(async () => {
  fake = await openFakeDiscord();
});

afterEach(async () => {
  for (const { socket } of lines.splice(0)) socket.terminate();
  await fake.close();
});

interface Line {
  readonly socket: WebSocket;
  readonly send: (op: number, d: unknown) => void;
  /** The next event of this kind, past or to come. */
  readonly next: (kind: string) => Promise<Json>;
  readonly closed: Promise<number>;
}

async function dial(query = "v=10&encoding=json"): Promise<Line> {
  const socket = new WebSocket(
    `${fake.settings.apiUrl.replace("http", "ws").replace("/api", "/gateway")}?${query}`,
  );
  const events: Json[] = [];
  socket.on("message", (raw) => {
    events.push(recordOf(JSON.parse(Buffer.isBuffer(raw) ? raw.toString() : "")));
    socket.emit("event");
  });
  const closed = once(socket, "close").then(([code]) => Number(code));
  const line: Line = {
    socket,
    send: (op, d) => socket.send(JSON.stringify({ op, d })),
    async next(kind) {
      for (;;) {
        const at = events.findIndex(({ op, t }) => t === kind || `op ${Number(op)}` === kind);
        if (at >= 0) return events.splice(at, 1)[0]!;
        await once(socket, "event");
      }
    },
    closed,
  };
  lines.push(line);
  return line;
}

const identity = (more: object = {}) => ({
  token: fake.settings.token,
  intents: INTENTS.guildMessages,
  properties: {},
  shard: [0, 1],
  ...more,
});

/** A connection that was greeted. */
async function greeted(): Promise<Line> {
  const line = await dial();
  await line.next("op 10");
  return line;
}

async function ready(more: object = {}): Promise<Line & { readonly session: string }> {
  const line = await greeted();
  line.send(2, identity(more));
  const { d } = await line.next("READY");
  return { ...line, session: String(recordOf(d).session_id) };
}

describe("the gateway", () => {
  it.each<[string, (line: Line) => void, number]>([
    ["an unknown opcode", (line) => line.send(99, {}), CLOSE.unknownOpcode],
    ["what is not JSON", (line) => line.socket.send("{"), CLOSE.decodeError],
    ["more than 4,096 bytes", (line) => line.send(1, "x".repeat(4_100)), CLOSE.decodeError],
    ["an event before identify", (line) => line.send(3, {}), CLOSE.notAuthenticated],
    [
      "a wrong token",
      (line) => line.send(2, identity({ token: "wrong" })),
      CLOSE.authenticationFailed,
    ],
    [
      "a shard that is none",
      (line) => line.send(2, identity({ shard: [3, 2] })),
      CLOSE.invalidShard,
    ],
    [
      "unknown intents",
      (line) => line.send(2, identity({ intents: 2 ** 30 })),
      CLOSE.invalidIntents,
    ],
    [
      "privileged intents",
      (line) => line.send(2, identity({ intents: INTENTS.messageContent })),
      CLOSE.disallowedIntents,
    ],
  ])("closes on %s", async (_, act, code) => {
    const line = await greeted();
    act(line);
    expect(await line.closed).toBe(code);
  });

  it("closes on another version, and on a second identify", async () => {
    expect(await (await dial("v=3")).closed).toBe(CLOSE.invalidVersion);
    const line = await ready();
    line.send(2, identity());
    expect(await line.closed).toBe(CLOSE.alreadyAuthenticated);
  });

  it("closes on more than 120 events a minute", async () => {
    const line = await ready();
    for (let sent = 0; sent < 120; sent++) line.send(1, null);
    expect(await line.closed).toBe(CLOSE.rateLimited);
  });

  it("answers a heartbeat", async () => {
    const line = await ready();
    line.send(1, null);
    expect(await line.next("op 11")).toMatchObject({ op: 11 });
  });

  it("gives a resumed session what it missed", async () => {
    const { socket, session } = await ready();
    socket.terminate();
    await fake.world.see(() => (fake.gateway.connected === 0 ? true : undefined), "the cut");
    fake.mention("one");
    const line = await greeted();
    line.send(6, { token: fake.settings.token, session_id: session, seq: 1 });
    expect(recordOf((await line.next("MESSAGE_CREATE")).d).content).toContain("one");
    expect(await line.next("RESUMED")).toMatchObject({ t: "RESUMED" });
    expect(fake.gateway.identifies).toBe(1);
  });

  it("knows neither foreign sessions nor numbers it never gave", async () => {
    const line = await greeted();
    line.send(6, { token: fake.settings.token, session_id: "unknown", seq: 1 });
    expect(await line.next("op 9")).toMatchObject({ d: false });
    const { socket, session } = await ready();
    socket.terminate();
    const again = await greeted();
    again.send(6, { token: fake.settings.token, session_id: session, seq: 99 });
    expect(await again.closed).toBe(CLOSE.invalidSeq);
  });

  it("sends messages to those who asked for them, and their text only when it is for us", async () => {
    const line = await ready();
    fake.dm("directly");
    fake.write("not for us");
    const { d } = await line.next("MESSAGE_CREATE");
    expect(recordOf(d)).toMatchObject({ content: "", guild_id: fake.guild });
  });

  it("sends an interaction to every session", async () => {
    const one = await ready();
    const two = await ready();
    fake.gateway.dispatch("INTERACTION_CREATE", { id: "1" });
    expect(
      await Promise.all([one.next("INTERACTION_CREATE"), two.next("INTERACTION_CREATE")]),
    ).toHaveLength(2);
  });
});
