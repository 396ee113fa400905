import type { App, BlockAction, RespondFn, types } from "@slack/bolt";
import type { Caller, Place } from "../../command/bot.ts";
import type { Reply } from "../../reply/reply.ts";
import { pressedCommand } from "../say.ts";
import { WORKING, answered, filesNote, handOver, shown } from "./answering.ts";
import type { Answering, Form, Show } from "./answering.ts";
import { RUN_ACTION } from "./controls.ts";
import { ABOUT_SHORTCUT } from "./manifest.ts";
import { firstTimes, slashText, spokenText } from "./question.ts";

/** Deliveries remembered to answer each once. */
const REMEMBERED = 5_000;

/**
 * Everything Slack sends, answered: acknowledged at once, computed after. Listens for slash commands, buttons and menus,
 * mentions, direct messages, the app's own tab and the message shortcut.
 */
export function receive(app: App, answering: Answering, underWay: Set<Promise<unknown>>): void {
  const { bot, client, log } = answering;
  const isNew = firstTimes(REMEMBERED);
  const run = (work: () => Promise<unknown>): void => {
    const job: Promise<unknown> = work()
      .catch((error: unknown) =>
        log.error({
          event: "slack.receive_failed",
          error: error instanceof Error ? error.name : "unknown",
        }),
      )
      .finally(() => underWay.delete(job));
    underWay.add(job);
  };

  app.command(/.*/, async ({ command, ack, respond }) => {
    await ack();
    if (!isNew(command.trigger_id)) return;
    const asker = callerOf(command.user_id, command.team_id);
    const place = placeOf(command.channel_id);
    run(() =>
      ask(
        () =>
          bot.answer({
            text: slashText(command.command, command.text),
            caller: asker,
            place,
            via: "typed",
          }),
        respond,
        command.user_id,
      ),
    );
  });

  app.action(new RegExp(`^${RUN_ACTION}:`), async ({ ack, body, action, respond }) => {
    await ack();
    if (
      body.type !== "block_actions" ||
      !isNew(`${body.trigger_id} ${"action_ts" in action ? action.action_ts : ""}`)
    )
      return;
    const command = pressedCommand(valueOf(body), (key) => bot.recall(key));
    const caller = callerOf(body.user.id, body.team?.id ?? body.user.team_id ?? "unknown");
    const place = placeOf(body.channel?.id ?? body.user.id);
    const pressed = async (): Promise<Reply> =>
      typeof command === "string"
        ? bot.answer({ text: command, caller, place, via: "pressed" })
        : command;
    if (body.view !== undefined) run(() => showHome(body.user.id, pressed()));
    else run(() => ask(pressed, respond, body.user.id, isEphemeral(body)));
  });
  // A link opens by itself; Slack only wants to hear that we heard.
  app.action(/^(?!run:)/, async ({ ack }) => ack());

  app.shortcut(
    { callback_id: ABOUT_SHORTCUT, type: "message_action" },
    async ({ ack, shortcut, respond }) => {
      await ack();
      if (!isNew(shortcut.trigger_id)) return;
      const words = spokenText(shortcut.message.text ?? "");
      const caller = callerOf(shortcut.user.id, shortcut.team?.id ?? "unknown");
      run(() =>
        ask(
          () => bot.about(words, caller, placeOf(shortcut.channel.id)),
          respond,
          shortcut.user.id,
        ),
      );
    },
  );

  app.event("app_home_opened", async ({ event, body }) => {
    if (event.tab !== "home" || !isNew(body.event_id)) return;
    run(() => showHome(event.user, bot.home(callerOf(event.user, body.team_id))));
  });

  app.event("app_mention", async ({ event, body }) => {
    if (event.user === undefined || event.bot_id !== undefined || !isNew(body.event_id)) return;
    const { user } = event;
    run(() =>
      speak(event.text, {
        user,
        team: body.team_id,
        channel: event.channel,
        thread: event.thread_ts ?? event.ts,
      }),
    );
  });

  app.message(async ({ message, body }) => {
    // Only what a person wrote to us: edits, joins and what bots say carry a subtype or a bot's id.
    if (
      message.channel_type !== "im" ||
      message.subtype !== undefined ||
      "bot_id" in message ||
      !isNew(body.event_id)
    )
      return;
    const { user, text = "", channel, thread_ts: thread } = message;
    run(() =>
      speak(text, { user, team: body.team_id, channel, ...(thread !== undefined && { thread }) }),
    );
  });

  /** Answers through the response address: to the asker alone, or to everyone when the answer is meant so. */
  async function ask(
    question: () => Promise<Reply>,
    respond: RespondFn,
    user: string,
    replaces = false,
  ): Promise<void> {
    const show =
      (said: Reply): Show =>
      (form) => {
        const everyone = said.audience === "everyone";
        return respond({
          ...body(form),
          response_type: everyone ? "in_channel" : "ephemeral",
          replace_original: replaces && !everyone,
        });
      };
    const working = () =>
      respond({ text: WORKING.text, response_type: "ephemeral", replace_original: false });
    const said = await answered(
      async () => filesNote(await question()),
      { show, ...(!replaces && { working }) },
      answering,
    );
    await handOver(said, user, answering);
  }

  async function speak(
    text: string,
    at: {
      readonly user: string;
      readonly team: string;
      readonly channel: string;
      readonly thread?: string;
    },
  ): Promise<void> {
    const question = spokenText(text);
    const show: Show = (form) =>
      client.chat.postMessage({
        channel: at.channel,
        ...(at.thread !== undefined && { thread_ts: at.thread }),
        ...body(form),
        unfurl_links: false,
        unfurl_media: false,
      });
    const said = await answered(
      async () =>
        filesNote(
          await bot.answer({
            text: question === "" ? "/pulse" : question,
            caller: callerOf(at.user, at.team),
            place: placeOf(at.channel),
            via: "mention",
          }),
        ),
      { show: () => show },
      answering,
    );
    await handOver(said, at.user, answering);
  }

  async function showHome(user: string, card: Promise<Reply>): Promise<void> {
    const show: Show = (form) =>
      client.views.publish({ user_id: user, view: { type: "home", blocks: body(form).blocks } });
    await shown(await card, show, answering, "home");
  }
}

/** Our blocks as the client's types want them: they lack the newest kinds, which Slack takes. */
function body({ text, blocks }: Form): { text: string; blocks: types.KnownBlock[] } {
  const known: readonly unknown[] = blocks;
  return {
    text,
    blocks: known.filter((block): block is types.KnownBlock => typeof block === "object"),
  };
}

function callerOf(id: string, team: string): Caller {
  return { id, tenant: `slack:${team}` };
}

function placeOf(channel: string): Place {
  return {
    kind: channel.startsWith("D") || channel.startsWith("U") ? "dm" : "channel",
    id: channel,
  };
}

function valueOf({ actions: [action] }: BlockAction): string {
  if (action?.type === "button") return action.value ?? "";
  if (action?.type === "static_select") return action.selected_option?.value ?? "";
  return "";
}

function isEphemeral({ container }: BlockAction): boolean {
  return container["is_ephemeral"] === true;
}
