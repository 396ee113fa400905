import { LogLevel, webApi } from "@slack/bolt";
import type { Logger } from "@slack/bolt";
import type { Log } from "../../log.ts";
import { withoutSecrets } from "../../log.ts";
import { ConnectError } from "../platform.ts";
import { SCOPES } from "./manifest.ts";

export interface SlackSettings {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret?: string;
  /** Slack's own unless told; ends with a slash or not. */
  readonly apiUrl?: string;
}

const BOT_TOKEN = "the Bot User OAuth Token (Install App)";
const APP_TOKEN = "an app-level token with connections:write (Basic Information)";

/** Refuses what cannot be the token it should be, before anything is sent; names the likely mistake, never the token. */
export function checkTokenShapes({ botToken, appToken }: SlackSettings): void {
  if (botToken.startsWith("xapp-") && appToken.startsWith("xoxb-")) {
    throw new ConnectError(
      "swapped_token",
      "The Slack tokens are swapped: xoxb-… belongs in SLACK_BOT_TOKEN, xapp-… in SLACK_APP_TOKEN.",
    );
  }
  if (!botToken.startsWith("xoxb-")) {
    throw new ConnectError(
      "bad_token",
      `SLACK_BOT_TOKEN is not a bot token: that starts with xoxb-, ${BOT_TOKEN}.`,
    );
  }
  if (!appToken.startsWith("xapp-")) {
    throw new ConnectError(
      "bad_token",
      `SLACK_APP_TOKEN is not an app-level token: that starts with xapp-, ${APP_TOKEN}.`,
    );
  }
}

/**
 * The client's settings. Its own retries are off: a retried post is a doubled post, since Slack has no key to know it by;
 * and a rate limit is told to us instead of holding up every other channel.
 */
export function clientOptions(
  { apiUrl }: Pick<SlackSettings, "apiUrl">,
  log: Log,
): webApi.WebClientOptions {
  return {
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl.endsWith("/") ? apiUrl : `${apiUrl}/` }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    logger: quietLogger(log),
  };
}

export interface Identity {
  readonly userId: string;
  readonly name: string;
  readonly team: string;
}

/** Asks Slack whose tokens these are; rejects with a ConnectError an operator can act on. */
export async function identify(settings: SlackSettings, log: Log): Promise<Identity> {
  const options = clientOptions(settings, log);
  const told = await reached(
    () => new webApi.WebClient(settings.botToken, options).auth.test(),
    "SLACK_BOT_TOKEN",
    BOT_TOKEN,
  );
  await reached(
    () => new webApi.WebClient(settings.appToken, options).apps.connections.open({}),
    "SLACK_APP_TOKEN",
    APP_TOKEN,
  );
  const missing = missingScopes(told.response_metadata?.scopes);
  if (missing.length > 0) {
    throw new ConnectError(
      "missing_scope",
      `The Slack app lacks ${missing.join(", ")}: print the manifest (npm run -s manifest), paste it under App Manifest and reinstall.`,
    );
  }
  return { userId: told.user_id ?? "", name: told.user ?? "the bot", team: told.team ?? "Slack" };
}

/** Only what no answer can do without; pictures and direct messages fail softly. */
function missingScopes(granted: readonly string[] | undefined): readonly string[] {
  if (granted === undefined) return [];
  return Object.keys(SCOPES).filter(
    (scope) => ["commands", "chat:write"].includes(scope) && !granted.includes(scope),
  );
}

async function reached<T>(call: () => Promise<T>, setting: string, what: string): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const code = slackCode(error);
    if (code === undefined) {
      throw new ConnectError(
        "unreachable",
        "Slack cannot be reached. Check the network; market-pulse answers again once it can.",
        error,
      );
    }
    if (code === "missing_scope")
      throw new ConnectError("missing_scope", `${setting} lacks a scope; it must be ${what}.`);
    if (code === "not_allowed_token_type")
      throw new ConnectError(
        "swapped_token",
        `${setting} holds another kind of token; it must be ${what}.`,
      );
    if (
      ["invalid_auth", "not_authed", "token_revoked", "account_inactive", "token_expired"].includes(
        code,
      )
    ) {
      throw new ConnectError(
        "bad_token",
        `Slack does not accept ${setting} (${code}). Copy a new one: ${what}.`,
      );
    }
    throw new ConnectError(
      code === "ratelimited" ? "unreachable" : "refused",
      `Slack refused to start us: ${code}.`,
    );
  }
}

/** The error code in Slack's own answer; undefined when Slack did not answer in its own way. */
export function slackCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if (
    "data" in error &&
    typeof error.data === "object" &&
    error.data !== null &&
    "error" in error.data
  )
    return String(error.data.error);
  if ("code" in error && error.code === "slack_webapi_rate_limited_error") return "ratelimited";
  return undefined;
}

/** The client's own log lines: warnings and errors only, without anything that looks like a secret. */
export function quietLogger(log: Log): Logger {
  const line = (words: readonly unknown[]) =>
    withoutSecrets(
      words
        .map((word) =>
          word instanceof Error ? word.message : typeof word === "string" ? word : "",
        )
        .join(" ")
        .slice(0, 300),
    );
  return {
    debug() {},
    info() {},
    warn: (...words) => log.debug({ event: "slack.client" }, line(words)),
    error: (...words) => log.warn({ event: "slack.client" }, line(words)),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}
