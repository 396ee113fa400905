import type { z } from "zod";
import type { Draw } from "../charts/chart.ts";
import type { Verdict } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import type { SourceStanding } from "../market/source-health.ts";
import type { Reply } from "../reply/reply.ts";
import type { Book } from "../stores/book.ts";
import type { Caller, Place } from "./bot.ts";
import { withBarePeriod } from "./bare-period.ts";
import { checkedArgs } from "./check.ts";
import { requireCounting } from "./modes.ts";
import type { Mode } from "./modes.ts";

export { argsOf } from "./args.ts";
export type { ArgMeta } from "./args.ts";

/**
 * One command, declared once. Parsing, help, Discord options, the Slack manifest, completion and the
 * reference page are read from it.
 */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Every value arrives as text and leaves typed; `argsOf` tells how each is offered. */
  readonly args: z.ZodObject;
  /** The arguments that take the free words, in order; the last one takes the rest. */
  readonly bare: readonly string[];
  /** Runnable as they stand on the bundled facts. */
  readonly examples: readonly string[];
  /** `key:value` words it does not know stay in its free words: they belong to the question inside. */
  readonly keepsUnknownKeys: boolean;
  /** Keys people look for here and that there are on purpose none of: what is so instead, and why, as whole sentences. */
  readonly without: Readonly<Record<string, Missed>>;
  /** What it can be about, by name, where not all of its words count in each; empty where they do. */
  readonly modes: Readonly<Record<string, Mode>>;
  /** Also a slash command of its own on Slack (otherwise only `/pulse name …`). */
  readonly ownSlash: boolean;
  /** Also for those who may not ask here (a guest in a direct message): it checks by itself who may do what. */
  readonly forEveryone: boolean;
  /** Checks the typed words and answers; throws a Fault that says what would be right. */
  readonly run: (asked: Asked, context: Context) => Reply | Promise<Reply>;
}

export interface Missed {
  readonly says: string;
  readonly why: string;
  /** What answers to that value instead, before the same question without the key. */
  readonly tries?: (value: string) => readonly string[];
}

/** What a command may know. Facts and time come in; nothing is reached for. */
export interface Context {
  readonly market: Market;
  /** The sources that are asked by themselves, and how each fares. */
  readonly standings: () => Promise<readonly SourceStanding[]>;
  /** Writes down what a person says of reports; rejects with a Fault where nothing can be written. */
  readonly judge: Judge;
  /** Today in UTC, YYYY-MM-DD. */
  readonly today: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Settings, watch sets, rules and the like; every key begins with a tenant. */
  readonly book: Book;
  readonly caller: Caller;
  readonly place: Place;
  readonly commands: readonly Command[];
  /** The question as it was typed, for buttons that repeat it with one thing changed. */
  readonly asked: Asked;
  /** Draws a chart as a PNG, for `/export`. */
  readonly draw: Draw;
  /** The answer goes into a file: its tables hold every row, and it names its sources. */
  readonly forFile?: boolean;
  /** Answers another command's text for a file, for `/export`. */
  readonly ask: (text: string) => Promise<Reply>;
}

/** Two reports are the same or different, one's figure is confirmed; null takes back what was said. */
export type Judge = (
  verdict: Pick<Verdict, "a" | "b"> & { readonly says: Verdict["says"] | null },
) => Promise<void>;

/** A parsed question: which command, which words. `words` are the arguments as typed, by name. */
export interface Asked {
  readonly command: string;
  readonly words: Readonly<Record<string, string>>;
}

/** Declares a command; the type of `args` flows into `run`. A word that does not count in the mode asked for is refused. */
export function defineCommand<
  Args extends z.ZodObject,
  const Name extends string = never,
>(declaration: {
  readonly name: string;
  readonly summary: string;
  readonly args: Args;
  readonly bare?: readonly (keyof z.infer<Args> & string)[];
  readonly examples: readonly string[];
  readonly ownSlash?: boolean;
  readonly keepsUnknownKeys?: boolean;
  readonly forEveryone?: boolean;
  readonly without?: Command["without"];
  readonly modes?: Readonly<Record<Name, Mode<keyof z.infer<Args> & string>>>;
  /** Which of the modes a question is in. */
  readonly modeOf?: (args: z.infer<Args>, context: Context) => Name;
  readonly run: (args: z.infer<Args>, context: Context) => Reply | Promise<Reply>;
}): Command {
  const command = { bare: [], modes: {}, ...declaration };
  return {
    ownSlash: false,
    keepsUnknownKeys: false,
    forEveryone: false,
    without: {},
    ...command,
    run: (typed, given) => {
      const asked = withBarePeriod(command, typed, given);
      const context = { ...given, asked };
      const args = checkedArgs(command, asked);
      if (declaration.modeOf !== undefined)
        requireCounting(command, declaration.modeOf(args, context), asked);
      return declaration.run(args, context);
    },
  };
}
