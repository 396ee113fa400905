import type { Sender } from "../delivery/sender.ts";

/** A place people talk in: it receives questions, shows replies, registers commands. */
export interface Platform {
  readonly name: "slack" | "discord";
  /** Connects and begins to answer. Rejects with a ConnectError whose words an operator can act on. */
  start(): Promise<Connected>;
  /** Stops receiving, lets answers in flight end, closes. Safe to call twice and before `start`. */
  stop(): Promise<void>;
  /** What shows our own posts there; it works without a connection for receiving. Left out where there is none. */
  sender?(): Sender;
}

export interface Connected {
  /** Who we are there, for the first screen: "market-pulse in Acme". */
  readonly as: string;
  readonly commands: "unchanged" | "updated" | "by manifest";
}

export type ConnectReason =
  | "bad_token"
  | "swapped_token"
  | "missing_scope"
  | "unreachable"
  | "refused";

/** Why a platform could not be reached, in one sentence that shows no secret. */
export class ConnectError extends Error {
  readonly reason: ConnectReason;
  constructor(reason: ConnectReason, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = "ConnectError";
    this.reason = reason;
  }
}
