import { setTimeout as wait } from "node:timers/promises";
import type {
  AllMiddlewareArgs,
  AnyMiddlewareArgs,
  App,
  BlockAction,
  MessageShortcut,
} from "@slack/bolt";
import { dayOf } from "../../clock.ts";
import type { Caller, Place, Standing } from "../../command/bot.ts";
import type { Reply } from "../../reply/reply.ts";
import { pressedCommand } from "../say.ts";
import type { Office, Spot } from "./answering.ts";
import { answerAt } from "./answering.ts";
import type { Identity } from "./connect.ts";
import { FORM_VIEW, formErrors, openForm, sentForm } from "./form.ts";
import { LIMITS } from "./limits.ts";
import { ABOUT_SHORTCUT, CHECK_SHORTCUT } from "./manifest.ts";
import { requestKeys } from "./seen.ts";
import type { Asker } from "./spots.ts";
import type { Register } from "./standing.ts";
import {
  guardedSpot,
  homeSpot,
  ownMessageSpot,
  pressedSpot,
  privateSpot,
  spokenSpot,
} from "./spots.ts";
import { commandText, typedText, withoutMention } from "./typed-text.ts";

/** Somebody of another workspace, in a channel shared with it. */
const OUTSIDER: Standing = { admin: false, manager: false, outsider: true, roles: [] };

export interface Reception extends Office {
  readonly identity: Identity;
  readonly register: Register;
  readonly isRepeat: (key: string) => boolean;
  /** Keeps the process's stop waiting for an answer under way. */
  readonly track: (work: Promise<void>) => Promise<void>;
}

/** Tells Bolt what we listen to. Every request is acknowledged first and answered after. */
export function listen(app: App, reception: Reception): void {
  const { bot, identity, register, track, turn } = reception;
  const caller = ({ user, channel }: Asker, team?: string): Caller => ({
    id: user,
    tenant: `slack:${identity.teamId}`,
    ...(team !== undefined && team !== identity.teamId && { standing: OUTSIDER }),
    inquiry: register.inquiry(user, channel),
  });
  const answer = (spot: Spot, ask: () => Promise<Reply>): Promise<void> =>
    track(answerAt(spot, ask, reception));

  const withForms = (spot: Spot, asker: Asker, trigger: string): Spot => ({
    ...spot,
    open: (form) => openForm(form, trigger, asker, reception),
  });

  app.use(onceOnly(reception));
  app.error(async (error) =>
    reception.log.error(
      { event: "slack-request", code: error.code },
      "a request from Slack could not be taken",
    ),
  );

  app.command(/.*/, async ({ command, ack }) => {
    await ack();
    const words = typedText(command.text);
    const text =
      command.command === "/pulse" ? commandText(words) : `${command.command} ${words}`.trim();
    const asker = { user: command.user_id, channel: command.channel_id };
    const spot = privateSpot(asker, command.response_url, reception);
    await answer(withForms(spot, asker, command.trigger_id), () =>
      bot.answer({
        text,
        caller: caller(asker, command.team_id),
        place: placeOf(asker.channel),
        via: "typed",
      }),
    );
  });

  app.action<BlockAction>(/.*/, async ({ action, ack, body }) => {
    await ack();
    const value = valueOf(action);
    if (value === undefined) return;
    const command = pressedCommand(value, (key) => bot.recall(key));
    const asker = askerOf(body);
    const place = placeOf(asker.channel);
    const spot = withForms(spotOf(body, reception), asker, body.trigger_id);
    await answer(spot, async () =>
      typeof command === "string"
        ? bot.answer({
            text: command,
            caller: caller(asker, body.user.team_id),
            place,
            via: "pressed",
          })
        : command,
    );
  });

  app.view({ callback_id: FORM_VIEW, type: "view_submission" }, async ({ ack, body, view }) => {
    const sent = sentForm(view);
    if (sent === undefined) return ack({ response_action: "clear" });
    const asker = { user: body.user.id, ...sent.place };
    const asked = turn().then(() =>
      bot.answer({
        text: sent.command,
        caller: caller(asker, body.user.team_id),
        place: placeOf(asker.channel),
        via: "pressed",
      }),
    );
    // While the dialog is open, what does not fit can be said at its field; it does not wait longer than this.
    const early = await Promise.race([
      asked,
      wait(LIMITS.acknowledgeMs, undefined, { ref: false }),
    ]);
    const errors = early?.form && formErrors(early.form);
    if (errors !== undefined) return ack({ response_action: "errors", errors });
    await ack({ response_action: "clear" });
    await answer(guardedSpot(asker, reception), () => asked);
  });

  for (const callbackId of [ABOUT_SHORTCUT, CHECK_SHORTCUT])
    app.shortcut<MessageShortcut>(
      { callback_id: callbackId, type: "message_action" },
      async ({ shortcut, ack }) => {
        await ack();
        const asker = { user: shortcut.user.id, channel: shortcut.channel.id };
        const words = typedText(shortcut.message.text ?? "");
        const from = caller(asker, shortcut.user.team_id);
        const place = placeOf(asker.channel);
        await answer(privateSpot(asker, shortcut.response_url, reception), () =>
          callbackId === CHECK_SHORTCUT
            ? bot.check(words, dayOf(1_000 * Number(shortcut.message_ts)), from, place)
            : bot.about(words, from, place),
        );
      },
    );

  app.event("app_mention", async ({ event, body }) => {
    if (event.user === undefined || event.bot_id !== undefined || "edited" in event) return;
    const text = commandText(typedText(withoutMention(event.text, identity.botUserId)));
    const { user, channel, thread_ts: threadTs, ts } = event;
    const asker = { user, channel, threadTs: threadTs ?? ts };
    // Where other organisations listen, a question is answered as a command is: to the asker, until they share it.
    const spot =
      body.is_ext_shared_channel === true
        ? guardedSpot({ user, channel, threadTs }, reception)
        : spokenSpot(asker, reception);
    await answer(spot, () =>
      bot.answer({
        text,
        caller: caller(asker, event.user_team ?? event.team),
        place: placeOf(asker.channel),
        via: "mention",
      }),
    );
  });

  app.event("message", async ({ event }) => {
    // Edits, joins, other bots and our own words come as messages too; only what a person wrote is a question.
    if (
      event.subtype !== undefined ||
      event.channel_type !== "im" ||
      event.bot_id !== undefined ||
      event.user === undefined
    )
      return;
    const words = typedText(withoutMention(event.text ?? "", identity.botUserId));
    if (words === "") return;
    const asker = { user: event.user, channel: event.channel, threadTs: event.thread_ts };
    await answer(spokenSpot(asker, reception), () =>
      bot.answer({
        text: commandText(words),
        caller: caller(asker),
        place: placeOf(asker.channel),
        via: "typed",
      }),
    );
  });

  app.event("app_home_opened", async ({ event }) => {
    if (event.tab !== "home") return;
    await answer(homeSpot(event.user, reception), () =>
      bot.home(caller({ user: event.user, channel: "" })),
    );
  });
}

/** Slack delivers again what it believes lost; the second delivery is acknowledged and not answered. */
function onceOnly({ isRepeat }: Reception) {
  return async ({ body, next, ...args }: AllMiddlewareArgs & AnyMiddlewareArgs): Promise<void> => {
    const repeats = requestKeys({ ...body }).map((key) => isRepeat(key));
    if (!repeats.includes(true)) return next();
    if ("ack" in args && args.ack !== undefined) await args.ack();
  };
}

/** Direct conversations have ids of their own letter: https://docs.slack.dev/apis/web-api/using-the-conversations-api */
function placeOf(channel: string): Place {
  if (channel === "") return { kind: "dm", id: "home" };
  return { kind: channel.startsWith("D") ? "dm" : "channel", id: channel };
}

function valueOf(action: BlockAction["actions"][number]): string | undefined {
  if (action.type === "button") return action.value;
  return action.type === "static_select" ? action.selected_option?.value : undefined;
}

/** Who pressed and where; no channel in the app's own tab. */
function askerOf(body: BlockAction): Asker {
  const threadTs: unknown = body.container["thread_ts"] ?? body.message?.["thread_ts"];
  return {
    user: body.user.id,
    channel: body.channel?.id ?? "",
    threadTs: typeof threadTs === "string" ? threadTs : undefined,
  };
}

function spotOf(body: BlockAction, office: Office): Spot {
  const asker = askerOf(body);
  const { channel } = asker;
  if (channel === "") return homeSpot(body.user.id, office);
  const isEphemeral = body.container["is_ephemeral"] === true;
  const ts = body.message?.ts;
  if (!isEphemeral && channel.startsWith("D") && ts !== undefined)
    return ownMessageSpot(asker, ts, office);
  return pressedSpot(asker, body.response_url, isEphemeral, office);
}
