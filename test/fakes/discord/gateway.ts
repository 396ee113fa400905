import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { RawData, WebSocket } from "ws";
import { WebSocketServer } from "ws";
import type { Json } from "./json.ts";
import { isRecord, listOf, numberOf, recordOf } from "./json.ts";
import { applicationPayload, userPayload } from "./payloads.ts";
import type { World } from "./world.ts";

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway */
const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  members: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;
export const CLOSE = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSeq: 4007,
  rateLimited: 4008,
  invalidShard: 4010,
  invalidVersion: 4012,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

export const INTENTS = {
  guilds: 1 << 0,
  guildMessages: 1 << 9,
  directMessages: 1 << 12,
  messageContent: 1 << 15,
} as const;
const PRIVILEGED = (1 << 1) | (1 << 8) | INTENTS.messageContent;
const KNOWN_INTENTS = 0x3f_ff_ff_f;
const LARGEST_EVENT = 4_096;
const EVENTS_A_MINUTE = 120;

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly events: { readonly seq: number; readonly data: string }[];
  seq: number;
  socket: WebSocket | undefined;
}

/** The gateway: sessions that identify, beat, lose their connection and resume where they stopped. */
export class Gateway {
  readonly #world: World;
  readonly #token: string;
  readonly #server: WebSocketServer;
  readonly #sessions = new Map<string, Session>();
  readonly #url: () => string;
  #identifies = 0;

  constructor(http: Server, world: World, token: string, url: () => string) {
    this.#world = world;
    this.#token = token;
    this.#url = url;
    this.#server = new WebSocketServer({ server: http, path: "/gateway" });
    this.#server.on("connection", (socket, request) => this.#welcome(socket, request));
  }

  /** How many sessions are connected now. */
  get connected(): number {
    return [...this.#sessions.values()].filter(({ socket }) => socket?.readyState === 1).length;
  }

  /** How often a client identified, resumes not counted. */
  get identifies(): number {
    return this.#identifies;
  }

  /** Sends an event to every session that asked for its kind; a session without a connection gets it when it resumes. */
  dispatch(type: string, data: object | ((intents: number) => object | undefined)): void {
    for (const session of this.#sessions.values()) {
      const payload = typeof data === "function" ? data(session.intents) : data;
      if (payload !== undefined) send(session, type, payload);
    }
  }

  /** Sends the last event once more, as a resumed session may see it. */
  repeatLast(): void {
    for (const { socket, events } of this.#sessions.values()) {
      const last = events.at(-1);
      if (last) socket?.send(last.data);
    }
  }

  /** Cuts every connection; with a code as Discord does, without one as a broken cable does. */
  drop(code?: number): void {
    for (const socket of this.#server.clients) {
      if (code === undefined) socket.terminate();
      else socket.close(code);
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #welcome(socket: WebSocket, request: IncomingMessage): void {
    const version = new URL(request.url ?? "/", "http://discord.test").searchParams.get("v");
    if (version !== "10" && version !== "9") return socket.close(CLOSE.invalidVersion);
    let session: Session | undefined;
    let sent = 0;
    const minute = this.#world.now();
    const reply = (op: number, d: unknown): void =>
      socket.send(JSON.stringify({ op, d, s: null, t: null }));

    socket.on("message", (raw) => {
      sent += 1;
      const event = eventOf(raw);
      if (event === undefined) return socket.close(CLOSE.decodeError);
      if (sent > EVENTS_A_MINUTE && this.#world.now() - minute < 60_000)
        return socket.close(CLOSE.rateLimited);
      const data = recordOf(event.d);
      if (event.op === OP.heartbeat) return reply(OP.heartbeatAck, null);
      if (event.op === OP.identify || event.op === OP.resume) {
        if (session !== undefined) return socket.close(CLOSE.alreadyAuthenticated);
        if (data.token !== this.#token) return socket.close(CLOSE.authenticationFailed);
        session =
          event.op === OP.identify
            ? this.#identify(socket, data)
            : this.#resume(socket, data, () => reply(OP.invalidSession, false));
        return undefined;
      }
      if (event.op !== OP.presence && event.op !== OP.voice && event.op !== OP.members)
        return socket.close(CLOSE.unknownOpcode);
      return session === undefined ? socket.close(CLOSE.notAuthenticated) : undefined;
    });
    socket.on("close", () => {
      if (session?.socket === socket) session.socket = undefined;
      this.#world.changed();
    });
    reply(OP.hello, { heartbeat_interval: 41_250 });
    return undefined;
  }

  #identify(socket: WebSocket, data: Json): Session | undefined {
    const intents = numberOf(data.intents) ?? -1;
    const refuse = (code: number): undefined => {
      socket.close(code);
      return undefined;
    };
    if (intents < 0 || (intents & ~KNOWN_INTENTS) !== 0) return refuse(CLOSE.invalidIntents);
    if ((intents & PRIVILEGED) !== 0) return refuse(CLOSE.disallowedIntents);
    const [shard = 0, shards = 1] = listOf(data.shard).map(Number);
    if (shard < 0 || shard >= shards) return refuse(CLOSE.invalidShard);
    this.#identifies += 1;
    const session: Session = { id: randomUUID(), intents, events: [], seq: 0, socket };
    this.#sessions.set(session.id, session);
    send(session, "READY", {
      v: 10,
      user: {
        ...userPayload(this.#world.application),
        verified: true,
        mfa_enabled: true,
        email: null,
      },
      guilds: [...this.#world.guilds.keys()].map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: this.#url(),
      shard: [shard, shards],
      application: { id: applicationPayload(this.#world).id, flags: 0 },
    });
    this.#world.changed();
    return session;
  }

  #resume(socket: WebSocket, data: Json, invalid: () => void): Session | undefined {
    const session = this.#sessions.get(String(data.session_id));
    const seq = numberOf(data.seq) ?? 0;
    if (session === undefined) {
      invalid();
      return undefined;
    }
    if (seq > session.seq) {
      socket.close(CLOSE.invalidSeq);
      return undefined;
    }
    session.socket = socket;
    for (const event of session.events) if (event.seq > seq) socket.send(event.data);
    send(session, "RESUMED", {});
    this.#world.changed();
    return session;
  }
}

function send(session: Session, type: string, d: object): void {
  session.seq += 1;
  const data = JSON.stringify({ op: OP.dispatch, t: type, s: session.seq, d });
  session.events.push({ seq: session.seq, data });
  session.socket?.send(data);
}

function eventOf(raw: RawData): Json | undefined {
  const text = Buffer.isBuffer(raw) ? raw.toString() : "";
  if (Buffer.byteLength(text) > LARGEST_EVENT) return undefined;
  try {
    const event: unknown = JSON.parse(text);
    return isRecord(event) && typeof event.op === "number" ? event : undefined;
  } catch {
    return undefined;
  }
}
