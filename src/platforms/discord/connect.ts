import type { REST } from "discord.js";
import { DiscordAPIError } from "discord.js";
import { z } from "zod";
import type { ConnectReason } from "../platform.ts";
import { ConnectError } from "../platform.ts";
import { failureDetail } from "./failure.ts";

const WHERE = "Discord's developer portal (your application, Bot, Reset Token)";

/** Refuses what cannot be a bot token before anything is sent, naming the likely mistake and never the token. */
export function checkTokenShape(token: string): void {
  if (token.trim() === "")
    throw new ConnectError(
      "bad_token",
      `DISCORD_TOKEN is empty. Copy the bot token from ${WHERE}.`,
    );
  if (/^(xox|xapp-)/i.test(token))
    throw new ConnectError(
      "swapped_token",
      "DISCORD_TOKEN holds a Slack token. Slack's belongs in SLACK_BOT_TOKEN or SLACK_APP_TOKEN.",
    );
  if (/^(bot|bearer)\s/i.test(token))
    throw new ConnectError(
      "bad_token",
      "DISCORD_TOKEN begins with the word “Bot” or “Bearer”. Give the token alone.",
    );
  if (/[\s"']/.test(token))
    throw new ConnectError(
      "bad_token",
      "DISCORD_TOKEN has blanks or quotes in it. Give the token alone.",
    );
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) {
    throw new ConnectError(
      "bad_token",
      `DISCORD_TOKEN is not a bot token: that has three parts joined by dots. The client secret and the public key are other things. Copy it from ${WHERE}.`,
    );
  }
}

/** Asks Discord whose token this is; rejects with a ConnectError for a wrong one and for another application's. */
export async function checkApplication(rest: REST, applicationId: string): Promise<void> {
  const { id } = z
    .object({ id: z.string() })
    .parse(await reached(() => rest.get("/applications/@me")));
  if (applicationId !== id) {
    throw new ConnectError(
      "swapped_token",
      `DISCORD_TOKEN belongs to application ${id}, but DISCORD_APPLICATION_ID is ${/^\d{1,20}$/.test(applicationId) ? applicationId : "no application id"}.`,
    );
  }
}

/** Runs a request of the start; its failure becomes a sentence an operator can act on. */
export async function reached<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw connectError(error);
  }
}

/** Why Discord could not be reached, in words without a secret. */
export function connectError(error: unknown): ConnectError {
  if (error instanceof ConnectError) return error;
  const [reason, sentence] = explained(error);
  return new ConnectError(reason, sentence);
}

function explained(error: unknown): readonly [ConnectReason, string] {
  if (error instanceof DiscordAPIError && error.status === 401) return ["bad_token", BAD_TOKEN];
  if (error instanceof DiscordAPIError) {
    const { code, fields } = failureDetail(error);
    return ["refused", `Discord refused to start us: ${code}${fields ? ` (${fields})` : ""}.`];
  }
  const message = error instanceof Error ? error.message : "";
  if (/authentication failed|invalid token/i.test(message)) return ["bad_token", BAD_TOKEN];
  if (/disallowed intents|invalid intents/i.test(message))
    return ["refused", "Discord refused the intents we asked for; we ask for no privileged ones."];
  const code =
    error instanceof Error && "code" in error && typeof error.code === "string"
      ? ` (${error.code})`
      : "";
  return [
    "unreachable",
    `Discord cannot be reached${code}. Check the network; market-pulse answers again once it can.`,
  ];
}

const BAD_TOKEN = `Discord does not accept DISCORD_TOKEN. It was reset or mistyped; copy a new one from ${WHERE}.`;
