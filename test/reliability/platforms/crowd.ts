import type { Bot } from "../../../src/command/bot.ts";
import type { Platform } from "../../../src/platforms/platform.ts";

/** Something a person did, as it stands by now. */
export interface Happened {
  readonly kind: string;
  /** Whether the platform has had its first response. */
  readonly isTaken: () => boolean;
  /** What was said of it at last, other than that it takes longer. */
  readonly said: () => string | undefined;
}

/** A platform full of people. */
export interface Crowd {
  readonly connect: (bot: Bot) => Platform;
  /** Readies so many of each kind; each of what is given then does all of one kind at once. */
  readonly ready: (each: number) => Promise<readonly (() => readonly Happened[])[]>;
  /** Moves the platform's own clock, which judges by the platform's own rules. */
  readonly advance: (ms: number) => void;
  /** What the platform held against the bot: retries, refusals, late acknowledgements. */
  readonly complaints: () => readonly string[];
  readonly close: () => Promise<void>;
}
