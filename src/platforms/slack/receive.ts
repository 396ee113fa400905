import type {
  AllMiddlewareArgs,
  AnyMiddlewareArgs,
  App,
  BlockAction,
  MessageShortcut,
} from "@slack/bolt";
import type { Caller, Place, Standing } from "../../command/bot.ts";
import type { Reply } from "../../reply/reply.ts";
import { pressedCommand } from "../say.ts";
import type { Office, Spot } from "./answering.ts";
import { answerAt } from "./answering.ts";
import type { Identity } from "./connect.ts";
import { ABOUT_SHORTCUT } from "./manifest.ts";
import { requestKeys } from "./seen.ts";
import { homeSpot, ownMessageSpot, pressedSpot, privateSpot, spokenSpot } from "./spots.ts";
import { commandText, typedText, withoutMention } from "./typed-text.ts";

/** Somebody of another workspace, in a channel shared with it. */
const OUTSIDER: Standing = { admin: false, manager: false, outsider: true, roles: [] };

export interface Reception extends Office {
  readonly identity: Identity;
  readonly isRepeat: (key: string) => boolean;
  /** Keeps the process's stop waiting for an answer under way. */
  readonly track: (work: Promise<void>) => Promise<void>;
}

/** Tells Bolt what we listen to. Every request is acknowledged first and answered after. */
export function listen(app: App, reception: Reception): void {
  const { bot, identity, track } = reception;
  const caller = (user: string, team?: string): Caller => ({
    id: user,
    tenant: `slack:${identity.teamId}`,
    ...(team !== undefined && team !== identity.teamId && { standing: OUTSIDER }),
  });
  const answer = (spot: Spot, ask: () => Promise<Reply>): Promise<void> =>
    track(answerAt(spot, ask, reception));

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
    await answer(privateSpot(asker, command.response_url, reception), () =>
      bot.answer({
        text,
        caller: caller(asker.user, command.team_id),
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
    const isHome = body.view?.type === "home";
    const place: Place = isHome ? { kind: "dm", id: "home" } : placeOf(body.channel?.id ?? "");
    await answer(spotOf(body, reception), async () =>
      typeof command === "string"
        ? bot.answer({
            text: command,
            caller: caller(body.user.id, body.user.team_id),
            place,
            via: "pressed",
          })
        : command,
    );
  });

  app.shortcut<MessageShortcut>(
    { callback_id: ABOUT_SHORTCUT, type: "message_action" },
    async ({ shortcut, ack }) => {
      await ack();
      const asker = { user: shortcut.user.id, channel: shortcut.channel.id };
      const words = typedText(shortcut.message.text ?? "");
      await answer(privateSpot(asker, shortcut.response_url, reception), () =>
        bot.about(words, caller(asker.user), placeOf(asker.channel)),
      );
    },
  );

  app.event("app_mention", async ({ event }) => {
    if (event.user === undefined || event.bot_id !== undefined || "edited" in event) return;
    const text = commandText(typedText(withoutMention(event.text, identity.botUserId)));
    const asker = {
      user: event.user,
      channel: event.channel,
      threadTs: event.thread_ts ?? event.ts,
    };
    await answer(spokenSpot(asker, reception), () =>
      bot.answer({
        text,
        caller: caller(asker.user, event.user_team ?? event.team),
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
        caller: caller(asker.user),
        place: placeOf(asker.channel),
        via: "typed",
      }),
    );
  });

  app.event("app_home_opened", async ({ event }) => {
    if (event.tab !== "home") return;
    await answer(homeSpot(event.user, reception), () => bot.home(caller(event.user)));
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
  return { kind: channel.startsWith("D") ? "dm" : "channel", id: channel };
}

function valueOf(action: BlockAction["actions"][number]): string | undefined {
  if (action.type === "button") return action.value;
  return action.type === "static_select" ? action.selected_option?.value : undefined;
}

function spotOf(body: BlockAction, office: Office): Spot {
  const channel = body.channel?.id;
  if (channel === undefined) return homeSpot(body.user.id, office);
  const threadTs: unknown = body.container["thread_ts"] ?? body.message?.["thread_ts"];
  const asker = {
    user: body.user.id,
    channel,
    threadTs: typeof threadTs === "string" ? threadTs : undefined,
  };
  const isEphemeral = body.container["is_ephemeral"] === true;
  const ts = body.message?.ts;
  if (!isEphemeral && channel.startsWith("D") && ts !== undefined)
    return ownMessageSpot(asker, ts, office);
  return pressedSpot(asker, body.response_url, isEphemeral, office);
}
