import type { Clock } from "../clock.ts";
import { dayOf } from "../clock.ts";
import type { Draw } from "../charts/chart.ts";
import type { Reason } from "../fault.ts";
import { Fault } from "../fault.ts";
import type { Market } from "../market/market.ts";
import type { SourceStanding } from "../market/source-health.ts";
import type { Action, Inline, Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import type { Book } from "../stores/book.ts";
import type { Bot, Caller, Invocation, Place } from "./bot.ts";
import { companiesIn } from "./companies-in.ts";
import { suggestionsFor } from "./complete.ts";
import type { Asked, Command, Context, Judge } from "./define.ts";
import { LONGEST_QUESTION, parseQuestion } from "./parse.ts";
import { questionText } from "./question-text.ts";
import type { RecentQuestions } from "./recent.ts";
import { withWayOut } from "./way-out.ts";

export interface BotParts {
  readonly market: () => Market;
  /** Left out where no source is asked. */
  readonly standings?: () => Promise<readonly SourceStanding[]>;
  /** Left out where facts are only read. */
  readonly judge?: Judge;
  readonly book: Book;
  readonly commands: readonly Command[];
  /** Throws a Fault unless the caller may ask in this place; asked before every command that is not for everyone. */
  readonly admit: (at: Pick<Context, "book" | "caller" | "place">) => Promise<void>;
  readonly draw: Draw;
  readonly clock: Clock;
  readonly recent: RecentQuestions;
  readonly keys: { keep(command: string): string; recall(key: string): string | undefined };
  /** Told of every failure that is ours, with its reference and without the asker's words. */
  readonly onBroken: (reference: string, error: unknown) => void;
}

/** What an answered question looked like to a program: `ask --json` prints it. */
export interface Answered {
  readonly asked: Asked | undefined;
  readonly reply: Reply;
}

/** Characters of a message that are looked at. */
const MESSAGE_MOST = 16_000;

/** What may be otherwise in a moment: the answer says to try again, so that doing so is no double Enter. */
const PASSING: readonly Reason[] = ["busy", "conflict", "store_readonly", "internal"];

async function cannotJudge(): Promise<never> {
  throw new Fault("unsupported", "Facts are only read here.", "Decide at the bot's own terminal.");
}

/** The bot every platform talks to: one question in, one reply out, no failure without words. */
export function createBot(
  parts: BotParts,
): Bot & { ask(invocation: Invocation): Promise<Answered> } {
  const { commands, clock } = parts;

  function ask(invocation: Invocation): Promise<Answered> {
    return answered(() => parseQuestion(invocation.text, commands), invocation);
  }

  async function answered(
    read: () => ReturnType<typeof parseQuestion>,
    invocation: Invocation,
  ): Promise<Answered> {
    let asked: Asked | undefined;
    try {
      const question = read();
      // Before the question counts as asked: who may not ask here is offered no page about it either.
      if (!question.command.forEveryone) await parts.admit({ ...invocation, book: parts.book });
      asked = question.asked;
      const answer = await run(question.command, question.asked, invocation);
      return { asked, reply: dressed(answer, question.command, question.asked, invocation.place) };
    } catch (error) {
      return {
        asked,
        reply:
          error instanceof Fault
            ? faultReply(withWayOut(error, asked, commands, dayOf(clock())))
            : brokenReply(error),
      };
    }
  }

  function run(
    command: Command,
    asked: Asked,
    invocation: Invocation,
    forFile = false,
  ): Reply | Promise<Reply> {
    const now = clock();
    const context: Context = {
      market: parts.market(),
      standings: parts.standings ?? (async () => []),
      judge: parts.judge ?? cannotJudge,
      book: parts.book,
      now,
      today: dayOf(now),
      caller: invocation.caller,
      place: invocation.place,
      commands,
      asked,
      draw: parts.draw,
      forFile,
      ask: async (text) => {
        const inner = parseQuestion(text, commands);
        if (inner.command.name === command.name)
          throw new Fault(
            "bad_argument",
            `/${command.name} cannot ask itself.`,
            "",
            command.examples.slice(0, 1),
          );
        return run(inner.command, inner.asked, invocation, true);
      },
    };
    return command.run(asked, context);
  }

  function brokenReply(error: unknown): Reply {
    const reference = Math.floor(Math.random() * 36 ** 6)
      .toString(36)
      .toUpperCase()
      .padStart(6, "0");
    parts.onBroken(reference, error);
    return reply(`Something broke on my side (ref ${reference}). Nothing was changed.`, {
      reason: "internal",
      blocks: [{ kind: "text", words: "Try again; if it repeats, give the ref to your admin." }],
    });
  }

  async function answer(invocation: Invocation): Promise<Reply> {
    const now = clock();
    const early = parts.recent.hold(invocation, now);
    if (early !== undefined) return early;
    const answered = await ask(invocation);
    const { reason } = answered.reply;
    if (answered.asked !== undefined && reason === undefined)
      parts.recent.remember(invocation, now);
    if (reason !== undefined && PASSING.includes(reason)) parts.recent.release(invocation);
    return answered.reply;
  }

  return {
    commands,
    ask,
    answer,
    about: (message, caller, place) => about(message, caller, place),
    check: (message, writtenOn, caller, place) => check(message, writtenOn, caller, place),
    complete: (command, option, typed) =>
      suggestionsFor(commands, command, option, typed, parts.market()),
    draw: parts.draw,
    keep: (command) => parts.keys.keep(command),
    recall: (key) => parts.keys.recall(key),
    home: (caller) => home(caller),
  };

  async function about(message: string, caller: Caller, place: Place): Promise<Reply> {
    const named = companiesIn(message, parts.market());
    const [first, ...others] = named;
    if (first === undefined) {
      return reply("No company I know is named in that message.", {
        reason: "not_found",
        blocks: [{ kind: "text", words: ["Ask for one by name: ", { code: "/layoffs google" }] }],
        actions: [{ label: "Market pulse", run: "/pulse" }],
      });
    }
    const { reply: card } = await ask({
      text: `/layoffs ${first.name}`,
      caller,
      place,
      via: "pressed",
    });
    const more: Action[] = others
      .slice(0, 4)
      .map((company) => ({ label: company.name, run: `/layoffs ${company.name}` }));
    return { ...card, actions: [...more, ...card.actions] };
  }

  async function check(
    message: string,
    writtenOn: string,
    caller: Caller,
    place: Place,
  ): Promise<Reply> {
    const command = commands.find(({ name }) => name === "claim");
    if (command === undefined || message.trim() === "")
      return reply("That message has no words to check.", {
        reason: "not_found",
        blocks: [{ kind: "text", words: ["Type them: ", { code: "/claim" }] }],
      });
    // Quotes would end the quoted text of a button that repeats it.
    const words = {
      text: message.slice(0, MESSAGE_MOST).replace(/["“”]/g, "'"),
      ...(writtenOn !== "" && { asof: writtenOn }),
    };
    const question = { command, asked: { command: command.name, words } };
    const invocation: Invocation = { text: "/claim", caller, place, via: "pressed" };
    return (await answered(() => question, invocation)).reply;
  }

  async function home(caller: Caller): Promise<Reply> {
    const { reply: card } = await ask({
      text: "/pulse",
      caller,
      place: { kind: "dm", id: "home" },
      via: "pressed",
    });
    const last = parts.recent.of(caller);
    if (last.length === 0) return card;
    const choice = {
      placeholder: "Your last questions…",
      options: last.map((text) => ({ label: text, run: text })),
    };
    return {
      ...card,
      blocks: [
        ...card.blocks,
        { kind: "text", words: [{ bold: "Your last questions" }] },
        { kind: "bullets", items: last.map((text) => [{ code: text }]) },
      ],
      choices: [choice, ...card.choices],
    };
  }
}

/** Marks a shared answer, and offers sharing where others are around. */
function dressed(answer: Reply, command: Command, asked: Asked, place: Place): Reply {
  if (asked.words["share"] !== undefined && /^(y|yes|true|on|1)$/i.test(asked.words["share"]))
    return { ...answer, audience: "everyone" };
  if (place.kind !== "channel" || command.args.shape["share"] === undefined) return answer;
  const run = questionText(command, asked, { share: "yes" });
  if (run.length > LONGEST_QUESTION) return answer;
  return { ...answer, actions: [...answer.actions, { label: "Share", run, style: "primary" }] };
}

/** A refusal in words: what is wrong, what would be right, one thing to type. */
export function faultReply(fault: Fault): Reply {
  const [first] = fault.tries;
  const words: Inline[] = [
    ...(fault.right === "" ? [] : [fault.right]),
    ...(first === undefined ? [] : [fault.right === "" ? "Try " : " Try ", { code: first }]),
  ];
  return reply(fault.message, {
    reason: fault.reason,
    blocks: words.length === 0 ? [] : [{ kind: "text", words }],
    actions: fault.tries.map((run) => ({ label: run, run })),
    figures: {},
  });
}
