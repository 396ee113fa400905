import type { z } from "zod";
import type { Draw } from "../charts/chart.ts";
import type { Market } from "../market/market.ts";
import type { Reply } from "../reply/reply.ts";
import type { Caller, Place } from "./bot.ts";

/**
 * One command, declared once. Parsing, help, Discord options, the Slack manifest, completion and the
 * reference page are read from it.
 */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Every value arrives as text and leaves typed; the schema's `meta` says how it is offered. */
  readonly args: z.ZodObject;
  /** The arguments that take the free words, in order; the last one takes the rest. */
  readonly bare: readonly string[];
  /** Runnable as they stand on the bundled facts. */
  readonly examples: readonly string[];
  /** `key:value` words it does not know stay in its free words: they belong to the question inside. */
  readonly keepsUnknownKeys: boolean;
  /** Also a slash command of its own on Slack (otherwise only `/pulse name …`). */
  readonly ownSlash: boolean;
  readonly run: (args: never, context: Context) => Reply | Promise<Reply>;
}

/** What a command may know. Facts and time come in; nothing is reached for. */
export interface Context {
  readonly market: Market;
  /** Today in UTC, YYYY-MM-DD. */
  readonly today: string;
  readonly caller: Caller;
  readonly place: Place;
  readonly commands: readonly Command[];
  /** The question as it was typed, for buttons that repeat it with one thing changed. */
  readonly asked: Asked;
  /** Draws a chart as a PNG, for `/export`. */
  readonly draw: Draw;
  /** Answers another command's text as data, for `/export`. */
  readonly ask: (text: string) => Promise<Reply>;
}

/** A parsed question: which command, which words. `words` are the arguments as typed, by name. */
export interface Asked {
  readonly command: string;
  readonly words: Readonly<Record<string, string>>;
}

/** How one argument is offered to people; kept in the zod schema's `meta`. */
export interface ArgMeta {
  readonly describe: string;
  /** What completes it while typed; each has at most 25 suggestions. */
  readonly complete?: "company" | "role" | "sector" | "country" | "stage" | "command";
  /** A closed set, in the order to show it. */
  readonly choices?: readonly string[];
  /** Discord's option type; text unless told. */
  readonly type?: "text" | "integer" | "boolean";
  readonly min?: number;
  readonly max?: number;
  /** An example value for help and placeholders. */
  readonly example?: string;
}

/** Declares a command; the type of `args` flows into `run`. */
export function defineCommand<Args extends z.ZodObject>(declaration: {
  readonly name: string;
  readonly summary: string;
  readonly args: Args;
  readonly bare?: readonly (keyof z.infer<Args> & string)[];
  readonly examples: readonly string[];
  readonly ownSlash?: boolean;
  readonly keepsUnknownKeys?: boolean;
  readonly run: (args: z.infer<Args>, context: Context) => Reply | Promise<Reply>;
}): Command {
  return { bare: [], ownSlash: false, keepsUnknownKeys: false, ...declaration } as Command;
}

/** The arguments of a command in order, with how each is offered. */
export function argsOf(command: Command): readonly { readonly name: string; readonly meta: ArgMeta; readonly required: boolean }[] {
  return Object.entries(command.args.shape).map(([name, schema]) => {
    const type = schema as z.ZodType;
    const meta = (type.meta() ?? {}) as unknown as ArgMeta;
    return { name, meta, required: !type.safeParse(undefined).success };
  });
}
