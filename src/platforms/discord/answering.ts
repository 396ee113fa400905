import type { APIInteraction, GatewayMessageCreateDispatchData } from "discord.js";
import type { Clock } from "../../clock.ts";
import type { Bot } from "../../command/bot.ts";
import type { Log } from "../../log.ts";
import type { Reply } from "../../reply/reply.ts";
import { reply } from "../../reply/reply.ts";
import { failureDetail, failureOf } from "./failure.ts";
import { formModal } from "./form.ts";
import type { Outgoing } from "./outgoing.ts";
import { dress } from "./outgoing.ts";
import { renderDiscordPlain } from "./plain.ts";
import type { Question, Spoken } from "./question.ts";
import { brokenReply } from "./question.ts";
import type { Wire } from "./wire.ts";

export interface Answering {
  readonly bot: Bot;
  readonly wire: Wire;
  readonly log: Log;
  readonly clock: Clock;
  /** An answer slower than this is announced first and edited in later; with 0 every answer is. */
  readonly deferAfterMs: number;
  /** Waits for the turn of a piece of work that keeps the process busy. */
  readonly turn: () => Promise<void>;
}

/**
 * Answers an interaction within its three seconds: at once when the answer is quick, otherwise with a
 * promise that is kept by an edit. The answer is for the asker alone unless it is meant for everyone.
 */
export async function answerInteraction(
  interaction: APIInteraction,
  question: Question,
  answering: Answering,
): Promise<void> {
  const { bot, wire, log, deferAfterMs } = answering;
  const trouble = { log, id: interaction.id };
  const begun = deferAfterMs > 0 ? answerOf(question, answering) : undefined;
  const quick = begun && (await within(begun, deferAfterMs));
  if (quick !== undefined) {
    const { form } = quick.said;
    if (form !== undefined && question.mayAskBack) {
      const modal = formModal(form, (text) => bot.keep(text));
      if (await attempted(trouble, () => wire.modal(interaction, modal))) return;
    }
    const isPublic = quick.said.audience === "everyone";
    await delivered(quick, trouble, (form) =>
      question.refines && !isPublic
        ? wire.update(interaction, form)
        : wire.answer(interaction, form, { ephemeral: !isPublic && !question.isDirect }),
    );
    return;
  }
  const isPromised = await attempted(trouble, () =>
    question.refines
      ? wire.deferUpdate(interaction)
      : wire.deferAnswer(interaction, { ephemeral: !question.isDirect }),
  );
  const late = await (begun ?? answerOf(question, answering));
  if (!isPromised) return;
  if (late.said.audience === "asker" || question.isDirect) {
    await delivered(late, trouble, (form) => wire.editOriginal(interaction, form));
    return;
  }
  // The promise was made to the asker alone and cannot become public: it is settled, then everyone is told.
  // In this order, because Discord takes the first follow-up to an open promise for its settlement.
  if (!question.refines) {
    const settled = await dress(reply("Shared with everyone here."), bot, log);
    await attempted(trouble, () => wire.editOriginal(interaction, settled));
  }
  await delivered(late, trouble, (form) => wire.followUp(interaction, form, { ephemeral: false }));
}

/** Answers a message that speaks to us, below it. */
export async function answerMessage(
  message: GatewayMessageCreateDispatchData,
  spoken: Spoken,
  answering: Answering,
): Promise<void> {
  const { wire, log } = answering;
  const answer = await answerOf(spoken, answering);
  await delivered(answer, { log, id: message.id }, (form) => wire.replyTo(message, form));
}

interface Answer {
  readonly said: Reply;
  readonly outgoing: Outgoing;
}

/** The reply and its dress; our own failures become a reply too, since silence tells the asker nothing. */
async function answerOf(
  question: { ask(): Promise<Reply> },
  { bot, log, turn }: Answering,
): Promise<Answer> {
  try {
    await turn();
    const said = await question.ask();
    await turn();
    return { said, outgoing: await dress(said, bot, log) };
  } catch (error) {
    log.error({
      event: "discord.answer_broken",
      error: error instanceof Error ? error.stack : typeof error,
    });
    const said = brokenReply();
    return { said, outgoing: { message: renderDiscordPlain(said), uploads: [] } };
  }
}

interface Trouble {
  readonly log: Log;
  readonly id: string;
}

/** Sends an answer; one that Discord rejects is sent once more as plain text. */
async function delivered(
  { said, outgoing }: Answer,
  trouble: Trouble,
  send: (form: Outgoing) => Promise<void>,
): Promise<void> {
  try {
    await send(outgoing);
  } catch (error) {
    report(error, trouble);
    if (failureOf(error) !== "rejected") return;
    await attempted(trouble, () => send({ message: renderDiscordPlain(said), uploads: [] }));
  }
}

/** Whether a request went through; a failure is logged once and nothing crashes. */
async function attempted(trouble: Trouble, send: () => Promise<void>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    report(error, trouble);
    return false;
  }
}

function report(error: unknown, { log, id }: Trouble): void {
  const failure = failureOf(error);
  const line = { event: "discord.answer_failed", failure, id, ...failureDetail(error) };
  if (failure === "late") log.warn(line);
  else log.error(line);
}

/** The value of a promise, or undefined when it takes longer. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, waited]);
  } finally {
    clearTimeout(timer);
  }
}
