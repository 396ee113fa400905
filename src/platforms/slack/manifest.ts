import type { Command } from "../../command/define.ts";
import { usageHint } from "../../command/usage.ts";
import { clip } from "../../reply/fit.ts";
import { LIMITS } from "./limits.ts";

/** The message shortcut that says what we know of the companies a message names. */
export const ABOUT_SHORTCUT = "market_pulse_about";

/** The message shortcut that checks the figures a message states. */
export const CHECK_SHORTCUT = "market_pulse_check";

/** What a bot of ours may do, each with what stops without it. */
export const SCOPES = {
  commands: "slash commands and the message shortcuts",
  "chat:write": "answers",
  "files:write": "pictures and exported files",
  "app_mentions:read": "questions to @pulse in a channel",
  "im:history": "questions in a direct message",
  "im:write": "answers that cannot be shown where they were asked",
  "users:read": "telling admins and guests from members",
  "channels:read": "knowing who made a public channel",
  "groups:read": "knowing who made a private channel",
} as const;
export type Scope = keyof typeof SCOPES;

/** Whoever installs may leave these out: https://docs.slack.dev/changelog/2026/03/16/optional-scopes */
const OPTIONAL: readonly Scope[] = ["users:read", "channels:read", "groups:read"];

const DESCRIPTION =
  "Answers on tech layoffs and pay, every figure with its source, its date and what is unknown";

const LONG_DESCRIPTION = [
  "market-pulse answers questions on the tech labour market where you talk about it: layoffs by company, industry and country, trends and comparisons, and pay.",
  "Every answer says what it rests on: how many people, events and companies, as known when, from which source, and what is not known.",
  "Answers are shown to you alone until you share them. Type /pulse to see the whole market, /pulse help for every command, or mention the bot in a thread.",
  "It reads no messages but those that mention it or are written to it, and stores no names.",
].join("\n");

/**
 * The manifest to create the Slack app from: the same commands give the same manifest.
 * https://docs.slack.dev/reference/app-manifest
 */
export function slackManifest(commands: readonly Command[]) {
  return {
    display_information: {
      name: "market-pulse",
      description: DESCRIPTION,
      long_description: LONG_DESCRIPTION,
      background_color: "#1f2a44",
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: "pulse", always_online: true },
      shortcuts: [
        {
          name: "What we know about this",
          type: "message",
          callback_id: ABOUT_SHORTCUT,
          description: "Layoffs at the companies this message names",
        },
        {
          name: "Check the figures",
          type: "message",
          callback_id: CHECK_SHORTCUT,
          description: "What the facts say of the figures this message states",
        },
      ],
      slash_commands: [
        door(commands),
        ...commands.filter(({ name, ownSlash }) => ownSlash && name !== DOOR).map(slashCommand),
      ],
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES), bot_optional: OPTIONAL } },
    settings: {
      event_subscriptions: { bot_events: ["app_home_opened", "app_mention", "message.im"] },
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    },
  };
}

const DOOR = "pulse";

/** `/pulse` is the door to every command, so its hint lists their names. */
function door(commands: readonly Command[]) {
  const pulse = commands.find(({ name }) => name === DOOR);
  const names = commands.map(({ name }) => name).filter((name) => name !== DOOR);
  return {
    command: `/${DOOR}`,
    description: clip(
      pulse?.summary ?? "The whole market on one card, and the door to every command",
      LIMITS.commandSummary,
    ),
    ...hint(names.length === 0 ? "" : `[${names.join(" | ")}] …`),
    should_escape: false,
  };
}

function slashCommand(command: Command) {
  return {
    command: `/${command.name}`,
    description: clip(command.summary, LIMITS.commandSummary),
    ...hint(usageHint(command, LIMITS.commandHint)),
    should_escape: false,
  };
}

/** Slack refuses an empty hint. */
function hint(text: string): { readonly usage_hint?: string } {
  return text === "" ? {} : { usage_hint: clip(text, LIMITS.commandHint) };
}
