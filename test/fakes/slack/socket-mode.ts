import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { RawData } from "ws";
import { WebSocket, WebSocketServer } from "ws";
import type { Json } from "../discord/json.ts";
import { isRecord, recordOf } from "../discord/json.ts";
import type { World } from "./world.ts";

/** https://docs.slack.dev/apis/events-api/using-socket-mode */
const MAX_CONNECTIONS = 10;
const ACK_MS = 3_000;
const TICKET_MS = 30_000;
/** Real time given to a client to close. */
const CLOSE_MS = 500;
/** An event that is not acknowledged comes again at once, after a minute and after five. */
const RETRY_AFTER_MS = [0, 60_000, 300_000] as const;

export type EnvelopeKind = "slash_commands" | "interactive" | "events_api";

/** Something on its way to the bot, and what became of it. */
export interface Delivery {
  readonly envelopeId: string;
  readonly kind: EnvelopeKind;
  readonly payload: Json;
  /** How often it was sent; none while nobody is connected. */
  attempts: number;
  dueAt: number;
  sentAt?: number;
  /** What the bot acknowledged it with. */
  acked?: Json;
  failure?: "operation_timeout" | "dispatch_failed" | "event.undelivered";
  /** What Slack does with the acknowledgement. */
  readonly onAck?: (payload: Json) => void;
}

/** Slack's Socket Mode: tickets, connections, envelopes and their acknowledgements. */
export class SocketMode {
  readonly #world: World;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Map<string, number>();
  readonly #lines: WebSocket[] = [];
  readonly deliveries: Delivery[] = [];
  readonly #notes: string[];
  #turn = 0;

  constructor(server: Server, world: World, notes: string[]) {
    this.#world = world;
    this.#notes = notes;
    server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#lines.length;
  }

  /** A ticket for one connection. */
  openTicket(): string {
    const ticket = randomUUID();
    this.#tickets.set(ticket, this.#world.now());
    return ticket;
  }

  send(kind: EnvelopeKind, payload: Json, onAck?: Delivery["onAck"]): Delivery {
    const delivery: Delivery = {
      envelopeId: randomUUID(),
      kind,
      payload,
      attempts: 0,
      dueAt: this.#world.now(),
      ...(onAck && { onAck }),
    };
    this.deliveries.push(delivery);
    if (this.#lines.length > 0) this.#transmit(delivery);
    else if (kind !== "events_api") this.#fail(delivery, "dispatch_failed");
    return delivery;
  }

  /** Sends the same envelope once more, as Slack does when an acknowledgement was lost. */
  sendAgain(delivery: Delivery): void {
    delete delivery.acked;
    this.#transmit(delivery);
  }

  /** Looks what the new time means: who is late, and what is to be sent again. */
  tick(): void {
    for (const delivery of this.deliveries.filter(isOpen)) {
      const isLate = delivery.sentAt !== undefined && this.#world.now() - delivery.sentAt >= ACK_MS;
      if (isLate && delivery.kind !== "events_api") this.#fail(delivery, "operation_timeout");
      else if (isLate) this.#reschedule(delivery);
    }
    this.#sendDue();
  }

  /** Tells every connection to come again, as Slack does every few hours. */
  refresh(reason: "warning" | "refresh_requested" = "refresh_requested"): void {
    for (const line of this.#lines) this.#disconnect(line, reason);
  }

  /** Breaks every connection without a word. */
  cut(): void {
    for (const line of this.#lines) line.terminate();
  }

  /** Ends every connection in good order, so that a client that is leaving too is not startled. */
  async close(): Promise<void> {
    const gone = this.#lines.map((line) => once(line, "close"));
    for (const line of this.#lines) line.close(1001);
    const impatience = setTimeout(() => this.cut(), CLOSE_MS);
    await Promise.all(gone);
    clearTimeout(impatience);
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? "/", "http://slack.test").searchParams.get("ticket");
    const openedAt = this.#tickets.get(ticket ?? "");
    this.#tickets.delete(ticket ?? "");
    if (openedAt === undefined || this.#world.now() - openedAt > TICKET_MS) {
      socket.end("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (line) => this.#greet(line));
  }

  #greet(line: WebSocket): void {
    // A broken connection closes right after; the bot is what is under test.
    line.on("error", () => undefined);
    if (this.#lines.length >= MAX_CONNECTIONS) {
      this.#notes.push("too_many_websockets");
      this.#disconnect(line, "too_many_websockets");
      return;
    }
    this.#lines.push(line);
    line.on("message", (raw) => this.#acknowledge(raw));
    line.on("close", () => {
      this.#lines.splice(this.#lines.indexOf(line), 1);
      this.#world.changed();
    });
    write(line, {
      type: "hello",
      num_connections: this.#lines.length,
      debug_info: { host: "applink-1", build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: this.#world.appId },
    });
    this.#sendDue();
    this.#world.changed();
  }

  #disconnect(line: WebSocket, reason: string): void {
    write(line, { type: "disconnect", reason, debug_info: { host: "applink-1" } });
  }

  #sendDue(): void {
    if (this.#lines.length === 0) return;
    for (const delivery of this.deliveries.filter(isOpen)) {
      if (delivery.sentAt === undefined && delivery.dueAt <= this.#world.now())
        this.#transmit(delivery);
    }
  }

  #transmit(delivery: Delivery): void {
    // Each envelope goes to one of the connections only.
    this.#turn += 1;
    const open = this.#lines.filter(({ readyState }) => readyState === WebSocket.OPEN);
    const line = open[this.#turn % open.length];
    if (line === undefined) return;
    delivery.sentAt = this.#world.now();
    write(line, {
      envelope_id: delivery.envelopeId,
      type: delivery.kind,
      payload: delivery.payload,
      accepts_response_payload: delivery.kind !== "events_api",
      ...(delivery.kind === "events_api" && {
        retry_attempt: delivery.attempts,
        retry_reason: delivery.attempts === 0 ? "" : "timeout",
      }),
    });
    delivery.attempts += 1;
  }

  #reschedule(delivery: Delivery): void {
    const wait = RETRY_AFTER_MS[delivery.attempts - 1];
    if (wait === undefined) this.#fail(delivery, "event.undelivered");
    else {
      delivery.dueAt = (delivery.sentAt ?? 0) + wait;
      delete delivery.sentAt;
    }
  }

  #fail(delivery: Delivery, failure: NonNullable<Delivery["failure"]>): void {
    delivery.failure = failure;
    this.#notes.push(failure);
    this.#world.changed();
  }

  #acknowledge(raw: RawData): void {
    const message = parsed(raw);
    const delivery = this.deliveries.find(({ envelopeId }) => envelopeId === message?.envelope_id);
    const payload = recordOf(message?.payload);
    if (message === undefined) this.#notes.push("ack.not_json");
    else if (delivery === undefined) this.#notes.push("ack.unknown_envelope");
    else if (delivery.acked !== undefined) this.#notes.push("ack.twice");
    else if (delivery.failure !== undefined) this.#notes.push("ack.late");
    else {
      if (delivery.kind === "events_api" && Object.keys(payload).length > 0)
        this.#notes.push("ack.payload_on_event");
      delivery.acked = payload;
      delivery.onAck?.(payload);
    }
    this.#world.changed();
  }
}

function isOpen({ acked, failure }: Delivery): boolean {
  return acked === undefined && failure === undefined;
}

function write(line: WebSocket, message: object): void {
  line.send(JSON.stringify(message));
}

function parsed(raw: RawData): Json | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.isBuffer(raw) ? raw.toString() : "");
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
