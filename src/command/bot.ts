import type { Reply } from "../reply/reply.ts";
import type { Command } from "./define.ts";
import type { Draw } from "../charts/chart.ts";

/** Who asks, where, and with which words. Built by a platform from a verified request. */
export interface Invocation {
  /** The whole command as one would type it: `/layoffs google from:2024-01-01`. */
  readonly text: string;
  readonly caller: Caller;
  readonly place: Place;
  /** A button, menu or autocompleted option is never a double Enter. */
  readonly via: "typed" | "pressed" | "mention";
}

export interface Caller {
  /** The platform's id of the person; we keep no name. */
  readonly id: string;
  /** `slack:T…`, `discord:<guild>`, `local`: what belongs to one workspace or server is kept under it. */
  readonly tenant: string;
  /** What the platform says of the person, from the verified request; left out where nothing is known. */
  readonly standing?: Standing;
  /** What the request leaves open and the platform can be asked; left out where the request says all there is. */
  readonly inquiry?: Inquiry;
}

/** Both reject with a Fault (`busy`) where the platform does not answer in time. */
export interface Inquiry {
  /** Undefined where we may not ask. */
  person(): Promise<Standing | undefined>;
  /** Whether the person manages the channel they ask in; false where we may not ask. */
  managesChannel(): Promise<boolean>;
}

/** Taken from a request's own signed words or from the platform, never asked of a person. */
export interface Standing {
  /** Workspace admin or owner on Slack; Administrator on Discord; the operator at a terminal. */
  readonly admin: boolean;
  /** May manage the channel: its creator on Slack; Manage Server or Manage Channels on Discord. */
  readonly manager: boolean;
  /** A guest account, or someone of another workspace in a shared channel. */
  readonly outsider: boolean;
  /** Role ids, where a setting may name them. */
  readonly roles: readonly string[];
}

export interface Place {
  readonly kind: "channel" | "dm" | "terminal" | "page";
  readonly id: string;
}

export interface Suggestion {
  /** At most 100 characters each, as Discord wants them. */
  readonly name: string;
  readonly value: string;
}

/** Everything a platform needs of us. */
export interface Bot {
  readonly commands: readonly Command[];
  /** Never rejects: every failure is a reply with a reason. */
  answer(invocation: Invocation): Promise<Reply>;
  /** What we know of the companies a message names, for message shortcuts. Never rejects. */
  about(message: string, caller: Caller, place: Place): Promise<Reply>;
  /** What the facts say of the figures in a message, as known on the day it was written (YYYY-MM-DD, or empty). Never rejects. */
  check(message: string, writtenOn: string, caller: Caller, place: Place): Promise<Reply>;
  /** At most 25 suggestions for one option while it is typed. */
  complete(command: string, option: string, typed: string): readonly Suggestion[];
  readonly draw: Draw;
  /** A short key (≤ 24 characters of [A-Za-z0-9_-]) for a command too long for a button; the same command gives the same key. */
  keep(command: string): string;
  /** The command behind a short key, or undefined when it was forgotten. */
  recall(key: string): string | undefined;
  /** The first thing a caller sees in the app's own tab: the pulse, and the caller's last questions. */
  home(caller: Caller): Promise<Reply>;
}
